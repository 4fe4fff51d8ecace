// The legend is the filter: each row shows a mark, a name, and how many of how many are shown.

const counted = (values) => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};
const inOrder = (wanted, present) => [
  ...Object.keys(wanted).filter((name) => present.has(name)),
  ...[...present.keys()].filter((name) => !(name in wanted)).sort((a, b) => !a - !b || present.get(b) - present.get(a) || compare(a, b)),
];

// Each group: the name of its filter, its heading, its rows, and which of entities or facts its counts count.
function groups() {
  const kinds = counted(entities.map((entity) => entity.kind));
  const relations = counted(facts.map((fact) => fact.relation));
  const modalities = counted(facts.map((fact) => fact.modality));
  const years = counted(facts.map((fact) => fact.year ?? 0));
  const sources = counted(sourcesOf.flat());
  return [
    { filter: "kinds", heading: "实体类别", rows: inOrder(words.kinds, kinds), name: kindName, mark: swatch },
    { filter: "relations", heading: "关系", rows: inOrder(words.relations, relations), name: relationName, mark: line },
    { filter: "modalities", heading: "语气", rows: inOrder(words.modalities, modalities), name: modalityName },
    { filter: "years", heading: "年份", rows: [...years.keys()].sort((a, b) => b - a), name: yearName },
    { filter: "documents", heading: "文件", rows: [...sources.keys()].sort(gazetteerLast), name: documentName },
  ];
}

const modalityName = (modality) => words.modalities[modality] ?? modality ?? "";
const yearName = (year) => (year ? `${year} 年` : "未注明年份");
const gazetteerLast = (a, b) => (a === GAZETTEER) - (b === GAZETTEER) || a - b;

// The value by which a filter looks at a fact; kinds look at entities.
const valuesOf = {
  relations: (number) => [facts[number].relation],
  modalities: (number) => [facts[number].modality],
  years: (number) => [facts[number].year ?? 0],
  documents: (number) => sourcesOf[number],
};

function countsOf(filter) {
  if (filter === "kinds") {
    return [counted(entities.map((entity) => entity.kind)), counted(kept(entities.map((e) => e.kind), shown.entities))];
  }
  const all = facts.map((_, number) => valuesOf[filter](number));
  return [counted(all.flat()), counted(kept(all, shown.facts).flat())];
}
const kept = (values, flags) => values.filter((_, place) => flags[place]);

function legend() {
  const root = byId("legend");
  const boxes = []; // [filter, value, input, label, count]
  for (const { filter, heading, rows, name, mark } of groups()) {
    if (!rows.some((value) => value !== undefined && value !== 0)) continue; // it tells nothing apart
    const set = el("fieldset", { className: rows.length > 12 ? "many" : "" }, el("legend", {}, heading));
    for (const value of rows) set.append(row(filter, value, name(value), mark, boxes));
    root.append(set);
  }
  root.append(actions());
  const refresh = () => {
    const counts = Object.fromEntries(FILTERS.map((filter) => [filter, countsOf(filter)]));
    for (const [filter, value, input, label, cell] of boxes) {
      const [all, now] = counts[filter].map((some) => some.get(value) ?? 0);
      input.checked = !state.off[filter].has(value);
      label.classList.toggle("off", !input.checked);
      cell.textContent = now === all ? String(all) : `${now}/${all}`;
    }
    byId("lone").checked = state.loneHidden;
    announce();
  };
  onChange((what) => what !== "selection" && what !== "view" && refresh());
  refresh();
}

function row(filter, value, name, mark, boxes) {
  const input = el("input", { type: "checkbox", checked: true, "aria-label": shortened(name, 80) });
  const cell = el("span", { className: "count" });
  const label = el("label", { className: mark ? "" : "plain", title: `${name}（双击只看此项）` });
  label.append(input, ...(mark ? [mark(value)] : []), isolated(shortened(name, 40)), cell);
  input.addEventListener("change", () => {
    if (input.checked) state.off[filter].delete(value);
    else state.off[filter].add(value);
    changed("filter");
  });
  label.addEventListener("dblclick", () => {
    const others = boxes.filter(([one, other]) => one === filter && other !== value).map(([, other]) => other);
    state.off[filter] = new Set(others);
    changed("filter");
  });
  boxes.push([filter, value, input, label, cell]);
  return label;
}

function actions() {
  const lone = el("input", { type: "checkbox", id: "lone" });
  lone.addEventListener("change", () => {
    state.loneHidden = lone.checked;
    changed("filter");
  });
  const all = el("button", { type: "button", id: "show-all" }, "全部显示");
  all.addEventListener("click", () => {
    showAll();
    fit();
  });
  return el(
    "div",
    { className: "actions" },
    el("label", { className: "plain", title: "没有任何事实的实体" }, lone, "隐藏没有事实的实体"),
    all,
  );
}

function announce() {
  const [seen, told] = [shown.entities, shown.facts].map((flags) => flags.filter(Boolean).length);
  const out = state.hidden.size ? `，手动隐藏 ${state.hidden.size} 个` : "";
  const of = (now, all) => (now === all ? `${all}` : `${now}/${all}`);
  byId("shown").textContent =
    `显示 ${of(seen, entities.length)} 个实体、${of(told, facts.length)} 条事实，出自 ${documents.length} 份文件${out}${payload.note && `；${payload.note}`}`;
  const nothing = byId("nothing");
  nothing.hidden = seen > 0;
  nothing.textContent = entities.length
    ? "当前筛选下没有可显示的实体。点击“全部显示”可恢复。"
    : "这个图谱是空的：文件中没有识别出实体。";
}
