// The view of one coin: liquidation value by price, now or over time.

import { actions, picture } from "./actions.js";
import { binsChart } from "./bins-chart.js";
import { byCohort, largestCluster, lowestBin, needsLog, readBins, sum, upperBins, within } from "./bins.js";
import { age, cached, load, now, onArrival, peek } from "./client.js";
import { cohort, cohortColor, cohortName } from "./cohorts.js";
import { costLine, paid } from "./cost.js";
import { announce, choice, field, h, keepFocus, swatch } from "./dom.js";
import { dateTime, duration, money, percent, plural, priceRange } from "./formats.js";
import { chartHeight, csvRows, details, outside, setRange, shownRange } from "./heatmap-parts.js";
import { RANGES, hasHistory, heldSnapshots, historyPath, loadSnapshots } from "./history.js";
import { failure, loading, mayChange, notice } from "./notices.js";
import { change, go, link, route } from "./route.js";
import { timeChart } from "./time-chart.js";

const COINS = ["BTC", "ETH", "SOL", "HYPE", "XRP", "DOGE", "BNB", "ADA", "AVAX", "LINK", "LTC", "SUI", "ENA", "FARTCOIN", "kPEPE",
  "PUMP", "ZEC", "AAVE", "ARB", "WIF", "TAO", "NEAR", "UNI", "TRUMP", "xyz:MSTR", "xyz:NVDA", "cash:HOOD", "flx:GOLD", "hyna:BTC"];
const FIRST_COINS = COINS.slice(0, 4);

/** Returns the path of the heatmap of a coin. */
export function heatmapPath(coin) {
  return `api/external/exports/coins/${encodeURIComponent(coin)}/liquidation-heatmap`;
}

