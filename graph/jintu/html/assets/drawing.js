// Draw the graph with vis-network: places are computed ahead, nothing moves by itself.

const FAINT = 0.13; // how much is left of what is not in focus
const HAZE = Math.min(1, Math.max(0.2, Math.sqrt(250 / graph.edges.length))); // many edges are drawn thinner than few
const canvas = byId("canvas");
let network = null;
let nodes = null;
let edges = null;
let hovered = null; // {entity} or {edge}
let drawnAs = new Map(); // what each node and edge was last told to look like

function draw() {
  const tall = canvas.clientHeight > 1.2 * canvas.clientWidth; // a phone: turn the picture to fit
  if (tall) for (const node of graph.nodes) [node.x, node.y] = [node.y, node.x];
  nodes = new vis.DataSet(graph.nodes.map((node) => ({ ...node, ...nodeLook(node) })));
  edges = new vis.DataSet(graph.edges.map((edge) => ({ ...edge, ...edgeLook(edge) })));
  network = new vis.Network(canvas, { nodes, edges }, graph.options);
  network.on("afterDrawing", annotate);
  network.on("click", (event) => {
    if (event.nodes.length) select({ entity: event.nodes[0] });
    else if (event.edges.length) select({ edge: event.edges[0] });
    else select(null);
  });
  network.on("doubleClick", (event) => event.nodes.length && only(event.nodes[0]));
  network.on("hoverNode", (event) => hover({ entity: event.node }));
  network.on("hoverEdge", (event) => hover({ edge: event.edge }));
  network.on("blurNode", () => hover(null));
  network.on("blurEdge", () => hover(null));
  onChange((what) => {
    if (what !== "view") repaint();
  });
  if (entities.length) fit(false);
}

function hover(target) {
  hovered = target;
  canvas.style.cursor = target ? "pointer" : "";
  network.redraw();
}

function focus() {
  const selected = state.selected;
  if (selected?.entity !== undefined) return around(selected.entity, state.depth);
  if (selected?.edge !== undefined) return new Set([graph.edges[selected.edge].from, graph.edges[selected.edge].to]);
  return null;
}

function nodeLook(node, lit = null) {
  const fill = colour(node.group);
  const chosen = state.selected?.entity === node.id;
  return {
    hidden: !shown.entities[node.id],
    opacity: lit && !lit.has(node.id) ? FAINT : 1,
    borderWidth: chosen ? 3 : 1,
    color: {
      background: fill,
      border: chosen ? colour("ink") : colour("rim"),
      highlight: { background: fill, border: colour("ink") },
      hover: { background: fill, border: colour("ink") },
    },
    ...(node.shape === "custom" ? { ctxRenderer: sheet } : {}),
  };
}

function edgeLook(edge, lit = null) {
  const bright = !lit || edgeInFocus(edge, lit);
  const tint = edge.gazetteer ? colour("gazetteer") : colours()[edge.relation] || colour("edge");
  const strong = lit && bright;
  return {
    hidden: !shown.edges[edge.id],
    width: edge.gazetteer ? 1 : strong ? 2.4 : 1.6,
    dashes: edge.facts.every((fact) => facts[fact].modality === "planned") ? [6, 5] : false,
    color: {
      color: tint,
      opacity: strong ? 1 : bright ? HAZE : FAINT * HAZE,
      highlight: colour("accent"),
      hover: colour("accent"),
    },
  };
}

function edgeInFocus(edge, lit) {
  if (state.selected?.edge !== undefined) return edge.id === state.selected.edge;
  if (state.depth === 1) return edge.from === state.selected.entity || edge.to === state.selected.entity;
  return lit.has(edge.from) && lit.has(edge.to);
}

