// Texts of numbers and times, for people.

const UNITS = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"]];

/** Returns an amount of US dollars in short form: `$1.2M`, `$840`, `-$3.4k`. */
export function money(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }
  const size = Math.abs(value);
  const sign = value < 0 ? "-" : "";
  const [unit, suffix] = UNITS.find(([each]) => size >= each * 0.9995) ?? [1, ""];
  const scaled = size / unit;
  if (size > 0 && size < 0.01) {
    return sign + "<$0.01";
  }
  const digits = scaled >= 99.95 || (unit === 1 && scaled >= 10) ? 0 : unit === 1 ? 2 : scaled >= 9.995 ? 1 : 2;
  return sign + "$" + scaled.toFixed(size === 0 ? 0 : digits) + suffix;
}

/** Returns a round amount for an axis: `$10M` instead of `$10.0M`. */
export function axisMoney(value) {
  return money(value).replace(/\.?0+(?=[A-Za-z]?$)/, (zeros) => zeros.startsWith(".") ? "" : zeros);
}

/** Returns an amount of US dollars with all of its digits before the point: `$71,527,563`. */
export function fullMoney(value) {
  return Number.isFinite(value) ? "$" + value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 }) : "–";
}

/** Returns a price with about five significant digits: `$98,274`, `$38.12`, `$0.0000412`. */
export function price(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }
  const digits = value === 0 ? 0 : Math.max(0, 4 - Math.floor(Math.log10(Math.abs(value))));
  return "$" + value.toLocaleString("en-US", { maximumFractionDigits: Math.min(digits, 12) });
}

/** Returns a range of prices. */
export function priceRange(from, to) {
  return price(from) + " – " + price(to);
}

/** Returns a percentage: `12.3 %`, `0 %`, `<0.01 %`. */
export function percent(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }
  if (value > 0 && value < 0.01) {
    return "<0.01 %";
  }
  return (value === 0 ? "0" : value >= 99.95 ? value.toFixed(0) : value >= 9.95 ? value.toFixed(1) : value.toFixed(2)) + " %";
}

/** Returns a count with separators: `3,980`. */
export function count(value) {
  return Number.isFinite(value) ? value.toLocaleString("en-US") : "–";
}

/** Returns a count and its noun: `1 call`, `7 calls`. */
export function plural(value, noun) {
  return count(value) + " " + noun + (value === 1 ? "" : "s");
}

/** Returns a duration in its largest unit: `42 s`, `3 min`, `5 h`, `2 days`. */
export function duration(seconds) {
  const size = Math.max(0, Math.round(seconds));
  if (size < 90) {
    return size + " s";
  }
  if (size < 5400) {
    return Math.round(size / 60) + " min";
  }
  return size < 172_800 ? Math.round(size / 3600) + " h" : plural(Math.round(size / 86_400), "day");
}

/** Returns the time of day in UTC: `14:05:12`. */
export function timeOfDay(date) {
  return date.toISOString().slice(11, 19);
}

/** Returns date and time in UTC: `2026-11-02 14:05 UTC`. */
export function dateTime(date) {
  return date.toISOString().slice(0, 16).replace("T", " ") + " UTC";
}