/** Creates the view. */
export function heatmapView(root) {
  const head = h("div", { class: "head" });
  const body = h("div", { class: "stack" });
  root.append(head, body);
  let coin = null;
  let response = null;
  let problem = null;
  let reading = null;

  async function update({ key, params }) {
    if (!key) {
      location.replace(link("heatmap", "BTC", Object.fromEntries(params)));
      return;
    }
    const isNew = key !== coin;
    coin = key;
    if (isNew) {
      showHead();
      body.replaceChildren(loading("Looking for the heatmap of " + coin + " in the cache"));
      document.title = coin + " heatmap · Liquidation explorer";
      response = null;
      const found = await cached(heatmapPath(key)).catch((failed) => failed);
      if (key !== coin) {
        return;
      }
      problem = found instanceof Error ? found : null;
      response = problem ? null : found;
    }
    await show(params);
    if (isNew && response) {
      announce(statement(readBins(response.body)).join(" "));
    }
  }

  function showHead() {
    const input = h("input", { name: "coin", list: "coins", value: coin, autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", size: "10", maxlength: "32" });
    head.replaceChildren(h("h1", {}, coin, h("span", { class: "light" }, " liquidation heatmap")),
      h("form", { class: "controls", onsubmit: (event) => {
        event.preventDefault();
        if (input.value.trim()) {
          go("heatmap", input.value.trim(), {});
        }
      } }, h("div", { class: "choice coins", role: "group", "aria-label": "Coins" }, FIRST_COINS.map((each) => h("a", {
        href: link("heatmap", each), "aria-current": each === coin ? "page" : null }, each))),
      field("Coin", h("span", { class: "joined" }, input, h("button", { type: "submit" }, "Show"))),
      h("datalist", { id: "coins" }, COINS.map((each) => h("option", { value: each })))));
  }

  async function refresh(button) {
    button.disabled = true;
    announce("Loading the heatmap of " + coin);
    const asked = coin;
    problem = null;
    try {
      const loaded = await load(heatmapPath(coin));
      if (asked === coin) {
        response = loaded;
        announce(paid(loaded));
        await show(route().params);
        body.querySelector("[name=refresh]")?.focus();
      }
    } catch (failed) {
      if (asked === coin && body.isConnected) {
        problem = failed;
        announce(problem.message);
        await show(route().params);
      }
    }
  }

  // What was asked for before the view was left arrives here, too.
  const end = onArrival((path) => {
    if (coin && body.isConnected && path === heatmapPath(coin) && response !== peek(path) && !body.querySelector(":scope > .loading")) {
      response = peek(path);
      problem = null;
      show(route().params);
    }
  });

  async function show(params) {
    const overTime = params.get("mode") === "time" && hasHistory();
    const cost = h("div", { class: "stack" }, problem ? failure(problem, null) : null,
      problem && !mayChange(problem) ? null : costLine(response, "the heatmap of " + coin, refresh));
    reading?.abort();
    reading = null;
    if (overTime) {
      await showTime(params, cost);
    } else if (response) {
      const bins = readBins(response.body);
      keepFocus(body, () => body.replaceChildren(...(bins.length ? nowParts(bins, params, cost)
        : [cost, notice("No price bins", "HyperTracker's heatmap of " + coin + " is empty. Try another coin.")])));
    } else if (problem) {
      body.replaceChildren(cost);
    } else {
      body.replaceChildren(cost, notice("Not in the cache yet", "Nobody has asked for the heatmap of " + coin
        + " lately. Load it once, and everybody who uses this gateway shares it."), hasHistory() ? modes("now") : "");
    }
  }

  function nowParts(bins, params, cost) {
    const range = shownRange(bins, params);
    const parts = picturePart(bins, range, params);
    const name = "heatmap-" + coin + (parts.shown.length < bins.length ? `-${parts.shown.length}-of-${bins.length}-bins` : "");
    const lines = statement(bins);
    return [statementPart(lines, response.stateTime), cost, h("section", { class: "card" }, parts.tools, parts.chart.element, parts.legend,
      parts.outside, actions({ path: heatmapPath(coin), operation: "liquidationHeatmap", name,
        csv: () => csvRows(parts.shown, false, response),
        png: () => picture({ title: coin + " liquidation heatmap", lines: [...lines, `${priceRange(...range)}, ${duration(age(response))} old on ${dateTime(now())}`],
          canvases: [parts.chart.canvas()], legend: parts.colors }) })), details(parts.shown)];
  }

  async function showTime(params, cost) {
    const range = RANGES.some(([name]) => name === params.get("range")) ? params.get("range") : "24h";
    const held = heldSnapshots(coin, range);
    if (!held) {
      const mine = reading = new AbortController();
      const progress = h("span", {}, "Reading the history of " + coin);
      keepFocus(body, () => body.replaceChildren(modes("time"), h("div", { class: "notice loading", role: "status" },
        h("span", { class: "spinner", "aria-hidden": "true" }), progress)));
      try {
        await loadSnapshots(coin, range, mine.signal, (read) => {
          progress.textContent = `Reading the history of ${coin}: ${plural(read, "snapshot")}`;
        });
      } catch (failed) {
        if (failed.name === "AbortError") {
          return;
        }
        if (failed.status !== 404) {
          keepFocus(body, () => body.replaceChildren(modes("time"), failure(failed, () => show(params))));
          return;
        }
      }
      if (mine !== reading) {
        return;
      }
    }
    const { path, snapshots } = heldSnapshots(coin, range) ?? { path: historyPath(coin, range), snapshots: [] };
    const usable = snapshots.filter((each) => each.bins.length > 0);
    const ranges = choice("Range of time", RANGES.map(([name, text]) => [name, text]), range,
      (name) => change({ range: name, at: null }));
    if (usable.length === 0) {
      keepFocus(body, () => body.replaceChildren(h("section", { class: "card" }, h("div", { class: "tools" }, modes("time"), ranges),
        notice("No snapshots in this range", "The history has no heatmap of " + coin + " in the last "
          + RANGES.find(([name]) => name === range)[1] + ". It records each heatmap that is loaded from now on.")), cost));
      return;
    }
    const found = usable.findIndex((each) => each.time.toISOString() === params.get("at"));
    const chosen = found < 0 ? usable.length - 1 : found;
    const snapshot = usable[chosen];
    const prices = shownRange(usable.at(-1).bins, params);
    const choose = (index) => change({ at: index === usable.length - 1 ? null : usable[index].time.toISOString() });
    const chart = timeChart({ coin, snapshots: usable, range: prices, chosen, height: chartHeight(), onchoose: choose });
    const bars = picturePart(snapshot.bins, prices, params);
    const label = h("output", {}, dateTime(snapshot.time));
    const slider = h("input", { type: "range", min: "0", max: String(usable.length - 1), value: String(chosen), id: "snapshot",
      "aria-valuetext": dateTime(snapshot.time), "aria-label": "Snapshot", oninput: () => {
        label.textContent = dateTime(usable[slider.valueAsNumber].time);
        slider.setAttribute("aria-valuetext", label.textContent);
      }, onchange: () => choose(slider.valueAsNumber) });
    const lines = statement(snapshot.bins);
    keepFocus(body, () => body.replaceChildren(statementPart([`On ${dateTime(snapshot.time)}: ${lines[0][0].toLowerCase()}${lines[0].slice(1)}`, ...lines.slice(1)], null),
      h("section", { class: "card" }, h("div", { class: "tools" }, modes("time"), ranges), chart.element, chart.scale,
        h("div", { class: "slider" }, h("span", { "aria-hidden": "true" }, "Snapshot"), slider, label), bars.tools, bars.chart.element, bars.legend, bars.outside,
        actions({ path, free: true, accept: "application/x-ndjson", operation: "listSnapshots", name: "heatmap-" + coin + "-history",
          csv: () => csvRows(usable.flatMap((each) => within(each.bins, prices).map((bin) => ({ ...bin, time: each.time }))), true),
          png: () => picture({ title: `${coin} liquidation heatmap, ${dateTime(usable[0].time)} to ${dateTime(usable.at(-1).time)}`,
            lines: ["Snapshot of " + dateTime(snapshot.time) + ": " + lines[0]], canvases: [chart.canvas(), bars.chart.canvas()], legend: bars.colors }) }),
        h("p", { class: "muted" }, `${plural(usable.length, "snapshot")} from the gateway's history, since ${dateTime(usable[0].time)}${
          usable[0].time - now() > -3_600_000 * (RANGES.find(([name]) => name === range)[2] - 1) ? "; it has none before" : ""}. Reading it costs no call.`)),
      details(bars.shown)));
  }

  function picturePart(bins, range, params) {
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

  function modes(mode) {
    return choice("Picture", [["now", "Now"], ["time", "Over time"]], mode, (chosen) => change({ mode: chosen === "now" ? null : chosen }));
  }

  function statementPart(lines, stateTime) {
    return h("div", { class: "statement" }, h("p", { class: "lead" }, lines[0]), lines.slice(1).map((line) => h("p", {}, line)),
      stateTime ? h("p", { class: "muted" }, "Computed by HyperTracker for its state of " + dateTime(new Date(stateTime)) + ".") : null);
  }

  function statement(bins) {
    const cluster = largestCluster(bins);
    const lowest = lowestBin(bins);
    if (!cluster) {
      return ["No position of " + coin + " would be liquidated at any price of the map."];
    }
    const share = 100 * cluster.value / sum(upperBins(bins));
    return [`The largest cluster of ${coin} is ${money(cluster.value)} at ${priceRange(cluster.start, cluster.end)}, ${cluster.mostly ? "mostly" : "most often"} of ${cohortName(cluster.cohort)}.`,
      `${plural(cluster.positions, "position")} in ${plural(cluster.bins, "price bin")}, ${percent(share)} of all liquidations above the lowest bin.`,
      lowest && lowest.value > 0 ? `The lowest bin, ${priceRange(lowest.start, lowest.end)}, holds ${money(lowest.value)} in ${
        plural(lowest.positions, "position")} (${cohortName(lowest.cohort)}): these are liquidated only if the price falls to almost nothing.` : null]
      .filter(Boolean);
  }

  function leave() {
    end();
    reading?.abort();
  }

  return { update, leave };
}
