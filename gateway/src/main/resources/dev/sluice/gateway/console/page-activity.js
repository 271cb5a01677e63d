// The last pulls: who, what, from where it came, and where its time went.

import { get } from "./api.js";
import { el, fill, keyed, nameOf } from "./dom.js";
import { bytes, many, millis, shortDigest } from "./format.js";
import { empty, failed, loading } from "./notice.js";
import { phaseBar } from "./phases.js";
import { repositoryPath } from "./router.js";
import { listen } from "./stream.js";
import { badge, table } from "./table.js";
import { clockOf } from "./time.js";

const COLUMNS = [
  { label: "Time" },
  { label: "What" },
  { label: "Who", kind: "who" },
  { label: "Cache" },
  { label: "Bytes", kind: "number" },
  { label: "Took", kind: "number" },
  { label: "Where the time went", kind: "wide" },
];
const CACHES = { hit: "good", miss: "", stale: "warn", coalesced: "good", none: "" };
const MOST = 300;
/** As many of the newest are looked at for those that are told again. */
const MOST_AGAIN = 50;
let number = 0;

/** The page. */
export function activityPage({ signal }) {
  const state = { all: [], held: [], isPaused: false, outcome: "", text: "" };
  const place = el("div", {}, loading("pulls"));
  const { element: frame, body, row } = table("Last pulls", COLUMNS, "activity");
  const none = el("div");
  const panel = el("section", { class: "panel" }, frame, none);
  const pause = el("button", { type: "button", "aria-pressed": "false" }, "Pause");
  const show = () => {
    const shown = state.all.filter((pull) => isWanted(pull, state));
    keyed(
      body,
      shown,
      (pull) => pull.key,
      (pull) => ({ element: line(pull, row) }),
    );
    frame.hidden = shown.length === 0;
    fill(none, shown.length === 0 && nothing(state));
    pause.textContent = state.isPaused ? `Go on${state.held.length > 0 ? ` (${state.held.length} new)` : ""}` : "Pause";
  };
  pause.addEventListener("click", () => {
    state.isPaused = !state.isPaused;
    pause.setAttribute("aria-pressed", String(state.isPaused));
    take(state, state.held.splice(0));
    show();
  });
  const element = el(
    "div",
    {},
    el("header", { class: "head" }, el("h1", {}, "Activity"), tools(state, show, pause)),
    place,
  );
  load(
    state,
    () => {
      fill(place, panel);
      show();
    },
    { place, signal },
  );
  listen(
    "pulls",
    (pulls) => {
      take(state, pulls);
      show();
    },
    signal,
  );
  return { title: "Activity", element };
}

function tools(state, show, pause) {
  const text = el("input", {
    type: "search",
    placeholder: "Image, person, address …",
    "aria-label": "Only pulls with this text",
    spellcheck: "false",
  });
  const outcome = el(
    "select",
    { "aria-label": "Only this outcome" },
    el("option", { value: "" }, "All outcomes"),
    [...Object.keys(CACHES), "failed"].map((word) => el("option", { value: word }, word)),
  );
  text.addEventListener("input", () => {
    state.text = text.value.trim().toLowerCase();
    show();
  });
  outcome.addEventListener("change", () => {
    state.outcome = outcome.value;
    show();
  });
  return el("div", { class: "tools" }, text, outcome, pause);
}

async function load(state, done, { place, signal }) {
  try {
    const { pulls } = await get("activity?limit=200", signal);
    const known = new Set(state.all.map(identity));
    state.all = [...state.all, ...pulls.filter((pull) => !known.has(identity(pull))).map(withKey)].slice(0, MOST);
    done();
  } catch (error) {
    if (!signal.aborted) {
      fill(
        place,
        failed(error, () => load(state, done, { place, signal })),
      );
    }
  }
}

function take(state, pulls) {
  if (state.isPaused) {
    state.held = [...pulls, ...state.held].slice(0, MOST);
    return;
  }
  // What ends while the node reports may be told twice.
  const known = new Set(state.all.slice(0, 2 * pulls.length + MOST_AGAIN).map(identity));
  const newest = pulls
    .filter((pull) => !known.has(identity(pull)))
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  state.all = [...newest.map(withKey), ...state.all].slice(0, MOST);
}

/** Two pulls may be alike in everything that is told of them. */
function withKey(pull) {
  return { ...pull, key: ++number };
}

function identity(pull) {
  return [pull.at, pull.node, pull.address, pull.operation, pull.repository, pull.reference, pull.millis].join(" ");
}

function isWanted(pull, { outcome, text }) {
  const isOutcome = outcome === "" || (outcome === "failed" ? pull.status >= 400 : pull.cache === outcome);
  return (
    isOutcome &&
    (text === "" ||
      [pull.repository, pull.reference, pull.principal, pull.address].join(" ").toLowerCase().includes(text))
  );
}

function nothing(state) {
  return state.all.length === 0
    ? empty(
        "Nobody has pulled anything yet",
        "Each request for a manifest or a blob shows here as it is answered; a node keeps its last 1,000.",
      )
    : empty("No pull is like that", `None of the last ${many(state.all.length, "pull")} has this text and outcome.`);
}

function line(pull, row) {
  const isDigest = String(pull.reference).includes(":");
  const reference = pull.operation === "tags" ? "its tags" : isDigest ? shortDigest(pull.reference) : pull.reference;
  return row(
    clockOf(pull.at),
    el(
      "span",
      { class: "two" },
      el("a", { href: `#${repositoryPath(pull.repository)}` }, nameOf(pull.repository)),
      el("span", { class: "under", title: isDigest ? pull.reference : null }, `${pull.operation} `, nameOf(reference)),
    ),
    el(
      "span",
      { class: "two" },
      nameOf(whoOf(pull)),
      el("span", { class: "under" }, pull.address ? `${pull.address} → ${pull.node}` : `→ ${pull.node}`),
    ),
    outcomeOf(pull),
    bytes(pull.bytes),
    millis(pull.millis),
    phaseBar(pull),
  );
}

/** Who is not admin is not told who others are. */
function whoOf(pull) {
  if (pull.principal === undefined) {
    return "somebody else";
  }
  return pull.principal === "-" || pull.principal === "" ? "anonymous" : pull.principal;
}

function outcomeOf(pull) {
  return pull.status >= 400
    ? badge(`${pull.status}`, "bad", `Answered with status ${pull.status}`)
    : badge(pull.cache, CACHES[pull.cache] ?? "");
}
