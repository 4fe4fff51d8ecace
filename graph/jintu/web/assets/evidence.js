// From the row of an answer to the words that it was read from.

import { rowsOf } from "./ask.js";
import { el, isolated, resourceLink } from "./page.js";

const MOST = 12;

const question = (cells) => `SELECT ?statement ?subject ?name ?relation ?object ?value ?modality ?document ?title ?start ?end ?quote {
  { VALUES ?statement { ${cells.iris} } }
  UNION { VALUES ?subject { ${cells.iris} } ?statement rdf:subject ?subject }
  UNION { VALUES ?label { ${cells.texts} } ?subject rdfs:label|skos:altLabel ?label . ?statement rdf:subject ?subject }
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; jt:modality ?modality ; jt:evidence ?seen .
  ?seen jt:document ?document ; jt:start ?start ; jt:end ?end ; jt:quote ?quote .
  OPTIONAL { ?subject rdfs:label ?name }
  OPTIONAL { ?object rdfs:label|skos:prefLabel|jt:text ?value }
  OPTIONAL { ?document dcterms:title ?title }
} LIMIT 500`;

// Statements about what stands in a row; those that say more of the row come first.
export async function evidence(row, known) {
  const cells = Object.values(row);
  const iris = cells.filter(({ type }) => type === "uri").map(({ value }) => safe(`<${value}>`));
  const texts = cells.filter((cell) => cell["xml:lang"]).map((cell) => safe(`${quoted(cell.value)}@${cell["xml:lang"]}`));
  if (!iris.length && !texts.length) return said("这一行没有可以追溯的事物。");
  try {
    const found = await rowsOf(question({ iris: iris.join(" "), texts: texts.join(" ") }));
    return found.length ? list(best(found, cells), known) : said("图中没有关于这一行的陈述。");
  } catch (error) {
    return said(error.message);
  }
}

// The word that could call another server is refused in a query, but may be part of a name.
const safe = (term) => term.replace(/s(?=ervice)/giu, (letter) => `\\u${letter.codePointAt(0).toString(16).padStart(4, "0")}`);

const quoted = (text) => `"${text.replace(/["\\\n\r]/gu, (one) => ({ '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r" })[one])}"`;

function best(found, cells) {
  const values = new Set(cells.map(({ value }) => value));
  const score = (one) => ["statement", "subject", "name", "relation", "object", "value", "modality", "quote", "start", "end"].filter((name) => one[name] && values.has(one[name].value)).length;
  const pieces = new Map(found.map((one) => [["statement", "document", "start", "end"].map((name) => one[name].value).join(" "), one]));
  const scored = [...pieces.values()].map((one) => [score(one), one]).sort(([a], [b]) => b - a);
  return scored.filter(([points]) => points === scored[0][0]).slice(0, MOST).map(([, one]) => one);
}

function list(found, { say }) {
  const items = found.map((one) => {
    const claim = el(
      "p",
      { className: "claim" },
      resourceLink(one.subject.value, one.name?.value ?? say(one.subject.value)),
      el("span", { className: "relation" }, say(one.relation.value)),
      one.object.type === "uri" ? resourceLink(one.object.value, one.value?.value ?? say(one.object.value)) : isolated(one.object.value),
      el("span", { className: `chip${one.modality.value.endsWith("planned") ? " planned" : ""}` }, say(one.modality.value)),
    );
    const small = resourceLink(one.statement.value, "陈述");
    small.className = "small";
    claim.append(small);
    const source = el("p", { className: "source" }, resourceLink(one.document.value, one.title?.value ?? say(one.document.value)), `，第 ${one.start.value}–${one.end.value} 字`);
    const quote = one.quote.value ? [el("blockquote", {}, isolated(one.quote.value))] : [];
    return el("li", {}, claim, ...quote, source);
  });
  return el("ul", { className: "facts" }, ...items);
}

const said = (text) => el("p", { className: "muted" }, text);
