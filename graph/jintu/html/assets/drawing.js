// What of the graph is in focus and how the view moves; a renderer (vis.js or webgl.js) draws it.

const FAINT = 0.13; // how much is left of what is not in focus
const HAZE = Math.min(1, Math.max(0.2, Math.sqrt(250 / graph.edges.length))); // many edges are drawn thinner than few
const canvas = byId("canvas");
// {redraw(), repaint(), view(), frame(places, animated), zoom(factor)}: again as it is, again with other looks, where
// places are on the screen, bring places into the view, come nearer
let picture = null;
let hovered = null; // {entity} or {edge}
let lit = null; // the entities in focus, null where nothing is chosen
let litEdges = null;

function draw() {
  const tall = canvas.clientHeight > 1.2 * canvas.clientWidth; // a phone: turn the picture to fit
  if (tall) for (const node of graph.nodes) [node.x, node.y] = [node.y, node.x];
  picture = renderer();
  onChange((what) => {
    if (what === "view") return;
    lit = focus();
    litEdges = lit && new Set(edgesInFocus());
    picture.repaint();
  });
  if (entities.length) fit(false);
}

function hover(target) {
  hovered = target;
  canvas.style.cursor = target ? "pointer" : "";
  picture.redraw();
}

function focus() {
  const { entity, edge, path: ends } = state.selected ?? {};
  if (entity !== undefined) return around(entity, state.depth);
  if (edge !== undefined) return new Set([graph.edges[edge].from, graph.edges[edge].to]);
  if (ends) return new Set((path(...ends) ?? ends.map((end) => [end])).map(([place]) => place));
  return null;
}

function edgesInFocus() {
  const { entity, edge, path: ends } = state.selected;
  if (edge !== undefined) return [edge];
  if (ends) return (path(...ends) ?? []).map(([, step]) => step).filter((step) => step !== undefined);
  const from = state.depth === 1 ? [entity] : [...lit];
  return from.flatMap((place) => neighbours[place].filter(([other]) => lit.has(other)).map(([, one]) => one));
}

const isPlanned = (edge) => edge.facts.every((fact) => facts[fact].modality === "planned");
const tintOf = (edge) => (edge.gazetteer ? colour("gazetteer") : colours()[edge.relation] || colour("edge"));
const chosenEntity = () => hovered?.entity ?? state.selected?.entity;

// Write on a canvas over the picture: names of entities, then of relations.
function annotate(context, view, inside = inView(view, lit, [chosenEntity(), ...state.pinned]), labels = new Boxes()) {
  drawLabels(context, view, inside, chosenEntity(), labels);
  drawEdgeLabels(context, view, labelledEdges(), labels);
}

function labelledEdges() {
  if (hovered?.edge !== undefined) return [graph.edges[hovered.edge]];
  if (litEdges && state.selected.entity === undefined) return [...litEdges].map((edge) => graph.edges[edge]);
  const middle = state.selected?.entity ?? hovered?.entity;
  if (middle === undefined) return [];
  return neighbours[middle].map(([, edge]) => graph.edges[edge]).filter((edge) => shown.edges[edge.id]);
}

// Bring entities into the view with room for their labels: all that are shown, or some.
function fit(animated = true, chosen = null) {
  const wanted = (chosen ?? byRank).filter((place) => shown.entities[place]);
  if (wanted.length) picture.frame(wanted, animated && !matchMedia("(prefers-reduced-motion: reduce)").matches);
}

const centre = (place) => fit(true, [...around(place, 1)]);
const zoom = (factor) => picture.zoom(factor);

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
const towards = (from, way) =>
  nearest(graph.nodes.filter(({ id }) => id !== from && shown.entities[id]), graph.nodes[from], way)?.id;

function nearest(spots, start, [dx, dy]) {
  let best = [Infinity];
  for (const spot of spots) {
    const along = (spot.x - start.x) * dx + (spot.y - start.y) * dy;
    const aside = Math.abs((spot.x - start.x) * dy - (spot.y - start.y) * dx);
    if (along > 0 && aside <= along * 1.5 && along + 2 * aside < best[0]) best = [along + 2 * aside, spot];
  }
  return best[1];
}

// Click, double click and the pointer over something, whatever draws it.
function pressed({ entity, edge }) {
  if (entity !== undefined) choose(entity);
  else select(edge === undefined ? null : { edge });
}
