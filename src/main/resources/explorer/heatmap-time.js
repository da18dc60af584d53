// A heatmap over time, from the history: time by price, a slider, and the picture of one snapshot.

import { actions, picture } from "./actions.js";
import { within } from "./bins.js";
import { now } from "./client.js";
import { choice, h } from "./dom.js";
import { dateTime, plural } from "./formats.js";
import { chartHeight, csvRows, details, shownRange } from "./heatmap-parts.js";
import { modes, picturePart } from "./heatmap-picture.js";
import { heatmapStatement, statementPart } from "./heatmap-words.js";
import { RANGES } from "./history.js";
import { notice } from "./notices.js";
import { change } from "./route.js";
import { timeChart } from "./time-chart.js";

/** Returns the name of the range of time of a link. */
export function timeRange(params) {
  return RANGES.some(([name]) => name === params.get("range")) ? params.get("range") : "24h";
}

/** Creates the parts of the view of a coin over time. `path` is the request of the snapshots, `cost` the line of the current heatmap. */
export function timeParts(coin, { path, snapshots }, params, cost) {
  const range = timeRange(params);
  const usable = snapshots.filter((each) => each.bins.length > 0);
  const ranges = choice("Range of time", RANGES.map(([name, text]) => [name, text]), range,
    (name) => change({ range: name, at: null }));
  if (usable.length === 0) {
    return [h("section", { class: "card" }, h("div", { class: "tools" }, modes("time"), ranges),
      notice("No snapshots in this range", "The history has no heatmap of " + coin + " in the last "
        + RANGES.find(([name]) => name === range)[1] + ". It records each heatmap that is loaded from now on.")), cost];
  }
  const found = usable.findIndex((each) => each.time.toISOString() === params.get("at"));
  const chosen = found < 0 ? usable.length - 1 : found;
  const snapshot = usable[chosen];
  const prices = shownRange(usable.at(-1).bins, params);
  const choose = (index) => change({ at: index === usable.length - 1 ? null : usable[index].time.toISOString() });
  const chart = timeChart({ coin, snapshots: usable, range: prices, chosen, height: chartHeight(), onchoose: choose });
  const bars = picturePart(coin, snapshot.bins, prices, params);
  const label = h("output", {}, dateTime(snapshot.time));
  const slider = h("input", { type: "range", min: "0", max: String(usable.length - 1), value: String(chosen), id: "snapshot",
    "aria-valuetext": dateTime(snapshot.time), "aria-label": "Snapshot", oninput: () => {
      label.textContent = dateTime(usable[slider.valueAsNumber].time);
      slider.setAttribute("aria-valuetext", label.textContent);
    }, onchange: () => choose(slider.valueAsNumber) });
  const lines = heatmapStatement(coin, snapshot.bins);
  return [statementPart([`On ${dateTime(snapshot.time)}: ${lines[0][0].toLowerCase()}${lines[0].slice(1)}`, ...lines.slice(1)], null),
    h("section", { class: "card" }, h("div", { class: "tools" }, modes("time"), ranges), chart.element, chart.scale,
      h("div", { class: "slider" }, h("span", { "aria-hidden": "true" }, "Snapshot"), slider, label), bars.tools, bars.chart.element, bars.legend, bars.outside,
      actions({ path, free: true, accept: "application/x-ndjson", operation: "listSnapshots", name: "heatmap-" + coin + "-history",
        csv: () => csvRows(usable.flatMap((each) => within(each.bins, prices).map((bin) => ({ ...bin, time: each.time }))), true),
        png: () => picture({ title: `${coin} liquidation heatmap, ${dateTime(usable[0].time)} to ${dateTime(usable.at(-1).time)}`,
          lines: ["Snapshot of " + dateTime(snapshot.time) + ": " + lines[0]], canvases: [chart.canvas(), bars.chart.canvas()], legend: bars.colors }) }),
      h("p", { class: "muted" }, `${plural(usable.length, "snapshot")} from the gateway's history, since ${dateTime(usable[0].time)}${
        usable[0].time - now() > -3_600_000 * (RANGES.find(([name]) => name === range)[2] - 1) ? "; it has none before" : ""}. Reading it costs no call.`)),
    details(bars.shown)];
}
