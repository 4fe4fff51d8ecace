// The same graph in other ways; each view fills the section beside the legend with what the filters let through.

const VIEWS = { graph: { title: "图谱" } }; // by name: {title, fill() -> elements}

function views() {
  const section = byId("other-view");
  const buttons = Object.entries(VIEWS).map(([name, { title }]) => {
    const made = button(title, { "aria-pressed": "false" }, () => setView(name));
    made.dataset.view = name;
    return made;
  });
  byId("views").replaceChildren(...buttons);
  const show_ = (what) => {
    const drawn = state.view === "graph";
    section.hidden = drawn;
    byId("graph-view").hidden = !drawn;
    for (const made of buttons) made.setAttribute("aria-pressed", String(made.dataset.view === state.view));
    if (drawn || what === "selection") return;
    section.setAttribute("aria-label", VIEWS[state.view].title);
    section.replaceChildren(...VIEWS[state.view].fill());
  };
  onChange(show_);
  show_("view");
}

function setView(view) {
  state.view = view;
  changed("view");
  if (view === "graph") picture.redraw();
}

// A list whose first part is shown, with a button for more of it.
function unrolled(items, tag, properties, size, make) {
  const list = el(tag, properties);
  const more = button("", { className: "more" }, () => extend());
  function extend() {
    const next = items.slice(list.children.length, list.children.length + size);
    list.append(...next.map(make));
    const left = items.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = `再显示 ${Math.min(left, size)} 条（还有 ${left} 条）`;
  }
  extend();
  return [list, more];
}
