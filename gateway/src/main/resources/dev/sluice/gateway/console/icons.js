// Small line drawings; each stands beside a word or in a button that has a name.

import { svg } from "./dom.js";

const SHAPES = {
  overview: ["M3 17V9", "M8 17V3", "M13 17v-6", "M18 17V6"],
  rules: ["M3 4v12", "M17 4v12", "M6 7h8", "M6 10h5", "M6 13h8"],
  repositories: ["M10 2.5 17 6l-7 3.5L3 6z", "M3 10l7 3.5L17 10", "M3 14l7 3.5 7-3.5"],
  warmups: ["M10 17a5 5 0 0 0 5-5c0-4-4-5-4-9-3 2-6 5-6 9a5 5 0 0 0 5 5z"],
  activity: ["M2 10h4l2.5-6 3.5 12 2.5-6H18"],
  copy: ["M7 7h9v10H7z", "M4 13V3h9"],
  done: ["M4 10.5 8.5 15 16 5.5"],
  trash: ["M4 6h12", "M8 6V3.5h4V6", "M5.5 6l.8 11h7.4l.8-11"],
  again: ["M16 10a6 6 0 1 1-1.8-4.3L16 7.5", "M16 3.5v4h-4"],
  open: ["M7 4l6 6-6 6"],
  warn: ["M10 3 18 17H2z", "M10 8v4", "M10 14.4v.2"],
  add: ["M10 4v12", "M4 10h12"],
  leave: ["M8 4H4v12h4", "M8 10h9", "M13.5 6.5 17 10l-3.5 3.5"],
};

/** One of the drawings. */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    SHAPES[name].map((d) => svg("path", { d })),
  );
}
