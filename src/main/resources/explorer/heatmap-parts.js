// Parts of the view of a heatmap: its range, its table, its file.

import { mainRange, sum, within } from "./bins.js";
import { fetched } from "./client.js";
import { cohortColor, cohortName } from "./cohorts.js";
import { h, swatch, table } from "./dom.js";
import { count, fullMoney, money, percent, plural, priceRange } from "./formats.js";
import { change } from "./route.js";

/** Creates the text that says which bins are out of range. */
export function outside(bins, shown) {
  const hidden = bins.length - shown.length;
  const value = sum(bins) - sum(shown);
  return h("p", { class: "muted" }, hidden === 0 ? `All ${count(bins.length)} bins are shown.`
    : `Shown: ${count(shown.length)} of ${count(bins.length)} bins, ${money(sum(shown))}. Out of range: ${plural(hidden, "bin")} with ${money(value)}.`,
    hidden === 0 ? null : h("span", { class: "fine" }, " Drag over the picture to zoom."),
    " A cluster is a sequence of neighbouring bins that each hold at least a quarter of the value of the highest one.");
}

/** Creates the table behind the picture. */
export function details(shown) {
  const total = sum(shown);
  return h("details", { class: "card" }, h("summary", {}, `Table of the ${plural(shown.length, "bin")} shown`),
    table("Bins of the heatmap", [{ title: "Price" }, { title: "Value", number: true }, { title: "Share", number: true },
      { title: "Positions", number: true }, { title: "Most impacted cohort" }],
    [...shown].reverse().map((bin) => [priceRange(bin.start, bin.end), fullMoney(bin.value), percent(total ? 100 * bin.value / total : 0),
      count(bin.positions), h("span", { class: "cohort" }, swatch(cohortColor(bin.cohort)), cohortName(bin.cohort))])));
}

/**
 * Returns the rows of a CSV file; `timed` if the bins have the time of their snapshot. Otherwise the last columns
 * have the time of the state, if it is known, and the time at which the gateway loaded it, of a `source`.
 */
export function csvRows(bins, timed, source) {
  return [[...(timed ? ["time"] : []), "priceBinIndex", "priceBinStart", "priceBinEnd", "liquidationValue", "positionsCount",
    "mostImpactedSegment", "cohort", ...(source ? ["stateTime", "fetched"] : [])],
  ...bins.map((bin) => [...(timed ? [bin.time.toISOString()] : []), bin.index, bin.start, bin.end, bin.value, bin.positions, bin.cohort,
    cohortName(bin.cohort), ...(source ? [source.stateTime ?? "", fetched(source).toISOString()] : [])])];
}

/** Returns the range of prices of a link, or the main one. */
export function shownRange(bins, params) {
  const from = params.has("from") ? Number(params.get("from")) : NaN;
  const to = params.has("to") ? Number(params.get("to")) : NaN;
  if (!(from < to) || within(bins, [from, to]).length === 0) {
    return mainRange(bins);
  }
  return [Math.max(from, bins[0].start), Math.min(to, bins.at(-1).end)];
}

/** Shows another range of prices. */
export function setRange(from, to) {
  change({ from: Number(from.toPrecision(7)), to: Number(to.toPrecision(7)) });
}

/** Returns the height of a picture in pixels. */
export function chartHeight() {
  return window.innerWidth < 600 ? 280 : 380;
}
