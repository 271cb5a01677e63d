// The overview: what is cached, fetched, saved, nearly used up, and stale.

import { attentionOn } from "./attention.js";
import { command } from "./copy.js";
import { el, fill, keyed, nameOf, setAttribute, setText } from "./dom.js";
import { duration } from "./format.js";
import { asked, recentlyStale } from "./history.js";
import { icon } from "./icons.js";
import { empty, loading } from "./notice.js";
import { figures } from "./overview-figures.js";
import { fills } from "./overview-fills.js";
import { nodes } from "./overview-nodes.js";
import { upstreams } from "./overview-upstreams.js";
import { ruleToTry, sampleOf } from "./samples.js";
import { isAdmin, pullLine, registryHost } from "./session.js";
import { lastOverview, listen } from "./stream.js";
import { clockOf, timeOf } from "./time.js";

const MOST_ERRORS = 8;

/** The page. */
export function overviewPage({ signal }) {
  const up = el("span", { class: "aside" });
  const body = el("div", { class: "overview" }, loading("the overview"));
  const element = el("div", {}, el("header", { class: "head" }, el("h1", {}, "Overview"), up), body);
  let parts = null;
  listen(
    "overview",
    (overview) => {
      if (parts === null) {
        parts = [welcome(), attention(), figures(), fills(), isAdmin() && upstreams(), nodes(), errors()].filter(
          Boolean,
        );
        fill(
          body,
          parts.map((part) => part.element),
        );
      }
      setText(up, `Node ${overview.node} is up for ${duration(overview.uptimeSeconds)}`);
      parts.forEach((part) => part.update(overview));
    },
    signal,
  );
  listen(
    "state",
    (state) => {
      const isOld = state !== "live" && lastOverview() !== null;
      body.classList.toggle("old", isOld);
      if (isOld) {
        fill(up, "Not live; these figures are of ", clockOf(lastOverview().at));
      }
    },
    signal,
  );
  return { title: "Overview", element };
}

/** What to do first, until something has been pulled. */
function welcome() {
  const element = el("section", { hidden: true });
  let shown = "";
  const update = ({ totals, nodes: all, upstreams: rules }) => {
    const isNew = asked(totals) === 0 && all.every((node) => !(node.storage?.usedBytes > 0));
    const rule = ruleToTry(rules);
    const wanted = isNew ? `new ${rule?.rule ?? ""}` : "";
    if (wanted !== shown) {
      shown = wanted;
      element.hidden = !isNew;
      fill(element, isNew && firstStep(rule));
    }
  };
  return { element, update };
}

function firstStep(rule) {
  if (!isAdmin()) {
    return empty(
      "Nothing is cached yet",
      `Pull an image through ${registryHost()}, and watch it arrive here. The operator tells which prefixes there are.`,
    );
  }
  return rule ? firstPull(rule) : firstRule();
}

function firstPull(rule) {
  const { repository, tag, isReal } = sampleOf(rule.rule, rule.upstream);
  const how = isReal ? "Pull an image through it" : "Pull any image of that registry through it";
  return empty(
    "Nothing is cached yet",
    el(
      "p",
      {},
      "The rule ",
      nameOf(rule.rule, "strong"),
      " fetches from ",
      nameOf(rule.upstream, "strong"),
      ". ",
      how,
      ", and watch it arrive here:",
    ),
    command(pullLine(repository, tag)),
  );
}

function firstRule() {
  return empty(
    "There is no rule yet",
    "A rule says which registry is cached, and under which prefix. Nothing can be pulled without one.",
    el("p", {}, el("a", { class: "button primary", href: "#/rules/new" }, icon("add"), "Add a rule")),
  );
}

function attention() {
  const verdict = el("p", { class: "verdict" });
  const list = el("ul", { class: "attention" });
  const element = el("section", { class: "state", "aria-label": "State" }, verdict, list);
  const update = (overview) => {
    element.hidden = isAdmin() && overview.upstreams.length === 0;
    const items = attentionOn(overview, recentlyStale());
    setAttribute(verdict, "data-level", items[0]?.level ?? "good");
    setText(
      verdict,
      items.length === 0
        ? "All is well."
        : `${items.length === 1 ? "One thing needs" : `${items.length} things need`} attention.`,
    );
    keyed(list, items, (item) => item.key, attentionRow);
  };
  return { element, update };
}

function attentionRow(first) {
  const title = first.link ? el("a", { href: `#${first.link}` }) : el("span");
  const text = el("span", { class: "text" });
  const element = el("li", {}, icon("warn"), el("p", {}, el("bdi", { class: "title" }, title), " ", text));
  const update = (item) => {
    setAttribute(element, "data-level", item.level);
    setText(title, `${item.title}.`);
    setText(text, item.text);
  };
  return { element, update };
}

function errors() {
  const list = el("ul", { class: "errors" });
  const element = el(
    "section",
    { class: "panel", "aria-labelledby": "errors" },
    el("header", {}, el("h2", { id: "errors" }, "Last errors")),
    list,
  );
  const update = (overview) => {
    const last = overview.errors.slice(0, MOST_ERRORS);
    element.hidden = last.length === 0;
    keyed(list, last, (error) => `${error.at} ${error.node} ${error.what}`, errorRow);
  };
  return { element, update };
}

function errorRow(error) {
  const at = timeOf(error.at);
  const element = el(
    "li",
    {},
    at,
    el("span", {}, el("bdi", { class: "what" }, error.what), error.todo && el("span", { class: "todo" }, error.todo)),
    el("span", { class: "quiet" }, error.node),
  );
  return { element };
}
