// Which page the address names.

let routes = [];
let outlet = null;
let left = null;
let onShown = () => {};

/**
 * Pages by their paths. A path is a pattern on what follows the hash, undecoded, whose groups are
 * handed on decoded; a page makes `{ title, element }` of `{ params, signal }`.
 */
export function define(table, shown) {
  routes = table;
  onShown = shown;
}

/** Shows pages within this element from now on. */
export function showIn(element) {
  outlet = element;
  show(false);
}

/** Shows nothing any more. */
export function leave() {
  left?.abort();
  outlet = null;
}

/** Goes to a path such as `/rules`. */
export function go(path) {
  if (currentPath() === path) {
    show(true);
  } else {
    location.hash = path;
  }
}

/** What follows the hash. */
export function currentPath() {
  return location.hash.replace(/^#/, "") || "/";
}

/** The path of a rule's page; that of a rule called `new` differs from the form's. */
export function rulePath(prefix) {
  return `/rules/${prefix === "new" ? "%6Eew" : segments(prefix)}`;
}

/** The path of a repository's page. */
export function repositoryPath(name) {
  return `/repositories/${segments(name)}`;
}

function segments(name) {
  return String(name).split("/").map(encodeURIComponent).join("/");
}

function show(movesFocus) {
  if (outlet === null) {
    return;
  }
  left?.abort();
  left = new AbortController();
  const [make, params] = found(currentPath());
  const page = make({ params, signal: left.signal });
  document.title = `${page.title} · Sluice`;
  outlet.replaceChildren(page.element);
  onShown(currentPath());
  if (movesFocus) {
    scrollTo(0, 0);
    const heading = outlet.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }
}

function found(path) {
  for (const [pattern, make] of routes) {
    const match = pattern.exec(path);
    const params = match?.slice(1).map(decoded);
    if (params && !params.includes(null)) {
      return [make, params];
    }
  }
  return [routes.at(-1)[1], []];
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

addEventListener("hashchange", () => show(true));
