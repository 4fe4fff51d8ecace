// Take the view home as a picture: SVG of what is on the screen, PNG of the SVG; or print it.

const MOST_EDGES_TAKEN = 20000; // in an SVG; more make a file that nothing opens

function download(file, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  el("a", { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function svg(tag, properties, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A pen with the strokes of a canvas that labels are written with, which leaves elements of SVG.
class Pen {
  constructor(group) {
    this.group = group;
    this.canvas = document.createElement("canvas").getContext("2d");
  }
  set font(font) {
    this.canvas.font = font;
  }
  measureText(text) {
    return this.canvas.measureText(text);
  }
  strokeText() {
    this.halo = { stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": "round", "paint-order": "stroke" };
  }
  fillText(text, x, y) {
    const [size, weight] = [/([\d.]+)px/u.exec(this.canvas.font)[1], this.canvas.font.startsWith("6") ? "600" : "400"];
    const look = { "font-size": size, "font-weight": weight, "text-anchor": "middle", "dominant-baseline": "central" };
    this.group.append(svg("text", { x: x.toFixed(1), y: y.toFixed(1), ...look, fill: this.fillStyle, ...this.halo }, text));
  }
}

function sheetOf(width, height) {
  const root = svg("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": getComputedStyle(document.body).fontFamily });
  root.append(svg("title", {}, payload.title), svg("rect", { width, height, fill: colour("ground") }));
  return root;
}

function drawing() {
  if (state.view === "map") return mapDrawing();
  const view = picture.view();
  const { width, height } = view;
  const root = sheetOf(width, height);
  const shapes = svg("g", { stroke: colour("rim") });
  const writing = svg("g", {});
  const inside = inView(view, null, [chosenEntity(), ...state.pinned]);
  for (const [place, x, y] of inside) shapes.append(nodeMark(place, x, y, Math.max(1.5, view.radius(place))));
  root.append(edgeMarks(view), shapes, writing);
  annotate(new Pen(writing), view);
  return { root, width, height };
}

function nodeMark(place, x, y, radius) {
  const scale = (radius / 8).toFixed(3);
  const mark = svg("path", { d: outlineOf(entities[place].kind), fill: colour(graph.nodes[place].group), "stroke-width": 8 / radius });
  mark.setAttribute("transform", `translate(${(x - radius).toFixed(1)} ${(y - radius).toFixed(1)}) scale(${scale})`);
  if (lit && !lit.has(place)) mark.setAttribute("opacity", FAINT);
  mark.append(svg("title", {}, shortened(labelOf(place), 200)));
  return mark;
}

function edgeMarks({ place, radius, width, height }) {
  const group = svg("g", {});
  const outside = (a, b, most) => (a < 0 && b < 0) || (a > most && b > most);
  for (const edge of graph.edges) {
    if (!shown.edges[edge.id] || group.children.length === MOST_EDGES_TAKEN) continue;
    const [[ax, ay], [bx, by]] = [place(edge.from), place(edge.to)];
    if (outside(ax, bx, width) || outside(ay, by, height)) continue;
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
    const [x, y] = [bx - ux * radius(edge.to), by - uy * radius(edge.to)];
    const head = `M${[x - 6 * ux + 2.5 * uy, y - 6 * uy - 2.5 * ux].map((n) => n.toFixed(1))}L${[x, y].map((n) => n.toFixed(1))}L${[x - 6 * ux - 2.5 * uy, y - 6 * uy + 2.5 * ux].map((n) => n.toFixed(1))}`;
    const strong = litEdges?.has(edge.id);
    const look = { d: `M${ax.toFixed(1)},${ay.toFixed(1)}L${x.toFixed(1)},${y.toFixed(1)}${head}`, stroke: tintOf(edge), fill: "none" };
    const opacity = strong ? 1 : litEdges ? FAINT : Math.max(HAZE, 0.4);
    group.append(svg("path", { ...look, opacity, "stroke-width": strong ? 2 : 1, ...(isPlanned(edge) ? { "stroke-dasharray": "5 4" } : {}) }));
  }
  return group;
}

const fileName = () => payload.title.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|\s]+/gu, "-").slice(0, 60) || "图谱";

function takeSvg() {
  download(`${fileName()}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(drawing().root));
}

function takePng() {
  const { root, width, height } = drawing();
  const image = new Image();
  image.addEventListener("load", () => {
    const sheet_ = el("canvas", { width: 2 * width, height: 2 * height });
    sheet_.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
    sheet_.toBlob((blob) => download(`${fileName()}.png`, "image/png", blob));
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(root))}`;
}

function exporting() {
  const dialog = byId("export");
  const act = (title, hint, action) =>
    button(title, { title: hint }, () => {
      dialog.close();
      action();
    });
  const link = button("复制链接", { title: "记住当前视图的链接" }, () => copy(location.href, link));
  dialog.append(
    el("h2", { id: "export-title" }, "导出"),
    el("p", {}, "图片是当前看到的图谱或地图；表格在各个表格视图里下载。"),
    el("div", { className: "claim" }, act("PNG 图片", "两倍大小的位图", takePng), act("SVG 图片", "可缩放的矢量图", takeSvg), act("打印", "打印当前视图和依据", () => window.print()), link, button("关闭", {}, () => dialog.close())),
  );
  byId("export-open").addEventListener("click", () => dialog.showModal());
}
