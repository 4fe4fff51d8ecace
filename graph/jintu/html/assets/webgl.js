// Draw many entities with sigma: the important first, and more of them the nearer the reader comes.

const NODES = 12000; // drawn in one view; counted by area, so that all are drawn from near
const EDGES = 3000; // counted by length: long ones cross every view
const MOVING = 4; // so many times fewer nodes while the picture moves, which doubles the frames a second
const FAR = 0.35; // the part of the picture that is seen, above which communities are named
const SHAPES = Object.keys(OUTLINES);

// A colour faded into the ground: sigma adds what shines through to what is there, which turns many edges white.
function faded(hex, share) {
  const mix = [1, 3, 5].map((at) => {
    const [ink, ground] = [hex, colour("ground")].map((one) => parseInt(one.slice(at, at + 2), 16));
    return Math.round(share * ink + (1 - share) * ground).toString(16).padStart(2, "0");
  });
  return `#${mix.join("")}`;
}

function renderer() {
  if (typeof sigma === "undefined" || !document.createElement("canvas").getContext("webgl2")) return blank();
  const view = { ratio: 1, moving: false }; // ratio: of the camera, 1 shows all
  const order = edgeOrder();
  const painter = new sigma.Sigma(weave(order), canvas, {
    allowInvalidContainer: true,
    renderLabels: false,
    hideEdgesOnMove: graph.edges.length > EDGES,
    defaultNodeType: "shape",
    nodeProgramClasses: { shape: limited(shapes(), () => NODES / view.ratio ** 2 / (view.moving ? MOVING : 1)) },
    edgeProgramClasses: { line: limited(sigma.EdgeLineProgram, () => EDGES / view.ratio) },
    defaultEdgeType: "line",
    defaultDrawNodeHover: () => {},
    nodeReducer: (id, { place, ...look }) => ({ ...look, hidden: !shown.entities[place], color: colour(graph.nodes[place].group) }),
    edgeReducer: (id, { edge }) => ({ hidden: !shown.edges[edge], color: faded(tintOf(graph.edges[edge]), Math.max(HAZE, 0.25)) }),
    minCameraRatio: 0.001,
    maxCameraRatio: 3,
  });
  painter.setCustomBBox(painter.getBBox()); // what is filtered does not move the rest
  painter.on("beforeRender", () => {
    view.ratio = Math.min(1, painter.getCamera().ratio);
    view.moving = painter.getCamera().isAnimated() || painter.getMouseCaptor().isMoving || painter.getTouchCaptor().isMoving;
  });
  painter.on("afterRender", overlay(painter));
  listen(painter, order);
  return {
    redraw: () => painter.scheduleRender(),
    repaint: () => painter.refresh(),
    view: () => viewOf(painter),
    frame: (places, animated) => frame(painter, places, animated),
    zoom: (factor) => painter.getCamera().setState({ ratio: painter.getCamera().ratio / factor }),
  };
}

// A browser without WebGL still has search, evidence and tables.
function blank() {
  const note = byId("nothing");
  note.before(el("p", { className: "without" }, "此浏览器没有 WebGL，画不出这样大的图；搜索、依据栏和各种表格照常可用。"));
  const view = () => ({ width: 0, height: 0, scale: 1, place: () => [-999, -999], radius: () => 0 });
  return { redraw() {}, repaint() {}, view, frame() {}, zoom() {} };
}

// Edges in the order of the less important of their ends.
function edgeOrder() {
  const standing = new Int32Array(entities.length);
  byRank.forEach((place, number) => (standing[place] = number));
  const last = graph.edges.map(({ from, to }) => Math.max(standing[from], standing[to]));
  return graph.edges.map(({ id }) => id).sort((a, b) => last[a] - last[b]);
}

// Nodes and edges in the order of their importance: a program that draws the first of them draws the important.
function weave(order) {
  const woven = new sigma.Graph({ multi: true, type: "directed" });
  for (const place of byRank) {
    const { x, y, size, shape } = graph.nodes[place];
    woven.addNode(place, { place, x, y: -y, size: size / 8, shape: SHAPES.indexOf(shape) });
  }
  for (const edge of order) woven.addEdgeWithKey(edge, graph.edges[edge].from, graph.edges[edge].to, { edge });
  return woven;
}

// A shape for each kind, drawn by its distance from the outline.
function shapes() {
  const { UNSIGNED_BYTE, FLOAT, POINTS } = WebGLRenderingContext;
  const bytes = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
  const number = (name, size = 1) => ({ name, size, type: FLOAT });
  return class extends sigma.NodeProgram {
    getDefinition() {
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: POINTS,
        UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix"],
        ATTRIBUTES: [number("a_position", 2), number("a_size"), bytes("a_color"), bytes("a_id"), number("a_shape")],
      };
    }
    processVisibleItem(id, start, { x, y, size, color, shape: outline }) {
      this.array.set([x, y, size, sigma.floatColor(color), id, outline], start);
    }
    setUniforms({ pixelRatio, sizeRatio, matrix }, { gl, uniformLocations: at }) {
      gl.uniform1f(at.u_pixelRatio, pixelRatio);
      gl.uniform1f(at.u_sizeRatio, sizeRatio);
      gl.uniformMatrix3fv(at.u_matrix, false, matrix);
    }
  };
}

// A program that draws only the first of what it holds.
const limited = (Program, most) =>
  class extends Program {
    drawWebGL(method, info) {
      const [capacity, vertices] = [this.capacity, this.verticesCount];
      this.capacity = Math.min(capacity, Math.round(most()));
      this.verticesCount = this.capacity * this.VERTICES;
      super.drawWebGL(method, info);
      [this.capacity, this.verticesCount] = [capacity, vertices];
    }
  };

