// The last minutes, kept in this page for its small charts.

import { listen } from "./stream.js";

/** How far back the charts look. */
export const MINUTES = 5;
const MOST = MINUTES * 60;
/** A ratio of single seconds would only jump. */
const WINDOW = 30;
const STALE_FOR = 10 * 60_000;

let samples = [];
let stale = new Map();

/** One for each second that was seen: `{ at, pulls, hitRatio, served, fetched }`. */
export function recent() {
  return samples;
}

/** What was served stale in the last ten minutes, as pulls, the newest of each repository. */
export function recentlyStale() {
  const since = Date.now() - STALE_FOR;
  stale.forEach((pull, key) => Date.parse(pull.at) < since && stale.delete(key));
  return [...stale.values()];
}

/** Forgets everything. */
export function clear() {
  samples = [];
  stale = new Map();
}

/** Takes pulls that were not told as they happened. */
export function notePulls(pulls) {
  for (const pull of pulls) {
    const isOfTag = pull.operation === "manifest" && !String(pull.reference).includes(":");
    const key = `${pull.repository} ${pull.reference}`;
    if (isOfTag && !(Date.parse(stale.get(key)?.at) > Date.parse(pull.at))) {
      if (pull.cache === "stale") {
        stale.set(key, pull);
      } else if (pull.status < 400) {
        stale.delete(key);
      }
    }
  }
}

function note(overview) {
  const at = Date.parse(overview.at);
  const before = samples.at(-1);
  const totals = overview.totals;
  // A node that went away takes its counts with it.
  const isBackwards = before && (at <= before.at || totals.requests < before.totals.requests);
  if (isBackwards) {
    samples = at <= before.at ? samples : [];
    return;
  }
  samples.push({
    at,
    totals,
    pulls: overview.nodes.reduce((sum, node) => sum + (node.pullsPerSecond ?? 0), 0),
    hitRatio: ratioSince(samples.at(-WINDOW) ?? samples[0], totals),
    served: rate(before, at, totals, "bytesServed"),
    fetched: rate(before, at, totals, "bytesFromUpstream"),
  });
  samples = samples.slice(-MOST);
}

function rate(before, at, totals, member) {
  return before ? Math.max(0, (totals[member] - before.totals[member]) / ((at - before.at) / 1000)) : null;
}

function ratioSince(before, totals) {
  if (!before) {
    return null;
  }
  const answered = asked(totals) - asked(before.totals);
  return answered > 0 ? (totals.hits - before.totals.hits) / answered : (samples.at(-1)?.hitRatio ?? null);
}

/** All pulls whose content was looked for here. */
export function asked(totals) {
  return totals.hits + totals.misses + totals.stale + totals.coalesced;
}

listen("overview", note);
listen("pulls", notePulls);
