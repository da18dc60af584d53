// The view of one coin: liquidation value by price, now or over time.

import { actions, picture } from "./actions.js";
import { heatmapPath, readBins } from "./bins.js";
import { age, cached, load, now, onArrival, peek } from "./client.js";
import { costLine, paid } from "./cost.js";
import { announce, field, h, keepFocus } from "./dom.js";
import { dateTime, duration, plural, priceRange } from "./formats.js";
import { csvRows, details, shownRange } from "./heatmap-parts.js";
import { modes, picturePart } from "./heatmap-picture.js";
import { timeParts, timeRange } from "./heatmap-time.js";
import { heatmapStatement, statementPart } from "./heatmap-words.js";
import { hasHistory, heldSnapshots, historyPath, loadSnapshots } from "./history.js";
import { failure, loading, mayChange, notice } from "./notices.js";
import { go, link, route } from "./route.js";

const COINS = ["BTC", "ETH", "SOL", "HYPE", "XRP", "DOGE", "BNB", "ADA", "AVAX", "LINK", "LTC", "SUI", "ENA", "FARTCOIN", "kPEPE",
  "PUMP", "ZEC", "AAVE", "ARB", "WIF", "TAO", "NEAR", "UNI", "TRUMP", "xyz:MSTR", "xyz:NVDA", "cash:HOOD", "flx:GOLD", "hyna:BTC"];
const FIRST_COINS = COINS.slice(0, 4);

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
      announce(heatmapStatement(coin, readBins(response.body)).join(" "));
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
    const parts = picturePart(coin, bins, range, params);
    const name = "heatmap-" + coin + (parts.shown.length < bins.length ? `-${parts.shown.length}-of-${bins.length}-bins` : "");
    const lines = heatmapStatement(coin, bins);
    return [statementPart(lines, response.stateTime), cost, h("section", { class: "card" }, parts.tools, parts.chart.element, parts.legend,
      parts.outside, actions({ path: heatmapPath(coin), operation: "liquidationHeatmap", name,
        csv: () => csvRows(parts.shown, false, response),
        png: () => picture({ title: coin + " liquidation heatmap", lines: [...lines, `${priceRange(...range)}, ${duration(age(response))} old on ${dateTime(now())}`],
          canvases: [parts.chart.canvas()], legend: parts.colors }) })), details(parts.shown)];
  }

  async function showTime(params, cost) {
    const range = timeRange(params);
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
    const parts = timeParts(coin, heldSnapshots(coin, range) ?? { path: historyPath(coin, range), snapshots: [] }, params, cost);
    keepFocus(body, () => body.replaceChildren(...parts));
  }

  function leave() {
    end();
    reading?.abort();
  }

  return { update, leave };
}