function frame(painter, places, animated) {
  const { width: before, height: tall } = painter.getDimensions();
  if (before !== canvas.clientWidth || tall !== canvas.clientHeight) painter.resize().render(); // the panel has opened
  const spots = places.map((place) => painter.graphToViewport({ x: graph.nodes[place].x, y: -graph.nodes[place].y }));
  const ends = (axis) => spots.reduce(([low, high], spot) => [Math.min(low, spot[axis]), Math.max(high, spot[axis])], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [ends("x"), ends("y")];
  const { width, height } = painter.getDimensions();
  const camera = painter.getCamera();
  const part = Math.max((right - left) / width, (bottom - top) / height) * 1.25;
  const nearest = 1.2 / Math.sqrt(entities.length); // about a screenful of an even picture
  const middle = painter.viewportToFramedGraph({ x: (left + right) / 2, y: (top + bottom) / 2 });
  const wanted = { ...middle, ratio: Math.min(1.1, Math.max(camera.ratio * part, nearest)) };
  if (animated) camera.animate(wanted, { duration: 350 });
  else camera.setState(wanted);
}

function listen(painter, order) {
  const place = ({ node }) => Number(node);
  painter.on("clickNode", (event) => pressed({ entity: place(event) }));
  painter.on("clickStage", ({ event }) => pressed({ edge: edgeAt(viewOf(painter), order, event) }));
  painter.on("doubleClickNode", (event) => {
    event.preventSigmaDefault();
    only(place(event));
  });
  painter.on("enterNode", (event) => hover({ entity: place(event) }));
  painter.on("leaveNode", () => hover(null));
}

// The edge within some pixels of a point, the nearest of those that are drawn.
function edgeAt({ place, ratio }, order, { x, y }) {
  let best = [5];
  for (const id of litEdges ?? order.slice(0, EDGES / ratio)) {
    if (!shown.edges[id]) continue;
    const { from, to } = graph.edges[id];
    const [[ax, ay], [bx, by]] = [place(from), place(to)];
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1);
    const at = Math.min(1, Math.max(0, along));
    const far = Math.hypot(ax + at * (bx - ax) - x, ay + at * (by - ay) - y);
    if (far < best[0]) best = [far, id];
  }
  return best[1];
}

// The picture is only moved and scaled, so two points tell where all others are.
function viewOf(painter) {
  const [zero, far] = [0, 1000].map((at) => painter.graphToViewport({ x: at, y: -at }));
  const scale = (far.x - zero.x) / 1000;
  const at = (x, y) => [zero.x + x * scale, zero.y + y * scale];
  const { ratio } = painter.getCamera();
  const grown = painter.scaleSize(1) / 8;
  return {
    ...painter.getDimensions(),
    ratio,
    scale: ratio > FAR ? 0 : 1, // labels have more room from far
    at,
    length: (units) => units * scale,
    place: (entity) => at(graph.nodes[entity].x, graph.nodes[entity].y),
    radius: (entity) => graph.nodes[entity].size * grown,
  };
}

// What is in focus is drawn over the rest, which fades; names stand above all.
function overlay(painter) {
  painter.createCanvasContext("over", { style: { pointerEvents: "none" } });
  painter.createCanvasContext("under", { beforeLayer: "edges" });
  const { over, under, nodes, edges } = painter.getCanvases();
  painter.resize(true);
  const towns = districts();
  return () => {
    const view = viewOf(painter);
    const inside = inView(view, lit, [chosenEntity(), ...state.pinned]);
    const [above, below] = [over, under].map((layer) => cleared(layer, view));
    for (const layer of [nodes, edges]) layer.style.opacity = lit ? FAINT : 1;
    drawDistricts(below, view, towns);
    if (lit) {
      for (const edge of litEdges) if (shown.edges[edge]) arrow(above, view, graph.edges[edge]);
      for (const [place, x, y] of inside) shape(above, place, x, y, Math.max(3, view.radius(place)));
    }
    const labels = new Boxes();
    const far = !lit && view.ratio > FAR && towns.length > 0;
    if (far) nameDistricts(above, view, towns, labels);
    const named = (place) => place === chosenEntity() || state.pinned.has(place);
    annotate(above, view, far ? inside.filter(([place]) => named(place)) : inside, labels);
  };
}

function cleared(layer, { width, height }) {
  const context = layer.getContext("2d");
  const ratio = layer.width / width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

function shape(context, place, x, y, radius) {
  context.save();
  context.translate(x - radius, y - radius);
  context.scale(radius / 8, radius / 8);
  context.fillStyle = colour(graph.nodes[place].group);
  context.fill(new Path2D(outlineOf(entities[place].kind)));
  context.restore();
}

function arrow(context, { place, radius }, edge) {
  const [[ax, ay], [bx, by]] = [place(edge.from), place(edge.to)];
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const [x, y] = [bx - ux * (radius(edge.to) + 2), by - uy * (radius(edge.to) + 2)];
  context.strokeStyle = context.fillStyle = tintOf(edge);
  context.lineWidth = 1.6;
  context.setLineDash(isPlanned(edge) ? [5, 4] : []);
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(x, y);
  context.stroke();
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 8 * ux + 3.5 * uy, y - 8 * uy - 3.5 * ux);
  context.lineTo(x - 8 * ux - 3.5 * uy, y - 8 * uy + 3.5 * ux);
  context.fill();
}
