// The images of a repository, those of an index below it.

import { ecr } from "./api.js";
import { copyButton } from "./copy.js";
import { confirm } from "./dialog.js";
import { el, fill, keyed, nameOf, setText } from "./dom.js";
import { bytes, kindOf, many, shortDigest } from "./format.js";
import { icon } from "./icons.js";
import { tagLine } from "./image-tags.js";
import { empty, sentence } from "./notice.js";
import { isAdmin } from "./session.js";
import { badge, table } from "./table.js";
import { setTime, timeOf } from "./time.js";
import { say } from "./toast.js";

const COLUMNS = [
  { label: "Image" },
  { label: "Type" },
  { label: "Platform", kind: "platform" },
  { label: "Size", kind: "number" },
  { label: "Pushed", kind: "number" },
  { label: "Pulled", kind: "number" },
  { label: ".Actions", kind: "last" },
];

/** The table; `update` takes the images, `changed` is called when one was deleted or checked. */
export function imageTree(repository, changed) {
  const { element: frame, body, row } = table("Images", COLUMNS, "images");
  const none = empty("No image is left in it", "The next pull brings one in.");
  const open = new Set();
  const context = { repository, changed, row, open, redraw: () => {} };
  let images = [];
  context.redraw = () =>
    keyed(
      body,
      rowsOf(images, open),
      // One that arrives meanwhile has another row: its type, and what may be done with it.
      (each) => `${each.key} ${each.cached !== false}`,
      (each) => line(each, context),
    );
  const element = el("section", { class: "panel", "aria-label": "Images" }, frame, none);
  const update = (all) => {
    images = all;
    frame.hidden = all.length === 0;
    none.hidden = all.length > 0;
    context.redraw();
  };
  return { element, update };
}

/** Each image once at the top unless it is a child of another; children below those that are open. */
function rowsOf(images, open) {
  const byDigest = new Map(images.map((image) => [image.digest, image]));
  const children = new Set(images.flatMap((image) => image.children ?? []));
  const rows = [];
  const add = (image, parent, level) => {
    const key = `${parent} ${image.digest}`;
    rows.push({ ...image, key, level, isOpen: open.has(key) });
    if (open.has(key) && level < 4) {
      (image.children ?? []).forEach((digest) =>
        add(byDigest.get(digest) ?? { digest, cached: false }, key, level + 1),
      );
    }
  };
  const isTop = (image) => !children.has(image.digest) || image.tags?.length > 0;
  [...images]
    .filter(isTop)
    .sort(byTime)
    .forEach((image) => add(image, "", 0));
  return rows;
}

function byTime(one, other) {
  return tagged(other) - tagged(one) || String(other.pushedAt ?? "").localeCompare(String(one.pushedAt ?? ""));
}

function tagged(image) {
  return image.tags?.length > 0 ? 1 : 0;
}

function line(image, context) {
  const toggle = toggleOf(image, context);
  const tags = el("div", { class: "tags" });
  const digest = el(
    "span",
    { class: "beside" },
    el("code", { class: "digest", title: image.digest }, shortDigest(image.digest)),
    copyButton(image.digest, "digest"),
  );
  const children = el("span", { class: "under" });
  const size = el("span");
  const pushed = timeOf(null);
  const pulled = timeOf(null);
  const element = context.row(
    el("div", { class: "image" }, toggle.element, el("div", {}, tags, digest, children)),
    typeOf(image),
    nameOf(image.platform || "–"),
    size,
    pushed,
    pulled,
    isAdmin() && image.cached !== false ? deletion(image, context) : null,
  );
  element.dataset.level = String(image.level);
  element.classList.toggle("absent", image.cached === false);
  const update = (now) => {
    toggle.update(now);
    keyed(
      tags,
      now.tags ?? [],
      (each) => each.tag,
      (each) => tagLine(context.repository, each, context.changed),
    );
    setText(children, childrenOf(now));
    setText(size, now.cached === false ? "" : bytes(now.bytes));
    setTime(pushed, now.pushedAt);
    setTime(pulled, now.pulledAt, now.cached === false ? "–" : "never");
  };
  return { element, update };
}

function childrenOf(image) {
  return image.children?.length > 0 ? many(image.children.length, "child", "children") : "";
}

/** Of an image the type of its configuration is told there. */
function isArtifact(image) {
  return Boolean(image.artifactType) && !/\.image\.config\.|\.container\.image\./.test(image.artifactType);
}

function typeOf(image) {
  if (image.cached === false && !image.mediaType) {
    return badge("not cached", "", "Nobody has pulled it yet; a pull fetches it.");
  }
  const word = isArtifact(image) ? "artifact" : kindOf(image.mediaType);
  const kind = el("span", { title: image.artifactType ?? image.mediaType }, word);
  return image.cached === false ? el("span", { class: "beside" }, kind, badge("not cached")) : kind;
}

function toggleOf(image, { open, redraw }) {
  const button = el("button", { type: "button", class: "ghost small toggle" }, icon("open"));
  button.addEventListener("click", () => {
    if (!open.delete(image.key)) {
      open.add(image.key);
    }
    redraw();
  });
  const update = (now) => {
    const hasChildren = now.children?.length > 0;
    button.classList.toggle("gone", !hasChildren);
    button.disabled = !hasChildren;
    button.setAttribute("aria-expanded", String(now.isOpen));
    button.setAttribute("aria-label", `Children of ${shortDigest(now.digest)}`);
  };
  return { element: button, update };
}

function deletion(image, { repository, changed }) {
  const button = el("button", {
    type: "button",
    class: "ghost small",
    title: "Delete this image",
    "aria-label": `Delete ${shortDigest(image.digest)}`,
  });
  fill(button, icon("trash"));
  button.addEventListener("click", async () => {
    const names = (image.tags ?? []).map((each) => each.tag).join(", ");
    const isDone = await confirm({
      title: `Delete ${names || shortDigest(image.digest)}?`,
      body: [
        el("p", {}, el("code", { class: "whole" }, `${repository}@${image.digest}`)),
        names
          ? "The image and its tags are no longer served from the cache."
          : "The image is no longer served from the cache.",
        "While a rule covers its name, the next pull fetches it from upstream again.",
      ],
      action: "Delete the image",
      act: () => removeImage(repository, image.digest),
    });
    if (isDone) {
      say("The image is deleted.");
      changed();
    }
  });
  return button;
}

async function removeImage(repositoryName, imageDigest) {
  const answer = await ecr("BatchDeleteImage", { repositoryName, imageIds: [{ imageDigest }] });
  const [failure] = answer.failures ?? [];
  if (failure) {
    throw new Error(sentence({ message: failure.failureReason ?? failure.failureCode }));
  }
}
