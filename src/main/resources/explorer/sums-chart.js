// The picture of liquidations by side: longs above the line, shorts below it.

import { axis, createChart, ratio, timeAxis, utc } from "./chart.js";
import { themeColor } from "./dom.js";
import { axisMoney, dateTime, fullMoney, plural } from "./formats.js";

/** Creates the chart of sums in intervals of the given seconds. */
export function sumsChart({ sums, seconds, height, label }) {
  const starts = sums.map((each) => each.start);
  const largest = Math.max(1, ...sums.map((each) => Math.max(each.long, each.short)));
  const from = starts[0] - seconds * 0.2;
  const to = starts.at(-1) + seconds * 1.2;

  function draw(plot) {
    const { ctx, bbox } = plot;
    const zero = plot.valToPos(0, "y", true);
    ctx.save();
    for (const each of sums) {
      const x = plot.valToPos(each.start, "x", true);
      const slot = plot.valToPos(each.start + seconds, "x", true) - x;
      const width = Math.max(1, Math.min(slot - Math.max(1, slot * 0.14), 90 * ratio()));
      for (const [value, color] of [[each.long, "--long"], [-each.short, "--short"]]) {
        const y = plot.valToPos(value, "y", true);
        ctx.fillStyle = themeColor(color);
        ctx.fillRect(x + (slot - width) / 2, Math.min(y, zero), width, Math.abs(y - zero));
      }
    }
    ctx.fillStyle = themeColor("--muted");
    ctx.fillRect(bbox.left, zero, bbox.width, ratio());
    ctx.restore();
  }

  return createChart({
    label, height, length: sums.length,
    data: [starts, starts],
    options: (width) => ({
      padding: [10, 26, 0, 0],
      tzDate: utc,
      scales: { x: { time: true, range: () => [from, to] }, y: { range: () => [-largest * 1.08, largest * 1.08] } },
      axes: [timeAxis({ space: width < 500 ? 56 : 90 }),
        axis({ values: (plot, values) => values.map((value) => axisMoney(Math.abs(value))), size: 62 })],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [draw] },
    }),
    at: (plot, left) => {
      const time = plot.posToVal(left, "x");
      return starts.findIndex((start) => start <= time && time < start + seconds);
    },
    position: (plot, index) => ({ left: plot.valToPos(starts[index] + seconds / 2, "x"), top: plot.valToPos(sums[index].long, "y") }),
    describe: (index) => [dateTime(new Date(starts[index] * 1000)),
      `longs ${fullMoney(sums[index].long)}, ${plural(sums[index].longs, "fill")}`,
      `shorts ${fullMoney(sums[index].short)}, ${plural(sums[index].shorts, "fill")}`],
  });
}
