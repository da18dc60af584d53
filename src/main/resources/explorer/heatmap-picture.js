// The picture of a heatmap: liquidation value by price, with the tools that change it and its legend.

import { binsChart } from "./bins-chart.js";
import { byCohort, needsLog, within } from "./bins.js";
import { cohort, cohortColor, cohortName } from "./cohorts.js";
import { choice, h, swatch } from "./dom.js";
import { money, priceRange } from "./formats.js";
import { chartHeight, outside, setRange } from "./heatmap-parts.js";
import { hasHistory } from "./history.js";
import { change } from "./route.js";

/** Creates the picture of the bins of a coin in a range of prices: its tools, chart, legend and texts. */
export function picturePart(coin, bins, range, params) {
  const shown = within(bins, range);
  const log = params.get("scale") === "log" || (params.get("scale") !== "linear" && needsLog(shown));
  const chosen = Number(params.get("cohort")) || null;
  const sums = byCohort(shown).filter((each) => each.value > 0);
  const highlight = sums.some((each) => each.cohort === chosen) ? chosen : null;
  const zoom = (factor) => {
    const middle = (range[0] + range[1]) / 2;
    const half = (range[1] - range[0]) / 2 * factor;
    setRange(Math.max(bins[0].start, middle - half), Math.min(bins.at(-1).end, middle + half));
  };
  const move = (share) => {
    const by = Math.max(bins[0].start - range[0], Math.min(bins.at(-1).end - range[1], (range[1] - range[0]) * share));
    setRange(range[0] + by, range[1] + by);
  };
  const chart = binsChart({ coin, bins, range, log, highlight, height: chartHeight(), onzoom: setRange,
    onkey: (key) => {
      const act = { "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1.6), 0: () => change({ from: null, to: null }) }[key];
      act?.();
      return Boolean(act);
    } });
  const tools = h("div", { class: "tools" }, hasHistory() && params.get("mode") !== "time" ? modes("now") : null,
    choice("Scale of values", [["linear", "Linear"], ["log", "Log"]], log ? "log" : "linear", (scale) => change({ scale })),
    h("div", { class: "choice", role: "group", "aria-label": "Range of prices" },
      [["‹", "Lower prices", () => move(-0.4)], ["−", "Zoom out", () => zoom(1.6)], ["+", "Zoom in", () => zoom(0.6)],
        ["›", "Higher prices", () => move(0.4)]].map(([text, label, act]) => h("button", { type: "button", "aria-label": label,
        title: label, onclick: act }, text)),
      h("button", { type: "button", onclick: () => change({ from: null, to: null }) }, "Main range"),
      h("button", { type: "button", onclick: () => setRange(bins[0].start, bins.at(-1).end) }, "All")),
    h("span", { class: "range" }, priceRange(...range)));
  const colors = sums.map((each) => ({ color: cohortColor(each.cohort), name: `${cohortName(each.cohort)} ${money(each.value)}` }));
  const legend = h("div", { class: "legend", role: "group", "aria-label": "Most impacted cohorts; press one to highlight it" },
    h("p", { class: "muted all" }, "Values of the bins in which liquidations hit a cohort most. Press one to highlight its bins."),
    sums.map((each, index) => h("button", { type: "button", "aria-pressed": String(each.cohort === highlight), title: cohort(each.cohort)
      ? `${cohort(each.cohort).group} ${cohort(each.cohort).range}` : null,
    onclick: () => change({ cohort: each.cohort === highlight ? null : each.cohort }) },
    swatch(colors[index].color), cohortName(each.cohort), h("span", { class: "muted" }, money(each.value)))));
  return { shown, chart, tools, legend, colors, outside: outside(bins, shown) };
}

/** Creates the choice between the heatmap and its history. */
export function modes(mode) {
  return choice("Picture", [["now", "Now"], ["time", "Over time"]], mode, (chosen) => change({ mode: chosen === "now" ? null : chosen }));
}
