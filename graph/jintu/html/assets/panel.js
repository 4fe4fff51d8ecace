// Answer "where does it say so?": an entity or an edge, its facts, each with its words in their context.

const AROUND = 60; // characters of context on each side
const PAGE = 30; // facts of one heading shown at once

function panel() {
  const root = byId("panel");
  onChange((what) => {
    if (what === "view") return;
    const content = contentOf(state.selected);
    root.hidden = !content;
    if (!content) return root.replaceChildren();
    const before = what === "selection" ? 0 : root.scrollTop;
    root.replaceChildren(...content);
    root.scrollTop = before;
  });
}

function contentOf(selected) {
  if (!selected) return null;
  if (selected.entity !== undefined) return ofEntity(selected.entity);
  return selected.edge !== undefined ? ofEdge(selected.edge) : ofPath(...selected.path);
}

function heading(mark, title, ...below) {
  const close = button("×", { className: "close", title: "关闭（Esc）", "aria-label": "关闭依据栏" }, () => select(null));
  return el("header", {}, el("div", { className: "top" }, mark, el("h2", {}, title), close), ...below);
}

function ofEntity(place) {
  const entity = entities[place];
  const mine = factsOf[place].filter((number) => factPasses(number));
  const indicators = mine.filter((number) => facts[number].value?.indicator !== undefined);
  const rest = mine.filter((number) => facts[number].value?.indicator === undefined);
  const away = factsOf[place].length - mine.length;
  return [
    heading(swatch(entity.kind), isolated(labelOf(place)), buttons(place), copyRow(mine, place)),
    ...(shown.entities[place] ? [] : [el("p", { className: "note" }, "筛选条件隐去了这个实体，图中看不到它。")]),
    about(entity, place),
    ...history_(place),
    ...(rest.length ? [factsHeading(rest.length), list(state.byYear ? inYears(rest) : inGroups(rest, place), place)] : []),
    ...(indicators.length ? [el("h3", {}, `指标（${indicators.length}）`), figures(indicators)] : []),
    ...(away ? [el("p", { className: "note" }, `另有 ${away} 条事实被筛选隐去。`)] : []),
    ...mentions(entity),
  ];
}

function buttons(place) {
  const pinned = state.pinned.has(place);
  return el(
    "div",
    { className: "claim" },
    button("居中", { title: "在图中居中（C）" }, () => show(place)),
    button("只看周围", { title: "只看这个实体和它的邻域（双击节点）" }, () => only(place)),
    button(pinned ? "取消钉住" : "钉住", { title: "不受筛选影响，始终显示（P）", "aria-pressed": String(pinned) }, () => pin(place)),
    button("找路径", { title: "找出到另一个实体的最短路径（L）" }, () => startPath(place)),
    button("隐藏", { title: "从图中隐藏（H）" }, () => hide(place)),
  );
}

function pin(place) {
  if (!state.pinned.delete(place)) state.pinned.add(place);
  changed("filter");
}

function hide(place) {
  state.hidden.add(place);
  state.pinned.delete(place);
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

function factsHeading(count) {
  const order = button(state.byYear ? "按关系" : "按年份", { className: "more", title: "换一种排列" }, () => {
    state.byYear = !state.byYear;
    changed("selection");
  });
  return el("div", { className: "claim order" }, el("h3", {}, `事实（${count}）`), order);
}

const inYears = (numbers) => [...numbers].sort((a, b) => (facts[a].year ?? 9999) - (facts[b].year ?? 9999) || a - b);

// A long list shows its first part and a button for more.
function list(numbers, place) {
  const item = (number) => el("li", {}, claim(facts[number], place), ...evidence(facts[number]));
  return el("div", {}, ...unrolled(numbers, "ul", { className: "facts" }, PAGE, item));
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
  if (!sourcesOf[fact.number].some((source) => source >= 0)) {
    found.push(el("span", { className: "chip" }, documentName(GAZETTEER)));
  }
  return found;
}

function name(place) {
  const made = button("", { className: "name", title: shortened(labelOf(place), 200) }, () => show(place));
  made.append(swatch(entities[place].kind), isolated(shortened(labelOf(place), 120)));
  return made;
}

function valueText(value) {
  if (value.status !== undefined) return value.status;
  return `${value.indicator !== undefined ? `${value.indicator} ` : ""}${value.text}`;
}

// 532000000 -> 532 000 000, without rounding: it is text all the way.
const grouped = (number) => number.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/gu, "\u202f");
const exact = (value) => `${words.bounds[value.bound] ?? ""}${grouped(value.number)} ${words.units[value.unit] ?? value.unit}`;

function evidence(fact) {
  const pieces = fact.evidence.filter((piece) => piece.end > piece.start);
  const exactly = fact.value?.number === undefined ? [] : [el("p", { className: "source" }, `= ${exact(fact.value)}`)];
  if (!pieces.length) return exactly;
  const quotedBy = (piece) => quoted(piece, piece.why && `规则 ${piece.why}`);
  const first = quotedBy(pieces[0]);
  if (pieces.length === 1) return [...exactly, ...first];
  const more = button(`另有 ${pieces.length - 1} 处依据`, { className: "more" }, () =>
    more.replaceWith(...pieces.slice(1).flatMap(quotedBy)),
  );
  return [...exactly, ...first, more];
}

function quoted({ document: source, text, start, end, section, score }, why) {
  const whole = texts[text];
  const [from, to] = [Math.max(0, start - AROUND), Math.min(whole.length, end + AROUND)];
  const quote = el(
    "blockquote",
    { dir: "auto" },
    el("span", { className: "around" }, (from > 0 ? "…" : "") + whole.slice(from, start).trimStart()),
    el("mark", {}, whole.slice(start, end)),
    el("span", { className: "around" }, whole.slice(end, to).trimEnd() + (to < whole.length ? "…" : "")),
  );
  const parts = [documentName(source), section, why, `可信度 ${score}`].filter(Boolean);
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
  const items = entity.mentions.map((piece) => el("li", {}, ...quoted(piece, piece.why)));
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
    heading(line(edge.relation), title, copyRow(visible)),
    ...(visible.length ? [] : [el("p", { className: "note" }, "筛选条件隐去了这条关系的事实。")]),
    list(visible, edge.from),
  ];
}

function ofPath(from, to) {
  const steps = path(from, to);
  const title = el("span", {}, name(from), " → ", name(to));
  if (!steps) return [heading("", title), el("p", { className: "note" }, "在当前显示的关系中，两者之间没有路径。")];
  const taken = steps.filter(([, edge]) => edge !== undefined).map(([, edge]) => graph.edges[edge]);
  const about = taken.flatMap((edge) => edge.facts.filter((fact) => shown.facts[fact]));
  return [
    heading("", title, copyRow(about)),
    el("h3", {}, `最短路径（${taken.length} 步）`),
    ...taken.map((edge) => list(edge.facts.filter((fact) => shown.facts[fact]).slice(0, 3))),
  ];
}
