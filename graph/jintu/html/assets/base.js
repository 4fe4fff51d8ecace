// Read the payload; make elements whose text is only ever text.

const payload = JSON.parse(document.getElementById("payload").textContent);
const { words, documents, texts, pinyin } = payload;
for (const table of Object.values(words)) if (!Array.isArray(table)) Object.setPrototypeOf(table, null); // a kind may be called "constructor"
const GAZETTEER = -1; // stands where evidence has no document: the table of divisions

// Rows again from columns, as columns.py packed them; what a row does not have stays undefined.
function unpacked({ count, columns }) {
  const rows = Array.from({ length: count }, () => ({}));
  for (const [name, { all, of, at, rows: named, some }] of Object.entries(columns)) {
    const put = (row, value) => value !== null && (rows[row][name] = value);
    if (named) named.forEach((row, place) => put(row, some[place]));
    else for (let row = 0; row < count; row += 1) put(row, all ? all[row] : of[at ? at[row] : 0]);
  }
  return rows;
}

// Give each row its own pieces, which stand one row's after the other's: the row has their number.
function dealt(rows, name, pieces) {
  let at = 0;
  for (const row of rows) {
    const number = row[name] ?? 0;
    row[name] = pieces.slice(at, at + number);
    at += number;
  }
  return rows;
}

const entities = dealt(unpacked(payload.entities), "mentions", unpacked(payload.mentions));
const facts = dealt(dealt(unpacked(payload.facts), "evidence", unpacked(payload.evidence)), "value", unpacked(payload.values));
facts.forEach((fact, number) => {
  fact.number = number;
  [fact.value] = fact.value;
});
// Kinds of other vocabularies wear the colours and shapes of ours that are not there.
const wears = (kind) => words.worn[kind] ?? kind;
const graph = {
  nodes: unpacked(payload.graph.nodes).map((node, id) => ({ ...node, id, group: wears(entities[id].kind) })),
  edges: unpacked(payload.graph.edges).map((edge, id) => ({ ...edge, id })),
  options: payload.graph.options,
};
const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);
const kindName = (kind) => words.kinds[kind] ?? (kind || "未分类");
const relationName = (relation) => words.relations[relation] ?? relation;
const colour = (name) => colours()[name] || colours().other;

// el("p", {className: "note"}, "text", other, ...): strings become text nodes, never markup.
function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function button(text, properties, action) {
  const made = el("button", { type: "button", ...properties }, text);
  made.addEventListener("click", action);
  return made;
}

const isolated = (text) => el("bdi", { dir: "auto" }, text);

// All colours live in the style sheet, once a theme; the canvas reads them from there.
let known = null;
function colours() {
  if (known) return known;
  const style = getComputedStyle(document.documentElement);
  const names = [...Object.keys(words.kinds), ...Object.keys(words.relations)];
  names.push("other", "edge", "gazetteer", "rim", "ground", "ink", "muted", "accent", "surface", "line");
  known = Object.create(null);
  for (const name of names) known[name] = style.getPropertyValue(`--${name}`).trim();
  return known;
}
function forgetColours() {
  known = null;
}

// The outline of each shape in a square of 16, as the canvas draws it.
const OUTLINES = {
  dot: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z",
  square: "M2 2h12v12H2z",
  diamond: "M8 .8 15.2 8 8 15.2.8 8z",
  hexagon: "M4.4 1.8h7.2L15.2 8l-3.6 6.2H4.4L.8 8z",
  star: "M8 .6l2.2 4.9 5.3.6-4 3.6 1.1 5.3L8 12.3 3.4 15l1.1-5.3-4-3.6 5.3-.6z",
  triangle: "M8 1.2 15.4 14H.6z",
  triangleDown: "M8 14.8.6 2h14.8z",
  custom: "M1 3.5h14v9H1z",
};

const outlineOf = (kind) => OUTLINES[words.shapes[wears(kind)] ?? "dot"];

function swatch(kind) {
  const image = document.createElementNS(SVG, "svg");
  const outline = document.createElementNS(SVG, "path");
  image.setAttribute("viewBox", "0 0 16 16");
  image.setAttribute("class", "swatch");
  image.setAttribute("aria-hidden", "true");
  outline.setAttribute("d", outlineOf(kind));
  outline.style.fill = `var(--${wears(kind) in words.kinds ? wears(kind) : "other"})`;
  image.append(outline);
  return image;
}

function line(relation) {
  const image = document.createElementNS(SVG, "svg");
  const stroke = document.createElementNS(SVG, "path");
  image.setAttribute("viewBox", "0 0 16 16");
  image.setAttribute("class", "swatch");
  image.setAttribute("aria-hidden", "true");
  stroke.setAttribute("d", "M0 8h16");
  stroke.style.stroke = `var(--${relation in words.relations ? relation : "edge"}, var(--edge))`;
  stroke.style.strokeWidth = "3";
  image.append(stroke);
  return image;
}

function shortened(text, limit) {
  const characters = Array.from(text.slice(0, 2 * limit + 2));
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text;
}

const labelOf = (entity) => entities[entity].label || entities[entity].id || "（无名）";
// One of several reports is called by its place and year too, where its title leaves them out.
const documentName = (at) => {
  const paper = documents[at];
  if (!paper) return "行政区划表";
  const title = paper.title || paper.id;
  const lacks = (what) => documents.length > 1 && what && !title.includes(what);
  return [paper.place, paper.year].filter(lacks).concat(title).join(" ");
};
