// The upstreams that are asked, and how they do.

import { el, keyed, nameOf, setText } from "./dom.js";
import { count, many } from "./format.js";
import { rulePath } from "./router.js";
import { table } from "./table.js";
import { limitsOf, stateBadge } from "./upstream-state.js";

const COLUMNS = [
  { label: "Rule", kind: "name" },
  { label: "State" },
  { label: "Requests", kind: "number" },
  { label: "Failed", kind: "number" },
  { label: "Rate limit", kind: "wide" },
];

/** The table; `update` takes an overview. */
export function upstreams() {
  const { element: frame, body, row } = table("Upstreams", COLUMNS, "upstreams");
  const rest = el("p", { class: "quiet" });
  const element = el(
    "section",
    { class: "panel", "aria-labelledby": "upstreams" },
    el("header", {}, el("h2", { id: "upstreams" }, "Upstreams")),
    frame,
    rest,
  );
  return {
    element,
    update: (overview) => {
      const asked = overview.upstreams.filter((each) => each.state !== "unasked");
      keyed(
        body,
        asked.map((each) => withLimits(each, overview.limits)),
        (each) => each.rule,
        (each) => line(each, row),
      );
      frame.hidden = asked.length === 0;
      const unasked = overview.upstreams.length - asked.length;
      rest.hidden = unasked === 0 && asked.length > 0;
      setText(rest, restOf(asked.length, unasked));
    },
  };
}

function restOf(asked, unasked) {
  if (asked > 0) {
    return `${many(unasked, "other rule")} not asked since the start.`;
  }
  return unasked > 0 ? `${many(unasked, "rule")}, none asked since the start.` : "There is no rule.";
}

function withLimits(upstream, limits) {
  return { ...upstream, limits: limits.filter((limit) => limit.upstream === upstream.upstream) };
}

function line(upstream, row) {
  const state = stateBadge();
  const limits = limitsOf();
  const requests = el("span");
  const failures = el("span");
  const name = el("a", { href: `#${rulePath(upstream.rule)}` }, nameOf(upstream.rule));
  const host = el("span", { class: "under" }, nameOf(upstream.upstream));
  const element = row(el("span", { class: "two" }, name, host), state.element, requests, failures, limits.element);
  return {
    element,
    update: (now) => {
      state.update(now);
      setText(requests, count(now.requests));
      setText(failures, count(now.failures));
      failures.classList.toggle("bad", now.failures > 0);
      limits.update(now.limits);
    },
  };
}