// A sheet of paper, for works: vis-network has no shape of its own for it.
function sheet({ ctx, x, y, state: { selected, hover: over }, style }) {
  const [w, h] = [style.size * 1.8, style.size * 1.2];
  return {
    drawNode() {
      ctx.save();
      ctx.globalAlpha *= style.opacity ?? 1;
      ctx.fillStyle = style.color;
      ctx.strokeStyle = style.borderColor;
      ctx.lineWidth = selected || over ? 3 : 1;
      ctx.beginPath();
      ctx.rect(x - w / 2, y - h / 2, w, h);
      ctx.fill();
      ctx.stroke();
      ctx.restore();
    },
    nodeDimensions: { width: w, height: h },
  };
}

// Tell vis-network only of what looks different now: telling it of all takes a third of a second at 3,000 nodes.
function repaint() {
  const lit = focus();
  const different = (key, look) => {
    const said = JSON.stringify(look);
    if (drawnAs.get(key) === said) return false;
    drawnAs.set(key, said);
    return true;
  };
  const looksOf = (all, look, letter) =>
    all.map((one) => ({ id: one.id, ...look(one, lit) })).filter((one) => different(letter + one.id, one));
  nodes.update(looksOf(graph.nodes, nodeLook, "n"));
  edges.update(looksOf(graph.edges, edgeLook, "e"));
  if (state.selected?.entity !== undefined) network.selectNodes([state.selected.entity], false);
  else if (state.selected?.edge !== undefined) network.selectEdges([state.selected.edge]);
  else network.unselectAll();
  network.redraw();
}

function screen() {
  const scale = network.getScale();
  const middle = network.getViewPosition();
  const { clientWidth: width, clientHeight: height } = canvas;
  const place = (entity) => {
    const at = network.getPosition(entity);
    return [(at.x - middle.x) * scale + width / 2, (at.y - middle.y) * scale + height / 2];
  };
  return { width, height, scale, place };
}

function annotate(context) {
  const view = screen();
  const ratio = context.canvas.width / view.width;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const lit = focus();
  const labels = drawLabels(context, view, lit, hovered?.entity ?? state.selected?.entity);
  drawEdgeLabels(context, view, labelledEdges(), labels);
  context.restore();
}

function labelledEdges() {
  if (hovered?.edge !== undefined) return [graph.edges[hovered.edge]];
  if (state.selected?.edge !== undefined) return [graph.edges[state.selected.edge]];
  const centre = state.selected?.entity ?? hovered?.entity;
  if (centre === undefined) return [];
  return neighbours[centre].map(([, edge]) => graph.edges[edge]).filter((edge) => shown.edges[edge.id]);
}

// Bring entities into the view with room for their labels: all that are shown, or some.
function fit(animated = true, chosen = null) {
  const wanted = (chosen ?? byRank).filter((place) => shown.entities[place]);
  if (!wanted.length) return;
  network.fit({ nodes: wanted, maxZoomLevel: 1.1 });
  const [scale, position] = [network.getScale() * 0.86, network.getViewPosition()];
  network.moveTo({ scale, position, animation: animated && motion() });
}

const centre = (place) => fit(true, [...around(place, 1)]);

const motion = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" };

function zoom(factor) {
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 6), animation: false });
}

// Narrow the view to an entity and what is around it in the whole graph, as far as filters let it be seen.
function only(place) {
  state.only = null;
  shown = count();
  state.only = around(place, state.depth);
  state.selected = { entity: place };
  changed("filter");
  fit(true);
}

// The nearest shown entity in a direction from the chosen one, for the arrow keys.
function towards(from, dx, dy) {
  const start = network.getPosition(from);
  let best = null;
  graph.nodes.forEach(({ id }) => {
    if (id === from || !shown.entities[id]) return;
    const at = network.getPosition(id);
    const along = (at.x - start.x) * dx + (at.y - start.y) * dy;
    const aside = Math.abs((at.x - start.x) * dy - (at.y - start.y) * dx);
    if (along > 0 && aside <= along * 1.5 && (!best || along + 2 * aside < best[0])) best = [along + 2 * aside, id];
  });
  return best ? best[1] : null;
}
