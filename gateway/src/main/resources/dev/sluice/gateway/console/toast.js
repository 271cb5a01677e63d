// Short messages about what was done, which screen readers hear.

import { el } from "./dom.js";

const SHOWN_FOR = 6_000;

/** Says something for a while; `level` is `good` or `bad`. */
export function say(message, level = "good") {
  const toast = el("p", { class: `toast ${level}` }, message);
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), SHOWN_FOR);
}
