// How an upstream does, and what it lets one ask for.

import { LITTLE_LEFT, isNamed } from "./attention.js";
import { el, keyed, setAttribute, setText } from "./dom.js";
import { count, duration } from "./format.js";
import { meter } from "./meter.js";
import { secondsUntil } from "./time.js";

const WORDS = {
  answering: ["answering", "good"],
  failing: ["failing", "warn"],
  spared: ["spared", "bad"],
  unasked: ["not asked yet", ""],
};

/** A badge that follows an upstream's state. */
export function stateBadge() {
  const element = el("span", { class: "badge" });
  return {
    element,
    update: (upstream) => {
      const [word, level] = WORDS[upstream?.state] ?? WORDS.unasked;
      setText(element, word);
      setAttribute(element, "class", `badge ${level}`);
      setAttribute(element, "title", upstream?.reason || null);
    },
  };
}

/** What is left of every limit of one upstream. */
export function limitsOf() {
  const none = el("span", { class: "quiet" }, "–");
  const list = el("span", { class: "limits" });
  const element = el("span", {}, none, list);
  return {
    element,
    update: (limits) => {
      none.hidden = limits.length > 0;
      keyed(list, limits, (limit) => limit.account, limitLine);
    },
  };
}

function limitLine(limit) {
  const bar = meter(`Requests left at ${limit.upstream}`);
  const left = el("span", { class: "number" });
  const forecast = el("span", { class: "quiet" });
  const element = el("span", { class: "limit" }, bar.element, left, forecast);
  return {
    element,
    update: (now) => {
      const ratio = now.limit > 0 ? now.remaining / now.limit : 1;
      const text = `${count(now.remaining)} of ${count(now.limit)} left`;
      bar.update(ratio, ratio <= 0 ? "bad" : ratio <= LITTLE_LEFT ? "warn" : "", text);
      setText(left, text);
      setText(forecast, forecastOf(now));
    },
  };
}

function forecastOf(limit) {
  const account = isNamed(limit.account) ? limit.account : "";
  const seconds = secondsUntil(limit.exhaustedAt);
  const when =
    limit.remaining > 0 && seconds !== null && seconds > 0 ? `used up in ${duration(seconds)} at this rate` : "";
  return [account, when].filter(Boolean).join(", ");
}
