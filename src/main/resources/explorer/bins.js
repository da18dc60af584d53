// Evaluation of a heatmap: bins, the range worth showing, the largest cluster, sums of cohorts.

const SHOWN_SHARE = 0.9;
const CLUSTER_SHARE = 0.25;

/** Returns the path of the heatmap of a coin. */
export function heatmapPath(coin) {
  return `api/external/exports/coins/${encodeURIComponent(coin)}/liquidation-heatmap`;
}

/** Reads the bins of an export, in ascending order of price. */
export function readBins(body) {
  return (body?.heatmap ?? []).map((bin) => ({ index: bin.priceBinIndex, start: Number(bin.priceBinStart),
    end: Number(bin.priceBinEnd), value: Number(bin.liquidationValue) || 0, positions: Number(bin.positionsCount) || 0,
    cohort: bin.mostImpactedSegment ?? null }))
    .filter((bin) => Number.isFinite(bin.start) && Number.isFinite(bin.end) && bin.end > bin.start)
    .sort((one, other) => one.start - other.start);
}

/**
 * Returns the bin that begins at 0, or null. It holds the positions that only a price of almost nothing
 * liquidates, and would dwarf the others.
 */
export function lowestBin(bins) {
  return bins.length > 1 && bins[0].start === 0 ? bins[0] : null;
}

/** Returns the bins without the lowest one. */
export function upperBins(bins) {
  return lowestBin(bins) ? bins.slice(1) : bins;
}

/** Returns the range of prices to show first: the narrowest with 90 % of the value above the lowest bin. */
export function mainRange(bins) {
  const upper = upperBins(bins);
  const total = sum(upper);
  if (total === 0) {
    return upper.length ? [upper[0].start, upper.at(-1).end] : [0, 1];
  }
  let best = [0, upper.length - 1];
  let from = 0;
  let value = 0;
  for (let to = 0; to < upper.length; to++) {
    value += upper[to].value;
    while (value - upper[from].value >= total * SHOWN_SHARE) {
      value -= upper[from++].value;
    }
    if (value >= total * SHOWN_SHARE && to - from < best[1] - best[0]) {
      best = [from, to];
    }
  }
  const margin = Math.max(2, Math.round((best[1] - best[0]) * 0.04));
  return [upper[Math.max(0, best[0] - margin)].start, upper[Math.min(upper.length - 1, best[1] + margin)].end];
}

/**
 * Returns the largest cluster above the lowest bin, or null: neighbouring bins that each hold at
 * least a quarter of the value of the largest one, with the largest sum. `cohort` is the most impacted one of bins with
 * more than half of the value if `mostly`, else of the most bins.
 */
export function largestCluster(bins) {
  const upper = upperBins(bins);
  const peak = Math.max(0, ...upper.map((bin) => bin.value));
  if (peak === 0) {
    return null;
  }
  let best = [];
  let run = [];
  for (const bin of upper) {
    run = bin.value >= peak * CLUSTER_SHARE ? [...run, bin] : [];
    best = sum(run) > sum(best) ? run : best;
  }
  const hit = byCohort(best);
  const mostly = hit[0].value > sum(best) / 2;
  const often = hit.reduce((most, each) => each.bins > most.bins ? each : most);
  return { mostly, start: best[0].start, end: best.at(-1).end, value: sum(best), bins: best.length,
    positions: best.reduce((total, bin) => total + bin.positions, 0), cohort: (mostly ? hit[0] : often).cohort };
}

/** Returns the sums of bins by their most impacted cohort, the largest first. */
export function byCohort(bins) {
  const sums = new Map();
  for (const bin of bins) {
    const each = sums.get(bin.cohort) ?? { cohort: bin.cohort, value: 0, bins: 0 };
    each.value += bin.value;
    each.bins++;
    sums.set(bin.cohort, each);
  }
  return [...sums.values()].sort((one, other) => other.value - one.value);
}

/** Returns the bins of a range of prices. */
export function within(bins, [from, to]) {
  return bins.filter((bin) => bin.end > from && bin.start < to);
}

/** Returns the sum of the values of bins. */
export function sum(bins) {
  return bins.reduce((total, bin) => total + bin.value, 0);
}

/** Returns whether a logarithmic scale shows more of these bins than a linear one. */
export function needsLog(bins) {
  const values = bins.map((bin) => bin.value).filter((value) => value > 0).sort((one, other) => one - other);
  return values.length > 4 && values.at(-1) > 40 * values[Math.floor(values.length / 2)];
}
