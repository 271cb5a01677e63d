// Asks before something is done that cannot be undone.

import { el, fill } from "./dom.js";
import { sentence } from "./notice.js";

let number = 0;

/**
 * Shows what an action means, and does it where that is wanted. The dialog stays, with what went
 * wrong, until the action has succeeded. Answers whether it has.
 */
export function confirm({ title, body, action, act }) {
  const id = `dialog-${++number}`;
  const wrong = el("div", { "aria-live": "assertive" });
  const cancel = el("button", { type: "button" }, "Cancel");
  const go = el("button", { type: "submit", class: "danger" }, action);
  const form = el("form", { method: "dialog" }, wrong, el("div", { class: "actions" }, cancel, go));
  const dialog = el(
    "dialog",
    { "aria-labelledby": id },
    el("h2", { id }, title),
    body.map((part) => (typeof part === "string" ? el("p", {}, part) : part)),
    form,
  );
  let isDone = false;
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      await act();
      isDone = true;
      dialog.close();
    } catch (error) {
      fill(wrong, el("p", { class: "notice bad" }, sentence(error)));
      go.disabled = false;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  // What is safe has the focus.
  cancel.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(isDone);
    });
  });
}
