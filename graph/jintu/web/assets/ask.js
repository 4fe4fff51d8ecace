// Ask the endpoint, and read what it answers.

const BOTH = "application/sparql-results+json, application/n-triples;q=0.9";
let asking = null; // the question under way, which the next one stops

// Returns {columns, rows}, {truth}, {triples} or {error}, with the seconds it took; null when it was stopped.
export async function ask(query) {
  stop();
  const started = performance.now();
  const own = (asking = new AbortController());
  try {
    const response = await post(query, BOTH, own.signal);
    const text = await response.text();
    const seconds = (performance.now() - started) / 1000;
    if (!response.ok) return { error: text.trim(), seconds };
    return { ...read(text, response.headers.get("content-type")), seconds };
  } catch (error) {
    return error.name === "AbortError" ? null : { error: "连不上服务器；它还在运行吗？" };
  } finally {
    if (asking === own) asking = null;
  }
}

export function stop() {
  asking?.abort();
}

export async function fetched(query, accept) {
  const response = await post(query, accept);
  return { ok: response.ok, blob: await response.blob() };
}

// Rows of a question that the page asks by itself: {name: {type, value}} each.
export async function rowsOf(query) {
  const response = await post(query, "application/sparql-results+json");
  if (!response.ok) throw new Error((await response.text()).trim());
  return (await response.json()).results.bindings;
}

function post(query, accept, signal) {
  const headers = { Accept: accept, "Content-Type": "application/sparql-query" };
  return fetch("/sparql", { method: "POST", body: query, headers, signal });
}

function read(text, media) {
  if (media.startsWith("application/n-triples")) return { triples: text.split("\n").map(triple).filter(Boolean) };
  const { head, results, boolean } = JSON.parse(text);
  return results ? { columns: head.vars, rows: results.bindings } : { truth: boolean };
}

const LINE = /^(<[^>]*>|_:\S+) (<[^>]*>) (.+) \.$/u;
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/u;
const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

// One line of N-Triples as {subject, predicate, object}; a triple inside a triple is passed over.
function triple(line) {
  const [, subject, predicate, object] = LINE.exec(line) ?? [];
  const terms = [subject, predicate, object].map((text) => text && term(text));
  return terms.every(Boolean) ? { subject: terms[0], predicate: terms[1], object: terms[2] } : null;
}

function term(text) {
  if (text.startsWith("<") && !text.startsWith("<<")) return { type: "uri", value: plain(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text };
  const [, value, language, datatype] = LITERAL.exec(text) ?? [];
  return value === undefined ? null : { type: "literal", value: plain(value), "xml:lang": language, datatype };
}

function plain(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu, (_, short, long, one) =>
    one ? (ESCAPES[one] ?? one) : String.fromCodePoint(Number.parseInt(short ?? long, 16)),
  );
}
