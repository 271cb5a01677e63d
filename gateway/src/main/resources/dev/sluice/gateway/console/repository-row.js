// A row of the list of repositories.

import { el, nameOf, setAttribute, setText } from "./dom.js";
import { bytes, count, many } from "./format.js";
import { repositoryPath } from "./router.js";
import { ruleName } from "./rules.js";
import { badge } from "./table.js";
import { secondsUntil, setTime, timeOf } from "./time.js";

const IS_STALE = "The last check of a tag failed; the last known image is served.";
const IS_DUE = "A tag is due for a check, which the next pull makes.";

/** It, made by `row` of its table, and how to show that something has changed. */
export function repositoryRow(repository, row) {
  const stale = badge("stale", "warn");
  const images = el("span");
  const size = el("span");
  const pulled = timeOf(null);
  const checked = timeOf(null);
  const next = timeOf(null);
  const element = row(
    el(
      "span",
      { class: "beside" },
      el("a", { href: `#${repositoryPath(repository.name)}` }, nameOf(repository.name)),
      stale,
    ),
    repository.rule ? ruleName(repository.rule, "calm") : el("span", { class: "quiet" }, "–"),
    repository.pullThrough
      ? badge("active", "good", "New images are fetched by its rule.")
      : badge("inactive", "", "No rule covers it any more; what is cached is served."),
    images,
    size,
    pulled,
    checked,
    next,
  );
  return { element, update: (now) => update(now, { stale, images, size, pulled, checked, next }) };
}

function update(repository, { stale, images, size, pulled, checked, next }) {
  // What only waits for its next pull is no trouble.
  const isDue = !(secondsUntil(repository.nextCheckAt) > 0);
  setText(stale, isDue ? "check due" : "stale");
  setAttribute(stale, "class", isDue ? "badge" : "badge warn");
  setAttribute(stale, "title", isDue ? IS_DUE : IS_STALE);
  stale.hidden = !repository.stale || !repository.pullThrough;
  setText(images, count(repository.images));
  images.title = many(repository.tags ?? 0, "tag");
  setText(size, bytes(repository.bytes));
  setTime(pulled, repository.pulledAt, "never");
  setTime(checked, repository.checkedAt, "never");
  setTime(next, repository.nextCheckAt);
}
