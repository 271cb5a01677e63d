// What of an overview wants somebody's attention, the worst first.

import { duration, many, percent } from "./format.js";
import { repositoryPath, rulePath } from "./router.js";
import { secondsUntil } from "./time.js";

/** Below this part of an upstream's limit it is named. */
export const LITTLE_LEFT = 0.1;
const SOON = 3_600;
const RECENT = 600;
const MOST_ERRORS = 2;

/** Items of `{ key, level, title, text, link }`. */
export function attentionOn(overview, stalePulls) {
  const items = [
    ...overview.nodes.flatMap(nodeItems),
    ...overview.upstreams.flatMap(upstreamItems),
    ...overview.limits.flatMap((limit) => limitItems(limit, overview.upstreams)),
    ...errorItems(overview),
    ...staleItems(stalePulls),
  ];
  return items.sort((one, other) => (one.level === other.level ? 0 : one.level === "bad" ? -1 : 1));
}

function nodeItems(node) {
  const key = `node ${node.name}`;
  if (!node.answering) {
    const text = "Its part of the cache is fetched by the other nodes. See whether it runs, and what its log says.";
    return [{ key, level: "bad", title: `Node ${node.name} does not answer`, text }];
  }
  if (!node.ready) {
    return [{ key, level: "bad", title: `Node ${node.name} is not ready`, text: node.reason || "Its log says why." }];
  }
  if (node.storage?.refusing) {
    const text = "Pulls pass through it without being kept. Free space on its disk, or lower storage's limit.";
    return [{ key, level: "bad", title: `Node ${node.name} stores nothing new`, text }];
  }
  return [];
}

function upstreamItems(upstream) {
  if (upstream.state !== "spared") {
    return [];
  }
  const why = upstream.reason ? `${upstream.reason.replace(/\.$/, "")}. ` : "";
  return [
    {
      key: `rule ${upstream.rule}`,
      level: "bad",
      title: `${upstream.upstream} is not asked for now`,
      text: `${why}What is cached of it is served on, unchecked; what is not cached has to wait.`,
      link: rulePath(upstream.rule),
    },
  ];
}

function limitItems(limit, upstreams) {
  const left = limit.limit > 0 ? limit.remaining / limit.limit : 1;
  const seconds = secondsUntil(limit.exhaustedAt);
  const isSoon = seconds !== null && seconds < SOON;
  if (left > LITTLE_LEFT && !isSoon) {
    return [];
  }
  const rule = upstreams.find((each) => each.upstream === limit.upstream);
  const account = isNamed(limit.account) ? ` for ${limit.account}` : "";
  return [
    {
      key: `limit ${limit.upstream} ${limit.account}`,
      level: limit.remaining > 0 ? "warn" : "bad",
      title:
        limit.remaining > 0
          ? `${limit.upstream}${account}: ${limit.remaining} of ${limit.limit} requests left`
          : `${limit.upstream}${account}: the limit of ${limit.limit} requests is used up`,
      text: adviceOn(limit, seconds, left),
      link: rule && rulePath(rule.rule),
    },
  ];
}

function adviceOn(limit, seconds, left) {
  if (limit.remaining <= 0) {
    return "It is not asked before it allows more. What is cached is served on; what is not cached has to wait.";
  }
  const when =
    seconds !== null && seconds > 0
      ? `At this rate it is used up in ${duration(seconds)}. `
      : `${percent(left)} is left. `;
  return isNamed(limit.account)
    ? `${when}Longer check intervals and fewer platforms use less.`
    : `${when}A credential on the rule raises the limit; longer check intervals use less.`;
}

/** Whether a limit counts for somebody in particular. */
export function isNamed(account) {
  return Boolean(account) && account !== "-";
}

/** The newest trouble of each kind, unless it is why its upstream is spared. */
function errorItems({ errors, upstreams }) {
  const spared = upstreams.filter((each) => each.state === "spared").map((each) => `rule ${each.rule}:`);
  const recent = errors.filter(
    (error) => secondsUntil(error.at) > -RECENT && !spared.some((rule) => error.what.startsWith(rule)),
  );
  const kinds = new Map(recent.reverse().map((error) => [error.what, error]));
  return [...kinds.values()].slice(-MOST_ERRORS).map(({ what, todo, node }) => ({
    key: `error ${what}`,
    level: "warn",
    title: `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, "")}`,
    text: todo || `The log of node ${node} says more.`,
  }));
}

function staleItems(pulls) {
  if (pulls.length === 0) {
    return [];
  }
  const [first] = pulls;
  const others = pulls.length > 1 ? ` and ${many(pulls.length - 1, "other image")}` : "";
  return [
    {
      key: "stale",
      level: "warn",
      title: `${first.repository}:${first.reference}${others} served stale`,
      text: "The tag was due for a check that upstream did not answer, so the last known image was served. Its page says why.",
      link: repositoryPath(first.repository),
    },
  ];
}
