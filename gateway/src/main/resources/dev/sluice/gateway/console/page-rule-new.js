// Adding a rule.

import { ecr, get } from "./api.js";
import { el, fill, setText } from "./dom.js";
import { forAdmins, loadInto, sentence } from "./notice.js";
import { go, rulePath } from "./router.js";
import { ROOT, arnOf, credentialField, startOf } from "./rules.js";
import { sampleOf } from "./samples.js";
import { isAdmin, pullLine } from "./session.js";
import { say } from "./toast.js";

/** A name of a repository, or what one begins with. */
const NAME = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*\\/?";

/** The prefix of the rule that was made last, whose page validates it at once. */
export const fresh = { prefix: null };

/** The page. */
export function ruleNewPage({ signal }) {
  if (!isAdmin()) {
    return forAdmins("Add a rule");
  }
  const place = el("div");
  const element = el(
    "div",
    {},
    el("p", { class: "crumbs" }, el("a", { href: "#/rules" }, "Rules")),
    el("h1", {}, "Add a rule"),
    place,
  );
  loadInto(place, "upstreams", async () => formOf((await get("upstreams", signal)).upstreams), signal);
  return { title: "Add a rule", element };
}

function formOf(known) {
  const host = el("input", {
    id: "upstream",
    required: true,
    placeholder: "registry.example.com",
    spellcheck: "false",
    autocapitalize: "none",
    autocomplete: "off",
    "aria-describedby": "upstream-hint",
  });
  const prefix = el("input", {
    id: "prefix",
    required: true,
    minlength: "2",
    maxlength: "30",
    pattern: `${NAME}|${ROOT}`,
    spellcheck: "false",
    autocapitalize: "none",
    autocomplete: "off",
    "aria-describedby": "prefix-hint",
    title: `Lower-case letters and digits, with single . _ - / between them, two to thirty in all; or ${ROOT}, for what no other rule matches`,
  });
  const path = el("input", {
    id: "path",
    pattern: NAME,
    title: "Lower-case letters and digits, with single . _ - / between them",
    placeholder: "all repositories",
    spellcheck: "false",
    autocapitalize: "none",
    autocomplete: "off",
  });
  const credential = credentialField("");
  const fields = { host, prefix, path, credential: credential.input };
  const preview = el("code", {});
  const picks = choices(known, fields, () => show(preview, fields));
  Object.values(fields).forEach((input) => input.addEventListener("input", () => show(preview, fields)));
  const wrong = el("div", { role: "alert" });
  const button = el("button", { type: "submit", class: "primary" }, "Add the rule");
  const form = el(
    "form",
    { class: "panel form" },
    picks,
    field(
      "Upstream registry",
      host,
      el("p", { class: "hint", id: "upstream-hint" }, "Host, or host:port, as it stands in image names."),
    ),
    field("Prefix here", prefix, el("p", { class: "hint", id: "prefix-hint" }, "Images are pulled as: ", preview)),
    field("Credential (optional)", credential.input, credential.hint),
    el(
      "details",
      {},
      el("summary", {}, "Only a part of the registry"),
      field(
        "Upstream path",
        path,
        el(
          "p",
          { class: "hint" },
          "Such as library: only repositories below it are reached, and it is left out of names here.",
        ),
      ),
    ),
    el(
      "p",
      { class: "quiet" },
      "Check intervals, platforms and what may be pulled are those of defaults in the configuration file.",
    ),
    wrong,
    el("div", { class: "actions" }, el("a", { class: "button", href: "#/rules" }, "Cancel"), button),
  );
  form.addEventListener("submit", (event) => submit(event, fields, { wrong, button }));
  show(preview, fields);
  return form;
}

function field(label, input, hint) {
  return el("div", { class: "field" }, el("label", { for: input.id }, label), input, hint);
}

/** The well-known upstreams, as radio buttons; the last one is any other. */
function choices(known, fields, changed) {
  const other = { upstream: "", prefix: "", title: "Another registry" };
  const all = [...known, other].map((each, index) => {
    const radio = el("input", { type: "radio", name: "known", id: `known-${index}` });
    radio.addEventListener("change", () => {
      fields.host.value = each.upstream;
      fields.prefix.value = each.prefix;
      changed();
    });
    return el(
      "label",
      { class: "choice", for: radio.id },
      radio,
      el(
        "span",
        {},
        el("span", { class: "strong" }, each.title),
        el("span", { class: "under" }, each.upstream || "by its address"),
        each.needsCredential ? el("span", { class: "under" }, "wants a credential") : null,
      ),
    );
  });
  return el("fieldset", {}, el("legend", {}, "Which registry?"), el("div", { class: "choices" }, all));
}

function show(preview, { host, prefix, path }) {
  const sample = path.value
    ? { repository: `${startOf(prefix.value || "PREFIX")}IMAGE`, tag: "TAG" }
    : sampleOf(prefix.value || "PREFIX", host.value);
  setText(preview, pullLine(sample.repository, sample.tag).replace("docker pull ", ""));
}

async function submit(event, { host, prefix, path, credential }, { wrong, button }) {
  event.preventDefault();
  button.disabled = true;
  const rule = { ecrRepositoryPrefix: prefix.value.trim(), upstreamRegistryUrl: host.value.trim() };
  if (credential.value.trim()) {
    rule.credentialArn = arnOf(credential.value);
  }
  if (path.value.trim()) {
    rule.upstreamRepositoryPrefix = path.value.trim();
  }
  try {
    const made = await ecr("CreatePullThroughCacheRule", rule);
    fresh.prefix = made.ecrRepositoryPrefix ?? rule.ecrRepositoryPrefix;
    say(`The rule ${fresh.prefix} is there.`);
    go(rulePath(fresh.prefix));
  } catch (error) {
    fill(wrong, el("p", { class: "notice bad" }, sentence(error)));
    button.disabled = false;
  }
}
