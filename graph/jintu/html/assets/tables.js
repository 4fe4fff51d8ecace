// Tables: sorted by a click on a heading, filtered by words, taken home as CSV; a row's names open the evidence.

const ROWS = 200; // rows at once
const collator = new Intl.Collator("zh");
const tableState = {}; // by view: {sort: [column, direction], words}

const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b)));

// of: {name, file, columns: [{title, text(row), element?(row), key?(row), short?, quote?, clip?, rare?}], rows, sort?}; a rare column is left out where no row
// fills it; the first
// sort is by the first column, or by none where it is -1: as the rows come
function sheet({ columns: all, ...rest }) {
  const of = { ...rest, columns: all.filter(({ rare, text }) => !rare || rest.rows.some((row) => text(row) !== "")) };
  const usual = [of.sort ?? 0, 1];
  const mine = (tableState[of.name] ??= { sort: usual, words: "" });
  if (mine.sort[0] >= of.columns.length) mine.sort = usual; // years come and go with the filters
  const holder = el("div", { className: "wide" });
  const told = el("span", { className: "muted", role: "status" });
  const words = el("input", { type: "search", value: mine.words, placeholder: "在表中查找", "aria-label": "在表中查找" });
  const fill = (limit = ROWS) => {
    const rows = chosenRows(of, mine);
    told.textContent = `${rows.length} 行`;
    const body = el("tbody", {}, ...rows.slice(0, limit).map((row) => tableRow(of.columns, row)));
    const more = button(`再显示 ${ROWS} 行（共 ${rows.length} 行）`, { className: "more" }, () => fill(limit + ROWS));
    holder.replaceChildren(el("table", {}, head(of, mine, fill, holder), body), ...(rows.length > limit ? [more] : []));
  };
  words.addEventListener("input", () => {
    mine.words = words.value;
    fill();
  });
  words.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  const take = button("下载 CSV", {}, () => download(`${of.file}.csv`, "text/csv", csv(of.columns, chosenRows(of, mine))));
  fill();
  return [el("div", { className: "toolbar" }, words, told, take), holder];
}

function chosenRows({ columns, rows }, { sort: [column, direction], words }) {
  const typed = words.normalize("NFKC").toLowerCase().trim();
  const holds = (row) => columns.some(({ text }) => String(text(row)).normalize("NFKC").toLowerCase().includes(typed));
  const value = columns[column]?.key ?? columns[column]?.text ?? (() => 0);
  const keyed = (typed ? rows.filter(holds) : rows).map((row, place) => [value(row), place, row]);
  const empty = (text) => (text === "" ? 1 : 0); // what is not said stands last in both directions
  keyed.sort(([a, x], [b, y]) => empty(a) - empty(b) || direction * compare(a, b) || x - y);
  return keyed.map(([, , row]) => row);
}

function head({ columns }, mine, fill, holder) {
  const cells = columns.map(({ title }, column) => {
    const [sorted, direction] = mine.sort;
    const mark = sorted !== column ? "" : direction > 0 ? " ↑" : " ↓";
    const sorter = button(title + mark, {}, () => {
      mine.sort = [column, sorted === column ? -direction : 1];
      fill();
      holder.querySelectorAll("thead button")[column].focus();
    });
    const sort = sorted !== column ? "none" : direction > 0 ? "ascending" : "descending";
    return el("th", { scope: "col", "aria-sort": sort }, sorter);
  });
  return el("thead", {}, el("tr", {}, ...cells));
}

function tableRow(columns, row) {
  const cells = columns.map(({ text, element, short, quote, clip }) => {
    const content = element ? element(row) : isolated(shortened(String(text(row)), 300));
    return el("td", { className: short ? "short" : quote ? "quote" : clip ? "clip" : "", title: clip ? content.textContent : "" }, content);
  });
  return el("tr", {}, ...cells);
}

// RFC 4180, with a mark that tells spreadsheets it is UTF-8; a cell that a spreadsheet would run as a formula is quoted.
function csv(columns, rows) {
  const cell = (value) => {
    const text = String(value);
    const tame = /^[=+\-@\t\r]/u.test(text) && !/^[+-]?[\d.,]+%?$/u.test(text) ? `'${text}` : text;
    return /[",\r\n]/u.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
  };
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ text }) => text(row)))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function objectText(number) {
  const { object, value } = facts[number];
  return object === undefined ? valueText(value) : labelOf(object);
}

function quoteText(number) {
  const [piece] = facts[number].evidence;
  return piece ? texts[piece.text].slice(piece.start, piece.end) : "";
}

const numbers = (flags) => [...flags.keys()].filter((place) => flags[place]);
const nameColumn = { title: "名称", text: labelOf, element: (place) => name(place) };
const kindColumn = { title: "类别", text: (place) => kindName(entities[place].kind), short: true };

VIEWS.entities = {
  title: "实体表",
  fill: () =>
    sheet({
      name: "entities",
      file: "实体",
      rows: numbers(shown.entities),
      columns: [
        nameColumn,
        kindColumn,
        { title: "别名", text: (place) => (entities[place].aliases ?? []).join("、"), rare: true },
        { title: "代码", text: (place) => entities[place].code ?? "", short: true, rare: true },
        { title: "事实", text: (place) => factsOf[place].filter((number) => shown.facts[number]).length, short: true },
        { title: "提及", text: (place) => entities[place].mentioned ?? 0, short: true },
      ],
    }),
};

VIEWS.facts = {
  title: "事实表",
  fill: () =>
    sheet({
      name: "facts",
      file: "事实",
      rows: numbers(shown.facts),
      columns: [
        { title: "主体", text: (fact) => labelOf(facts[fact].subject), element: (fact) => name(facts[fact].subject) },
        { title: "关系", text: (fact) => relationName(facts[fact].relation), short: true },
        {
          title: "客体",
          text: objectText,
          element: (fact) => (facts[fact].object === undefined ? isolated(objectText(fact)) : name(facts[fact].object)),
        },
        { title: "语气", text: (fact) => modalityName(facts[fact].modality), short: true, rare: true },
        { title: "年份", text: (fact) => facts[fact].year ?? "", short: true, rare: true },
        { title: "原文", text: quoteText, quote: true, rare: true },
        { title: "文件", text: (fact) => sourcesOf[fact].map(documentName).join("；"), clip: true },
      ],
    }),
};
