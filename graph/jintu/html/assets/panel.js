// Answer "where does it say so?": an entity or an edge, its facts, each with its words in their context.

const AROUND = 60; // characters of context on each side
const PAGE = 30; // facts of one heading shown at once

function panel() {
  const root = byId("panel");
  onChange((what) => {
    if (what === "view") return;
    const selected = state.selected;
    const content = !selected ? null : selected.entity !== undefined ? ofEntity(selected.entity) : ofEdge(selected.edge);
    root.hidden = !content;
    if (!content) return root.replaceChildren();
    const before = what === "selection" ? 0 : root.scrollTop;
    root.replaceChildren(...content);
    root.scrollTop = before;
  });
}

function heading(mark, title, ...below) {
  const close = el("button", { type: "button", className: "close", title: "关闭（Esc）", "aria-label": "关闭依据栏" }, "×");
  close.addEventListener("click", () => select(null));
  return el("header", {}, el("div", { className: "top" }, mark, el("h2", {}, title), close), ...below);
}

function ofEntity(place) {
  const entity = entities[place];
  const mine = factsOf[place].filter((number) => factPasses(number));
  const indicators = mine.filter((number) => facts[number].value?.indicator !== undefined);
  const rest = mine.filter((number) => facts[number].value?.indicator === undefined);
  const away = factsOf[place].length - mine.length;
  return [
    heading(swatch(entity.kind), isolated(labelOf(place)), buttons(place)),
    ...(shown.entities[place] ? [] : [el("p", { className: "note" }, "筛选条件隐去了这个实体，图中看不到它。")]),
    about(entity, place),
    ...(rest.length ? [el("h3", {}, `事实（${rest.length}）`), list(inGroups(rest, place), place)] : []),
    ...(indicators.length ? [el("h3", {}, `指标（${indicators.length}）`), figures(indicators)] : []),
    ...(away ? [el("p", { className: "note" }, `另有 ${away} 条事实被筛选隐去。`)] : []),
    ...mentions(entity),
  ];
}

function buttons(place) {
  const act = (text, title, action) => {
    const button = el("button", { type: "button", title }, text);
    button.addEventListener("click", action);
    return button;
  };
  const row = el("div", { className: "claim" });
  row.append(
    act("居中", "在图中居中（C）", () => show(place)),
    act("只看周围", "只看这个实体和它的邻域（双击节点）", () => only(place)),
    act("隐藏", "从图中隐藏（H）", () => hide(place)),
  );
  return row;
}

function hide(place) {
  state.hidden.add(place);
  state.selected = null;
  changed("filter");
}

function about(entity, place) {
  const rows = [
    ["类别", kindName(entity.kind)],
    ["别名", (entity.aliases ?? []).join("、")],
    ["区划代码", entity.code],
    ["名称范围", entity.scope],
    ["文件", sourcesOfEntity[place].map(documentName).join("；")],
    ["标识", entity.id],
    ["同一", (entity.same ?? []).join(" ")],
  ];
  const pairs = rows.filter(([, text]) => text).flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, isolated(text))]);
  return el("dl", {}, ...pairs);
}

// Facts from an entity before facts to it, each relation together, plans after what was done.
function inGroups(numbers, place) {
  const order = Object.keys(words.relations);
  const key = (number) => {
    const fact = facts[number];
    return [fact.subject === place ? 0 : 1, order.indexOf(fact.relation), fact.modality === "planned" ? 1 : 0, -(fact.year ?? 0)];
  };
  const keyed = numbers.map((number) => [...key(number), number]);
  keyed.sort((a, b) => a.map((part, at) => part - b[at]).find((difference) => difference) ?? 0);
  return keyed.map((parts) => parts.at(-1));
}

// A long list shows its first part and a button for more.
function list(numbers, place) {
  const items = el("ul", { className: "facts" });
  const more = el("button", { type: "button", className: "more" });
  const extend = () => {
    const next = numbers.slice(items.children.length, items.children.length + PAGE);
    items.append(...next.map((number) => el("li", {}, claim(facts[number], place), ...evidence(facts[number]))));
    const left = numbers.length - items.children.length;
    more.hidden = left <= 0;
    more.textContent = `再显示 ${Math.min(left, PAGE)} 条（还有 ${left} 条）`;
  };
  more.addEventListener("click", extend);
  extend();
  return el("div", {}, items, more);
}

function claim(fact, place) {
  const row = el("div", { className: "claim" });
  if (fact.subject !== place) row.append(name(fact.subject));
  row.append(el("span", { className: "relation" }, `${relationName(fact.relation)}`));
  if (fact.object === undefined) row.append(el("span", { className: "value" }, isolated(valueText(fact.value))));
  else if (fact.object !== place) row.append(name(fact.object));
  else row.append(el("span", {}, isolated(shortened(labelOf(place), 40))));
  row.append(...chips(fact));
  return row;
}

