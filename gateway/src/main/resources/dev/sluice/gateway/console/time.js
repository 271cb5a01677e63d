// Times that say how long ago they are, and go on saying so.

import { el, setText } from "./dom.js";
import { duration } from "./format.js";

const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const EVERY = 5_000;

/** A time relative to now with the exact one in its title; `never` where there is none. */
export function timeOf(value, never = "–") {
  const time = el("time");
  return setTime(time, value, never);
}

/** Gives such an element another time. */
export function setTime(time, value, never = "–") {
  const at = parsed(value);
  if (at === null) {
    delete time.dataset.at;
    time.removeAttribute("datetime");
    time.removeAttribute("title");
    setText(time, never);
  } else if (time.dataset.at !== String(at)) {
    time.dataset.at = String(at);
    time.dateTime = new Date(at).toISOString();
    time.title = EXACT.format(at);
    setText(time, relative(at));
  }
  return time;
}

/** The time of day, with the whole of it in its title. */
export function clockOf(value) {
  const at = parsed(value);
  return at === null
    ? el("span", {}, "–")
    : el("time", { datetime: new Date(at).toISOString(), title: EXACT.format(at) }, CLOCK.format(at));
}

/** Such as `3 min ago`, `in 2 h` and `now`. */
function relative(at) {
  const seconds = (at - Date.now()) / 1000;
  if (Math.abs(seconds) < 2) {
    return "now";
  }
  return seconds > 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`;
}

/** Seconds from now until a time; null where there is none. */
export function secondsUntil(value) {
  const at = parsed(value);
  return at === null ? null : (at - Date.now()) / 1000;
}

/** ECR's seconds since 1970, or ISO-8601. */
function parsed(value) {
  if (value === null || value === undefined || value === "") {
    return null;
  }
  const at = typeof value === "number" ? value * 1000 : Date.parse(value);
  return Number.isFinite(at) ? at : null;
}

function tick() {
  document.querySelectorAll("time[data-at]").forEach((time) => setText(time, relative(Number(time.dataset.at))));
}

setInterval(tick, EVERY);
