// What is shown: one state, one rule for facts and one for entities, and those who want to know of changes.

const FILTERS = ["kinds", "relations", "modalities", "years", "documents"];
const state = {
  off: Object.fromEntries(FILTERS.map((name) => [name, new Set()])),
  loneHidden: false,
  hidden: new Set(),
  only: null, // a set of entities where the view is narrowed to them
  pinned: new Set(), // entities that stay whatever is filtered
  selected: null, // {entity}, {edge} or {path: [from, to]}
  depth: 1,
  byYear: false, // the order of facts in the panel
  view: "graph",
};

const listeners = [];
const onChange = (listener) => listeners.push(listener);
// what: "filter", "selection", "view" or "all"
function changed(what) {
  if (what !== "selection" && what !== "view") shown = count();
  for (const listener of listeners) listener(what);
}

const factsOf = entities.map(() => []); // every fact that an entity takes part in
const neighbours = entities.map(() => []); // [entity, edge]
for (const { subject, object, number } of facts) {
  factsOf[subject].push(number);
  if (object !== undefined && object !== subject) factsOf[object].push(number);
}
for (const { from, to, id } of graph.edges) {
  neighbours[from].push([to, id]);
  if (to !== from) neighbours[to].push([from, id]);
}

const sourcesOf = facts.map((fact) => [...new Set(fact.evidence.map((piece) => piece.document))]);
facts.forEach((fact, number) => {
  if (!sourcesOf[number].length) sourcesOf[number].push(GAZETTEER);
});
const sourcesOfEntity = entities.map((entity, place) => {
  const found = new Set((entity.documents ?? []).filter((source) => source >= 0));
  for (const fact of factsOf[place]) for (const source of sourcesOf[fact]) if (source >= 0) found.add(source);
  return [...found];
});

function factPasses(number) {
  const fact = facts[number];
  const { relations, modalities, years, documents: sources } = state.off;
  if (relations.has(fact.relation) || modalities.has(fact.modality) || years.has(fact.year ?? 0)) return false;
  return sourcesOf[number].some((source) => !sources.has(source));
}

function entityPasses(place, passing) {
  if (state.pinned.has(place)) return true;
  if (state.off.kinds.has(entities[place].kind) || state.hidden.has(place)) return false;
  if (state.only && !state.only.has(place)) return false;
  const sources = sourcesOfEntity[place];
  const named = sources.length ? sources : [GAZETTEER];
  if (named.every((source) => state.off.documents.has(source))) return false;
  return factsOf[place].length ? factsOf[place].some((fact) => passing[fact]) : !state.loneHidden;
}

function count() {
  const passing = facts.map((_, number) => factPasses(number));
  const seen = entities.map((_, place) => entityPasses(place, passing));
  const visible = facts.map(
    (fact, number) => passing[number] && seen[fact.subject] && (fact.object === undefined || seen[fact.object]),
  );
  const drawn = graph.edges.map((edge) => edge.facts.some((fact) => visible[fact]));
  return { entities: seen, facts: visible, edges: drawn };
}
let shown = count();

// The entities within some steps of one, along edges that are shown.
function around(place, depth) {
  const found = new Set([place]);
  let rim = [place];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const entity of rim) {
      for (const [other, edge] of neighbours[entity]) {
        if (shown.edges[edge] && !found.has(other)) {
          found.add(other);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return found;
}

// The shortest way between two entities along edges that are shown, as [entity, edge to the next] from start to end.
function path(from, to) {
  const before = new Map([[to, null]]); // searched from the end, so that it reads from the start
  let rim = [to];
  while (rim.length && !before.has(from)) {
    const next = [];
    for (const entity of rim) {
      for (const [other, edge] of neighbours[entity]) {
        if (!shown.edges[edge] || before.has(other)) continue;
        before.set(other, [entity, edge]);
        next.push(other);
      }
    }
    rim = next;
  }
  if (!before.has(from)) return null;
  const steps = [];
  for (let at = from; at !== to; at = before.get(at)[0]) steps.push([at, before.get(at)[1]]);
  return [...steps, [to, undefined]];
}

function select(selected) {
  state.selected = selected;
  if (selected?.entity !== undefined && !shown.entities[selected.entity]) reveal(selected.entity);
  changed("selection");
}

// Bring back an entity that was hidden by hand or by narrowing; filters stay as they are.
function reveal(place) {
  const wasHidden = state.hidden.delete(place);
  const wasOut = state.only !== null && !state.only.has(place);
  if (wasOut) state.only = null;
  if (wasHidden || wasOut) changed("filter");
}

function showAll() {
  for (const name of FILTERS) state.off[name].clear();
  state.hidden.clear();
  state.pinned.clear();
  state.only = null;
  state.loneHidden = false;
  changed("filter");
}
