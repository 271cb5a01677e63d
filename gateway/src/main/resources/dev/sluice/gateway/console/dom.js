// Elements: every name and text of others enters the page here, as text and never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element. Attributes that are null or false are left out; those under `on` are listeners. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same of SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter(isShown));
  return element;
}

/** Puts these in the place of everything that an element holds. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter(isShown));
  return parent;
}

function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

/** Sets a text that is seen to change only when it does. */
export function setText(node, text) {
  const wanted = String(text);
  if (node.textContent !== wanted) {
    node.textContent = wanted;
  }
}

/** Sets or takes away an attribute, only when that changes something. */
export function setAttribute(element, name, value) {
  const wanted = value === null || value === undefined || value === false ? null : String(value === true ? "" : value);
  if (element.getAttribute(name) === wanted) {
    return;
  }
  if (wanted === null) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, wanted);
  }
}

/** A name that somebody else chose: no direction marks of it reach beyond it. */
export function nameOf(text, className = "name") {
  return el("bdi", { class: className }, text);
}

const kept = new WeakMap();

/**
 * Shows a list so that what stays keeps its element, with focus and selection.
 * `create` makes `{ element, update }` of an item that is new.
 */
export function keyed(parent, items, keyOf, create) {
  const before = kept.get(parent) ?? new Map();
  const now = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const row = before.get(key) ?? create(item);
    row.update?.(item);
    now.set(key, row);
  }
  before.forEach((row, key) => now.has(key) || row.element.remove());
  let at = 0;
  for (const row of now.values()) {
    if (parent.children[at] !== row.element) {
      parent.insertBefore(row.element, parent.children[at] ?? null);
    }
    at++;
  }
  kept.set(parent, now);
}
