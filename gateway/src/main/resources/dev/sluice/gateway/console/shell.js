// What stands around every page: where one is, who one is, and whether what is seen is live.

import { el, fill, setAttribute, setText } from "./dom.js";
import { icon } from "./icons.js";
import { isAdmin, session } from "./session.js";
import { listen } from "./stream.js";

const PLACES = [
  ["/", "overview", "Overview"],
  ["/rules", "rules", "Rules"],
  ["/repositories", "repositories", "Repositories"],
  ["/warm-ups", "warmups", "Warm-ups"],
  ["/activity", "activity", "Activity"],
];

/** Who is not admin would be refused there. */
const OF_ADMINS = ["/rules", "/warm-ups"];

/** Builds it within an element; answers where pages go, and how to tell which one is shown. */
export function shell(place, onLogOut, signal) {
  const places = PLACES.filter(([path]) => isAdmin() || !OF_ADMINS.includes(path));
  const links = places.map(([path, drawing, word]) =>
    el("a", { href: `#${path}` }, icon(drawing), el("span", {}, word)),
  );
  const main = el("main", { id: "main", tabindex: "-1" });
  fill(
    place,
    el(
      "div",
      { class: "frame" },
      el("header", { class: "top" }, brand(), el("nav", { "aria-label": "Console" }, links), foot(onLogOut, signal)),
      main,
    ),
  );
  return { main, shown: (path) => mark(places, links, path) };
}

/** The name with its sign. */
export function brand() {
  return el(
    "a",
    { class: "brand", href: "#/" },
    el("img", { src: "/console/icon.svg", alt: "", width: "24", height: "24" }),
    "Sluice",
  );
}

function mark(places, links, path) {
  links.forEach((link, index) => {
    const own = places[index][0];
    const isHere = own === "/" ? path === "/" : path === own || path.startsWith(`${own}/`);
    setAttribute(link, "aria-current", isHere ? "page" : null);
  });
}

function foot(onLogOut, signal) {
  const who = session();
  return el(
    "div",
    { class: "foot" },
    liveSign(signal),
    el(
      "span",
      { class: "node", title: `Sluice ${who.version ?? ""}, node ${who.node ?? ""}` },
      `Node ${who.node ?? "–"}`,
    ),
    el(
      "span",
      { class: "who" },
      who.anonymous ? "This machine" : el("bdi", {}, who.name),
      who.admin
        ? null
        : el(
            "span",
            { class: "badge", title: "You see what you may pull; changes need the grant admin." },
            "read only",
          ),
    ),
    who.anonymous
      ? null
      : el(
          "button",
          { type: "button", class: "ghost", "aria-label": "Log out", on: { click: onLogOut } },
          icon("leave"),
          el("span", {}, "Log out"),
        ),
  );
}

function liveSign(signal) {
  const word = el("span", {}, "Connecting");
  const sign = el("span", { class: "live", role: "status" }, el("i", { class: "dot" }), word);
  listen(
    "state",
    (state) => {
      setAttribute(sign, "data-state", state);
      setText(word, state === "live" ? "Live" : "Connecting");
    },
    signal,
  );
  return sign;
}
