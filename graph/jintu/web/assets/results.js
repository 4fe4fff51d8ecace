// Show an answer: as a table or a picture, and as files to take home.

import { fetched } from "./ask.js";
import { edgesOf, picture } from "./draw.js";
import { evidence } from "./evidence.js";
import { button, download, el } from "./page.js";
import { table } from "./table.js";

const FILES = {
  rows: [["CSV", "csv", "text/csv"], ["TSV", "tsv", "text/tab-separated-values"], ["JSON", "json", "application/sparql-results+json"]],
  triples: [["Turtle", "ttl", "text/turtle"], ["N-Triples", "nt", "application/n-triples"], ["JSON-LD", "jsonld", "application/ld+json"]],
};

export function results(answer, { query, known, failed }) {
  if (answer.truth !== undefined) return [el("p", { className: "truth" }, answer.truth ? "是（true）" : "否（false）")];
  const rows = answer.triples ?? answer.rows;
  const columns = answer.columns ?? ["subject", "predicate", "object"];
  const shown = el("div", {});
  const views = [
    ["表", () => [table({ columns, rows, short: known.say, evidence: (row) => evidence(row, known) })]],
    ["图", () => drawn(answer, known)],
  ];
  const tabs = views.map(([title, fill]) =>
    button(title, { role: "tab", "aria-selected": "false" }, async (event) => {
      for (const tab of tabs) tab.setAttribute("aria-selected", String(tab === event.currentTarget));
      shown.replaceChildren(...(await fill()));
    }),
  );
  const files = FILES[answer.triples ? "triples" : "rows"].map(([title, ending, media]) =>
    button(title, { title: `下载 ${title}` }, async () => {
      const { ok, blob } = await fetched(query, media);
      if (ok) download(`jintu.${ending}`, blob);
      else failed((await blob.text()).trim());
    }),
  );
  const bar = el("div", { className: "tools" }, el("div", { role: "tablist", "aria-label": "显示方式" }, ...tabs), el("span", { className: "grow" }), el("span", { className: "muted" }, "下载"), ...files);
  tabs[0].click();
  return rows.length ? [bar, shown] : [el("p", { className: "muted" }, "没有结果。")];
}

async function drawn(answer, known) {
  const edges = edgesOf(answer);
  if (!edges.length) return [el("p", { className: "muted" }, "这些列画不成图：至少要有两列事物。")];
  const say = ({ type, value }) => (type === "uri" ? known.say(value) : value);
  return picture(edges, { say, open: (iri) => window.open(`/resource?iri=${encodeURIComponent(iri)}`, "_blank", "noopener") });
}
