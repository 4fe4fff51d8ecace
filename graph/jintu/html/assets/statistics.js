// The graph in numbers, of what is shown.

const MOST_LISTED = 15;

VIEWS.statistics = { title: "统计", fill: statistics };

function statistics() {
  const seen = numbers(shown.entities);
  const told = numbers(shown.facts);
  const degree = (place) => factsOf[place].filter((number) => shown.facts[number]).length;
  const top = seen.map((place) => [place, degree(place)]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const years = [...counted(told.map((number) => facts[number].year ?? 0))].sort((a, b) => a[0] - b[0]);
  const sources = [...counted(told.flatMap((number) => sourcesOf[number]))].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const towns = [...counted(seen.map((place) => graph.nodes[place].community))].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return [
    el(
      "div",
      { className: "numbers" },
      bars("实体类别", ranked(seen.map((place) => entities[place].kind)), kindName),
      bars("关系", ranked(told.map((number) => facts[number].relation)), relationName),
      bars("语气", ranked(told.map((number) => facts[number].modality).filter(Boolean)), modalityName),
      bars("年份", years, yearName),
      bars("项目进展", ranked(told.filter(isProgress).map((number) => facts[number].value.status)), String),
      bars("事实最多的实体", top.slice(0, MOST_LISTED), name),
      bars("文件", sources.slice(0, MOST_LISTED), documentName),
      bars("最大的社区（以最重要的实体命名）", towns.slice(0, MOST_LISTED), (town) => name(leaderOf(town))),
    ),
  ];
}

const ranked = (values) => [...counted(values)].sort((a, b) => b[1] - a[1] || collator.compare(String(a[0]), String(b[0])));
const leaderOf = (town) => byRank.find((place) => graph.nodes[place].community === town && shown.entities[place]);

function bars(title, pairs, nameOf) {
  if (!pairs.length) return null;
  const most = Math.max(...pairs.map(([, count]) => count));
  const rows = pairs.map(([value, count]) => {
    const bar = el("span", { className: "bar-of" });
    bar.style.width = `${(100 * count) / most}%`;
    const shownAs = nameOf(value);
    const first = typeof shownAs === "string" ? isolated(shortened(shownAs, 60)) : shownAs;
    return el("tr", {}, el("th", { scope: "row" }, first), el("td", { className: "number" }, String(count)), el("td", {}, bar));
  });
  return el("section", {}, el("h3", {}, title), el("table", {}, el("tbody", {}, ...rows)), );
}
