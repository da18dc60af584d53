// Earlier snapshots of a heatmap, from the history of the gateway. They never cost an upstream call.

import { lines, now } from "./client.js";
import { readBins } from "./bins.js";

/** Ranges that can be chosen, with their hours. */
export const RANGES = [["6h", "6 hours", 6], ["24h", "24 hours", 24], ["3d", "3 days", 72], ["7d", "7 days", 168]];

const loaded = new Map();

/** Returns whether the gateway records heatmaps. */
export function hasHistory() {
  return document.documentElement.dataset.history.split(" ").includes("heatmap");
}

/** Returns the path of the snapshots of a coin in a range. */
export function historyPath(coin, range) {
  const hours = RANGES.find(([name]) => name === range)[2];
  const from = new Date(Math.floor(now().getTime() / 60_000) * 60_000 - hours * 3_600_000);
  return `api/history/heatmap/${encodeURIComponent(coin)}?from=${from.toISOString().slice(0, 19)}Z`;
}

/** Returns the snapshots of a coin in a range that were loaded before, or null. */
export function heldSnapshots(coin, range) {
  return loaded.get(coin + " " + range) ?? null;
}

/** Loads the snapshots of a coin in a range, oldest first. */
export async function loadSnapshots(coin, range, signal, progress) {
  const path = historyPath(coin, range);
  const snapshots = [];
  await lines(path, signal, (line) => {
    snapshots.push({ time: new Date(line.time), bins: readBins(line.body) });
    progress(snapshots.length);
  });
  const result = { path, snapshots };
  loaded.set(coin + " " + range, result);
  return result;
}

/** Forgets all snapshots. */
export function forgetSnapshots() {
  loaded.clear();
}
