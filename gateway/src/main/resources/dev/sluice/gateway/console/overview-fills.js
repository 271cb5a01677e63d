// What is being fetched now.

import { el, keyed, nameOf, setText } from "./dom.js";
import { byteRate, bytes, duration, many, percent, shortDigest } from "./format.js";
import { meter } from "./meter.js";
import { repositoryPath } from "./router.js";

const MOST = 12;
/** A fill that has ended stays that long, so that short ones are seen at all. */
const ENDED_FOR = 4_000;

/** The list; `update` takes an overview. */
export function fills() {
  const summary = el("p", { class: "aside" });
  const list = el("ul", { class: "fills" });
  const none = el(
    "p",
    { class: "quiet" },
    "Nothing is being fetched. What is pulled and not cached shows here as it arrives.",
  );
  const more = el("p", { class: "quiet" });
  const element = el(
    "section",
    { class: "panel", "aria-labelledby": "fills" },
    el("header", {}, el("h2", { id: "fills" }, "Fetching now"), summary),
    none,
    list,
    more,
  );
  const seen = new Map();
  return {
    element,
    update: (overview) => {
      const shown = remember(seen, overview.fills);
      keyed(list, shown.slice(0, MOST), (fill) => keyOf(fill), row);
      none.hidden = shown.length > 0;
      more.hidden = shown.length <= MOST;
      setText(more, `and ${many(shown.length - MOST, "more fill")}`);
      setText(summary, summaryOf(overview.fills));
    },
  };
}

function keyOf(fill) {
  return `${fill.node} ${fill.digest}`;
}

/** Those under way, and those that have just ended, in the order in which they began. */
function remember(seen, fills) {
  const now = Date.now();
  const running = new Set();
  for (const fill of fills) {
    const key = keyOf(fill);
    running.add(key);
    const before = seen.get(key);
    seen.set(key, { ...fill, began: before && !before.ended ? before.began : now - fill.seconds * 1000, seenAt: now });
  }
  seen.forEach((fill, key) => {
    if (!running.has(key)) {
      fill.ended = true;
      if (now - fill.seenAt > ENDED_FOR) {
        seen.delete(key);
      }
    }
  });
  return [...seen.values()].sort((one, other) => one.began - other.began);
}

function summaryOf(fills) {
  if (fills.length === 0) {
    return "";
  }
  const rate = fills.reduce((sum, fill) => sum + rateOf(fill), 0);
  const waiters = fills.reduce((sum, fill) => sum + (fill.waiters ?? 0), 0);
  return `${many(fills.length, "fill")}, ${byteRate(rate)}, ${many(waiters, "client")} reading along`;
}

function rateOf(fill) {
  return fill.seconds > 0 ? fill.bytes / fill.seconds : 0;
}

function row(fill) {
  const bar = meter(`Fill of ${fill.repository}`, "progressbar");
  const amount = el("span", { class: "number amount" });
  const rate = el("span", { class: "number rate" });
  const rest = el("span", { class: "rest" });
  const element = el(
    "li",
    {},
    el("a", { class: "what", href: `#${repositoryPath(fill.repository)}` }, nameOf(fill.repository)),
    el("code", { class: "digest", title: fill.digest }, shortDigest(fill.digest)),
    bar.element,
    amount,
    rate,
    rest,
  );
  return { element, update: (now) => update(now, { element, bar, amount, rate, rest }) };
}

function update(fill, { element, bar, amount, rate, rest }) {
  element.classList.toggle("ended", Boolean(fill.ended));
  const hasSize = fill.size > 0;
  const ratio = hasSize ? fill.bytes / fill.size : null;
  bar.update(ratio, fill.ended ? "done" : "", hasSize ? percent(ratio) : `${bytes(fill.bytes)} so far`);
  setText(amount, hasSize ? `${bytes(fill.bytes)} of ${bytes(fill.size)}` : bytes(fill.bytes));
  setText(rate, fill.ended ? "" : byteRate(rateOf(fill)));
  setText(rest, fill.ended ? "ended" : restOf(fill, hasSize));
}

function restOf(fill, hasSize) {
  const rate = rateOf(fill);
  const left =
    hasSize && rate > 0 ? `${duration((fill.size - fill.bytes) / rate)} left` : `for ${duration(fill.seconds)}`;
  const waiters = fill.waiters > 0 ? `, ${many(fill.waiters, "client")}` : "";
  return `${left}${waiters}, on ${fill.node}`;
}
