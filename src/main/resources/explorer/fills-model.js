// Liquidation fills: those of liquidated wallets, by side, in equal intervals of time.

import { entryOf } from "./lookup.js";

/** Number of fills of a page. */
export const LIMIT = 500;

/** Sides: the letter of the API, the name of the liquidated position, and what was done. */
export const SIDES = { A: ["long", "Long, sold"], B: ["short", "Short, bought back"] };

/** Returns the path of the newest fills, of one coin or of all, or of the page of a cursor. */
export function fillsPath(coin, cursor) {
  return `api/external/fills/liquidation?limit=${LIMIT}` + (coin ? "&coin=" + encodeURIComponent(coin) : "")
    + (cursor ? "&nextCursor=" + encodeURIComponent(cursor) : "");
}

/** Returns the text that no other fill has: each side of a trade is a fill of its wallet. */
export function keyOf(fill) {
  return `${fill.tid} ${fill.address} ${fill.side}`;
}

/** Returns whether the wallet of a fill is the liquidated one. */
export function isLiquidated(fill) {
  return !fill.liquidatedUser || String(fill.liquidatedUser).toLowerCase() === String(fill.address).toLowerCase();
}

/**
 * Returns fills of several pages or a stream as one list, each once, the newest first. `pages` are
 * pairs of a fill and when it was fetched. Fills of the other side of a trade, whose wallet was not
 * liquidated, are left out.
 */
export function merge(pages) {
  const fills = new Map();
  for (const [fill, fetched] of pages.flat()) {
    if (isLiquidated(fill)) {
      fills.set(keyOf(fill), { coin: String(fill.coin), side: fill.side, time: new Date(fill.time),
        price: Number(fill.px), size: Number(fill.sz), value: Number(fill.px) * Number(fill.sz), wallet: String(fill.address),
        pnl: Number(fill.closedPnl), method: fill.liquidationMethod ?? "", fetched });
    }
  }
  return [...fills.values()].filter((fill) => Number.isFinite(fill.time.getTime())).sort((one, other) => other.time - one.time);
}

/** Returns the path of fills between two times, oldest first, of one coin or of all. */
export function betweenPath({ from, to }, coin) {
  return `api/external/fills/liquidation?limit=1000&start=${from}&end=${to}` + (coin ? "&coin=" + encodeURIComponent(coin) : "");
}

/** Returns the path of the stream of fills. */
export function streamPath({ coin, side, least }) {
  const query = new URLSearchParams();
  Object.entries({ coin, side, "min-value": least || "" }).forEach(([name, value]) => value && query.set(name, value));
  return "api/stream/fills/liquidation" + (query.size ? "?" + query : "");
}

/** Returns the interval that suits the fills, in seconds: a day, an hour, ten minutes or a minute. */
export function interval(fills) {
  const span = fills.length ? (fills[0].time - fills.at(-1).time) / 1000 : 0;
  return span > 3 * 86_400 ? 86_400 : span >= 3 * 3600 ? 3600 : span >= 1800 ? 600 : 60;
}

/** Returns the sums of fills by side in intervals of the given seconds, the oldest first, each `fetched` when its last fill was. */
export function sums(fills, seconds) {
  const buckets = new Map();
  for (const fill of fills) {
    const start = Math.floor(fill.time.getTime() / 1000 / seconds) * seconds;
    const bucket = buckets.get(start) ?? { start, long: 0, short: 0, longs: 0, shorts: 0, fetched: fill.fetched };
    const [side] = entryOf(SIDES, fill.side) ?? SIDES.A;
    bucket[side] += fill.value;
    bucket[side + "s"]++;
    bucket.fetched = fill.fetched > bucket.fetched ? fill.fetched : bucket.fetched;
    buckets.set(start, bucket);
  }
  return [...buckets.values()].sort((one, other) => one.start - other.start);
}
