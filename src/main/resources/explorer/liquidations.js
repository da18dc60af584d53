// The view of the newest liquidations: sums by side, and the fills. Pages, and later a stream, are
// merged into one list.

import { actions, picture, tableCanvas } from "./actions.js";
import { age, cached, load } from "./client.js";
import { costLine, paid } from "./cost.js";
import { announce, choice, field, h, keepFocus, swatch, table } from "./dom.js";
import { count, duration, fullMoney, money, plural, price, timeOfDay } from "./formats.js";
import { SIDES, fillsPath, interval, merge, sums } from "./fills-model.js";
import { failure, loading, notice } from "./notices.js";
import { change } from "./route.js";
import { sumsChart } from "./sums-chart.js";

const FIRST_ROWS = 50;
const SIZES = [["", "Any size"], ["1000", "$1k or more"], ["10000", "$10k or more"], ["100000", "$100k or more"], ["1000000", "$1M or more"]];
const INTERVALS = [[3600, "Hour"], [600, "10 min"], [60, "Minute"]];

/** Creates the view. */
export function liquidationsView(root) {
  const body = h("div", { class: "stack" });
  let of = null;
  let first = null;
  let older = [];
  let problem = null;
  root.append(h("div", { class: "head" }, h("h1", {}, "Liquidations", h("span", { class: "light" }, " newest fills"))), body);

  async function update({ params }) {
    document.title = "Liquidations · Liquidation explorer";
    const only = params.get("of") ?? "";
    if (only !== of) {
      body.replaceChildren(loading("Looking for the newest fills in the cache"));
      of = only;
      older = [];
      first = null;
      const found = await cached(fillsPath(only));
      if (only !== of) {
        return;
      }
      first = found;
    }
    show(params);
  }

  async function refresh(button) {
    await attempt(button, async () => {
      const newest = await load(fillsPath(of));
      older = first ? [first, ...older] : [];
      first = newest;
      return newest;
    });
  }

  async function loadOlder(button) {
    await attempt(button, async () => {
      const page = await load(fillsPath(of, last().body.nextCursor));
      older = [...older, page];
      return page;
    });
  }

  async function attempt(button, action) {
    button.disabled = true;
    problem = null;
    announce("Loading fills");
    try {
      announce(paid(await action()));
    } catch (failed) {
      problem = failed;
    }
    if (body.isConnected) {
      show(new URLSearchParams(location.hash.split("?")[1]));
      body.querySelector("[name=refresh]")?.focus();
    }
  }

  function last() {
    return older.at(-1) ?? first;
  }

  function show(params) {
    const cost = costLine(first, of ? "the newest fills of " + of : "the newest fills", refresh);
    const failed = problem ? [failure(problem, null)] : [];
    if (!first) {
      body.replaceChildren(cost, ...failed, notice("Not in the cache", "Fills change with every liquidation, so the gateway caches them for seconds only. "
        + "One call shows the newest 500, of all coins. All filters below work on them without another call."));
      return;
    }
    const everything = merge([first, ...older].map((page) => page.body.fills ?? []));
    const coin = params.get("coin") ?? "";
    const side = SIDES[params.get("side")] ? params.get("side") : "";
    const least = Number(params.get("min")) || 0;
    const fills = everything.filter((fill) => (!coin || fill.coin === coin) && (!side || fill.side === side) && fill.value >= least);
    keepFocus(body, () => body.replaceChildren(says(fills, coin), cost, ...failed, filters(everything, { coin, side, least }),
      ...(fills.length ? [perInterval(fills, params, coin), newest(fills, everything, params)]
        : [notice("No fill matches", `None of the ${count(everything.length)} loaded fills matches the filters. Choose others, or load older fills.`,
          olderButton())])));
  }

  function says(fills, coin) {
    const [longs, shorts] = ["A", "B"].map((side) => fills.filter((fill) => fill.side === side));
    const value = (list) => list.reduce((total, fill) => total + fill.value, 0);
    const span = fills.length ? duration((fills[0].time - fills.at(-1).time) / 1000) : "";
    const largest = fills.reduce((best, fill) => !best || fill.value > best.value ? fill : best, null);
    return h("div", { class: "statement" }, h("p", { class: "lead" }, fills.length
      ? `${coin || "All coins"}: ${money(value(longs))} of longs and ${money(value(shorts))} of shorts liquidated within ${span}.`
      : "No liquidation to show."),
    largest ? h("p", {}, `${plural(fills.length, "fill")}, ${count(longs.length)} of longs and ${count(shorts.length)} of shorts. The largest: ${
      money(largest.value)} of ${largest.coin}, ${SIDES[largest.side]?.[1].toLowerCase() ?? ""}, at ${price(largest.price)}.`) : null);
  }

  function filters(everything, { coin, side, least }) {
    const coins = [...new Set(everything.map((fill) => fill.coin))].sort((one, other) => one.localeCompare(other));
    const select = (name, value, options) => h("select", { name, onchange: (event) => change({ [name]: event.target.value }) }, options.map(([each, text]) => h("option", { value: each, selected: each === value }, text)));
    return h("div", { class: "tools filters", role: "group", "aria-label": "Filters" },
      field("Coin", select("coin", coin, [["", "All coins"], ...coins.map((each) => [each, each])])),
      field("Side", select("side", side, [["", "Both sides"], ["A", "Longs (sold)"], ["B", "Shorts (bought back)"]])),
      field("Size", select("min", least ? String(least) : "", SIZES)),
      of ? h("button", { type: "button", onclick: () => change({ of: null }) }, "Fills of all coins")
        : coin ? h("button", { type: "button", onclick: () => change({ of: coin }) }, "Request only " + coin) : null);
  }

  function perInterval(fills, params, coin) {
    const chosen = INTERVALS.some(([seconds]) => seconds === Number(params.get("per"))) ? Number(params.get("per")) : interval(fills);
    const rows = sums(fills, chosen);
    const name = INTERVALS.find(([seconds]) => seconds === chosen)[1].toLowerCase();
    const title = `Value liquidated per ${name}`;
    const chart = sumsChart({ sums: rows, seconds: chosen, height: window.innerWidth < 600 ? 220 : 260, label: title + " by side" });
    return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, title),
      choice("Interval", INTERVALS, chosen, (seconds) => change({ per: seconds }))),
    h("div", { class: "legend static" }, h("span", {}, swatch("--long"), "longs, sold (above the line)"), h("span", {}, swatch("--short"), "shorts, bought back (below)")),
    chart.element,
    actions({ path: fillsPath(of), operation: "liquidationFills", name: "liquidations-per-" + name,
      csv: () => [["start", "longValue", "longFills", "shortValue", "shortFills"], ...rows.map((row) => [new Date(row.start * 1000).toISOString(),
        row.long, row.longs, row.short, row.shorts])],
      png: () => picture({ title: (coin || "All coins") + ": " + title.toLowerCase(), lines: [`${plural(fills.length, "fill")}, times in UTC, ${duration(age(first))} old`],
        canvases: [chart.canvas()], legend: [{ color: "--long", name: "longs, sold" }, { color: "--short", name: "shorts, bought back" }] }) }),
    h("details", {}, h("summary", {}, "Table of the sums"), table("Value liquidated by side", [{ title: "From (UTC)" }, { title: "Longs", number: true },
      { title: "Fills", number: true }, { title: "Shorts", number: true }, { title: "Fills", number: true }],
    [...rows].reverse().map((row) => [new Date(row.start * 1000).toISOString().slice(0, 16).replace("T", " "), fullMoney(row.long), count(row.longs),
      fullMoney(row.short), count(row.shorts)]))));
  }

  function newest(fills, everything, params) {
    const all = params.get("rows") === "all";
    const shown = all ? fills : fills.slice(0, FIRST_ROWS);
    return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, "Fills")),
      table("Newest liquidation fills", [{ title: "Time (UTC)" }, { title: "Coin" }, { title: "Side" }, { title: "Value", number: true },
        { title: "Price", number: true }, { title: "Size", number: true }, { title: "Realised PnL", number: true }, { title: "Wallet" }],
      shown.map((fill) => [h("time", { datetime: fill.time.toISOString(), title: fill.time.toISOString() }, timeOfDay(fill.time)), fill.coin,
        h("span", { class: "cohort" }, swatch(fill.side === "B" ? "--short" : "--long"), ...sideText(fill.side)), fullMoney(fill.value),
        price(fill.price), fill.size.toLocaleString("en-US", { maximumSignificantDigits: 5 }), money(fill.pnl),
        h("code", { title: fill.wallet }, fill.wallet.slice(0, 6) + "…" + fill.wallet.slice(-4))])),
      h("p", { class: "muted row" }, `${count(shown.length)} of ${plural(fills.length, "matching fill")}, ${count(everything.length)} loaded. `,
        fills.length > FIRST_ROWS ? h("button", { type: "button", onclick: () => change({ rows: all ? null : "all" }) }, all ? "Show fewer" : "Show all") : null,
        olderButton()),
      actions({ path: fillsPath(of), operation: "liquidationFills", name: "liquidations",
        csv: () => [["time", "coin", "side", "value", "px", "sz", "closedPnl", "address", "liquidationMethod"], ...fills.map((fill) => [fill.time.toISOString(),
          fill.coin, fill.side, fill.value, fill.price, fill.size, fill.pnl, fill.wallet, fill.method])],
        png: () => picture({ title: "Newest liquidations", lines: [`${count(Math.min(30, fills.length))} of ${plural(fills.length, "fill")}, times in UTC`],
          canvases: [tableCanvas(["Time (UTC)", "Coin", "Side", "Value", "Price"], fills.slice(0, 30).map((fill) => [timeOfDay(fill.time), fill.coin,
            SIDES[fill.side]?.[0] ?? fill.side, fullMoney(fill.value), price(fill.price)]), { first: 110, other: 120 })] }) }));
  }

  function olderButton() {
    return last()?.body?.nextCursor ? h("button", { type: "button", onclick: (event) => loadOlder(event.currentTarget) }, "Load older: up to 1 call") : null;
  }

  return { update };
}

// On a phone, the first word is enough.
function sideText(side) {
  const [first, rest] = (SIDES[side]?.[1] ?? side).split(",");
  return rest ? [first, h("span", { class: "wide" }, "," + rest)] : [first];
}
