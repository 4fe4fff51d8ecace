// The tree of places: each lies in the one above it; what else stands in a place is listed under it.

VIEWS.divisions = { title: "区划树", fill: divisions };

// The place above each place: the table of divisions knows best, else what documents say; a circle is cut.
function parents() {
  const above = new Map();
  const put = ({ subject, object }) => {
    if (above.has(subject) || subject === object) return;
    for (let at = object; at !== undefined; at = above.get(at)) if (at === subject) return;
    above.set(subject, object);
  };
  const inside = facts.filter(
    ({ number, relation, object }) => relation === "locatedIn" && object !== undefined && shown.facts[number],
  );
  const certain = ({ number }) => sourcesOf[number].includes(GAZETTEER);
  inside.filter(certain).forEach(put);
  inside.filter((fact) => !certain(fact)).forEach(put);
  return above;
}

function divisions() {
  const below = new Map();
  const above = parents();
  for (const [child, parent] of above) below.set(parent, [...(below.get(parent) ?? []), child]);
  const tops = [...below.keys()].filter((place) => !above.has(place)).sort(byCode);
  if (!tops.length) return [el("p", { className: "note" }, "当前显示的事实中，没有说明哪里位于哪里的。")];
  const total = new Map();
  const coded = tops.filter((place) => entities[place].code).length;
  const opens = (place) => tops.length < 4 || (coded < 4 && Boolean(entities[place].code));
  tops.forEach((place) => inside(place, below, total));
  return [el("ul", { className: "tree" }, ...tops.map((place) => branch(place, below, total, opens(place))))];
}

// Divisions by their codes, then all else by name.
const byCode = (a, b) => {
  const [first, second] = [entities[a].code ?? "", entities[b].code ?? ""];
  return (second !== "") - (first !== "") || compare(first, second) || compare(labelOf(a), labelOf(b));
};
const isPlace = (place) => entities[place].kind === "Place";

function inside(place, below, total) {
  const count = (below.get(place) ?? []).reduce((sum, child) => sum + 1 + inside(child, below, total), 0);
  total.set(place, count);
  return count;
}

function branch(place, below, total, open) {
  const children = below.get(place);
  if (!children) return el("li", {}, el("span", { className: "twist" }), name(place));
  const twist = button("", { className: "twist", "aria-label": `展开或收起${shortened(labelOf(place), 40)}` }, () => turn(held.hidden));
  const held = el("div", { hidden: true });
  const turn = (wide) => {
    if (!held.children.length) held.append(...offspring(children, below, total, open));
    held.hidden = !wide;
    twist.textContent = wide ? "▾" : "▸";
    twist.setAttribute("aria-expanded", String(wide));
  };
  twist.textContent = "▸";
  twist.setAttribute("aria-expanded", "false");
  if (open) turn(true);
  return el("li", {}, twist, name(place), el("span", { className: "muted" }, ` ${total.get(place)}`), held);
}

// What lies in a place, places first; a lone branch or a few open by themselves.
function offspring(children, below, total, open) {
  const ordered = [...children].sort((a, b) => isPlace(b) - isPlace(a) || byCode(a, b));
  const few = ordered.filter((child) => below.has(child)).length < 4;
  return unrolled(ordered, "ul", {}, 60, (child) => branch(child, below, total, open && few));
}
