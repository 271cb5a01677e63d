// Bars: how much of something there is.

import { el, setAttribute } from "./dom.js";

/** A bar that `update` moves; `label` is for who does not see it. */
export function meter(label, role = "meter") {
  const bar = el("span", { class: "bar" });
  const element = el(
    "span",
    { class: "meter", role, "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100" },
    bar,
  );
  return { element, update: (ratio, level = "", text = null) => update(element, bar, ratio, level, text) };
}

/** A ratio that is null is not known: the bar only shows that something moves. */
function update(element, bar, ratio, level, text) {
  const isKnown = Number.isFinite(ratio);
  const part = isKnown ? Math.min(1, Math.max(0, ratio)) : 1;
  bar.style.setProperty("inline-size", `${(part * 100).toFixed(2)}%`);
  setAttribute(element, "aria-valuenow", isKnown ? Math.round(part * 100) : null);
  setAttribute(element, "aria-valuetext", text);
  setAttribute(element, "data-level", level || null);
  setAttribute(element, "data-unknown", !isKnown);
}
