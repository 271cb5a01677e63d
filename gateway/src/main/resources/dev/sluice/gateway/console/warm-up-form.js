// Beginning a warm-up.

import { post } from "./api.js";
import { el, fill } from "./dom.js";
import { many } from "./format.js";
import { allRules } from "./rules.js";
import { say } from "./toast.js";

/** The form; `begun` is called when one has. */
export function warmUpForm(begun, signal) {
  const images = el("textarea", {
    id: "images",
    rows: "5",
    spellcheck: "false",
    placeholder: "docker-hub/library/alpine:3.20\necr-public/amazonlinux/amazonlinux",
    "aria-describedby": "images-hint",
  });
  const rule = el("select", { id: "rule" }, el("option", { value: "" }, "none: the list above"));
  const repositories = el("input", { id: "repositories", placeholder: "library/*", spellcheck: "false" });
  const tags = el("input", { id: "tags", placeholder: "3.*, latest", spellcheck: "false" });
  const platforms = el("input", { id: "platforms", placeholder: "as the rule says", spellcheck: "false" });
  const wrong = el("div", { role: "alert" });
  const button = el("button", { type: "submit", class: "primary" }, "Begin");
  const form = el(
    "form",
    { class: "panel form" },
    field("Images", images, "One a line, as they are pulled from here, without the host. Without a tag it is latest."),
    el(
      "details",
      {},
      el("summary", {}, "A whole registry, or some platforms"),
      field(
        "All that this rule's registry has",
        rule,
        "Many registries do not tell their repositories, Docker Hub and ghcr.io among them.",
      ),
      el(
        "div",
        { class: "columns" },
        field("Only repositories like", repositories),
        field("Only tags like", tags),
        field("Platforms", platforms, "Such as linux/amd64, or all."),
      ),
    ),
    wrong,
    el("div", { class: "actions start" }, button),
  );
  allRules()
    .then((all) => signal.aborted || rule.append(...all.map((each) => el("option", {}, each.ecrRepositoryPrefix))))
    .catch(() => {});
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    await begin(requestOf({ images, rule, repositories, tags, platforms }), wrong, () => {
      form.reset();
      begun();
    });
    button.disabled = false;
  });
  return form;
}

function field(label, input, hint) {
  const id = `${input.id}-hint`;
  if (hint) {
    input.setAttribute("aria-describedby", id);
  }
  return el(
    "div",
    { class: "field" },
    el("label", { for: input.id }, label),
    input,
    hint && el("p", { class: "hint", id }, hint),
  );
}

/** Comments may stand in lists, as the command line reads them. */
function requestOf({ images, rule, repositories, tags, platforms }) {
  const request = rule.value
    ? { rule: rule.value, repositories: wordsOf(repositories.value), tags: wordsOf(tags.value) }
    : {
        images: images.value
          .split("\n")
          .map((line) => line.replace(/#.*/, "").trim())
          .filter(Boolean),
      };
  return { ...request, platforms: wordsOf(platforms.value) };
}

function wordsOf(text) {
  return text.split(/[\s,]+/).filter(Boolean);
}

async function begin(request, wrong, done) {
  fill(wrong);
  if (!request.rule && request.images.length === 0) {
    fill(wrong, el("p", { class: "notice bad" }, "List at least one image, or choose a rule."));
    return;
  }
  try {
    const begun = await post(
      "warm-ups",
      Object.fromEntries(Object.entries(request).filter(([, value]) => value.length > 0)),
    );
    say(`Begun: ${many(begun.images.wanted, "image")} to bring in.`);
    done();
  } catch (error) {
    fill(
      wrong,
      el(
        "div",
        { class: "notice bad" },
        (error.messages ?? [error.message]).map((message) => el("p", {}, message)),
      ),
    );
  }
}
