// The list of repositories.

import { get } from "./api.js";
import { command } from "./copy.js";
import { el, fill, keyed, setText } from "./dom.js";
import { many } from "./format.js";
import { empty, failed, loading } from "./notice.js";
import { repositoryRow } from "./repository-row.js";
import { ruleToTry, sampleOf } from "./samples.js";
import { isAdmin, pullLine } from "./session.js";
import { lastOverview, listen } from "./stream.js";
import { table } from "./table.js";

const COLUMNS = [
  { label: "Repository" },
  { label: "Rule", kind: "whole" },
  { label: "Pull through cache" },
  { label: "Images", kind: "number" },
  { label: "Size", kind: "number" },
  { label: "Last pull", kind: "number" },
  { label: "Last check", kind: "number" },
  { label: "Next check", kind: "number" },
];
const TYPED_FOR = 250;
const PAGE = 100;
/** Pulls make repositories appear; more often than that nobody reads. */
const AGAIN_AFTER = 2_000;

/** The page. */
export function repositoriesPage({ signal }) {
  const state = { prefix: "", all: [], next: null, place: el("div"), signal, list: null, asked: 0 };
  const search = el("input", {
    type: "search",
    placeholder: "Names that begin with …",
    "aria-label": "Names that begin with",
    spellcheck: "false",
    autocapitalize: "none",
  });
  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state.prefix = search.value.trim();
      load(state);
    }, TYPED_FOR);
  });
  const element = el(
    "div",
    {},
    el("header", { class: "head" }, el("h1", {}, "Repositories"), el("div", { class: "tools" }, search)),
    state.place,
  );
  fill(state.place, loading("repositories"));
  load(state);
  follow(state);
  return { title: "Repositories", element };
}

/** Reads as many as are shown again when something was pulled. */
function follow(state) {
  let due = 0;
  listen(
    "pulls",
    () => {
      due ||= setTimeout(() => {
        due = 0;
        load(state);
      }, AGAIN_AFTER);
    },
    state.signal,
  );
  state.signal.addEventListener("abort", () => clearTimeout(due));
}

async function load(state, after = null) {
  const turn = ++state.asked;
  try {
    const limit = after === null ? Math.max(PAGE, state.all.length) : PAGE;
    const query = new URLSearchParams({ prefix: state.prefix, limit: String(Math.min(limit, 1000)) });
    if (after !== null) {
      query.set("after", after);
    }
    const page = await get(`repositories?${query}`, state.signal);
    if (turn === state.asked) {
      state.all = after === null ? page.repositories : [...state.all, ...page.repositories];
      state.next = page.next ?? null;
      show(state);
    }
  } catch (error) {
    if (!state.signal.aborted && turn === state.asked) {
      state.list = null;
      fill(
        state.place,
        failed(error, () => load(state)),
      );
    }
  }
}

function show(state) {
  if (state.all.length === 0) {
    state.list = null;
    fill(state.place, nothing(state.prefix));
    return;
  }
  if (state.list === null) {
    state.list = listOf(state);
    fill(state.place, state.list.element);
  }
  state.list.update();
}

function nothing(prefix) {
  if (prefix) {
    return empty(
      "No repository's name begins so",
      `Nothing here begins with “${prefix}”. Names begin with the prefix of their rule.`,
    );
  }
  const rule = ruleToTry(lastOverview()?.upstreams ?? []);
  if (!isAdmin()) {
    return empty("Nothing that you may pull is cached yet", "A repository appears with its first successful pull.");
  }
  if (!rule) {
    return empty(
      "Nothing is cached yet",
      el("p", {}, "Add a rule first: ", el("a", { href: "#/rules" }, "to the rules")),
    );
  }
  const sample = sampleOf(rule.rule, rule.upstream);
  return empty(
    "Nothing is cached yet",
    "A repository appears with its first successful pull. Try one:",
    command(pullLine(sample.repository, sample.tag)),
  );
}

function listOf(state) {
  const { element: frame, body, row } = table("Repositories", COLUMNS, "repositories");
  const more = el("button", { type: "button", on: { click: () => load(state, state.next) } }, "Show more");
  const summary = el("p", { class: "quiet" });
  const element = el("section", { class: "panel" }, frame, el("footer", {}, summary, more));
  return {
    element,
    update: () => {
      keyed(
        body,
        state.all,
        (each) => each.name,
        (each) => repositoryRow(each, row),
      );
      more.hidden = state.next === null;
      setText(
        summary,
        `${many(state.all.length, "repository", "repositories")}${state.next === null ? "" : " so far"}`,
      );
    },
  };
}
