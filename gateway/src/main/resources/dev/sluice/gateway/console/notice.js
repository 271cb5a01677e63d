// What stands where there is nothing to show yet, nothing at all, or something went wrong.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

/** Shown while something is on its way, and only when that takes a while. */
export function loading(what) {
  return el("p", { class: "loading", role: "status" }, `Loading ${what} …`);
}

/** A place with nothing in it: what it would hold, and what to do. */
export function empty(title, ...body) {
  return el("div", { class: "empty" }, el("h2", {}, title), body.map(paragraph));
}

/** What happened, and what to do about it; `again` tries once more. */
export function failed(error, again) {
  const retry = again && el("button", { type: "button", on: { click: again } }, icon("again"), "Try again");
  return el(
    "div",
    { class: "notice bad", role: "alert" },
    el("p", { class: "strong" }, titleOf(error)),
    (error.messages ?? [error.message]).map((message) => el("p", {}, message)),
    el("p", { class: "quiet" }, adviceOn(error)),
    retry,
  );
}

/** Puts what `load` brings into a place, which says meanwhile what is coming. */
export async function loadInto(place, what, load, signal) {
  fill(place, loading(what));
  try {
    const element = await load();
    if (!signal.aborted) {
      fill(place, element);
    }
  } catch (error) {
    if (!signal.aborted && error.name !== "AbortError") {
      fill(
        place,
        failed(error, () => loadInto(place, what, load, signal)),
      );
    }
  }
}

/** The message of an error for a line of its own. */
export function sentence(error) {
  return (error.messages ?? [error.message]).join(" ");
}

function paragraph(part) {
  return typeof part === "string" ? el("p", {}, part) : part;
}

function titleOf(error) {
  if (error.status === 0) {
    return "No answer";
  }
  if (error.status === 403) {
    return "Not yours to see";
  }
  return error.status === 404 || /NotFound/.test(error.code ?? "") ? "Not here" : "That did not work";
}

function adviceOn(error) {
  if (error.status === 0) {
    return "Is the node running? Its log says why it ended.";
  }
  if (error.status === 403) {
    return "The operator gives grants under access in the configuration.";
  }
  if (error.status === 429 || error.status === 503) {
    return `Try again in ${Math.max(1, error.retryAfter ?? 1)} s.`;
  }
  return error.status >= 500 && !/\blog\b/.test(error.message ?? "") ? "The node's log says why." : "";
}

/** A page that only administrators see. */
export function forAdmins(title) {
  const refused = failed({ status: 403, message: "This page is for those with the grant admin." });
  return { title, element: el("div", {}, el("header", { class: "head" }, el("h1", {}, title)), refused) };
}
