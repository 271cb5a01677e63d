// A line of the last minutes, without axes: the figure above it has the number.

import { setAttribute, svg } from "./dom.js";
import { MINUTES } from "./history.js";

/** A page that has just been opened has little to show, and shows it large. */
const LEAST = 60_000;
const WIDTH = 300;
const HEIGHT = 44;
/** Room for half of the line's thickness. */
const MARGIN = 2;
/** More between two samples means that nobody looked meanwhile. */
const GAP = 10_000;

/** A chart of as many series as it has names; each name is a class. */
export function sparkline(names, title) {
  const areas = names.map((name) => svg("path", { class: `area ${name}` }));
  const lines = names.map((name) => svg("path", { class: `line ${name}` }));
  const element = svg(
    "svg",
    {
      class: "spark",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": title,
    },
    areas,
    lines,
  );
  return { element, update: (samples, most) => draw(samples, names, { areas, lines, most }) };
}

function draw(samples, names, { areas, lines, most }) {
  const end = samples.at(-1)?.at ?? 0;
  const span = Math.max(LEAST, Math.min(MINUTES * 60_000, end - (samples[0]?.at ?? end)));
  const top = most ?? Math.max(1e-9, ...samples.flatMap((each) => names.map((name) => each[name] ?? 0))) * 1.08;
  names.forEach((name, index) => {
    const pieces = piecesOf(samples, name).map((piece) => piece.map((each) => point(each, name, { end, span, top })));
    setAttribute(lines[index], "d", pieces.map(path).join(""));
    setAttribute(areas[index], "d", pieces.map(closed).join(""));
  });
}

function piecesOf(samples, name) {
  const pieces = [];
  let last = null;
  for (const sample of samples.filter((each) => Number.isFinite(each[name]))) {
    if (last === null || sample.at - last > GAP) {
      pieces.push([]);
    }
    pieces.at(-1).push(sample);
    last = sample.at;
  }
  return pieces;
}

function point(sample, name, { end, span, top }) {
  const x = WIDTH * (1 - (end - sample.at) / span);
  const y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * Math.min(1, sample[name] / top);
  return [x.toFixed(1), y.toFixed(1)];
}

function path(points) {
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
}

function closed(points) {
  return `${path(points)}L${points.at(-1)[0]} ${HEIGHT}L${points[0][0]} ${HEIGHT}Z`;
}
