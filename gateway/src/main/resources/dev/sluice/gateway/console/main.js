// Where the console begins: logged in or not, then the page that the address names.

import { get, whenSessionEnds } from "./api.js";
import { fill } from "./dom.js";
import { clear, notePulls } from "./history.js";
import { failed } from "./notice.js";
import { activityPage } from "./page-activity.js";
import { loginPage } from "./page-login.js";
import { missingPage } from "./page-missing.js";
import { overviewPage } from "./page-overview.js";
import { repositoriesPage } from "./page-repositories.js";
import { repositoryPage } from "./page-repository.js";
import { ruleNewPage } from "./page-rule-new.js";
import { rulePage } from "./page-rule.js";
import { rulesPage } from "./page-rules.js";
import { warmUpsPage } from "./page-warm-ups.js";
import { currentPath, define, go, leave, showIn } from "./router.js";
import { forget, logOut, resume } from "./session.js";
import { shell } from "./shell.js";
import { listen, open, reset } from "./stream.js";
import { say } from "./toast.js";

const place = document.getElementById("shell");
let around = null;
let life = null;

function enter() {
  life = new AbortController();
  around = shell(place, logOutNow, life.signal);
  open();
  get("activity?limit=200", life.signal)
    .then((answer) => notePulls(answer.pulls))
    .catch(() => {});
  if (currentPath() === "/login") {
    history.replaceState(null, "", "#/");
  }
  showIn(around.main);
}

/** Everything of who was logged in goes, also what only this page remembers. */
function exit(why) {
  if (life?.signal.aborted) {
    return;
  }
  life?.abort();
  leave();
  reset();
  clear();
  forget();
  document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
  fill(place, loginPage(why, enter));
}

async function logOutNow() {
  try {
    await logOut();
    exit(null);
  } catch (error) {
    say(`You are still logged in: ${error.message}`, "bad");
  }
}

async function start() {
  try {
    if (await resume()) {
      enter();
    } else {
      exit(null);
    }
  } catch (error) {
    fill(place, failed(error, start));
  }
}

define([
  [/^\/$/, overviewPage],
  [/^\/rules$/, rulesPage],
  [/^\/rules\/new$/, ruleNewPage],
  [/^\/rules\/(.+)$/, rulePage],
  [/^\/repositories$/, repositoriesPage],
  [/^\/repositories\/(.+)$/, repositoryPage],
  [/^\/warm-ups$/, warmUpsPage],
  [/^\/activity$/, activityPage],
  [/^/, missingPage],
], (path) => around.shown(path));
whenSessionEnds(() => exit("Your login has ended. Log in again."));
listen("end", () => exit("Your login has ended. Log in again."));
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main")?.focus();
});
addEventListener("hashchange", () => {
  if (currentPath() === "/login" && life && !life.signal.aborted) {
    go("/");
  }
});
start();
