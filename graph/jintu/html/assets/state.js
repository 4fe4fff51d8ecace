// What is shown: one state, one rule for facts and one for entities, and those who want to know of changes.

const FILTERS = ["kinds", "relations", "modalities", "years", "documents"];
const state = {
  off: Object.fromEntries(FILTERS.map((name) => [name, new Set()])),
  loneHidden: false,
  hidden: new Set(),
  only: null, // a set of entities where the view is narrowed to them
  selected: null, // {entity} or {edge}
  depth: 1,
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
facts.forEach((fact, number) => {
  factsOf[fact.subject].push(number);
  if (fact.object !== undefined && fact.object !== fact.subject) factsOf[fact.object].push(number);
});
graph.edges.forEach((edge) => {
  neighbours[edge.from].push([edge.to, edge.id]);
  if (edge.to !== edge.from) neighbours[edge.to].push([edge.from, edge.id]);
});

const sourcesOf = facts.map((fact) => [...new Set((fact.evidence ?? []).map((piece) => piece[0]))]);
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
  state.only = null;
  state.loneHidden = false;
  changed("filter");
}
