// Elements whose text is only ever text, and what else all parts of the page need.

export const byId = (id) => document.getElementById(id);

// el("p", {className: "note"}, "text", other, ...): strings become text nodes, never markup.
export function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(text, properties, action) {
  const made = el("button", { type: "button", ...properties }, text);
  made.addEventListener("click", action);
  return made;
}

export const isolated = (text) => el("bdi", { dir: "auto" }, text);

export const shortened = (text, most) => (text.length > most ? `${text.slice(0, most)}…` : text);

export function resourceLink(iri, text) {
  return el("a", { href: `/resource?iri=${encodeURIComponent(iri)}`, title: iri }, isolated(text));
}

export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Dark or light as the system says, until somebody chooses.
export function startTheme(press) {
  const root = document.documentElement;
  const dark = () => (root.style.colorScheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const kept = localStorage.getItem("theme");
  if (kept === "dark" || kept === "light") root.style.colorScheme = kept;
  press.addEventListener("click", () => {
    root.style.colorScheme = dark() ? "light" : "dark";
    localStorage.setItem("theme", root.style.colorScheme);
    dispatchEvent(new Event("themed"));
  });
}
