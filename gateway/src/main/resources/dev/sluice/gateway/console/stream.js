// What the node tells by itself: an overview each second, and new pulls.

import { forget, resume, session } from "./session.js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

const listeners = { overview: new Set(), pulls: new Set(), state: new Set(), end: new Set() };
let source = null;
let timer = 0;
let wait = FIRST_WAIT;
let last = null;
let state = "connecting";

/** Calls a listener for each event of a kind until the signal; the last overview at once. */
export function listen(kind, listener, signal) {
  listeners[kind].add(listener);
  signal?.addEventListener("abort", () => listeners[kind].delete(listener));
  if (kind === "overview" && last !== null) {
    listener(last);
  }
  if (kind === "state") {
    listener(state);
  }
}

/** The latest overview; null before the first. */
export function lastOverview() {
  return last;
}

/** Begins to listen, until `close`. A page that nobody sees does not listen. */
export function open() {
  close();
  if (document.hidden) {
    return;
  }
  source = new EventSource("/api/v1/events");
  source.addEventListener("open", () => {
    wait = FIRST_WAIT;
    tellState("live");
  });
  source.addEventListener("overview", (event) => {
    last = JSON.parse(event.data);
    tell("overview", last);
  });
  source.addEventListener("pulls", (event) => tell("pulls", JSON.parse(event.data)));
  source.addEventListener("error", again);
}

function close() {
  source?.close();
  source = null;
  clearTimeout(timer);
}

/** Forgets what was shown to who was logged in. */
export function reset() {
  close();
  last = null;
}

function tell(kind, data) {
  listeners[kind].forEach((listener) => listener(data));
}

function tellState(now) {
  state = now;
  tell("state", now);
}

/** The browser would ask again each three seconds, whatever the reason; it may be the login. */
function again() {
  close();
  tellState("connecting");
  timer = setTimeout(async () => {
    const isIn = await resume().catch(() => null);
    if (isIn === false) {
      forget();
      tell("end");
    } else {
      open();
    }
  }, wait);
  wait = Math.min(LONGEST_WAIT, wait * 2);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    close();
  } else if (session() !== null && source === null) {
    open();
  }
});