function chips(fact) {
  const found = [];
  if (fact.modality === "planned") found.push(el("span", { className: "chip planned" }, modalityName(fact.modality)));
  if (fact.year) found.push(el("span", { className: "chip" }, String(fact.year)));
  if (!sourcesOf[facts.indexOf(fact)].some((source) => source >= 0)) {
    found.push(el("span", { className: "chip" }, documentName(GAZETTEER)));
  }
  return found;
}

function name(place) {
  const button = el(
    "button",
    { type: "button", className: "name", title: shortened(labelOf(place), 200) },
    swatch(entities[place].kind),
    isolated(shortened(labelOf(place), 120)),
  );
  button.addEventListener("click", () => show(place));
  return button;
}

function valueText(value) {
  if (value.status !== undefined) return value.status;
  return `${value.indicator !== undefined ? `${value.indicator} ` : ""}${value.text}`;
}

// 532000000 -> 532 000 000, without rounding: it is text all the way.
const grouped = (number) => number.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/gu, "\u202f");
const exact = (value) => `${words.bounds[value.bound] ?? ""}${grouped(value.number)} ${value.unit}`;

function evidence(fact) {
  const pieces = (fact.evidence ?? []).filter((piece) => piece[3] > piece[2]);
  const exactly = fact.value?.number === undefined ? [] : [el("p", { className: "source" }, `= ${exact(fact.value)}`)];
  if (!pieces.length) return exactly;
  const first = quoted(pieces[0]);
  if (pieces.length === 1) return [...exactly, ...first];
  const more = el("button", { type: "button", className: "more" }, `另有 ${pieces.length - 1} 处依据`);
  more.addEventListener("click", () => more.replaceWith(...pieces.slice(1).flatMap(quoted)));
  return [...exactly, ...first, more];
}

// piece: document, text, start, end, section, rule, score
function quoted([source, text, start, end, section, rule, score]) {
  const whole = texts[text];
  const [from, to] = [Math.max(0, start - AROUND), Math.min(whole.length, end + AROUND)];
  const quote = el(
    "blockquote",
    { dir: "auto" },
    el("span", { className: "around" }, (from > 0 ? "…" : "") + whole.slice(from, start).trimStart()),
    el("mark", {}, whole.slice(start, end)),
    el("span", { className: "around" }, whole.slice(end, to).trimEnd() + (to < whole.length ? "…" : "")),
  );
  const parts = [documentName(source), section, rule && `规则 ${rule}`, `可信度 ${score}`].filter(Boolean);
  const separated = parts.flatMap((part, place) => (place ? [" · ", isolated(part)] : [isolated(part)]));
  return [quote, el("p", { className: "source" }, ...separated)];
}

function figures(numbers) {
  const table = el("table", {}, el("thead", {}, row_("th", ["指标", "数值", "类型", "年份"])));
  const body = el("tbody", {});
  for (const number of numbers) {
    const { value, modality, year } = facts[number];
    const kind = words.measures[value.measure] ?? value.measure;
    const cells = row_("td", [value.indicator, value.text, kind, ""]);
    cells.children[1].title = exact(value);
    cells.children[3].append(...(modality === "planned" ? [el("span", { className: "chip planned" }, "计划")] : []), year ? ` ${year}` : "");
    const open = el("td", { colSpan: 4 });
    open.append(el("details", {}, el("summary", {}, "原文"), ...evidence(facts[number])));
    body.append(cells, el("tr", {}, open));
  }
  table.append(body);
  return el("div", { className: "wide" }, table);
}

const row_ = (tag, cells) => el("tr", {}, ...cells.map((cell) => el(tag, {}, isolated(cell))));

function mentions(entity) {
  if (!entity.mentioned) return [];
  const items = (entity.mentions ?? []).map(([source, text, start, end, section, reason, score]) =>
    el("li", {}, ...quoted([source, text, start, end, section, reason && `${reason}`, score])),
  );
  const summary = `文中出现 ${entity.mentioned} 次${entity.mentioned > items.length ? `，列出前 ${items.length} 次` : ""}`;
  const details = el("details", { open: !factsOf[entities.indexOf(entity)].length }, el("summary", {}, summary));
  details.append(el("ul", { className: "facts" }, ...items));
  return [el("h3", {}, "提及"), details];
}

function ofEdge(number) {
  const edge = graph.edges[number];
  const visible = edge.facts.filter((fact) => factPasses(fact));
  const title = el("span", {}, name(edge.from), ` ${relationName(edge.relation)} `, name(edge.to));
  return [
    heading(line(edge.relation), title),
    ...(visible.length ? [] : [el("p", { className: "note" }, "筛选条件隐去了这条关系的事实。")]),
    list(visible, edge.from),
  ];
}
