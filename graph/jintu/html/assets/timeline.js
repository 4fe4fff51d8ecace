// Projects and programmes over the years: what was said of their progress and money in each.

const ordinal = (status) => {
  const place = words.statuses.indexOf(status);
  return place < 0 ? words.statuses.length : place;
};
const isMoney = (number) => facts[number].relation === "investment";
const isProgress = (number) => facts[number].value?.status !== undefined;
const dated = (place) =>
  factsOf[place]
    .filter((number) => facts[number].subject === place && (isMoney(number) || isProgress(number)))
    .sort((a, b) => (facts[a].year ?? 0) - (facts[b].year ?? 0) || isMoney(a) - isMoney(b) || a - b);

// What was reached last; plans count only where nothing is said to be done.
function latest(numbers) {
  const done = numbers.filter((number) => facts[number].modality !== "planned");
  return (done.length ? done : numbers).at(-1);
}

function moment(number) {
  const { value, modality } = facts[number];
  const chip = el("span", { className: `chip ${modality === "planned" ? "planned" : ""}` }, valueText(value));
  chip.title = `${modalityName(modality)}：${quoteText(number)}`;
  return chip;
}

function momentText(number) {
  if (number === undefined) return "";
  return valueText(facts[number].value) + (facts[number].modality === "planned" ? "（计划）" : "");
}

VIEWS.timeline = { title: "时间线", fill: timeline };

function timeline() {
  const about = new Map();
  for (const place of numbers(shown.entities)) {
    const said = dated(place).filter((number) => shown.facts[number]);
    if (said.length) about.set(place, said);
  }
  if (!about.size) return [el("p", { className: "note" }, "当前显示的实体中，没有注明进展或投资的项目。")];
  const years = [...new Set([...about.values()].flat().map((number) => facts[number].year ?? 0))].sort((a, b) => a - b);
  return sheet({
    name: "timeline",
    file: "项目时间线",
    rows: [...about.keys()],
    sort: 1,
    columns: [nameColumn, progressColumn(about), moneyColumn(about), ...years.map((year) => yearColumn(about, year))],
  });
}

function progressColumn(about) {
  const last = (place) => latest(about.get(place).filter(isProgress));
  const key = (place) => (last(place) === undefined ? "" : ordinal(facts[last(place)].value.status));
  return { title: "最新进展", text: (place) => momentText(last(place)), key, short: true };
}

function moneyColumn(about) {
  const last = (place) => latest(about.get(place).filter(isMoney));
  const key = (place) => (last(place) === undefined ? "" : Number(facts[last(place)].value.number));
  return { title: "投资", text: (place) => momentText(last(place)), key, short: true };
}

function yearColumn(about, year) {
  const said = (place) => about.get(place).filter((number) => (facts[number].year ?? 0) === year);
  const planned = (number) => (facts[number].modality === "planned" ? "（计划）" : "");
  return {
    title: yearName(year),
    text: (place) => said(place).map((number) => valueText(facts[number].value) + planned(number)).join("；"),
    element: (place) => el("span", { className: "moments" }, ...said(place).map(moment)),
  };
}
