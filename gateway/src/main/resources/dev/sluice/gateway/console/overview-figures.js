// The figures at the head of the overview.

import { sparkline } from "./chart.js";
import { el, setText } from "./dom.js";
import { byteRate, bytes, many, percent, perSecond, shortCount } from "./format.js";
import { asked, MINUTES, recent } from "./history.js";
import { meter } from "./meter.js";

/** Four figures; `update` takes an overview. */
export function figures() {
  const all = [pullsFigure(), ratioFigure(), savedFigure(), storedFigure()];
  const element = el(
    "section",
    { class: "figures", "aria-label": "Figures" },
    all.map((each) => each.element),
  );
  return { element, update: (overview) => all.forEach((each) => each.update(overview)) };
}

function figure(title, below) {
  const value = el("p", { class: "value" }, "–");
  const detail = el("p", { class: "detail" });
  const element = el("div", { class: "figure" }, el("h2", {}, title), value, detail, below);
  return {
    element,
    show: (number, text) => {
      setText(value, number);
      setText(detail, text);
    },
  };
}

function pullsFigure() {
  const chart = sparkline(["pulls"], `Pulls per second in the last ${MINUTES} minutes`);
  const { element, show } = figure("Pulls per second", chart.element);
  return {
    element,
    update: (overview) => {
      const now = overview.nodes.reduce((sum, node) => sum + (node.pullsPerSecond ?? 0), 0);
      show(
        perSecond(now),
        `${shortCount(overview.totals.requests)} ${overview.totals.requests === 1 ? "request" : "requests"} since the start`,
      );
      chart.update(recent());
    },
  };
}

function ratioFigure() {
  const chart = sparkline(["hitRatio"], `Hit ratio in the last ${MINUTES} minutes`);
  const { element, show } = figure("Hit ratio", chart.element);
  return {
    element,
    update: ({ totals }) => {
      const all = asked(totals);
      const parts = [
        `${shortCount(totals.misses)} missed`,
        totals.coalesced > 0 && `${shortCount(totals.coalesced)} joined a fill`,
        totals.stale > 0 && `${shortCount(totals.stale)} stale`,
      ];
      show(
        all > 0 ? percent(totals.hits / all) : "–",
        all > 0 ? parts.filter(Boolean).join(" · ") : "nothing pulled yet",
      );
      chart.update(recent(), 1.04);
    },
  };
}

function savedFigure() {
  const chart = sparkline(["served", "fetched"], `Bytes served and fetched in the last ${MINUTES} minutes`);
  const { element, show } = figure("Saved", chart.element);
  return {
    element,
    update: ({ totals }) => {
      const saved = Math.max(0, totals.bytesServed - totals.bytesFromUpstream);
      show(bytes(saved), `${bytes(totals.bytesServed)} served, ${bytes(totals.bytesFromUpstream)} fetched`);
      const last = recent().at(-1);
      element.title = `Now ${byteRate(last?.served)} served, ${byteRate(last?.fetched)} fetched`;
      chart.update(recent());
    },
  };
}

function storedFigure() {
  const bar = meter("Storage used");
  const { element, show } = figure("Stored", bar.element);
  return {
    element,
    update: ({ nodes }) => {
      const stores = nodes.filter((node) => node.answering && node.storage).map((node) => node.storage);
      const used = stores.reduce((sum, store) => sum + store.usedBytes, 0);
      const limited = stores.filter((store) => store.limitBytes > 0);
      const limit = limited.reduce((sum, store) => sum + store.limitBytes, 0);
      const where = many(stores.length, "node");
      show(bytes(used), limit > 0 ? `of ${bytes(limit)} on ${where}` : `on ${where}, without a limit`);
      bar.element.hidden = limit === 0;
      const ratio = limit > 0 ? used / limit : 0;
      bar.update(ratio, stores.some((store) => store.refusing) ? "bad" : ratio > 0.95 ? "warn" : "", percent(ratio));
    },
  };
}
