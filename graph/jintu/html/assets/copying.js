// Take what the panel says elsewhere: as Turtle, as a table, as a citation.

const PREFIXES = {
  jt: "https://w3id.org/jintu/ontology#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
};
const BASE = "https://w3id.org/jintu/id/";
const STATUS = "https://w3id.org/jintu/status/";

// The clipboard where the browser lets a page use it, else an old command on a field of its own.
async function copy(text, made) {
  const before = made.textContent;
  const copied = (navigator.clipboard && (await navigator.clipboard.writeText(text).then(() => true, () => false))) || copyByField(text);
  made.textContent = copied ? "已复制" : "不能复制";
  setTimeout(() => (made.textContent = before), 1500);
}

function copyByField(text) {
  const field = el("textarea", { value: text, className: "aside", "aria-hidden": "true" });
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

// about: the facts to copy, and the entity that they are of, if of one
function copyRow(about, place) {
  const one = (title, hint, make) => {
    const made = button(title, { title: hint }, () => copy(make(about, place), made));
    return made;
  };
  return el(
    "div",
    { className: "claim copies", role: "group", "aria-label": "复制" },
    el("span", { className: "muted" }, "复制为"),
    one("Turtle", "把这些事实连同原文复制为 Turtle", turtle),
    one("表格", "复制为表格，可粘贴到电子表格", tabbed),
    one("引文", "复制为带出处的引文", citation),
  );
}

const literal = (text) => `"${text.replace(/[\\"\n\r\t]/gu, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c])}"`;
// The same rule as rdf/mint.py: slashes after the second are part of the name.
const PLAIN = /[A-Za-z0-9\-._~()+,\u00a1-\u00ac\u00ae-\u024f\u0370-\u0373\u0391-\u03c9\u0400-\u045f\u2010-\u2027\u2030-\u205e\u2070-\u218f\u2460-\u24ff\u2e80-\u2fd5\u3001-\u3163\u3165-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe6b\uff01-\uff9f\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}]/u;
const percent = (c) => [...new TextEncoder().encode(c)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
const encoded = (part) =>
  Array.from(part, (c) => (PLAIN.test(c) ? c : percent(c))).join("").replace(/\.+$/u, (dots) => "%2E".repeat(dots.length));

function iri(place) {
  const { id } = entities[place];
  if (words.classes) return id.startsWith("_:") ? id : `<${id}>`; // a graph of other words names things in full
  const [first, second, ...rest] = id.split("/");
  const parts = rest.length ? [first, second, rest.join("/")] : [first, second].filter((part) => part !== undefined);
  const local = parts.every(Boolean) ? parts.map(encoded).join("/") : encoded(id);
  return `<${BASE}${local}>`;
}

function turtle(about, place) {
  const named = [...new Set([place, ...about.flatMap((number) => [facts[number].subject, facts[number].object])])];
  const heads = named.filter((some) => some !== undefined).flatMap(words.classes ? classed : described);
  const prefixes = words.classes ? [] : Object.entries(PREFIXES).map(([prefix, full]) => `@prefix ${prefix}: <${full}> .`);
  return `${[...prefixes, ...heads, ...about.map(words.classes ? triple : statement)].join("\n")}\n`;
}

function described(place) {
  const { kind, label, aliases, code } = entities[place];
  const said = [`a jt:${kind}`, `rdfs:label ${literal(label ?? "")}@zh`, ...(aliases ?? []).map((alias) => `skos:altLabel ${literal(alias)}@zh`)];
  if (code) said.push(`jt:divisionCode ${literal(code)}`);
  return ["", `${iri(place)} ${said.join(" ;\n    ")} .`];
}

const classed = (place) => (words.classes[entities[place].kind] ? [`${iri(place)} a <${words.classes[entities[place].kind]}> .`] : []);

function triple(number) {
  const { subject, relation, object, value } = facts[number];
  return `${iri(subject)} <${words.predicates[relation]}> ${object === undefined ? value.term : iri(object)} .`;
}

function statement(number) {
  const { subject, relation, object, value, modality, year, evidence: pieces } = facts[number];
  const target = object === undefined ? valueTerm(value) : iri(object);
  const direct = modality === "stated" && (object !== undefined || value.status !== undefined);
  const quotes = pieces.filter((piece) => piece.end > piece.start).map((piece) =>
    `jt:evidence [ a jt:Evidence ; jt:quote ${literal(texts[piece.text].slice(piece.start, piece.end))} ; rdfs:comment ${literal(documentName(piece.document))} ]`,
  );
  const said = [`a jt:Statement`, `rdf:subject ${iri(subject)}`, `rdf:predicate jt:${relation}`, `rdf:object ${target}`, `jt:modality jt:${modality}`];
  if (year) said.push(`jt:year ${year}`);
  return `${direct ? `\n${iri(subject)} jt:${relation} ${target} .` : ""}\n[] ${[...said, ...quotes].join(" ;\n    ")} .`;
}

function valueTerm(value) {
  if (value.status !== undefined) return `<${STATUS}${encoded(value.status)}>`;
  const figure = `jt:text ${literal(value.text)} ; jt:value ${value.number.includes(".") ? value.number : `${value.number}.0`} ; jt:unitCode ${literal(value.unit)}`;
  const named = value.indicator === undefined ? "a jt:Quantity" : `a jt:Observation ; rdfs:label ${literal(`${value.indicator} ${value.text}`)}@zh`;
  return `[ ${named} ; ${figure} ]`;
}

function tabbed(about) {
  const columns = ["主体", "关系", "客体", "语气", "年份", "原文", "文件"];
  const rows = about.map((number) => {
    const fact = facts[number];
    const sources = sourcesOf[number].map(documentName).join("；");
    return [labelOf(fact.subject), relationName(fact.relation), objectText(number), modalityName(fact.modality), fact.year ?? "", quoteText(number), sources];
  });
  return [columns, ...rows].map((row) => row.map((cell) => String(cell).replace(/[\t\r\n]+/gu, " ")).join("\t")).join("\n");
}

function citation(about) {
  const lines = about.flatMap((number) => facts[number].evidence.filter((piece) => piece.end > piece.start).map(cited));
  return [...new Set(lines)].join("\n");
}

function cited({ document: source, text, start, end, section }) {
  const year = documents[source]?.year;
  const where = [documentName(source), section, year && `${year} 年`].filter(Boolean).join("，");
  return `“${texts[text].slice(start, end).trim()}”（${where}）`;
}
