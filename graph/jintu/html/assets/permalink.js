// Keep what is shown in the address, after the #, so that a link brings back the same view.

const LETTERS = { kinds: "k", relations: "r", modalities: "m", years: "y", documents: "s" };
const placeOf = new Map(entities.map((entity, place) => [entity.id, place]));
let written = "";

function address() {
  const said = new URLSearchParams();
  const { selected, off } = state;
  if (selected?.entity !== undefined) said.set("e", entities[selected.entity].id);
  if (selected?.edge !== undefined) {
    const edge = graph.edges[selected.edge];
    said.set("f", JSON.stringify([entities[edge.from].id, edge.relation, entities[edge.to].id]));
  }
  if (selected?.path) said.set("p", JSON.stringify(selected.path.map((place) => entities[place].id)));
  if (state.pinned.size) said.set("n", JSON.stringify([...state.pinned].map((place) => entities[place].id)));
  if (state.depth !== 1) said.set("d", state.depth);
  if (state.view !== "graph") said.set("v", state.view);
  if (state.loneHidden) said.set("l", "0");
  for (const name of FILTERS) if (off[name].size) said.set(LETTERS[name], JSON.stringify([...off[name]].map(outward(name))));
  if (state.hidden.size) said.set("h", JSON.stringify([...state.hidden].map((place) => entities[place].id)));
  if (state.only) said.set("o", JSON.stringify([...state.only].map((place) => entities[place].id)));
  return said.toString();
}

// Documents are named by their own names: their numbers change when others join.
const outward = (name) => (value) => (name === "documents" ? (documents[value]?.id ?? "") : value);
const inward = (name) => (value) => {
  if (name !== "documents") return value;
  return value === "" ? GAZETTEER : documents.findIndex((one) => one.id === value);
};

function listIn(said, letter) {
  try {
    const list = JSON.parse(said.get(letter) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return []; // an address that was cut or mistyped asks for nothing
  }
}

function restore() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of FILTERS) state.off[name] = new Set(listIn(said, LETTERS[name]).map(inward(name)));
  const places = (letter) => listIn(said, letter).map((id) => placeOf.get(id)).filter((place) => place !== undefined);
  state.hidden = new Set(places("h"));
  state.pinned = new Set(places("n"));
  state.only = said.has("o") ? new Set(places("o")) : null;
  state.loneHidden = said.get("l") === "0";
  state.depth = ["2", "3"].includes(said.get("d")) ? Number(said.get("d")) : 1;
  state.view = Object.hasOwn(VIEWS, said.get("v")) ? said.get("v") : "graph";
  state.selected = selectedIn(said);
  written = location.hash.slice(1);
  changed("all");
  if (state.selected?.entity !== undefined) centre(state.selected.entity);
  else if (state.selected) fit(false, [...focus()]);
}

function selectedIn(said) {
  const place = placeOf.get(said.get("e"));
  if (place !== undefined) return { entity: place };
  const ends = listIn(said, "p").map((id) => placeOf.get(id));
  if (ends.length === 2 && !ends.includes(undefined)) return { path: ends };
  const [from, relation, to] = listIn(said, "f").map((part, at) => (at === 1 ? part : placeOf.get(part)));
  const found = graph.edges.find((edge) => edge.from === from && edge.to === to && edge.relation === relation);
  return found ? { edge: found.id } : null;
}

function permalink() {
  if (location.hash.length > 1) restore();
  if (location.protocol === "about:") return; // in a notebook the page has no address of its own
  onChange((what) => {
    if (what === "all") return;
    const now = address();
    if (now === written) return;
    written = now;
    history[what === "selection" ? "pushState" : "replaceState"](null, "", now ? `#${now}` : location.pathname + location.search);
  });
  window.addEventListener("popstate", () => location.hash.slice(1) !== written && restore());
}
