// The same graph as tables: sorted by a click on a heading, a row's names open the evidence.

const ROWS = 200; // rows at once
const sorting = { entities: [0, 1], facts: [0, 1] }; // column, direction
const SHORT = new Set(["关系", "语气", "年份", "类别", "代码", "事实", "提及"]);
const collator = new Intl.Collator("zh");

const COLUMNS = {
  entities: [
    ["名称", (place) => labelOf(place), (place) => name(place)],
    ["类别", (place) => kindName(entities[place].kind)],
    ["别名", (place) => (entities[place].aliases ?? []).join("、")],
    ["代码", (place) => entities[place].code ?? ""],
    ["事实", (place) => factsOf[place].filter((number) => shown.facts[number]).length],
    ["提及", (place) => entities[place].mentioned ?? 0],
  ],
  facts: [
    ["主体", (number) => labelOf(facts[number].subject), (number) => name(facts[number].subject)],
    ["关系", (number) => relationName(facts[number].relation)],
    ["客体", objectText, (number) => (facts[number].object === undefined ? isolated(objectText(number)) : name(facts[number].object))],
    ["语气", (number) => modalityName(facts[number].modality)],
    ["年份", (number) => facts[number].year ?? ""],
    ["原文", quoteText],
    ["文件", (number) => sourcesOf[number].map(documentName).join("；")],
  ],
};

function objectText(number) {
  const { object, value } = facts[number];
  return object === undefined ? valueText(value) : labelOf(object);
}

function quoteText(number) {
  const piece = (facts[number].evidence ?? [])[0];
  return piece ? texts[piece[1]].slice(piece[2], piece[3]) : "";
}

function tables() {
  onChange((what) => {
    const of = state.view;
    byId("table-view").hidden = of === "graph";
    byId("graph-view").hidden = of !== "graph";
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === of));
    }
    if (of !== "graph" && what !== "selection") fill(of);
  });
}

function fill(of, limit = ROWS) {
  const flags = of === "entities" ? shown.entities : shown.facts;
  const [column, direction] = sorting[of];
  const value = COLUMNS[of][column][1];
  const keyed = [...flags.keys()].filter((place) => flags[place]).map((place) => [value(place), place]);
  keyed.sort(([a, x], [b, y]) => direction * compare(a, b) || x - y);
  const body = el("tbody", {}, ...keyed.slice(0, limit).map(([, place]) => tableRow(of, place)));
  const table = el("table", {}, head(of), body);
  const more = el("button", { type: "button", className: "more" }, `再显示 ${ROWS} 行（共 ${keyed.length} 行）`);
  more.addEventListener("click", () => fill(of, limit + ROWS));
  byId("table-view").replaceChildren(table, ...(keyed.length > limit ? [more] : []));
}

const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b)));

function head(of) {
  const cells = COLUMNS[of].map(([title], column) => {
    const [sorted, direction] = sorting[of];
    const button = el("button", { type: "button" }, title + (sorted === column ? (direction > 0 ? " ↑" : " ↓") : ""));
    button.addEventListener("click", () => {
      sorting[of] = [column, sorted === column ? -direction : 1];
      fill(of);
      byId("table-view").querySelectorAll("thead button")[column].focus();
    });
    const sort = sorted !== column ? "none" : direction > 0 ? "ascending" : "descending";
    return el("th", { scope: "col", "aria-sort": sort }, button);
  });
  return el("thead", {}, el("tr", {}, ...cells));
}

function tableRow(of, place) {
  const cells = COLUMNS[of].map(([title, text, element]) => {
    const content = element ? element(place) : isolated(shortened(String(text(place)), 300));
    return el("td", { className: SHORT.has(title) ? "short" : title === "原文" ? "quote" : "" }, content);
  });
  return el("tr", {}, ...cells);
}
