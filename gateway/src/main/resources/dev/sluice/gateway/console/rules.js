// The rules, which administrators see and change.

import { ecr, ecrAll } from "./api.js";
import { el, fill, nameOf } from "./dom.js";
import { icon } from "./icons.js";
import { sentence } from "./notice.js";
import { rulePath } from "./router.js";
import { isAdmin, session } from "./session.js";

const SECRETS = "ecr-pullthroughcache/";

/** The prefix of the rule for what no other one matches. */
export const ROOT = "ROOT";

/** What names begin with that a rule matches; nothing where it has all that others leave. */
export function startOf(prefix) {
  return prefix === ROOT ? "" : `${prefix}/`;
}

/** All rules as ECR describes them, which it does to administrators alone. */
export async function allRules() {
  return ecrAll("DescribePullThroughCacheRules", "pullThroughCacheRules");
}

/** A rule's name, with the way to it for those who may see it. */
export function ruleName(prefix, className = null) {
  return isAdmin() ? el("a", { href: `#${rulePath(prefix)}`, class: className }, nameOf(prefix)) : nameOf(prefix);
}

/** One of them; undefined where there is none. */
export async function ruleOf(prefix) {
  return (await allRules()).find((rule) => rule.ecrRepositoryPrefix === prefix);
}

/** Rules of the configuration file have no time of creation, and are changed only there. */
export function isOfFile(rule) {
  return rule.createdAt === undefined;
}

/** The name of a rule's secret, without what all of them begin with. */
export function secretOf(rule) {
  return rule.credentialArn?.split(`:secret:${SECRETS}`)[1] ?? "";
}

/** The ARN of a secret that is given by its name, or by an ARN already. */
export function arnOf(name) {
  const text = name.trim();
  if (text === "" || text.startsWith("arn:")) {
    return text;
  }
  const { region, registryId } = session();
  const bare = text.startsWith(SECRETS) ? text.slice(SECRETS.length) : text;
  return `arn:aws:secretsmanager:${region}:${registryId}:secret:${SECRETS}${bare}`;
}

/** The field for a secret's name, as creation and change show it. */
export function credentialField(value) {
  const input = el("input", {
    id: "credential",
    value,
    placeholder: "docker-hub",
    spellcheck: "false",
    autocapitalize: "none",
    autocomplete: "off",
    "aria-describedby": "credential-hint",
  });
  const hint = el(
    "p",
    { class: "hint", id: "credential-hint" },
    "The name of a file under secrets.dir, in ",
    el("code", {}, SECRETS),
    ", with ",
    el("code", {}, '{"username": "…", "accessToken": "…"}'),
    " in it. An ARN may be given, too.",
  );
  return { input, hint };
}

/** A button that asks a rule's upstream, and what it said. */
export function validation(prefix, upstream) {
  const said = el("div", { class: "said", "aria-live": "polite" });
  const button = el("button", { type: "button" }, icon("again"), "Validate");
  const run = async () => {
    button.disabled = true;
    fill(said, el("p", { class: "quiet" }, `Asking ${upstream} …`));
    fill(said, await verdictOn(prefix, upstream));
    button.disabled = false;
  };
  button.addEventListener("click", run);
  return { button, said, run };
}

async function verdictOn(prefix, upstream) {
  try {
    const answer = await ecr("ValidatePullThroughCacheRule", { ecrRepositoryPrefix: prefix });
    return answer.isValid
      ? el(
          "p",
          { class: "notice good" },
          el("span", { class: "strong" }, "Valid. "),
          `${upstream} answers, and images can be pulled through ${startOf(prefix) || "this node"}.`,
        )
      : el("p", { class: "notice bad" }, el("span", { class: "strong" }, "Not valid. "), el("bdi", {}, answer.failure));
  } catch (error) {
    return el("p", { class: "notice bad" }, sentence(error));
  }
}
