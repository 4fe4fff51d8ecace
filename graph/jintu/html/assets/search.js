// Find entities by characters, by pinyin, by initials, or by a mixture of them.

const MATCHES = 12;
const spelled = new Map(Object.entries(pinyin).map(([character, all]) => [character, all.split(" ")]));
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s'’“”"·《》]/gu, "");
const names = entities.map((entity) =>
  [entity.label ?? "", ...(entity.aliases ?? [])].map((name) => Array.from(plain(name.slice(0, 400)))),
);
const codes = entities.map((entity) => entity.code ?? "");

// How many characters of a name, from the start of both, use up the typed text; -1 if they do not.
function spells(name, at, typed, from) {
  if (from === typed.length) return at;
  if (at === name.length) return -1;
  if (typed.startsWith(name[at], from)) {
    const end = spells(name, at + 1, typed, from + name[at].length);
    if (end >= 0) return end;
  }
  for (const reading of spelled.get(name[at]) ?? []) {
    let same = 0;
    while (same < reading.length && typed[from + same] === reading[same]) same += 1;
    if (!same) continue;
    if (from + same === typed.length) return at + 1; // the last syllable may be unfinished
    for (const length of same === reading.length ? [same, 1] : [1]) {
      const end = spells(name, at + 1, typed, from + length);
      if (end >= 0) return end;
    }
  }
  return -1;
}

// Lower is better: whole names first, then beginnings, then names that hold the text; 9 is none.
function closeness(name, typed) {
  for (let start = 0; start < name.length; start += 1) {
    const end = spells(name, start, typed, 0);
    if (end >= 0) return start > 0 ? 2 : end === name.length ? 0 : 1;
  }
  return 9;
}

const rank = graph.nodes.map((node) => node.size);

function search(text) {
  const typed = plain(text).slice(0, 60);
  if (!typed) return [];
  const found = [];
  names.forEach((all, place) => {
    const best = codes[place] && codes[place].startsWith(typed) ? 1 : Math.min(...all.map((name) => closeness(name, typed)));
    if (best < 9) found.push([best, -rank[place], place]);
  });
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return found.slice(0, MATCHES).map((match) => match[2]);
}

function searchBox(choose) {
  const input = byId("search");
  const list = byId("matches");
  let found = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(number) {
    active = (number + found.length) % found.length;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", `match-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }
  function take(number) {
    const place = found[number];
    close();
    input.blur();
    choose(place);
  }
  function show() {
    found = search(input.value);
    const typed = Boolean(plain(input.value));
    list.replaceChildren(
      ...found.map((place, number) => match(place, number, take)),
      ...(typed && !found.length ? [el("li", { className: "muted", role: "presentation" }, "没有找到这样的实体")] : []),
    );
    list.hidden = !typed;
    input.setAttribute("aria-expanded", String(typed));
    if (found.length) mark(0);
  }
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close); // a press on a match keeps the focus here
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else if (found.length && !list.hidden && ["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
      event.preventDefault();
      if (event.key === "Enter") take(Math.max(active, 0));
      else mark(active + (event.key === "ArrowDown" ? 1 : -1));
    }
    event.stopPropagation();
  });
}

function match(place, number, take) {
  const entity = entities[place];
  const item = el(
    "li",
    { role: "option", id: `match-${number}`, "aria-selected": "false" },
    swatch(entity.kind),
    isolated(shortened(labelOf(place), 60)),
    el("small", {}, kindName(entity.kind)),
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(number);
  });
  return item;
}
