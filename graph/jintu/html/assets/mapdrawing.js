// How the map looks: lines of longitude and latitude, counties as a ground, names that never overlap; on a canvas or as SVG.

const STEPS_OF_LINES = [10, 5, 2, 1, 0.5, 0.2]; // degrees between two lines
const APART = 90; // pixels between them at least
const NAMED_FROM = [0, 16, 45]; // the scale from which provinces, prefectures and counties are named
const GROUND_NAMES = 150; // at once

const ground = payload.map
  ? payload.map.ground.map((degrees, number) => ({ at: projected(degrees), name: payload.map.names[number], level: Number(payload.map.levels[number]) }))
  : [];

function mapDraw() {
  if (!chart?.at || state.view !== "map") return;
  const { surface, width, height } = chart;
  const ratio = window.devicePixelRatio || 1;
  if (surface.width !== Math.round(width * ratio)) surface.width = Math.round(width * ratio);
  if (surface.height !== Math.round(height * ratio)) surface.height = Math.round(height * ratio);
  const context = surface.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colour("ground");
  context.fillRect(0, 0, width, height);
  context.strokeStyle = colour("gazetteer");
  context.lineWidth = 0.6;
  context.stroke(new Path2D(mapLines()));
  context.fillStyle = colour("edge");
  for (const [x, y] of mapGround()) context.fillRect(x - 1, y - 1, 2, 2);
  for (const point of mapInside()) mapSpot(context, point); // the small upon the large
  mapNames(context);
}

function mapSpot(context, [place, x, y, radius]) {
  const chosen = place === chart.over || place === state.selected?.entity;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.globalAlpha = 0.78;
  context.fillStyle = colour("Place");
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = chosen ? colour("ink") : colour("rim");
  context.lineWidth = chosen ? 2.5 : 1;
  context.stroke();
}

// The points on the screen, the most important first, as labels.js takes them, with their radius.
const mapInside = () =>
  chart.points
    .map(({ place, x, y, weight }) => [place, mapX(x), mapY(y), mapRadius(weight)])
    .filter(([, x, y]) => x > -20 && y > -20 && x < chart.width + 20 && y < chart.height + 20);

const mapGround = () => ground.map(({ at: [x, y] }) => [mapX(x), mapY(y)]).filter(([x, y]) => x > 0 && y > 0 && x < chart.width && y < chart.height);

function mapNames(context) {
  const inside = mapInside();
  const radii = new Map(inside.map(([place, , , radius]) => [place, radius]));
  const labels = new Boxes();
  drawLabels(context, { width: chart.width, height: chart.height, scale: 1, radius: (place) => radii.get(place) }, inside, chart.over ?? state.selected?.entity, labels);
  for (const [, x, y, radius] of inside) labels.add([x - radius, y - radius, x + radius, y + radius]);
  font(context, false, 11);
  let written = 0;
  for (const { at: [ax, ay], name: text, level } of [...ground].sort((a, b) => a.level - b.level)) {
    const [x, y] = [mapX(ax), mapY(ay) - 9];
    if (!text || chart.at.scale < NAMED_FROM[level] || x < 0 || y < 0 || x > chart.width || y > chart.height || written === GROUND_NAMES) continue;
    const half = measured(context, text, false) / 2 + 6;
    if (!labels.free([x - half, y - 9, x + half, y + 9])) continue;
    labels.add([x - half, y - 9, x + half, y + 9]);
    write(context, text, x, y, colour("muted"));
    written += 1;
  }
}

// Meridians and parallels over China and around, as a path.
function mapLines() {
  const degree = 1.75 * chart.at.scale; // pixels; 100 units of the projection are a radian
  const step = STEPS_OF_LINES.findLast((degrees) => degrees * degree >= APART) ?? STEPS_OF_LINES[0];
  const range = (from, to, by) => Array.from({ length: Math.round((to - from) / by) + 1 }, (_, number) => from + number * by);
  const path = (points) => `M${points.map(([x, y]) => `${mapX(x).toFixed(1)} ${mapY(y).toFixed(1)}`).join("L")}`;
  const meridians = range(60, 150, step).map((longitude) => path(range(0, 64, 2).map((latitude) => albers(longitude, latitude))));
  const parallels = range(0, 64, step).map((latitude) => path(range(60, 150, 2).map((longitude) => albers(longitude, latitude))));
  return [...meridians, ...parallels].join("");
}

// The map as it is on the screen, as SVG.
function mapDrawing() {
  const { width, height } = chart;
  const root = sheetOf(width, height);
  const dots = mapGround().map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("");
  const spots = mapInside().map(([place, x, y, radius]) =>
    svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1), fill: colour("Place"), "fill-opacity": 0.78, stroke: colour("rim") }, svg("title", {}, shortened(labelOf(place), 200))),
  );
  const writing = svg("g", {});
  root.append(
    svg("path", { d: mapLines(), stroke: colour("gazetteer"), "stroke-width": 0.6, fill: "none" }),
    svg("path", { d: dots, stroke: colour("edge"), "stroke-width": 2, "stroke-linecap": "round" }),
    ...spots,
    writing,
  );
  mapNames(new Pen(writing));
  return { root, width, height };
}
