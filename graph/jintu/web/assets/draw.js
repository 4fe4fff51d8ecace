// An answer as a picture: what a row names are nodes, and the row is the edges between them. vis-network draws it.

import { el, shortened } from "./page.js";
import { isNumber } from "./table.js";

const MOST = 500; // edges that the layout arranges within a second or two
const LABELLED = 60; // edges up to which their labels leave each other room
const RELATION = /^(?:relation|predicate|property|p)$/iu;

// Edges [{from, to, label}] with terms at their ends.
export function edgesOf({ columns, rows, triples }) {
  if (triples) return triples.map(({ subject, predicate, object }) => ({ from: subject, to: object, label: predicate.value }));
  const relation = columns.find((column) => RELATION.test(column));
  const nodes = columns.filter((column) => column !== relation && rows.some((row) => row[column]) && rows.every((row) => drawable(row[column])));
  const [first, ...others] = nodes;
  return rows.flatMap((row) =>
    others
      .slice(0, relation ? 1 : 3)
      .filter((other) => row[first] && row[other])
      .map((other) => ({ from: row[first], to: row[other], label: relation ? (row[relation]?.value ?? "") : other })),
  );
}

// Names and resources are drawn; figures, signs, and texts as long as sentences, are not.
const drawable = (term) => !term || term.type === "uri" || (!isNumber(term) && term.value.length <= 40 && /\p{L}/u.test(term.value));

export async function picture(edges, { say, open }) {
  const holder = el("div", { id: "picture", role: "img", "aria-label": `关系图，${edges.length} 条边；表格列出同样的内容` });
  await library();
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => resolved(style.getPropertyValue(`--${name}`));
  const nodes = new Map();
  const node = (term) => {
    const key = `${term.type} ${term.value}`;
    if (!nodes.has(key)) nodes.set(key, { id: nodes.size, label: shortened(say(term), 18), term });
    return nodes.get(key).id;
  };
  const lines = edges.slice(0, MOST).map(({ from, to, label }) => ({ from: node(from), to: node(to), label: edges.length > LABELLED ? undefined : say({ type: "uri", value: label }), title: label }));
  const all = [...nodes.values()];
  // made once it stands in the page: it needs its size
  requestAnimationFrame(() => {
    const drawn = new vis.Network(holder, { nodes: all.map(({ id, label, term }) => ({ id, label, ...look(term, colour) })), edges: lines }, options(colour));
    drawn.on("doubleClick", ({ nodes: [id] }) => id !== undefined && all[id].term.type === "uri" && open(all[id].term.value));
  });
  return [holder, ...(edges.length > MOST ? [el("p", { className: "muted" }, `只画前 ${MOST} 条边，共 ${edges.length} 条。`)] : [])];
}

const look = (term, colour) => ({
  shape: term.type === "uri" ? "dot" : "square",
  color: { background: colour(term.type === "uri" ? "accent" : "variable"), border: colour("surface") },
});

const options = (colour) => ({
  autoResize: true,
  interaction: { hover: true, keyboard: false },
  nodes: { size: 9, font: { color: colour("ink"), size: 16 }, scaling: { label: { drawThreshold: 4 } } },
  edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } }, color: { color: colour("muted"), opacity: 0.6 }, font: { size: 10, color: colour("muted"), strokeWidth: 0 }, smooth: false },
  physics: { stabilization: { iterations: 150 }, barnesHut: { gravitationalConstant: -2400, springLength: 110, centralGravity: 1.2 } },
});

// A colour as the canvas takes it: light-dark() is for style sheets alone.
function resolved(value) {
  const probe = el("span", {});
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

let loading = null;
function library() {
  loading ??= new Promise((ready, failed) => {
    document.head.append(el("script", { src: "/assets/vendor/vis-network.js", onload: ready, onerror: () => failed(new Error("vis-network")) }));
  });
  return loading;
}
