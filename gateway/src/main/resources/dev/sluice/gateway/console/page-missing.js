// An address that names nothing.

import { el } from "./dom.js";
import { empty } from "./notice.js";

/** Says so. */
export function missingPage() {
  const element = el(
    "div",
    {},
    el("h1", {}, "Nothing here"),
    empty("No page has this address.", el("p", {}, el("a", { href: "#/" }, "To the overview"))),
  );
  return { title: "Nothing here", element };
}
