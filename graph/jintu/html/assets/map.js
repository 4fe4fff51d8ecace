// The map: divisions by how many facts are about them and what lies in them, on a ground of all counties as points.
// Nothing is fetched: there are no tiles and no outlines.

const MAIN = 0.9; // of the facts: the places that hold so many fill the first view
const [FARTHEST, NEAREST] = [5, 800]; // pixels a unit of the projection: all of Asia, and a county, fill the screen
const chart = payload.map && { surface: null, at: null, width: 0, height: 0, over: null, points: [] };

// Albers' conic projection with the parallels that maps of China take and, so that north is up, a meridian among the
// places that are shown; x grows eastward, y southward, 100 units a radian.
const albers = (() => {
  const radians = Math.PI / 180;
  const longitudes = (payload.map?.entities ?? []).map(([, longitude]) => longitude / 100).sort((a, b) => a - b);
  const upright = longitudes[longitudes.length >> 1];
  const [first, second, middle] = [25, 47, 36].map((degrees) => Math.sin(degrees * radians));
  const n = (first + second) / 2;
  const radius = (sine) => Math.sqrt(1 - first ** 2 + 2 * n * (first - sine)) / n;
  return (longitude, latitude) => {
    const far = radius(Math.sin(latitude * radians));
    const angle = n * (longitude - upright) * radians;
    return [100 * far * Math.sin(angle), 100 * (far * Math.cos(angle) - radius(middle))];
  };
})();
const projected = ([longitude, latitude]) => albers(longitude / 100, latitude / 100);

if (payload.map) VIEWS.map = { title: "地图", fill: mapView };

// Each division that lies on the map with the facts that are about it or about what lies in it, the most first.
function mapPoints() {
  const spots = new Map(payload.map.entities.map(([place, ...degrees]) => [place, projected(degrees)]));
  const above = parents();
  const home = (place) => {
    let at = place;
    while (at !== undefined && !spots.has(at)) at = above.get(at);
    return at;
  };
  const homes = entities.map((_, place) => home(place));
  const told = new Map();
  for (const number of numbers(shown.facts)) {
    const { subject, object } = facts[number];
    if (!sourcesOf[number].some((source) => source >= 0)) continue;
    for (const at of new Set([homes[subject], object === undefined ? undefined : homes[object]])) {
      if (at !== undefined) told.set(at, (told.get(at) ?? 0) + 1);
    }
  }
  const points = [...spots].filter(([place]) => shown.entities[place]);
  const made = points.map(([place, [x, y]]) => ({ place, x, y, weight: told.get(place) ?? 0 }));
  return made.sort((a, b) => b.weight - a.weight || a.place - b.place);
}

function mapView() {
  chart.points = mapPoints();
  chart.surface ??= mapSurface();
  const lost = numbers(shown.entities).length && !chart.points.length;
  const note = lost ? "当前筛选下没有能放到图上的地方。" : "点越大，有关该地及其中事物的事实越多；浅点是各县的位置，不表示边界。";
  const buttons = [["放大", "+", 1.5], ["缩小", "−", 1 / 1.5]].map(([title, sign, factor]) => button(sign, { title, "aria-label": title }, () => mapZoom(factor)));
  const all = button("全部", { title: "看全部地方" }, () => mapFit(chart.points));
  queueMicrotask(mapResize);
  return [el("div", { className: "map" }, chart.surface, el("p", { className: "caption" }, note), el("div", { className: "zoom", role: "group", "aria-label": "地图缩放" }, ...buttons, all))];
}

function mapSurface() {
  const surface = el("canvas", { id: "map", tabIndex: 0, role: "application", "aria-label": "地图。方向键移到邻近的地方，回车打开，加减号缩放，F 看全部；实体表列出同样的地方。" });
  const under = ({ offsetX: x, offsetY: y }) => chart.points.findLast((point) => Math.hypot(mapX(point.x) - x, mapY(point.y) - y) < mapRadius(point.weight) + 4);
  const fingers = new Map(); // pointers that are down, and where they last were
  let moved = false;
  surface.addEventListener("pointerdown", (event) => {
    if (!fingers.size) moved = false;
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    surface.setPointerCapture(event.pointerId);
  });
  surface.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return mapHover(under(event));
    const now = [event.offsetX, event.offsetY];
    if (!moved && Math.hypot(now[0] - before[0], now[1] - before[1]) < 4) return;
    moved = true;
    const still = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (still) mapPinch(still, before, now);
    else mapMove(now[0] - before[0], now[1] - before[1]);
  });
  const lifted = (event) => {
    if (event.type === "pointerup" && !moved && fingers.size === 1) {
      const point = under(event);
      select(point ? { entity: point.place } : null);
    }
    fingers.delete(event.pointerId);
  };
  surface.addEventListener("pointerup", lifted);
  surface.addEventListener("pointercancel", lifted);
  surface.addEventListener("wheel", (event) => {
    event.preventDefault();
    mapZoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, [event.offsetX, event.offsetY]);
  }, { passive: false });
  surface.addEventListener("keydown", mapKeys);
  new ResizeObserver(mapResize).observe(surface);
  onChange((what) => (what === "selection" || what === "view") && mapDraw());
  return surface;
}

