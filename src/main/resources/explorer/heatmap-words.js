// What a heatmap says about a coin, in words.

import { largestCluster, lowestBin, sum, upperBins } from "./bins.js";
import { cohortName } from "./cohorts.js";
import { h, statement } from "./dom.js";
import { dateTime, money, percent, plural, priceRange } from "./formats.js";

/** Returns what a heatmap says: the largest cluster first. */
export function heatmapStatement(coin, bins) {
  const cluster = largestCluster(bins);
  const lowest = lowestBin(bins);
  if (!cluster) {
    return ["No position of " + coin + " would be liquidated at any price of the map."];
  }
  const share = 100 * cluster.value / sum(upperBins(bins));
  return [`The largest cluster of ${coin} is ${money(cluster.value)} at ${priceRange(cluster.start, cluster.end)}, ${cluster.mostly ? "mostly" : "most often"} of ${cohortName(cluster.cohort)}.`,
    `${plural(cluster.positions, "position")} in ${plural(cluster.bins, "price bin")}, ${percent(share)} of all liquidations above the lowest bin.`,
    lowest && lowest.value > 0 ? `The lowest bin, ${priceRange(lowest.start, lowest.end)}, holds ${money(lowest.value)} in ${
      plural(lowest.positions, "position")} (${cohortName(lowest.cohort)}): these are liquidated only if the price falls to almost nothing.` : null]
    .filter(Boolean);
}

/** Creates the statement of a heatmap, which is of the state of a time, or of null. */
export function statementPart(lines, stateTime) {
  return statement(lines,
    stateTime ? h("p", { class: "muted" }, "Computed by HyperTracker for its state of " + dateTime(new Date(stateTime)) + ".") : null);
}
