// Rows as a table: sorted by a click on a heading, its links leading to pages of resources, each row with its evidence.

import { button, el, isolated, resourceLink, shortened } from "./page.js";

const ROWS = 200; // rows at once
const collator = new Intl.Collator("zh", { numeric: true });

// of: {columns, rows: [{column: term}], short(iri), evidence(row) -> promise of an element}
export function table(of) {
  const holder = el("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": "结果表" });
  const sort = { column: null, direction: 1 };
  const fill = (limit = ROWS) => {
    const rows = sorted(of.rows, sort);
    const body = el("tbody", {}, ...rows.slice(0, limit).map((row) => line(of, row)));
    const more = button(`再显示 ${ROWS} 行（共 ${rows.length} 行）`, {}, () => fill(limit + ROWS));
    holder.replaceChildren(el("table", {}, head(of, sort, () => fill(limit), holder), body), ...(rows.length > limit ? [more] : []));
  };
  fill();
  return holder;
}

function sorted(rows, { column, direction }) {
  if (column === null) return rows;
  const number = (term) => (term && isNumber(term) ? Number(term.value) : Number.NaN);
  const compare = (a, b) => {
    if (!a || !b) return Number(!a) - Number(!b); // what is not bound stands last in both directions
    const [x, y] = [number(a), number(b)];
    return direction * (x - y || collator.compare(a.value, b.value));
  };
  return [...rows].sort((a, b) => compare(a[column], b[column]));
}

export const isNumber = ({ datatype }) => /#(?:integer|decimal|double|float|int|long)$/u.test(datatype ?? "");

function head({ columns, evidence }, sort, fill, holder) {
  const cells = columns.map((column, place) => {
    const mine = sort.column === column;
    const press = button(column + (mine ? (sort.direction > 0 ? " ↑" : " ↓") : ""), {}, () => {
      [sort.direction, sort.column] = [mine ? -sort.direction : 1, column];
      fill();
      holder.querySelectorAll("thead button")[place].focus();
    });
    return el("th", { scope: "col", "aria-sort": mine ? (sort.direction > 0 ? "ascending" : "descending") : "none" }, press);
  });
  if (evidence) cells.push(el("th", { scope: "col" }, el("span", { className: "muted" }, "依据")));
  return el("thead", {}, el("tr", {}, ...cells));
}

function line(of, row) {
  const cells = of.columns.map((column) => cell(row[column], of.short));
  const made = el("tr", {}, ...cells);
  if (of.evidence) {
    const press = button("原文", { "aria-expanded": "false" }, () => toggle(press, made, () => of.evidence(row)));
    made.append(el("td", { className: "seen" }, press));
  }
  return made;
}

function cell(term, short) {
  if (!term) return el("td", {});
  const text = term.type === "uri" ? short(term.value) : term.value;
  const content = term.type === "uri" ? resourceLink(term.value, text) : isolated(shortened(text, 600));
  return el("td", { className: isNumber(term) ? "number" : "" }, content);
}

async function toggle(press, row, evidence) {
  const open = press.getAttribute("aria-expanded") === "true";
  press.setAttribute("aria-expanded", String(!open));
  if (open) return void row.nextElementSibling.remove();
  const place = el("td", { colSpan: row.cells.length }, "…");
  row.after(el("tr", { className: "evidence" }, place));
  place.replaceChildren(await evidence());
}
