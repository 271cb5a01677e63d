// Warm-ups: bringing images in before anybody pulls them.

import { get, remove } from "./api.js";
import { el, fill, keyed, nameOf, setAttribute, setText } from "./dom.js";
import { bytes, count, many, percent } from "./format.js";
import { empty, failed, forAdmins, loading, sentence } from "./notice.js";
import { meter } from "./meter.js";
import { isAdmin } from "./session.js";
import { timeOf } from "./time.js";
import { say } from "./toast.js";
import { warmUpForm } from "./warm-up-form.js";

const EVERY = 2_000;
const LEVELS = { running: "", done: "good", cancelled: "warn" };

/** The page. */
export function warmUpsPage({ signal }) {
  if (!isAdmin()) {
    return forAdmins("Warm-ups");
  }
  const place = el("div");
  const element = el(
    "div",
    {},
    el("header", { class: "head" }, el("h1", {}, "Warm-ups")),
    el(
      "p",
      { class: "lead" },
      "Bring images in before anybody pulls them: behind people's pulls, and within what upstream's rate limit leaves.",
    ),
    place,
  );
  const list = listOf(() => load());
  const load = () => refresh(list, signal);
  fill(place, warmUpForm(load, signal), list.element);
  load();
  const timer = setInterval(() => document.hidden || load(), EVERY);
  signal.addEventListener("abort", () => clearInterval(timer));
  return { title: "Warm-ups", element };
}

async function refresh(list, signal) {
  try {
    list.update((await get("warm-ups", signal)).warmUps);
  } catch (error) {
    if (!signal.aborted) {
      list.fail(error);
    }
  }
}

function listOf(again) {
  const list = el("ul", { class: "warmups" });
  const note = el("div", {}, loading("warm-ups"));
  const element = el(
    "section",
    { class: "panel", "aria-labelledby": "begun" },
    el("header", {}, el("h2", { id: "begun" }, "Begun on this node")),
    note,
    list,
  );
  let shown = "loading";
  const tell = (what, ...content) => {
    if (shown !== what) {
      shown = what;
      fill(note, content);
    }
  };
  return {
    element,
    update: (all) => {
      tell(
        all.length === 0 ? "none" : "some",
        all.length === 0 &&
          empty(
            "None yet",
            "List images above, and they are here before the first pull. A warm-up belongs to the node that was asked, and is forgotten when that ends.",
          ),
      );
      keyed(
        list,
        all,
        (each) => each.id,
        (each) => line(each, again),
      );
    },
    fail: (error) => tell("failed", failed(error, again)),
  };
}

function line(warmUp, again) {
  const bar = meter("Images that are here", "progressbar");
  const state = el("span", { class: "badge" });
  const amount = el("span", { class: "strong" });
  const detail = el("span", { class: "quiet" });
  const waits = el("p", { class: "reason" });
  const cancel = el("button", { type: "button", on: { click: () => end(warmUp.id, again) } }, "End it");
  const failures = failuresOf(warmUp.id);
  const element = el(
    "li",
    {},
    el(
      "div",
      { class: "beside" },
      state,
      amount,
      detail,
      el("span", { class: "quiet" }, "begun ", timeOf(warmUp.startedAt)),
      cancel,
    ),
    bar.element,
    waits,
    failures.element,
  );
  const update = (now) => {
    const { wanted, done, failed: wrong } = now.images;
    setText(state, now.state);
    setAttribute(state, "class", `badge ${LEVELS[now.state] ?? ""}`);
    setText(amount, `${count(done)} of ${many(wanted, "image")}${now.listed ? "" : " so far"}`);
    setText(detail, `${many(now.blobs, "blob")}, ${bytes(now.bytes)} brought in`);
    const ratio = wanted > 0 ? (done + wrong) / wanted : null;
    bar.update(
      now.state === "running" && !now.listed ? null : ratio,
      wrong > 0 ? "warn" : now.state === "running" ? "" : "done",
      percent(ratio),
    );
    waits.hidden = !now.waitsFor;
    setText(waits, now.waitsFor ? `Waits: ${now.waitsFor}` : "");
    cancel.hidden = now.state !== "running";
    failures.update(wrong);
  };
  return { element, update };
}

/** What has failed is many words, so it is read when somebody wants to know. */
function failuresOf(id) {
  const title = el("summary");
  const body = el("ul", { class: "failures" });
  const element = el("details", {}, title, body);
  let known = 0;
  let wrong = 0;
  const read = async () => {
    if (!element.open || known === wrong) {
      return;
    }
    known = wrong;
    try {
      const { failures } = await get(`warm-ups/${encodeURIComponent(id)}`);
      keyed(
        body,
        failures,
        (each) => each.image,
        (each) => ({ element: el("li", {}, nameOf(each.image), el("bdi", { class: "reason" }, each.why)) }),
      );
    } catch (error) {
      known = 0;
      say(sentence(error), "bad");
    }
  };
  element.addEventListener("toggle", read);
  const update = (now) => {
    wrong = now;
    element.hidden = now === 0;
    setText(title, `${many(now, "image")} failed`);
    read();
  };
  return { element, update };
}

async function end(id, again) {
  try {
    await remove(`warm-ups/${encodeURIComponent(id)}`);
    say("The warm-up is ended. What it has brought in stays.");
    again();
  } catch (error) {
    say(sentence(error), "bad");
  }
}
