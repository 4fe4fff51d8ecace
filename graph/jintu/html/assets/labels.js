// Write labels on the canvas at one readable size, the important first, never one over another.

const LABEL = 12.5; // pixels on the screen, at every zoom
const LONGEST = 15; // characters; the rest is in the panel
const MOST = 110; // labels at once
const MOST_SEEN = 1500; // entities that are looked at for a label
const MOST_EDGES = 30; // relations named at once; the panel names them all
const FORCED = 40; // so many of the most important may have their label over the shapes of others
const CELL = 80; // pixels a side of the grid in which overlaps are looked for
const weight = entities.map((entity, place) => factsOf[place].length + (entity.mentioned ?? 0)); // among equals in rank
const byRank = graph.nodes.map((node) => node.id).sort((a, b) => rank[b] - rank[a] || weight[b] - weight[a] || a - b);
const shortLabel = entities.map((_, place) => shortened(labelOf(place).replace(/\s+/gu, " "), LONGEST));
const widths = new Map();

class Boxes {
  constructor() {
    this.cells = new Map();
  }
  *near(box) {
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) yield `${x},${y}`;
    }
  }
  free(box) {
    for (const cell of this.near(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
  add(box) {
    for (const cell of this.near(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
}

function measured(context, text, bold) {
  const key = (bold ? "b" : "n") + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

function write(context, text, x, y, ink) {
  context.lineWidth = 3.5;
  context.lineJoin = "round";
  context.strokeStyle = colour("ground");
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

let family = "";
function font(context, bold, size = LABEL) {
  family ||= getComputedStyle(document.body).fontFamily;
  context.font = `${bold ? "600 " : ""}${size}px ${family}`;
}

// The most important entities that stand in the view, as [entity, x, y] in pixels, the first named before all others.
// view: {width, height, scale, place(entity) -> [x, y], radius(entity)}, all in pixels; lit: those in focus, null for all
function inView(view, lit, first = []) {
  const found = [];
  const look = (place) => {
    const [x, y] = view.place(place);
    if (x > -60 && y > -20 && x < view.width + 60 && y < view.height + 20) found.push([place, x, y]);
  };
  const before = new Set(first.filter((place) => place !== undefined && shown.entities[place]));
  before.forEach(look);
  for (const place of byRank) {
    if (found.length === MOST_SEEN) break;
    if (shown.entities[place] && !before.has(place) && (!lit || lit.has(place))) look(place);
  }
  return found;
}

function drawLabels(context, view, inside, chosen, labels) {
  const shapes = shapesOnScreen(view, inside);
  const air = view.scale < 0.6 ? 8 : 3; // from far away, fewer labels with more room
  context.textAlign = "center";
  context.textBaseline = "middle";
  let written = 0;
  for (const [place, x, y] of inside) {
    if (written === MOST) break;
    const bold = place === chosen || state.pinned.has(place);
    font(context, bold);
    const half = measured(context, shortLabel[place], bold) / 2 + 2;
    const radius = view.radius(place);
    const spot = spotFor(shapes, labels, [x, y, half, radius], view, bold ? 2 : written < FORCED ? 1 : 0);
    if (!spot) continue;
    labels.add([spot[0] - half - air, spot[1] - 8 - air, spot[0] + half + air, spot[1] + 8 + air]);
    write(context, shortLabel[place], ...spot, bold ? colour("accent") : colour("ink"));
    written += 1;
  }
}

// Below a node, else above, right, left; whole on the screen. Force: 0 only where all is free, 1 over shapes
// of others too, 2 at any price.
function spotFor(shapes, labels, [x, y, half, radius], view, force) {
  const spots = [[x, y + radius + 10], [x, y - radius - 10], [x + half + radius + 3, y], [x - half - radius - 3, y]];
  const box = ([a, b]) => [a - half, b - 7, a + half, b + 7];
  const whole = ([a, b]) => a - half > 0 && a + half < view.width && b > 8 && b < view.height - 8;
  const open = spots.filter((spot) => whole(spot) && labels.free(box(spot)));
  const clear = open.find((spot) => shapes.free(box(spot)));
  return clear ?? (force > 0 ? open[0] : null) ?? (force > 1 ? spots[0] : null);
}

function shapesOnScreen(view, inside) {
  const boxes = new Boxes();
  for (const [place, x, y] of inside) {
    const r = view.radius(place) * 0.8;
    if (r > 2) boxes.add([x - r, y - r, x + r, y + r]);
  }
  return boxes;
}

function drawEdgeLabels(context, view, edges, labels) {
  if (edges.length > MOST_EDGES) return;
  context.textAlign = "center";
  context.textBaseline = "middle";
  font(context, false, 11);
  for (const edge of edges) {
    const [x1, y1] = view.place(edge.from);
    const [x2, y2] = view.place(edge.to);
    const text = relationName(edge.relation);
    const half = measured(context, text, false) / 2 + 2;
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    const box = [x - half, y - 7, x + half, y + 7];
    if (Math.hypot(x2 - x1, y2 - y1) < 60 || !labels.free(box)) continue;
    labels.add(box);
    write(context, text, x, y, colour("muted"));
  }
}
