// One repository: its images, how fresh their tags are, and how to pull them.

import { ecr, get } from "./api.js";
import { command } from "./copy.js";
import { confirm } from "./dialog.js";
import { el, fill, nameOf, setText } from "./dom.js";
import { many } from "./format.js";
import { icon } from "./icons.js";
import { imageTree } from "./image-tree.js";
import { empty, failed, loading } from "./notice.js";
import { go } from "./router.js";
import { ruleName } from "./rules.js";
import { isAdmin, pullLine } from "./session.js";
import { listen } from "./stream.js";
import { badge } from "./table.js";
import { say } from "./toast.js";

const AGAIN_AFTER = 1_500;
const EVERY = 10_000;

/** The page. */
export function repositoryPage({ params: [name], signal }) {
  const place = el("div");
  const element = el(
    "div",
    {},
    el("p", { class: "crumbs" }, el("a", { href: "#/repositories" }, "Repositories")),
    el("h1", {}, nameOf(name)),
    place,
  );
  fill(place, loading("images"));
  const state = { name, place, signal, view: null };
  state.reload = () => load(state);
  load(state);
  follow(state);
  return { title: name, element };
}

/** Reads it again when it was pulled from, and now and then for what checks find. */
function follow(state) {
  let due = 0;
  listen(
    "pulls",
    (pulls) => {
      if (pulls.some((pull) => pull.repository === state.name)) {
        due ||= setTimeout(() => {
          due = 0;
          load(state);
        }, AGAIN_AFTER);
      }
    },
    state.signal,
  );
  const timer = setInterval(() => document.hidden || load(state), EVERY);
  state.signal.addEventListener("abort", () => {
    clearTimeout(due);
    clearInterval(timer);
  });
}

async function load(state) {
  try {
    const repository = await get(`repositories/${encodeURIComponent(state.name)}`, state.signal);
    if (state.signal.aborted) {
      return;
    }
    if (state.view === null) {
      state.view = viewOf(state);
      fill(state.place, state.view.element);
    }
    state.view.update(repository);
  } catch (error) {
    if (state.signal.aborted) {
      return;
    }
    state.view = null;
    fill(state.place, error.status === 404 ? missing(state) : failed(error, state.reload));
  }
}

function missing(state) {
  return empty(
    "This repository is not cached",
    "It may have been deleted, or nothing has been pulled from it yet. While a rule covers its name, this fetches it:",
    command(pullLine(state.name)),
  );
}

function viewOf(state) {
  const rule = el("dd");
  const upstream = el("dd");
  const active = el("dd");
  const size = el("dd");
  const pull = el("div");
  const tree = imageTree(state.name, state.reload);
  const facts = [
    ["Rule", rule],
    ["Upstream", upstream],
    ["Pull through cache", active],
    ["Content", size],
  ];
  const element = el(
    "div",
    {},
    el(
      "section",
      { class: "panel" },
      el(
        "dl",
        { class: "facts" },
        facts.map(([term, value]) => el("div", {}, el("dt", {}, term), value)),
      ),
      pull,
    ),
    tree.element,
    isAdmin() ? removal(state) : null,
  );
  let line = "";
  const update = (repository) => {
    fill(rule, repository.rule ? ruleName(repository.rule) : "none");
    fill(upstream, repository.upstream ? nameOf(repository.upstream) : "–");
    fill(
      active,
      repository.rule ? badge("active", "good") : badge("inactive", "", "No rule covers it; what is cached is served."),
    );
    setText(size, contentOf(repository.images));
    const wanted = lineOf(state.name, repository.images);
    if (wanted !== line) {
      line = wanted;
      fill(pull, command(line));
    }
    tree.update(repository.images);
  };
  return { element, update };
}

function contentOf(images) {
  const here = images.filter((image) => image.cached !== false);
  const tags = images.reduce((sum, image) => sum + (image.tags?.length ?? 0), 0);
  return `${many(here.length, "image")}, ${many(tags, "tag")}`;
}

/** `latest` where it is there, or else what was pulled last. */
function lineOf(name, images) {
  const tagged = images.filter((image) => image.tags?.length > 0);
  const latest = tagged.find((image) => image.tags.some((each) => each.tag === "latest"));
  const newest = [...tagged].sort((one, other) =>
    String(other.pulledAt ?? "").localeCompare(String(one.pulledAt ?? "")),
  )[0];
  return pullLine(name, latest ? "latest" : (newest?.tags[0].tag ?? images[0]?.digest ?? "latest"));
}

function removal(state) {
  const button = el("button", { type: "button", class: "danger" }, icon("trash"), "Delete the repository");
  button.addEventListener("click", async () => {
    const isDone = await confirm({
      title: `Delete ${state.name}?`,
      body: [
        "All its images are removed from the cache at once and are no longer served.",
        "While a rule covers its name, the next pull fetches what it asks for from upstream again.",
      ],
      action: "Delete the repository",
      act: () => ecr("DeleteRepository", { repositoryName: state.name, force: true }),
    });
    if (isDone) {
      say(`${state.name} is deleted.`);
      go("/repositories");
    }
  });
  return el("div", { class: "actions start last" }, button);
}
