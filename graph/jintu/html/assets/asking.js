// Ask the graph in SPARQL: Oxigraph runs in a worker, so that a long question neither freezes the page nor goes on for ever.

const asked = JSON.parse(byId("sparql").textContent);
const ROWS_ASKED = 20000;
let engine = null; // the worker, once something was asked
let question = asked.questions[0]?.[2] ?? "SELECT * { ?s ?p ?o } LIMIT 20";
let answered = null; // {columns, rows}, {text} or {error}, with the time it took

// Runs in the worker, where nothing of the page is at hand.
function answering() {
  let store = null; // a promise of it
  const open = async ({ wasm, turtle }) => {
    const bytes = Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    await oxigraph.start({ module_or_path: await new Response(plain).arrayBuffer() });
    const filled = new oxigraph.Store();
    filled.load(turtle, { format: "text/turtle", no_transaction: true });
    return filled;
  };
  const answer = (triples, { query, base, graphs }) => {
    const started = performance.now();
    const format = graphs ? "text/turtle" : "application/sparql-results+json";
    const text = triples.query(query, { base_iri: base, results_format: format });
    return { text, seconds: (performance.now() - started) / 1000, size: triples.size };
  };
  onmessage = async ({ data: said }) => {
    if (said.turtle !== undefined) return void (store = open(said));
    try {
      postMessage(answer(await store, said));
    } catch (error) {
      postMessage({ error: String(error.message ?? error) });
    }
  };
}

function startEngine() {
  const source = `${byId("oxigraph").textContent}\n(${answering})();`;
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.postMessage({ wasm: byId("engine").textContent, turtle: asked.turtle });
  return worker;
}

// The prefixes of the graph are known without being written down.
function prologue(query) {
  const known = [...asked.turtle.slice(0, 20000).matchAll(/^@prefix (\S*:) (<[^>]*>) \.$/gmu)];
  return known.filter(([, prefix]) => !new RegExp(`PREFIX\\s+${prefix}`, "iu").test(query)).map(([, prefix, full]) => `PREFIX ${prefix} ${full}\n`).join("");
}

const makesGraph = (query) => /^(?:\s*(?:#.*|(?:PREFIX|BASE)\b[^>]*>))*\s*(?:CONSTRUCT|DESCRIBE)\b/iu.test(query);

function ask(query, told) {
  engine ??= startEngine();
  const graphs = makesGraph(query);
  const base = /^@base <([^>]*)> \.$/mu.exec(asked.turtle)?.[1] ?? BASE;
  engine.onmessage = ({ data: said }) => told(said.error ? said : { ...said, ...(graphs ? {} : rowsOf(JSON.parse(said.text))) });
  engine.postMessage({ query: prologue(query) + query, base, graphs });
}

function rowsOf({ head, results, boolean }) {
  if (!results) return { text: boolean ? "是" : "否" };
  return { columns: head.vars, rows: results.bindings.slice(0, ROWS_ASKED), all: results.bindings.length };
}

function stopEngine() {
  engine?.terminate();
  engine = null;
}

VIEWS.sparql = { title: "查询", fill: asking };

function asking() {
  const box = el("textarea", { value: question, rows: 12, spellcheck: false, "aria-label": "SPARQL 查询" });
  const outcome = el("div", { id: "answer", role: "region", "aria-label": "查询结果" });
  const stop = button("停止", { hidden: true }, () => settle({ error: "已停止。" }));
  const settle = (said) => {
    delete tableState.answer;
    if (said.error === "已停止。") stopEngine();
    answered = said;
    stop.hidden = true;
    outcome.replaceChildren(...answer(said));
  };
  const run = button("运行", { className: "strong", title: "Ctrl+回车" }, () => {
    stop.hidden = false;
    outcome.replaceChildren(el("p", { className: "muted" }, engine ? "查询中…" : "正在载入图谱和查询引擎…"));
    ask(question, settle);
  });
  box.addEventListener("input", () => (question = box.value));
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run.click();
  });
  if (answered) outcome.replaceChildren(...answer(answered));
  return [el("div", { className: "ask" }, shipped(box), box, el("div", { className: "claim" }, run, stop)), outcome];
}

function shipped(box) {
  const options = asked.questions.map(([, words_], place) => el("option", { value: String(place) }, words_));
  const pick = el("select", { "aria-label": "现成的问题" }, el("option", { value: "" }, "现成的问题…"), ...options);
  pick.addEventListener("change", () => {
    if (pick.value === "") return;
    question = box.value = asked.questions[Number(pick.value)][2];
  });
  return pick;
}

function answer(said) {
  if (said.error) return [el("p", { className: "note" }, said.error)];
  const time = `${said.seconds.toFixed(2)} 秒，图中共 ${said.size} 条三元组`;
  if (said.rows === undefined) return [el("p", { className: "muted" }, time), el("pre", {}, said.text)];
  const cut = said.all > said.rows.length ? `；只取前 ${said.rows.length} 行，共 ${said.all} 行` : "";
  const columns = said.columns.map((title) => ({ title, text: (row) => termText(row[title]), element: (row) => term(row[title]) }));
  return [el("p", { className: "muted" }, time + cut), ...sheet({ name: "answer", file: "查询结果", columns, rows: said.rows, sort: -1 })];
}

let named = null; // entities by IRI
function term(value) {
  named ??= new Map(entities.map((_, place) => [iri(place).slice(1, -1), place]));
  const place = value?.type === "uri" ? named.get(value.value) : undefined;
  return place === undefined ? isolated(shortened(termText(value), 400)) : name(place);
}

function termText(value) {
  if (!value) return "";
  const place = value.type === "uri" ? named?.get(value.value) : undefined;
  if (place !== undefined) return labelOf(place);
  return value.type === "uri" ? value.value.replace(BASE, "").replace(PREFIXES.jt, "jt:") : value.value;
}
