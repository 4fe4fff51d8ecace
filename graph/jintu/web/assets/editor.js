// The editor: CodeMirror with the colours of the page, the words of the vocabulary, and errors where they stand.

const { EditorView, EditorState, Prec, autocompletion, basicSetup, keymap, setDiagnostics, sparql, tags } = codemirror;
const KEYWORDS =
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS BIND VALUES GRAPH EXISTS ORDER BY DESC GROUP HAVING LIMIT OFFSET CONSTRUCT DESCRIBE ASK PREFIX COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT CONTAINS STRSTARTS REGEX BOUND LANG STR YEAR COALESCE IF";

const TYPES = { class: "class", property: "property", value: "enum" }; // what CodeMirror has signs for

const LOOK = EditorView.theme({
  "&": { fontSize: "14px", color: "var(--ink)", backgroundColor: "var(--surface)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "150px", maxHeight: "44vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--raised) 55%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)",
  },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal", marginLeft: "10px" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--ink)" },
});

const COLOURS = codemirror.HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--name)" },
  { tag: [tags.string, tags.annotation], color: "var(--string)" },
  { tag: tags.variableName, color: "var(--variable)" },
  { tag: [tags.integer, tags.float, tags.bool], color: "var(--keyword)" },
  { tag: tags.comment, color: "var(--muted)" },
]);

export function startEditor(parent, { known, nonce, run, changed }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        basicSetup,
        sparql(),
        codemirror.syntaxHighlighting(COLOURS),
        autocompletion({ override: [completer(known)] }),
        LOOK,
        EditorView.lineWrapping,
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ "aria-label": "SPARQL 查询", spellcheck: "false" }),
        EditorView.updateListener.of((update) => update.docChanged && changed()),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark: (error) => mark(view, error),
    focus: () => view.focus(),
  };
}

// Underline where the endpoint says that a query is wrong ("error at 3:14: ..."); without an error, nothing.
function mark(view, error) {
  const [, line, column] = /\bat (\d+):(\d+)/u.exec(error ?? "") ?? [];
  const found = [];
  if (line && Number(line) <= view.state.doc.lines) {
    const { from, to } = view.state.doc.line(Number(line));
    const at = Math.min(from + Math.max(Number(column) - 1, 0), to);
    found.push({ from: at, to: Math.min(at + 1, view.state.doc.length), severity: "error", message: error });
  }
  view.dispatch(setDiagnostics(view.state, found));
}

// Words of the vocabulary by their names and their Chinese labels, prefixes, keywords, and the query's own variables.
function completer({ prefixes, words }) {
  const fixed = [
    ...words.map(({ name, zh, about, sort }) => ({ label: name, detail: zh, info: about, type: TYPES[sort], boost: 2 })),
    ...words.filter(({ zh }) => zh).map(({ name, zh, sort }) => ({ label: zh, apply: name, detail: name, type: TYPES[sort] })),
    ...Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, type: "namespace" })),
    ...["rdf:type", "rdfs:label", "skos:altLabel", "skos:prefLabel", "rdf:subject", "rdf:predicate", "rdf:object"].map((label) => ({ label, type: "property" })),
    ...KEYWORDS.split(" ").map((label) => ({ label, type: "keyword" })),
  ];
  return (context) => {
    const typed = context.matchBefore(/[?$]\w*|[\p{L}\w-]+:?[\p{L}\w-]*/u);
    if (!typed || (typed.from === typed.to && !context.explicit)) return null;
    if (!/^[?$]/u.test(typed.text)) return { from: typed.from, options: fixed, validFor: /^[\p{L}\w-]+:?[\p{L}\w-]*$/u };
    const others = context.state.doc.toString().match(/[?$]\w+/gu) ?? [];
    const options = [...new Set(others)].filter((name) => name !== typed.text).map((label) => ({ label, type: "variable" }));
    return { from: typed.from, options, validFor: /^[?$]\w*$/u };
  };
}
