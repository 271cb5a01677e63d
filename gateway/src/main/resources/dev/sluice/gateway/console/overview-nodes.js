// The nodes, and how full they are.

import { el, keyed, nameOf, setAttribute, setText } from "./dom.js";
import { bytes, count, percent, perSecond } from "./format.js";
import { meter } from "./meter.js";
import { table } from "./table.js";

const COLUMNS = [
  { label: "Node" },
  { label: "State" },
  { label: "Pulls/s", kind: "number" },
  { label: "Storage", kind: "wide" },
];

/** The table; `update` takes an overview. */
export function nodes() {
  const { element: frame, body, row } = table("Nodes", COLUMNS, "nodes");
  const element = el(
    "section",
    { class: "panel", "aria-labelledby": "nodes" },
    el("header", {}, el("h2", { id: "nodes" }, "Nodes")),
    frame,
  );
  return {
    element,
    update: (overview) =>
      keyed(
        body,
        overview.nodes,
        (node) => node.name,
        (node) => line(node, row),
      ),
  };
}

function line(node, row) {
  const badge = el("span", { class: "badge" });
  const pulls = el("span");
  const bar = meter(`Storage of ${node.name}`);
  const amount = el("span", { class: "number" });
  const notes = el("span", { class: "quiet" });
  const version = el("span", { class: "under" });
  const element = row(
    el("span", { class: "two" }, el("span", {}, nameOf(node.name)), version),
    badge,
    pulls,
    el("span", { class: "limit" }, bar.element, amount, notes),
  );
  return { element, update: (now) => update(now, { badge, pulls, bar, amount, notes, version }) };
}

function update(node, { badge, pulls, bar, amount, notes, version }) {
  const [word, level] = stateOf(node);
  setText(badge, word);
  setAttribute(badge, "class", `badge ${level}`);
  setAttribute(badge, "title", node.reason || null);
  setText(pulls, node.answering ? perSecond(node.pullsPerSecond) : "–");
  setText(version, node.self ? "this one" : "");
  setAttribute(version.parentElement, "title", node.version ? `Sluice ${node.version}` : null);
  const store = node.answering ? node.storage : null;
  const ratio = store && store.limitBytes > 0 ? store.usedBytes / store.limitBytes : 0;
  bar.element.hidden = !store || !(store.limitBytes > 0);
  bar.update(ratio, store?.refusing ? "bad" : ratio > 0.95 ? "warn" : "", percent(ratio));
  setText(amount, store ? amountOf(store) : "–");
  setText(notes, store ? notesOn(store) : "");
}

function stateOf(node) {
  if (!node.answering) {
    return ["not answering", "bad"];
  }
  return node.ready ? ["ready", "good"] : ["not ready", "bad"];
}

function amountOf(store) {
  return store.limitBytes > 0 ? `${bytes(store.usedBytes)} of ${bytes(store.limitBytes)}` : bytes(store.usedBytes);
}

function notesOn(store) {
  return [
    store.refusing && "stores nothing new",
    store.evicted > 0 && `${count(store.evicted)} evicted`,
    store.damaged > 0 && `${count(store.damaged)} damaged`,
    store.scrubRatio > 0 && store.scrubRatio < 1 && `${percent(store.scrubRatio)} verified`,
  ]
    .filter(Boolean)
    .join(", ");
}
