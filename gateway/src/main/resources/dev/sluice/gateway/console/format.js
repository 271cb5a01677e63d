// Numbers and times as people read them.

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const NONE = "–";
const STEPS = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
];
const HAIR = 0.01;
const WHOLE = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** Three digits at most, such as `1.25 GiB`. */
export function bytes(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  let unit = 0;
  let left = value;
  while (left >= 1000 && unit < UNITS.length - 1) {
    left /= 1024;
    unit++;
  }
  return `${digits(left, unit === 0)} ${UNITS[unit]}`;
}

function digits(value, whole) {
  if (whole || value >= 100) {
    return String(Math.round(value));
  }
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Bytes each second. */
export function byteRate(value) {
  return isNumber(value) ? `${bytes(value)}/s` : NONE;
}

/** All digits, in groups. */
export function count(value) {
  return isNumber(value) ? WHOLE.format(value) : NONE;
}

/** Short from a hundred thousand on. */
export function shortCount(value) {
  return isNumber(value) && value >= 100_000 ? SHORT.format(value) : count(value);
}

/** Something each second, such as `0.4`, `12.5` or `140`. */
export function perSecond(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  return value >= 100 ? count(Math.round(value)) : value.toFixed(1);
}

/** A part of one, such as `98.4 %`; never rounded up to all or down to nothing. */
export function percent(ratio) {
  if (!isNumber(ratio)) {
    return NONE;
  }
  if (ratio <= 0 || ratio >= 1) {
    return ratio <= 0 ? "0 %" : "100 %";
  }
  return `${Math.min(99.9, Math.max(0.1, ratio * 100)).toFixed(1)} %`;
}

/** A length of time in its largest unit, such as `3 min`; what lacks a hair counts as whole. */
export function duration(seconds) {
  if (!isNumber(seconds)) {
    return NONE;
  }
  const step = STEPS.find(([length]) => seconds >= length * (1 - HAIR));
  return step ? `${Math.floor(seconds / step[0] + HAIR)} ${step[1]}` : `${Math.max(0, Math.round(seconds))} s`;
}

/** Milliseconds, as seconds from one second on. */
export function millis(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  return value >= 1000 ? `${digits(value / 1000, false)} s` : `${Math.round(value)} ms`;
}

/** `1 tag`, `2 tags`. */
export function many(number, one, several = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : several}`;
}

/** The beginning of a digest that people compare. */
export function shortDigest(digest) {
  const text = String(digest);
  const colon = text.indexOf(":");
  return colon > 0 ? text.slice(colon + 1, colon + 13) : text.slice(0, 12);
}

/** The last word of a media type that tells kinds of content apart. */
export function kindOf(mediaType) {
  const type = String(mediaType ?? "");
  if (/index|manifest\.list/.test(type)) {
    return "index";
  }
  return /manifest/.test(type) ? "image" : type || NONE;
}
