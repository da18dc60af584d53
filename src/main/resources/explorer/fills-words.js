// What fills say, in words: the sums by side, the time that they are from, and the filters.

import { axisMoney, count, dateTime, duration, money, plural, price } from "./formats.js";
import { SIDES } from "./fills-model.js";
import { entryOf } from "./lookup.js";

/** Shortest time without a fill, in seconds, that is said: a history with holes is not a history of its whole span. */
const HOLE = 86_400;

/** Returns what a filter leaves, such as `ETH, longs of $10k or more`, or an empty text if that is everything. */
export function filterText({ coin, side, least }) {
  const kind = side ? entryOf(SIDES, side)[0] + "s" : least ? "fills" : "";
  return [coin, kind + sizeText(least)].filter(Boolean).join(", ");
}

/** Returns the values of longs and shorts, or of the only side that a filter leaves. */
export function valueText(long, short, { side, least = 0 }, and = " and ") {
  return [["A", `${money(long)} of longs`], ["B", `${money(short)} of shorts`]].filter(([each]) => !side || each === side)
    .map(([, text]) => text).join(and) + sizeText(least);
}

/**
 * Returns what the fills that match a filter say, the headline first. `loaded` are all fills, the
 * newest first, and `seconds` the time for which they were watched, or null if it is that which they span.
 */
export function fillsStatement(fills, filter, loaded, seconds) {
  if (fills.length === 0) {
    return [loaded.length === 1 ? "The loaded fill does not match the filters." : `None of the ${count(loaded.length)} loaded fills matches the filters.`];
  }
  const [longs, shorts] = ["A", "B"].map((side) => fills.filter((fill) => fill.side === side));
  const value = (list) => list.reduce((total, fill) => total + fill.value, 0);
  const largest = fills.reduce((best, fill) => fill.value > best.value ? fill : best);
  const holes = holesOf(loaded);
  const empty = holes.reduce((total, hole) => total + hole.seconds, 0);
  const longest = holes.reduce((best, hole) => hole.seconds > (best?.seconds ?? 0) ? hole : best, null);
  return [`${filter.coin || "All coins"}: ${valueText(value(longs), value(shorts), filter)} liquidated within ${
    duration(seconds ?? (loaded[0].time - loaded.at(-1).time) / 1000)}${empty ? `, ${duration(empty)} of it without any loaded fill` : ""}.`,
  plural(fills.length, "fill") + (filter.side ? "" : `, ${count(longs.length)} of longs and ${count(shorts.length)} of shorts`) + `. The largest: ${
    money(largest.value)} of ${largest.coin}, ${entryOf(SIDES, largest.side)?.[1].toLowerCase() ?? ""}, at ${price(largest.price)}.`,
  longest ? `No loaded fill is from between ${dateTime(longest.from)} and ${dateTime(longest.to)}${holes.length > 1 ? ", the longest such time" : ""}.` : null].filter(Boolean);
}

function holesOf(loaded) {
  return loaded.slice(1).map((older, index) => ({ from: older.time, to: loaded[index].time, seconds: (loaded[index].time - older.time) / 1000 }))
    .filter(({ seconds }) => seconds >= HOLE);
}

function sizeText(least) {
  return least ? ` of ${axisMoney(least)} or more` : "";
}
