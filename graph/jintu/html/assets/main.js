// Wire the parts together; keys and buttons.

function show(place) {
  if (state.view !== "graph" && (!narrow() || state.view === "map")) return choose(place);
  if (state.view !== "graph") setView("graph");
  choose(place);
  if (state.selected.path) fit(true, [...lit]);
  else if (shown.entities[place]) centre(place);
}

let pathFrom = null; // where a path is to start, while its end is not chosen yet

function choose(place) {
  const from = pathFrom;
  pathFrom = null;
  select(from === null || from === place ? { entity: place } : { path: [from, place] });
}

function startPath(place) {
  pathFrom = place;
  changed("selection");
  byId("search").focus();
}

const narrow = () => matchMedia("(max-width: 820px)").matches;

function focusBar() {
  const bar = byId("focus");
  const depths = [1, 2, 3].map((depth) => button(`${depth} 步`, { title: `${depth} 步以内的邻居（${depth}）` }, () => setDepth(depth)));
  const narrowTo = button("只看", {}, () => only(state.selected.entity));
  const widen = button("恢复全部", {}, () => {
    state.only = null;
    state.hidden.clear();
    changed("filter");
    fit();
  });
  const near = el("span", { className: "muted" }, "邻域");
  const way = el("span", { role: "status" });
  const stop = button("取消", {}, cancelPath);
  bar.append(way, stop, near, el("span", { className: "depths" }, ...depths), narrowTo, widen);
  onChange(() => {
    const chosen = state.selected?.entity !== undefined && pathFrom === null;
    const narrowed = state.only !== null || state.hidden.size > 0;
    bar.hidden = !chosen && !narrowed && pathFrom === null;
    way.textContent = pathFrom === null ? "" : `从“${shortened(labelOf(pathFrom), 16)}”到：点击或搜索另一个实体`;
    stop.hidden = pathFrom === null;
    for (const part of [near, narrowTo, ...depths]) part.hidden = !chosen;
    widen.hidden = !narrowed;
    depths.forEach((made, place) => made.setAttribute("aria-pressed", String(state.depth === place + 1)));
  });
}

function cancelPath() {
  pathFrom = null;
  changed("selection");
}

function setDepth(depth) {
  state.depth = depth;
  if (state.only && state.selected?.entity !== undefined) only(state.selected.entity);
  else changed("selection");
}

function theme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = (name) => {
    document.documentElement.dataset.theme = name;
    forgetColours();
    picture?.repaint();
    if (state.view !== "graph") changed("view");
  };
  set(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => set(dark.matches ? "dark" : "light"));
  let onScreen = ""; // paper is white whatever the screen is
  window.addEventListener("beforeprint", () => {
    onScreen = document.documentElement.dataset.theme;
    set("light");
  });
  window.addEventListener("afterprint", () => set(onScreen));
  byId("theme").addEventListener("click", () => set(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
}

const KEYS = [
  ["/", "搜索"],
  ["方向键", "移到那个方向上最近的实体（焦点在图上时）"],
  ["+ − F", "放大、缩小、看全图"],
  ["1 2 3", "邻域的步数"],
  ["C P L H", "居中、钉住、找路径、隐藏选中的实体"],
  ["Esc", "关闭依据栏、取消选择"],
  ["?", "这份说明"],
];

function help() {
  const dialog = byId("help");
  const close = button("知道了", {}, () => dialog.close());
  const keys = KEYS.flatMap(([keys, what]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, what)]);
  dialog.append(
    el("h2", { id: "help-title" }, "怎样看这张图"),
    el("p", {}, "点一个实体或一条关系，右侧给出它的每条事实和原文。双击实体只看它的邻域，左侧图例可以筛选。" +
      "虚线是计划中的事，浅线出自行政区划表，节点越大越重要。地址栏的链接记住当前的视图。"),
    el("p", {}, "“找路径”给出两个实体之间最短的一串关系和每一步的原文；“钉住”的实体不受筛选影响。时间线、区划树、统计和表格" +
      "看的是同一份内容，随图例筛选。地图上的位置是各县的一个点，没有边界。"),
    el("dl", {}, ...keys),
    el("p", { className: "muted" }, "本页不联网：所有内容都在这一个文件里。"),
    close,
  );
  byId("help-open").addEventListener("click", () => dialog.showModal());
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function step(way) {
  const from = state.selected?.entity;
  const next = from === undefined ? byRank.find((place) => shown.entities[place]) : towards(from, way);
  if (next !== undefined) show(next);
}

function keys() {
  const chosen = (action) => () => state.selected?.entity !== undefined && action(state.selected.entity);
  const actions = {
    "/": () => byId("search").focus(),
    "?": () => byId("help").showModal(),
    "+": () => zoom(1.3),
    "=": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    f: () => fit(),
    1: () => setDepth(1),
    2: () => setDepth(2),
    3: () => setDepth(3),
    c: chosen(centre),
    p: chosen(pin),
    l: chosen(startPath),
    h: chosen(hide),
    Escape: escape,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const onCanvas = document.activeElement === canvas;
    if (onCanvas && STEPS[event.key]) step(STEPS[event.key]);
    else if (onCanvas && event.key === "Enter") byId("panel").focus();
    else if (actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]) {
      actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]();
    } else return;
    event.preventDefault();
  });
}

function escape() {
  if (byId("legend").classList.contains("open")) toggleLegend(false);
  else if (pathFrom !== null) cancelPath();
  else select(null);
}

function toggleLegend(open = !byId("legend").classList.contains("open")) {
  byId("legend").classList.toggle("open", open);
  byId("filters-open").setAttribute("aria-expanded", String(open));
}

function start() {
  theme();
  draw();
  legend();
  panel();
  views();
  focusBar();
  searchBox(show);
  help();
  keys();
  exporting();
  byId("filters-open").addEventListener("click", () => toggleLegend());
  byId("stage").addEventListener("pointerdown", () => narrow() && toggleLegend(false));
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fit());
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault(); // the address holds the view
    byId("search").focus();
  });
  permalink();
}

start();
