// Evaluation of all lists of cohorts: a row for each coin, and the cohorts in most danger.

import { COHORTS } from "./cohorts.js";

/** Largest page that the endpoint has; it holds a whole cohort. */
export const LIMIT = 500;

/** Returns the path of the list of a cohort. */
export function riskPath(id) {
  return `api/external/${id}/assets/liquidation-risk?limit=${LIMIT}`;
}

/** Returns the assets of a response. */
export function assets(response) {
  return (response?.body?.items ?? []).map((item) => ({ coin: String(item.coin), open: Number(item.totalValue) || 0,
    risk: Number(item.riskValue) || 0, share: Number(item.percentRisk) || 0 }));
}

/** Returns the spelling of a coin among those that are known, in the case of the upstream, or as it is. */
export function spelling(known, coin) {
  return known.includes(coin) ? coin : known.find((each) => each.toLowerCase() === coin.toLowerCase()) ?? coin;
}

/** Returns the rows of the matrix: for each coin, the assets of the cohorts by id. */
export function matrix(responses, ids) {
  const rows = new Map();
  for (const id of ids) {
    for (const asset of assets(responses.get(id))) {
      const row = rows.get(asset.coin) ?? { coin: asset.coin, cells: new Map(), open: 0, risk: 0, share: 0 };
      row.cells.set(id, asset);
      row.open += asset.open;
      row.risk += asset.risk;
      row.share = Math.max(row.share, asset.share);
      rows.set(asset.coin, row);
    }
  }
  return [...rows.values()];
}

/** Orders of the rows of the matrix. */
export const ORDERS = {
  value: ["Most value at risk", (one, other) => other.risk - one.risk || other.open - one.open],
  share: ["Highest share at risk", (one, other) => other.share - one.share || other.risk - one.risk],
  open: ["Open interest", (one, other) => other.open - one.open],
  coin: ["Coin", (one, other) => one.coin.localeCompare(other.coin, "en", { sensitivity: "base" })],
};

/** Returns the cohorts with positions in a coin, the one with the highest share at risk first. */
export function ranking(responses, coin) {
  return COHORTS.flatMap((cohort) => {
    const asset = assets(responses.get(cohort.id)).find((each) => each.coin === coin);
    return asset ? [{ cohort, ...asset }] : [];
  }).sort((one, other) => other.share - one.share || other.risk - one.risk || other.open - one.open);
}

/**
 * Returns the cohort in most danger of a ranking, or null: the one with the highest share at risk
 * among those with at least a thousandth of the open interest. A large share of a tiny position is still little.
 */
export function mostEndangered(rows) {
  const open = rows.reduce((sum, row) => sum + row.open, 0);
  return rows.find((row) => row.share > 0 && !isSmall(row, open)) ?? null;
}

/** Returns whether a cohort has less than a thousandth of an open interest. */
export function isSmall(row, open) {
  return row.open < open / 1000;
}

/** Returns the step of the colour scale for a share in percent, 0 to 6. */
export function shareStep(share) {
  return [0, 2, 5, 10, 20, 40].filter((limit) => share > limit).length;
}

/** Returns the step of the colour scale for a value in dollars, 0 to 6. */
export function valueStep(value) {
  return [0, 1e3, 1e4, 1e5, 1e6, 1e7].filter((limit) => value > limit).length;
}
