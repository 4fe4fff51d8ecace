// Put the page together: questions, editor, answer, permalink.

import { ask, stop } from "./ask.js";
import { startEditor } from "./editor.js";
import { button, byId, el, startTheme } from "./page.js";
import { results } from "./results.js";

const known = await (await fetch("/known.json")).json();
const labels = new Map(known.words.map(({ name, zh }) => [name, zh]));
const pages = { known: { say }, failed };
const editor = startEditor(byId("editor"), {
  known,
  nonce: document.querySelector("script[nonce]").nonce,
  run,
  changed: () => (byId("permalink").href = link(editor.text())),
});

// A resource as people read it: a word of the vocabulary by its label, others under their prefix or below the base.
function say(iri) {
  const found = Object.entries(known.prefixes).find(([, start]) => iri.startsWith(start) && iri.length > start.length);
  const name = found ? `${found[0]}:${iri.slice(found[1].length)}` : iri.startsWith(known.base) ? iri.slice(known.base.length) : iri;
  return labels.get(name) || decoded(name.replace(/^(?:status|indicator):/u, ""));
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const link = (query) => `#query=${encodeURIComponent(query)}`;

async function run() {
  const query = editor.text();
  history.replaceState(null, "", link(query));
  failed("");
  byId("stop").hidden = false;
  byId("told").textContent = "查询中…";
  const answer = await ask(query);
  if (!answer) return; // stopped, or another question came
  byId("stop").hidden = true;
  byId("told").textContent = told(answer);
  if (answer.error) failed(answer.error);
  byId("results").replaceChildren(...(answer.error ? [] : results(answer, { query, ...pages })));
}

function told({ rows, triples, seconds }) {
  const count = rows ? `${rows.length} 行，` : triples ? `${triples.length} 条三元组，` : "";
  return seconds === undefined ? "" : `${count}${seconds.toFixed(2)} 秒`;
}

function failed(error) {
  byId("error").hidden = !error;
  byId("error").textContent = error;
  editor.mark(error);
}

function choose(question, press) {
  for (const other of byId("questions").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === press));
  byId("parameters").hidden = !question.parameters.length;
  byId("parameters").replaceChildren(...question.parameters.map(field), el("button", { className: "strong" }, "填入并运行"));
  byId("parameters").dataset.name = question.name;
  editor.set(question.text);
  run();
}

function field({ name, about, example }) {
  const input = el("input", { name, placeholder: `如 ${example}`, autocomplete: "off" });
  return el("label", {}, about.split(" / ")[0] || name, input);
}

async function fill(event) {
  event.preventDefault();
  const values = new URLSearchParams(new FormData(byId("parameters")));
  const response = await fetch(`/questions/${byId("parameters").dataset.name}?${values}`);
  const text = await response.text();
  if (!response.ok) return failed(text.trim());
  editor.set(text);
  return run();
}

function list(words) {
  const typed = words.trim().toLowerCase();
  for (const item of byId("questions").children) item.hidden = !item.textContent.toLowerCase().includes(typed);
}

function open() {
  const [, query] = /^#query=(.*)$/su.exec(location.hash) ?? [];
  if (query === undefined) return;
  editor.set(decoded(query));
  run();
}

byId("questions").append(
  ...known.questions.map((question) => {
    const press = button(question.zh, { title: question.en, "aria-pressed": "false" }, () => choose(question, press));
    return el("li", {}, press);
  }),
);
byId("find").addEventListener("input", (event) => list(event.target.value));
byId("parameters").addEventListener("submit", fill);
byId("run").addEventListener("click", run);
byId("stop").addEventListener("click", () => {
  stop();
  byId("stop").hidden = true;
  byId("told").textContent = "已停止。";
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) run();
});
addEventListener("hashchange", open);
startTheme(byId("theme"));
if (matchMedia("(max-width: 760px)").matches) byId("shipped").open = false;
editor.set("# 锦图的前缀（jt:、rdfs: …）不必写出\nSELECT ?project ?name {\n  ?project a jt:Project ; rdfs:label ?name .\n}\nORDER BY ?name\nLIMIT 50\n");
open();
editor.focus();
