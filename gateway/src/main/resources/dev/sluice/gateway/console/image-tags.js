// A tag: how fresh it is, and asking upstream now.

import { post } from "./api.js";
import { copyButton } from "./copy.js";
import { el, fill, nameOf, setAttribute, setText } from "./dom.js";
import { icon } from "./icons.js";
import { sentence } from "./notice.js";
import { isAdmin, pullLine } from "./session.js";
import { badge } from "./table.js";
import { secondsUntil, setTime, timeOf } from "./time.js";
import { say } from "./toast.js";

const TITLES = {
  confirmed: ["unchanged", "good"],
  moved: ["moved", "good"],
  kept: ["kept", "bad"],
  unknown: ["gone", "bad"],
};

/** A line about one tag. */
export function tagLine(repository, first, changed) {
  const stale = badge("stale", "warn");
  const checked = timeOf(null);
  const next = timeOf(null);
  const due = el("span");
  const reason = el("bdi", { class: "reason" });
  const element = el(
    "div",
    { class: "tag" },
    el(
      "div",
      { class: "beside" },
      nameOf(first.tag, "name tagname"),
      stale,
      copyButton(pullLine(repository, first.tag), "docker pull command"),
      isAdmin() ? checkButton(repository, first.tag, changed) : null,
    ),
    el("div", { class: "under" }, "checked ", checked, ", ", due),
    reason,
  );
  const update = (tag) => {
    setTime(checked, tag.checkedAt, "never");
    const isDue = !(secondsUntil(tag.nextCheckAt) > 0);
    setTime(next, tag.nextCheckAt);
    if (due.dataset.due !== String(isDue)) {
      due.dataset.due = String(isDue);
      fill(due, isDue ? "next with a pull" : ["next ", next]);
    }
    setText(stale, isDue ? "check due" : "stale");
    setAttribute(stale, "class", isDue ? "badge" : "badge warn");
    stale.hidden = !tag.stale;
    reason.hidden = !tag.reason;
    setText(reason, tag.reason ?? "");
    reason.classList.toggle("quiet", isDue);
  };
  return { element, update };
}

function checkButton(repository, tag, changed) {
  const button = el(
    "button",
    {
      type: "button",
      class: "ghost small",
      title: "Ask upstream now whether this tag has moved",
      "aria-label": `Check ${tag} now`,
    },
    icon("again"),
    "Check now",
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const answer = await post(`repositories/${encodeURIComponent(repository)}/check`, { tag });
      const [word, level] = TITLES[answer.outcome] ?? [answer.outcome, "bad"];
      const message = String(answer.message || word);
      say(message.startsWith(tag) ? message : `${tag}: ${message}`, level);
      changed();
    } catch (error) {
      say(`${tag} could not be checked. ${sentence(error)}`, "bad");
    }
    button.disabled = false;
  });
  return button;
}
