// Tables that become cards where there is no room for columns.

import { el } from "./dom.js";

/**
 * A table with these columns: `{ label, kind }`, where `kind` is a class such as `number`. Labels
 * that begin with a dot are only heard.
 */
export function table(caption, columns, className = "") {
  const body = el("tbody");
  const head = columns.map((column) =>
    el(
      "th",
      { scope: "col", class: column.kind },
      el("span", { class: isUnseen(column) ? "unseen" : null }, labelOf(column)),
    ),
  );
  const element = el(
    "table",
    { class: `stack ${className}` },
    el("caption", { class: "unseen" }, caption),
    el("thead", {}, el("tr", {}, head)),
    body,
  );
  return { element: el("div", { class: "scroll" }, element), body, row: (...contents) => rowOf(columns, contents) };
}

/** A row whose first cell names it. */
function rowOf(columns, contents) {
  const cells = contents.map((content, index) => {
    const column = columns[index];
    const attributes = { class: column.kind, "data-label": isUnseen(column) ? null : column.label };
    return index === 0 ? el("th", { scope: "row", ...attributes }, content) : el("td", attributes, content);
  });
  return el("tr", {}, cells);
}

function isUnseen(column) {
  return column.label.startsWith(".");
}

function labelOf(column) {
  return isUnseen(column) ? column.label.slice(1) : column.label;
}

/** A word in a coloured frame; `level` is `good`, `warn`, `bad` or nothing. */
export function badge(word, level = "", title = null) {
  return el("span", { class: `badge ${level}`, title }, word);
}
