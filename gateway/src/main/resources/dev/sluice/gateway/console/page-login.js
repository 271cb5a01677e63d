// Logging in.

import { el, fill } from "./dom.js";
import { sentence } from "./notice.js";
import { logIn } from "./session.js";
import { brand } from "./shell.js";

/** The form; `onDone` is told when somebody is logged in. */
export function loginPage(why, onDone) {
  const name = el("input", {
    id: "name",
    name: "username",
    autocomplete: "username",
    required: true,
    spellcheck: "false",
    autocapitalize: "none",
  });
  const password = el("input", {
    id: "password",
    name: "password",
    type: "password",
    autocomplete: "current-password",
    required: true,
  });
  const wrong = el("div", { role: "alert" }, why && el("p", { class: "notice" }, why));
  const button = el("button", { type: "submit", class: "primary" }, "Log in");
  const form = el(
    "form",
    { class: "login", method: "post" },
    el("h1", { tabindex: "-1" }, "Log in to Sluice"),
    wrong,
    el("label", { for: "name" }, "User, or access key id"),
    name,
    el("label", { for: "password" }, "Password, or secret"),
    password,
    button,
    el("p", { class: "quiet" }, "These are the users and keys of access in the node's configuration."),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await logIn(name.value.trim(), password.value);
      onDone();
    } catch (error) {
      refuse(error, { wrong, button, password });
    }
  });
  document.title = "Log in · Sluice";
  queueMicrotask(() => name.focus());
  return el("div", { class: "gate" }, brand(), el("main", { id: "main", tabindex: "-1" }, form));
}

function refuse(error, { wrong, button, password }) {
  if (error.status === 429 || error.status === 503) {
    waitFor(error.retryAfter || 1, wrong, button);
    return;
  }
  button.disabled = false;
  const message =
    error.status === 401 ? "No user or key has this name and password. Mind upper and lower case." : sentence(error);
  fill(wrong, el("p", { class: "notice bad" }, message));
  password.select();
  password.focus();
}

/** Counts down until the node looks at passwords again. */
function waitFor(seconds, wrong, button) {
  const end = Date.now() + seconds * 1000;
  const left = el("span");
  fill(
    wrong,
    el(
      "p",
      { class: "notice bad" },
      "Too many wrong logins, so this one was not looked at. You can try again ",
      left,
      ".",
    ),
  );
  const tick = () => {
    const rest = Math.ceil((end - Date.now()) / 1000);
    left.textContent = rest > 0 ? `in ${rest} s` : "now";
    button.disabled = rest > 0;
    if (rest <= 0) {
      clearInterval(timer);
    }
  };
  const timer = setInterval(tick, 500);
  tick();
}
