// A chart of uPlot in the page: its size, its colours, its tooltip, and its keys.

import uPlot from "./uplot.js";
import { announce, h, themeColor } from "./dom.js";

/** Returns an axis in the colours of the theme. */
export function axis(options) {
  return { stroke: themeColor("--muted"), font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif",
    grid: { stroke: themeColor("--grid"), width: 1 }, ticks: { show: false }, gap: 6, ...options };
}

/** Returns an axis of times in UTC, with the date where a day begins. */
export function timeAxis(options) {
  return axis({ size: 44, grid: { show: false }, values: (plot, times) => times.map((time, index) => {
    const at = new Date(time * 1000);
    const day = Math.floor(time / 86_400);
    const text = at.toISOString().slice(11, 16);
    return index > 0 && Math.floor(times[index - 1] / 86_400) === day ? text
      : text + "\n" + at.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  }), ...options });
}

/** Returns a pixel ratio of the screen, by which drawing functions scale lines and texts. */
export function ratio() {
  return uPlot.pxRatio;
}

/** Returns a date in UTC for uPlot. */
export function utc(seconds) {
  return uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC");
}

/**
 * Creates a chart that fills its width.
 *
 * `options()` returns those of uPlot, `data` its columns, `height` its height in pixels, `label` its
 * name. `describe(index)` returns the lines of the tooltip of a point, the first one bold; arrow keys
 * move through the points, and the same lines are announced. `at(chart, left, top)` returns the
 * index under the pointer. `onselect(from, to)` is called with the range of a drag, `onkey(key)` with
 * other keys.
 */
export function createChart({ options, data, height, label, length, describe, position, at, onselect, onkey }) {
  const tooltip = h("div", { class: "tooltip", hidden: true, "aria-hidden": "true" });
  const canvas = h("div", { class: "plot", css: { "min-height": height + "px" } });
  const element = h("div", { class: "chart", role: "group", tabindex: "0", "aria-label": label
    + ". Arrow keys move through the data, plus and minus zoom." }, canvas, tooltip);
  let selected = -1;
  let plot = null;

  function point(index, announced) {
    selected = index;
    if (index < 0 || index >= length) {
      tooltip.hidden = true;
      return;
    }
    const lines = describe(index);
    tooltip.replaceChildren(...lines.map((line, number) => h(number === 0 ? "strong" : "span", {}, line)));
    tooltip.hidden = false;
    const { left, top } = position(plot, index);
    const box = plot.over.getBoundingClientRect();
    const frame = element.getBoundingClientRect();
    const x = Math.min(Math.max(4, box.left - frame.left + left + 14), frame.width - tooltip.offsetWidth - 4);
    const overlaps = x < box.left - frame.left + left + 8;
    const y = box.top - frame.top + top;
    tooltip.style.setProperty("left", x + "px");
    tooltip.style.setProperty("top", Math.max(2, overlaps ? y - tooltip.offsetHeight - 14 : y - tooltip.offsetHeight / 2) + "px");
    if (announced) {
      plot.setCursor({ left, top }, false);
      announce(lines.join(", "));
    }
  }

  function create() {
    const width = Math.max(260, Math.floor(canvas.clientWidth));
    const base = options(width);
    plot?.destroy();
    plot = new uPlot({ ...base, width, height, legend: { show: false }, pxAlign: 1,
      cursor: { y: false, points: { show: false }, drag: { x: Boolean(onselect), y: false, setScale: false }, ...base.cursor },
      hooks: { ...base.hooks,
        setCursor: [(chart) => chart.cursor.left >= 0
          ? point(at(chart, chart.cursor.left, chart.cursor.top), false) : point(-1, false)],
        setSelect: [(chart) => {
          if (chart.select.width > 6) {
            onselect(chart.posToVal(chart.select.left, "x"), chart.posToVal(chart.select.left + chart.select.width, "x"));
          }
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        }] } }, data, canvas);
    plot.root.querySelector("canvas").setAttribute("aria-hidden", "true");
  }

  element.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (step) {
      point(Math.min(length - 1, Math.max(0, selected < 0 ? 0 : selected + step)), true);
    } else if (event.key === "Home" || event.key === "End") {
      point(event.key === "Home" ? 0 : length - 1, true);
    } else if (event.key === "Escape") {
      point(-1, false);
    } else if (!onkey?.(event.key)) {
      return;
    }
    event.preventDefault();
  });
  element.addEventListener("blur", () => point(-1, false));
  let known = 0;
  const observer = new ResizeObserver(() => {
    if (!element.isConnected) {
      observer.disconnect();
      plot?.destroy();
    } else if (canvas.clientWidth !== known) {
      known = canvas.clientWidth;
      create();
    }
  });
  observer.observe(canvas);
  return { element, canvas: () => plot.root.querySelector("canvas"), redraw: create };
}
