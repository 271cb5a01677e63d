// Where the time of one pull went.

import { el } from "./dom.js";
import { millis } from "./format.js";

const NAMES = ["queue", "token", "upstream", "fill"];

/** A bar in as many parts as the pull had phases, and the same in words. */
export function phaseBar(pull) {
  const known = NAMES.filter((name) => pull.phases?.[name] > 0);
  if (known.length === 0) {
    return el("span", { class: "quiet" }, pull.cache === "hit" ? "disk" : "–");
  }
  const sum = known.reduce((all, name) => all + pull.phases[name], 0);
  const parts = known.map((name) => {
    const part = el("i", { class: name });
    part.style.setProperty("flex-grow", String(pull.phases[name] / sum));
    return part;
  });
  const words = known.map((name) => el("span", { class: `phase ${name}` }, `${name} ${millis(pull.phases[name])}`));
  return el(
    "span",
    { class: "phases" },
    el("span", { class: "parts", "aria-hidden": "true" }, parts),
    el("span", { class: "words" }, words),
  );
}
