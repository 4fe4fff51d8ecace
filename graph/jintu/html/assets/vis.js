// Draw up to some thousand entities with vis-network: places are computed ahead, nothing moves by itself.

function renderer() {
  const nodes = new vis.DataSet(graph.nodes.map((node) => ({ ...node, ...nodeLook(node) })));
  const edges = new vis.DataSet(graph.edges.map((edge) => ({ ...edge, ...edgeLook(edge) })));
  const network = new vis.Network(canvas, { nodes, edges }, graph.options);
  const view = () => viewOf(network);
  listen(network);
  network.on("afterDrawing", (context) => {
    const seen = view();
    const ratio = context.canvas.width / seen.width;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    annotate(context, seen);
    context.restore();
  });
  return {
    redraw: () => network.redraw(),
    repaint: () => repaint(network, nodes, edges),
    view,
    frame(places, animated) {
      network.redraw(); // takes the size anew: the panel may just have opened
      network.fit({ nodes: places, maxZoomLevel: 1.1 });
      const [scale, position] = [network.getScale() * 0.86, network.getViewPosition()];
      network.moveTo({ scale, position, animation: animated && { duration: 350, easingFunction: "easeInOutQuad" } });
    },
    zoom: (factor) =>
      network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 6), animation: false }),
  };
}

function listen(network) {
  network.on("click", (event) => pressed({ entity: event.nodes[0], edge: event.edges[0] }));
  network.on("doubleClick", (event) => event.nodes.length && only(event.nodes[0]));
  network.on("hoverNode", (event) => hover({ entity: event.node }));
  network.on("hoverEdge", (event) => hover({ edge: event.edge }));
  network.on("blurNode", () => hover(null));
  network.on("blurEdge", () => hover(null));
  network.on("dragEnd", (event) => {
    for (const [id, at] of Object.entries(network.getPositions(event.nodes))) Object.assign(graph.nodes[id], at);
  });
}

function viewOf(network) {
  const scale = network.getScale();
  const middle = network.getViewPosition();
  const { clientWidth: width, clientHeight: height } = canvas;
  const place = (entity) => {
    const at = network.getPosition(entity);
    return [(at.x - middle.x) * scale + width / 2, (at.y - middle.y) * scale + height / 2];
  };
  return { width, height, scale, place, radius: (entity) => graph.nodes[entity].size * scale };
}

function nodeLook(node) {
  const fill = colour(node.group);
  const marked = state.selected?.entity === node.id || state.pinned.has(node.id);
  const bold = { background: fill, border: colour("ink") };
  return {
    hidden: !shown.entities[node.id],
    opacity: lit && !lit.has(node.id) ? FAINT : 1,
    borderWidth: marked ? 3 : 1,
    color: { background: fill, border: marked ? colour("ink") : colour("rim"), highlight: bold, hover: bold },
    ...(node.shape === "custom" ? { ctxRenderer: paper } : {}),
  };
}

function edgeLook(edge) {
  const strong = litEdges?.has(edge.id);
  const bright = !litEdges || strong;
  return {
    hidden: !shown.edges[edge.id],
    width: strong ? 2.4 : edge.gazetteer ? 1 : 1.6,
    dashes: isPlanned(edge) ? [6, 5] : false,
    color: {
      color: tintOf(edge),
      opacity: strong ? 1 : bright ? HAZE : FAINT * HAZE,
      highlight: colour("accent"),
      hover: colour("accent"),
    },
  };
}

// A sheet of paper, for works: vis-network has no shape of its own for it.
function paper({ ctx, x, y, state: { selected, hover: over }, style }) {
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

const drawnAs = new Map(); // what each node and edge was last told to look like

// Tell vis-network only of what looks different now: telling it of all takes a third of a second at 3,000 nodes.
function repaint(network, nodes, edges) {
  const different = (key, look) => {
    const said = JSON.stringify(look);
    if (drawnAs.get(key) === said) return false;
    drawnAs.set(key, said);
    return true;
  };
  const looksOf = (all, look, letter) =>
    all.map((one) => ({ id: one.id, ...look(one) })).filter((one) => different(letter + one.id, one));
  nodes.update(looksOf(graph.nodes, nodeLook, "n"));
  edges.update(looksOf(graph.edges, edgeLook, "e"));
  const { entity, edge } = state.selected ?? {};
  if (entity !== undefined) network.selectNodes([entity], false);
  else if (edge !== undefined) network.selectEdges([edge]);
  else network.unselectAll();
  network.redraw();
}
