// One rule: what it does, whether it works, and what may be changed.

import { ecr, get } from "./api.js";
import { command } from "./copy.js";
import { confirm } from "./dialog.js";
import { el, fill, nameOf, setText } from "./dom.js";
import { count } from "./format.js";
import { icon } from "./icons.js";
import { empty, forAdmins, loadInto, sentence } from "./notice.js";
import { fresh } from "./page-rule-new.js";
import { go, repositoryPath } from "./router.js";
import { arnOf, credentialField, isOfFile, ruleOf, secretOf, startOf, validation } from "./rules.js";
import { sampleOf } from "./samples.js";
import { isAdmin, pullLine } from "./session.js";
import { listen } from "./stream.js";
import { timeOf } from "./time.js";
import { say } from "./toast.js";
import { limitsOf, stateBadge } from "./upstream-state.js";

const SHOWN = 10;
/** Other rules may have some of those that begin like this one's. */
const LOOKED_AT = 100;

/** The page. */
export function rulePage({ params: [prefix], signal }) {
  if (!isAdmin()) {
    return forAdmins(`Rule ${prefix}`);
  }
  const place = el("div");
  const element = el(
    "div",
    {},
    el("p", { class: "crumbs" }, el("a", { href: "#/rules" }, "Rules")),
    el("h1", {}, nameOf(prefix)),
    place,
  );
  loadInto(place, "the rule", () => contentOf(prefix, signal), signal);
  return { title: `Rule ${prefix}`, element };
}

async function contentOf(prefix, signal) {
  const rule = await ruleOf(prefix);
  if (!rule) {
    return empty(
      "There is no such rule",
      el("p", {}, "It may have been deleted. ", el("a", { href: "#/rules" }, "To the rules")),
    );
  }
  const page = await get(`repositories?prefix=${encodeURIComponent(startOf(prefix))}&limit=${LOOKED_AT}`, signal);
  const own = page.repositories.filter((each) => each.rule === prefix);
  const sample = sampleOf(prefix, rule.upstreamRegistryUrl);
  const sections = [
    facts(rule, signal),
    el(
      "section",
      { class: "panel" },
      el("h2", {}, "Pull through it"),
      command(pullLine(sample.repository, sample.tag)),
    ),
    underIt(own.slice(0, SHOWN), own.length > SHOWN || page.next),
    isOfFile(rule) ? ofFile() : changes(rule, own.length > 0 || Boolean(page.next)),
  ];
  return el("div", {}, sections);
}

function facts(rule, signal) {
  const state = stateBadge();
  const why = el("bdi", { class: "quiet" });
  const limits = limitsOf();
  const requests = el("span");
  listen(
    "overview",
    (overview) => {
      const upstream = overview.upstreams.find((each) => each.rule === rule.ecrRepositoryPrefix);
      state.update(upstream);
      setText(why, upstream?.reason ?? "");
      setText(requests, upstream ? `${count(upstream.requests)}, of which ${count(upstream.failures)} failed` : "–");
      limits.update(overview.limits.filter((limit) => limit.upstream === upstream?.upstream));
    },
    signal,
  );
  const path = rule.upstreamRepositoryPrefix;
  const rows = [
    ["Upstream", nameOf(path && path !== "ROOT" ? `${rule.upstreamRegistryUrl}/${path}` : rule.upstreamRegistryUrl)],
    ["State", el("span", { class: "beside" }, state.element, why)],
    ["Requests", requests],
    ["Rate limit", limits.element],
    ["Credential", secretOf(rule) ? nameOf(secretOf(rule)) : "none"],
    ["Made", isOfFile(rule) ? "in the configuration file" : timeOf(rule.createdAt)],
  ];
  const list = el(
    "dl",
    { class: "facts" },
    rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
  const check = validation(rule.ecrRepositoryPrefix, rule.upstreamRegistryUrl);
  if (fresh.prefix === rule.ecrRepositoryPrefix) {
    fresh.prefix = null;
    check.run();
  }
  return el("section", { class: "panel" }, list, el("div", { class: "actions start" }, check.button), check.said);
}

function underIt(repositories, hasMore) {
  const body =
    repositories.length === 0
      ? el(
          "p",
          { class: "quiet" },
          hasMore
            ? `None of the first ${LOOKED_AT} is one of its own.`
            : "None yet. A repository appears with its first successful pull.",
        )
      : el(
          "ul",
          { class: "plain" },
          repositories.map((each) =>
            el("li", {}, el("a", { href: `#${repositoryPath(each.name)}` }, nameOf(each.name))),
          ),
        );
  const more = hasMore && el("p", {}, el("a", { href: "#/repositories" }, "All repositories"));
  return el("section", { class: "panel" }, el("h2", {}, "Repositories"), body, more);
}

function ofFile() {
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, "Changes"),
    el(
      "p",
      { class: "quiet" },
      "This rule comes from the configuration file and is changed there. Edit rules in it, and start the node again.",
    ),
  );
}

function changes(rule, hasRepositories) {
  const { input, hint } = credentialField(secretOf(rule));
  input.required = true;
  const said = el("div", { "aria-live": "polite" });
  const save = el("button", { type: "submit" }, "Save the credential");
  const form = el(
    "form",
    { class: "form" },
    el("div", { class: "field" }, el("label", { for: "credential" }, "Credential"), input, hint),
    said,
    el("div", { class: "actions start" }, save),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await ecr("UpdatePullThroughCacheRule", {
        ecrRepositoryPrefix: rule.ecrRepositoryPrefix,
        credentialArn: arnOf(input.value),
      });
      fill(said, el("p", { class: "notice good" }, "Saved. Validate the rule to see whether upstream takes it."));
    } catch (error) {
      fill(said, el("p", { class: "notice bad" }, sentence(error)));
    }
  });
  const remove = el("button", { type: "button", class: "danger" }, icon("trash"), "Delete the rule");
  remove.addEventListener("click", () => askToDelete(rule, hasRepositories));
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, "Changes"),
    form,
    el("hr"),
    el("div", { class: "actions start" }, remove),
  );
}

async function askToDelete(rule, hasRepositories) {
  const prefix = rule.ecrRepositoryPrefix;
  const isDone = await confirm({
    title: `Delete the rule ${prefix}?`,
    body: [
      `Nothing new is fetched from ${rule.upstreamRegistryUrl} through ${startOf(prefix) || "this rule"} any more, and tags are no longer checked.`,
      hasRepositories
        ? "What is cached under it stays, and is served on. Delete its repositories to free their space."
        : "Nothing is cached under it.",
    ],
    action: "Delete the rule",
    act: () => ecr("DeletePullThroughCacheRule", { ecrRepositoryPrefix: prefix }),
  });
  if (isDone) {
    say(`The rule ${prefix} is deleted.`);
    go("/rules");
  }
}
