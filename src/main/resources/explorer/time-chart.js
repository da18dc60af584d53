// The picture of a history: time from left to right, price from bottom to top, value as colour.

import { largestCluster, lowestBin } from "./bins.js";
import { axis, createChart, ratio, timeAxis, utc } from "./chart.js";
import { now } from "./client.js";
import { cohortName } from "./cohorts.js";
import { h, themeColor } from "./dom.js";
import { dateTime, fullMoney, money, plural, price, priceRange } from "./formats.js";

const DECADES = 2;
const STEPS = 64;

/** Creates the chart of snapshots; `chosen` is the index of the one that is marked. */
export function timeChart({ coin, snapshots, range, chosen, height, onchoose }) {
  const largest = Math.max(1, ...snapshots.map((each) => Math.max(0, ...visible(each, range).map((bin) => bin.value))));
  const seconds = snapshots.map((each) => each.time.getTime() / 1000);
  const gaps = seconds.slice(1).map((time, index) => time - seconds[index]).sort((one, other) => one - other);
  const usual = gaps.length ? gaps[Math.floor(gaps.length / 2)] : 1200;
  const colors = ramp();
  let pointer = null;

  function end(index) {
    // The last one holds until now, as nobody knows the next.
    return Math.min(seconds[index] + 3 * usual, seconds[index + 1] ?? Math.max(seconds[index] + 60, now().getTime() / 1000));
  }

  function draw(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    snapshots.forEach((snapshot, index) => {
      const x = Math.floor(plot.valToPos(seconds[index], "x", true));
      const width = Math.max(1, Math.ceil(plot.valToPos(end(index), "x", true)) - x);
      for (const bin of visible(snapshot, range)) {
        if (bin.value > 0) {
          const top = Math.floor(plot.valToPos(bin.end, "y", true));
          ctx.fillStyle = colors[Math.round(level(bin.value, largest) * (STEPS - 1))];
          ctx.fillRect(x, top, width, Math.max(1, Math.ceil(plot.valToPos(bin.start, "y", true)) - top));
        }
      }
    });
    const x = plot.valToPos(seconds[chosen], "x", true);
    ctx.strokeStyle = themeColor("--ink");
    ctx.lineWidth = 1.5 * ratio();
    ctx.strokeRect(x, bbox.top + 1, Math.max(3, plot.valToPos(end(chosen), "x", true) - x), bbox.height - 2);
    ctx.restore();
  }

  const chart = createChart({
    label: `Liquidation value of ${coin} by time and price, ${plural(snapshots.length, "snapshot")}`,
    height,
    length: snapshots.length,
    data: [seconds, seconds],
    options: (width) => ({
      padding: [10, 26, 0, 0],
      tzDate: utc,
      scales: { x: { time: true, range: () => [seconds[0], end(seconds.length - 1)] }, y: { range: () => range } },
      axes: [timeAxis({ space: width < 500 ? 56 : 80 }),
        axis({ values: (plot, values) => values.map(price), size: 68, grid: { show: false } })],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [draw] },
    }),
    at: (plot, left, top) => {
      pointer = { top, price: plot.posToVal(top, "y") };
      const time = plot.posToVal(left, "x");
      return seconds.findLastIndex((each) => each <= time);
    },
    position: (plot, index) => ({ left: plot.valToPos(seconds[index], "x"), top: pointer?.top ?? 40 }),
    describe: (index) => {
      const at = pointer?.price;
      pointer = pointer && { ...pointer, price: null };
      return describe(snapshots[index], at);
    },
    onkey: (key) => key === "Enter",
  });
  chart.element.addEventListener("click", (event) => {
    const box = chart.element.querySelector(".u-over")?.getBoundingClientRect();
    const share = box ? (event.clientX - box.left) / box.width : -1;
    const time = seconds[0] + share * (end(seconds.length - 1) - seconds[0]);
    const index = seconds.findLastIndex((each) => each <= time);
    if (share >= 0 && share <= 1 && index >= 0) {
      onchoose(index);
    }
  });
  return { ...chart, scale: scaleLegend(colors, largest) };
}

function describe(snapshot, at) {
  const bin = at === null || at === undefined ? null : snapshot.bins.find((each) => each.start <= at && at < each.end);
  if (bin) {
    return [dateTime(snapshot.time), priceRange(bin.start, bin.end), fullMoney(bin.value) + " would be liquidated",
      plural(bin.positions, "position"), "most impacted cohort: " + cohortName(bin.cohort)];
  }
  const cluster = largestCluster(snapshot.bins);
  return [dateTime(snapshot.time), cluster ? `largest cluster ${money(cluster.value)} at ${priceRange(cluster.start, cluster.end)}` : "no liquidations"];
}

function visible(snapshot, [from, to]) {
  const lowest = lowestBin(snapshot.bins);
  return snapshot.bins.filter((bin) => bin !== lowest && bin.end > from && bin.start < to);
}

function level(value, largest) {
  return Math.max(0, Math.min(1, 1 + Math.log10(value / largest) / DECADES));
}

function ramp() {
  const stops = themeColor("--ramp").split(",").map((stop) => stop.trim().match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16)));
  return Array.from({ length: STEPS }, (nothing, step) => {
    const position = step / (STEPS - 1) * (stops.length - 1);
    const from = stops[Math.floor(position)];
    const to = stops[Math.min(stops.length - 1, Math.floor(position) + 1)];
    return "rgb(" + from.map((part, index) => Math.round(part + (to[index] - part) * (position % 1))).join(" ") + ")";
  });
}

function scaleLegend(colors, largest) {
  const canvas = h("canvas", { width: "192", height: "10", "aria-hidden": "true" });
  const ctx = canvas.getContext("2d");
  colors.forEach((color, step) => {
    ctx.fillStyle = color;
    ctx.fillRect(step * 3, 0, 3, 10);
  });
  return h("div", { class: "ramp" }, h("span", {}, "≤ " + money(largest / 10 ** DECADES)), canvas,
    h("span", {}, money(largest) + " in a price bin"));
}
