// Text that is there to be copied.

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./toast.js";

const DONE_FOR = 1_500;

/** A button that copies a text; `what` names it, such as `digest`. */
export function copyButton(text, what) {
  const button = el("button", {
    type: "button",
    class: "ghost small",
    title: `Copy ${what}`,
    "aria-label": `Copy ${what}`,
  });
  fill(button, icon("copy"));
  button.addEventListener("click", async () => {
    if (await copied(text)) {
      fill(button, icon("done"));
      setTimeout(() => fill(button, icon("copy")), DONE_FOR);
      say(`Copied the ${what}.`);
    } else {
      say(`This browser does not let pages copy; select the ${what} and copy it yourself.`, "bad");
    }
  });
  return button;
}

/** A command on a line of its own, with its button. */
export function command(line) {
  return el("div", { class: "command" }, el("code", { tabindex: "0" }, line), copyButton(line, "command"));
}

/** Browsers have a clipboard for pages only over TLS or on the machine itself. */
async function copied(text) {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copiedBySelection(text);
    }
  }
  return copiedBySelection(text);
}

function copiedBySelection(text) {
  const before = document.activeElement;
  const field = el("textarea", { class: "unseen", readonly: true, "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  before?.focus();
  return isDone;
}
