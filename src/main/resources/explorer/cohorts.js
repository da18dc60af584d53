// The cohorts, as docs/api.md names them. Ids are `segmentId` and `mostImpactedSegment`.

const EQUITY = "perp equity";
const PNL = "all-time perp PnL";

/** All cohorts: first by equity, the smallest first, then by PnL, the most profitable first. */
export const COHORTS = [
  [16, "Shrimp", EQUITY, "up to $250"], [1, "Fish", EQUITY, "$250 to $10k"], [2, "Dolphin", EQUITY, "$10k to $50k"],
  [3, "Apex Predator", EQUITY, "$50k to $100k"], [4, "Small Whale", EQUITY, "$100k to $500k"],
  [5, "Whale", EQUITY, "$500k to $1M"], [6, "Tidal Whale", EQUITY, "$1M to $5M"], [7, "Leviathan", EQUITY, "above $5M"],
  [8, "Money Printer", PNL, "above $1M"], [9, "Smart Money", PNL, "$100k to $1M"],
  [10, "Consistent Grinder", PNL, "$10k to $100k"], [11, "Humble Earner", PNL, "$0 to $10k"],
  [12, "Exit Liquidity", PNL, "-$10k to $0"], [13, "Semi-Rekt", PNL, "-$100k to -$10k"],
  [14, "Full Rekt", PNL, "-$1M to -$100k"], [15, "Giga-Rekt", PNL, "below -$1M"],
].map(([id, name, group, range]) => ({ id, name, group, range }));

/** The two groups, with the ids of the cohorts to show first; a wallet is in one cohort of each group. */
export const GROUPS = [["equity", "By equity", EQUITY, [7, 6, 5]], ["pnl", "By profit", PNL, [15, 8, 9]]];

const BY_ID = new Map(COHORTS.map((cohort) => [cohort.id, cohort]));

/** Returns the cohort of an id, or null. */
export function cohort(id) {
  return BY_ID.get(id) ?? null;
}

/** Returns the name of a cohort, or a text for an id that is null or unknown. */
export function cohortName(id) {
  return BY_ID.get(id)?.name ?? (id === null || id === undefined ? "no cohort" : "cohort " + id);
}

/** Returns the name of the custom property with the colour of a cohort. */
export function cohortColor(id) {
  return BY_ID.has(id) ? "--cohort-" + id : "--cohort-none";
}
