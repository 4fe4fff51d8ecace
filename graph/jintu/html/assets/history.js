// What was said of one project over the years, at a glance, before the facts one by one.

function history_(place) {
  const said = dated(place).filter((number) => factPasses(number));
  const years = [...new Set(said.map((number) => facts[number].year ?? 0))].sort((a, b) => a - b);
  if (years.length < 2 && said.length < 2) return [];
  const of = (year, wanted) => said.filter((number) => (facts[number].year ?? 0) === year && wanted(number)).map(moment);
  const rows = years.map((year) =>
    el("tr", {}, el("th", { scope: "row" }, yearName(year)), el("td", {}, ...of(year, isProgress)), el("td", {}, ...of(year, isMoney))),
  );
  return [
    el("h3", {}, "历年"),
    el("table", { className: "years" }, el("thead", {}, row_("th", ["年份", "进展", "投资"])), el("tbody", {}, ...rows)),
  ];
}
