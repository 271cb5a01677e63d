// The list of rules.

import { el, keyed, nameOf } from "./dom.js";
import { icon } from "./icons.js";
import { empty, forAdmins, loadInto } from "./notice.js";
import { rulePath } from "./router.js";
import { allRules, isOfFile, secretOf } from "./rules.js";
import { isAdmin } from "./session.js";
import { listen } from "./stream.js";
import { table } from "./table.js";
import { limitsOf, stateBadge } from "./upstream-state.js";

const COLUMNS = [
  { label: "Prefix" },
  { label: "Upstream" },
  { label: "State" },
  { label: "Rate limit", kind: "wide" },
  { label: "Credential" },
  { label: "Made by" },
];

/** The page. */
export function rulesPage({ signal }) {
  if (!isAdmin()) {
    return forAdmins("Rules");
  }
  const place = el("div");
  const add = el("a", { class: "button primary", href: "#/rules/new" }, icon("add"), "Add a rule");
  const element = el(
    "div",
    {},
    el("header", { class: "head" }, el("h1", {}, "Rules"), add),
    el(
      "p",
      { class: "lead" },
      "Each rule caches one registry under a prefix. The longest prefix that matches an image's name counts.",
    ),
    place,
  );
  loadInto(place, "rules", async () => listOf(await allRules(), signal), signal);
  return { title: "Rules", element };
}

function listOf(rules, signal) {
  if (rules.length === 0) {
    return empty("There is no rule yet", "Add one, and pull through it at once.");
  }
  const { element, body, row } = table("Rules", COLUMNS, "rules");
  const live = new Map();
  keyed(
    body,
    rules,
    (rule) => rule.ecrRepositoryPrefix,
    (rule) => {
      const state = stateBadge();
      const limits = limitsOf();
      live.set(rule.ecrRepositoryPrefix, { state, limits });
      return { element: row(...cells(rule, state, limits)) };
    },
  );
  listen("overview", (overview) => live.forEach((parts, prefix) => update(parts, prefix, overview)), signal);
  return el("section", { class: "panel" }, element);
}

function cells(rule, state, limits) {
  const prefix = rule.ecrRepositoryPrefix;
  const path = rule.upstreamRepositoryPrefix;
  return [
    el("a", { href: `#${rulePath(prefix)}` }, nameOf(prefix)),
    el("span", {}, nameOf(path ? `${rule.upstreamRegistryUrl}/${path}` : rule.upstreamRegistryUrl)),
    state.element,
    limits.element,
    secretOf(rule) ? nameOf(secretOf(rule)) : el("span", { class: "quiet" }, "–"),
    el("span", { class: "quiet" }, isOfFile(rule) ? "configuration file" : "API"),
  ];
}

function update({ state, limits }, prefix, overview) {
  const upstream = overview.upstreams.find((each) => each.rule === prefix);
  state.update(upstream);
  limits.update(overview.limits.filter((limit) => limit.upstream === upstream?.upstream));
}
