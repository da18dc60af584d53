// The picture of a heatmap: a bar for each price bin, in the colour of its most impacted cohort.

import { largestCluster, within } from "./bins.js";
import { axis, createChart, ratio } from "./chart.js";
import { cohortColor, cohortName } from "./cohorts.js";
import { themeColor } from "./dom.js";
import { axisMoney, fullMoney, plural, price, priceRange } from "./formats.js";

const DECADES = 5;

/** Creates the chart of the bins in a range of prices. */
export function binsChart({ coin, bins, range, log, highlight, height, onzoom, onkey }) {
  const shown = within(bins, range);
  const cluster = largestCluster(bins);
  const largest = Math.max(0, ...shown.map((bin) => bin.value));
  const smallest = Math.min(...shown.map((bin) => bin.value).filter((value) => value > 0));
  const floor = log ? 10 ** Math.floor(Math.log10(Math.max(smallest, largest / 10 ** DECADES))) : 0;

  function draw(plot) {
    const { ctx, bbox } = plot;
    const left = (value) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(value, "x", true)));
    ctx.save();
    if (cluster && cluster.end > range[0] && cluster.start < range[1]) {
      const x = left(cluster.start);
      const width = Math.max(2 * ratio(), left(cluster.end) - x);
      ctx.fillStyle = themeColor("--cluster");
      ctx.fillRect(x - 3 * ratio(), bbox.top, width + 6 * ratio(), bbox.height);
      label(ctx, bbox, x + width / 2);
    }
    for (const bin of shown.filter((each) => each.value > floor)) {
      const x = left(bin.start);
      const width = left(bin.end) - x;
      const y = plot.valToPos(bin.value, "y", true);
      const gap = width > 4 * ratio() ? ratio() : width > 2 * ratio() ? 0.5 : 0;
      ctx.globalAlpha = highlight === null || highlight === bin.cohort ? 1 : 0.18;
      ctx.fillStyle = themeColor(cohortColor(bin.cohort));
      ctx.fillRect(x, Math.min(y, bbox.top + bbox.height - ratio()), Math.max(width - gap, 1),
        Math.max(ratio(), bbox.top + bbox.height - y));
    }
    ctx.restore();
  }

  function label(ctx, bbox, middle) {
    const text = "largest cluster";
    ctx.font = `600 ${11 * ratio()}px system-ui, sans-serif`;
    const half = ctx.measureText(text).width / 2;
    ctx.textAlign = "center";
    ctx.fillStyle = themeColor("--accent");
    ctx.fillText(text, Math.min(bbox.left + bbox.width - half, Math.max(bbox.left + half, middle)), bbox.top - 6 * ratio());
  }

  return createChart({
    label: `Liquidation value of ${coin} by price, ${shown.length} bins`,
    height,
    length: shown.length,
    data: [shown.map((bin) => (bin.start + bin.end) / 2), shown.map((bin) => Math.max(bin.value, floor))],
    options: (width) => ({
      padding: [22, 26, 0, 0],
      scales: { x: { time: false, range: () => range },
        y: { distr: log ? 3 : 1, range: () => log ? [floor, 10 ** Math.ceil(Math.log10(largest * 1.001))] : [0, largest * 1.06 || 1] } },
      axes: [axis({ values: (plot, values) => values.map(price), space: width < 500 ? 70 : 90, size: 30 }),
        axis({ values: (plot, values) => values.map((value) => value === null ? "" : axisMoney(value)), size: 62 })],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [draw] },
    }),
    at: (plot, x) => {
      const value = plot.posToVal(x, "x");
      return shown.findIndex((bin) => bin.start <= value && value < bin.end);
    },
    position: (plot, index) => ({ left: plot.valToPos((shown[index].start + shown[index].end) / 2, "x"),
      top: Math.min(plot.over.clientHeight - 40, plot.valToPos(Math.max(shown[index].value, floor || 0), "y")) }),
    describe: (index) => describe(shown[index]),
    onselect: onzoom,
    onkey,
  });
}

function describe(bin) {
  return [priceRange(bin.start, bin.end), fullMoney(bin.value) + " would be liquidated", plural(bin.positions, "position"),
    "most impacted cohort: " + cohortName(bin.cohort)];
}