function mapKeys(event) {
  const acts = { "+": () => mapZoom(1.5), "=": () => mapZoom(1.5), "-": () => mapZoom(1 / 1.5), f: () => mapFit(chart.points), Enter: () => byId("panel").focus() };
  const way = STEPS[event.key];
  if (!way && !acts[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  if (!way) return void acts[event.key]();
  const from = chart.points.find(({ place }) => place === state.selected?.entity);
  const next = from ? nearest(chart.points.filter((point) => point !== from), from, way) : chart.points[0];
  if (!next) return;
  select({ entity: next.place });
  mapShow(next);
}

const mapX = (x) => (x - chart.at.x) * chart.at.scale + chart.width / 2;
const mapY = (y) => (y - chart.at.y) * chart.at.scale + chart.height / 2;
const mapRadius = (weight) => (weight ? 4 + 16 * Math.sqrt(weight / (chart.points[0]?.weight || 1)) : 3);

function mapMove(dx, dy) {
  chart.at = { ...chart.at, x: chart.at.x - dx / chart.at.scale, y: chart.at.y - dy / chart.at.scale };
  mapDraw();
}

// Two fingers that part bring what is between them nearer.
function mapPinch(still, before, now) {
  const far = ([x, y]) => Math.hypot(x - still[0], y - still[1]) || 1;
  mapZoom(far(now) / far(before), [(still[0] + now[0]) / 2, (still[1] + now[1]) / 2]);
}

// Come nearer so that what is under a point of the screen stays there.
function mapZoom(factor, [px, py] = [chart.width / 2, chart.height / 2]) {
  const { x, y, scale } = chart.at;
  const next = Math.min(NEAREST, Math.max(FARTHEST, scale * factor));
  const [dx, dy] = [px - chart.width / 2, py - chart.height / 2];
  chart.at = { scale: next, x: x + dx / scale - dx / next, y: y + dy / scale - dy / next };
  mapDraw();
}

function mapFit(points) {
  if (!points.length) return;
  const ends = (axis) => [Math.min(...points.map((point) => point[axis])), Math.max(...points.map((point) => point[axis]))];
  const [[left, right], [top, bottom]] = [ends("x"), ends("y")];
  const scale = Math.min(chart.width / (right - left + 2), chart.height / (bottom - top + 2)) * 0.8;
  chart.at = { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(NEAREST, scale) };
  mapDraw();
}

// The places that hold most of the facts; far ones that are named once would make all others one spot.
function mainPoints() {
  const all = chart.points.reduce((sum, { weight }) => sum + weight, 0);
  let held = 0;
  const main = chart.points.filter(({ weight }) => {
    const wanted = held < MAIN * all;
    held += weight;
    return wanted;
  });
  return main.length ? main : chart.points;
}

function mapShow({ x, y }) {
  const inside = mapX(x) > 40 && mapX(x) < chart.width - 40 && mapY(y) > 40 && mapY(y) < chart.height - 40;
  if (!inside) chart.at = { ...chart.at, x, y };
  mapDraw();
}

function mapHover(point) {
  if (chart.over === (point?.place ?? null)) return;
  chart.over = point?.place ?? null;
  chart.surface.style.cursor = point ? "pointer" : "grab";
  mapDraw();
}

function mapResize() {
  const { clientWidth: width, clientHeight: height } = chart.surface;
  if (!width || !height) return;
  [chart.width, chart.height] = [width, height];
  if (!chart.at) return mapFit(chart.points.length ? mainPoints() : []);
  mapDraw();
}
