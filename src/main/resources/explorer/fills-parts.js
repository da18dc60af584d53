// The parts of the view of liquidations that change with the fills: the sums, and the table.

import { actions, picture, tableCanvas } from "./actions.js";
import { choice, h, swatch, table } from "./dom.js";
import { count, fullMoney, money, plural, price, timeOfDay } from "./formats.js";
import { SIDES, interval, sums } from "./fills-model.js";
import { entryOf } from "./lookup.js";
import { change } from "./route.js";
import { sumsChart } from "./sums-chart.js";

const FIRST_ROWS = 50;
const INTERVALS = [[86_400, "Day"], [3600, "Hour"], [600, "10 min"], [60, "Minute"]];

/** Creates the picture of the sums by side, and its table. `request` is that of the actions, `old` how old they are. */
export function perInterval(fills, params, coin, request, old) {
  const chosen = INTERVALS.some(([seconds]) => seconds === Number(params.get("per"))) ? Number(params.get("per")) : interval(fills);
  const rows = sums(fills, chosen);
  const name = INTERVALS.find(([seconds]) => seconds === chosen)[1].toLowerCase();
  const title = `Value liquidated per ${name}`;
  const chart = sumsChart({ sums: rows, seconds: chosen, height: window.innerWidth < 600 ? 220 : 260, label: title + " by side" });
  return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, title),
    choice("Interval", INTERVALS, chosen, (seconds) => change({ per: seconds }))),
  h("div", { class: "legend static" }, h("span", {}, swatch("--long"), "longs, sold (above the line)"), h("span", {}, swatch("--short"), "shorts, bought back (below)")),
  chart.element,
  actions({ ...request, name: "liquidations-per-" + name,
    csv: () => [["start", "longValue", "longFills", "shortValue", "shortFills", "fetched"], ...rows.map((row) => [new Date(row.start * 1000).toISOString(),
      row.long, row.longs, row.short, row.shorts, row.fetched.toISOString()])],
    png: () => picture({ title: (coin || "All coins") + ": " + title.toLowerCase(), lines: [`${plural(fills.length, "fill")}, times in UTC, ${old}`],
      canvases: [chart.canvas()], legend: [{ color: "--long", name: "longs, sold" }, { color: "--short", name: "shorts, bought back" }] }) }),
  h("details", {}, h("summary", {}, "Table of the sums"), table("Value liquidated by side", [{ title: "From (UTC)" }, { title: "Longs", number: true },
    { title: "Fills", number: true }, { title: "Shorts", number: true }, { title: "Fills", number: true }],
  [...rows].reverse().map((row) => [new Date(row.start * 1000).toISOString().slice(0, 16).replace("T", " "), fullMoney(row.long), count(row.longs),
    fullMoney(row.short), count(row.shorts)]))));
}

/** Creates the table of the newest fills. `more` is a button for older ones, or null. */
export function newest(fills, loaded, params, request, more) {
  const all = params.get("rows") === "all";
  const shown = all ? fills : fills.slice(0, FIRST_ROWS);
  return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, "Fills")),
    table("Newest liquidation fills", [{ title: "Time (UTC)" }, { title: "Coin" }, { title: "Side" }, { title: "Value", number: true },
      { title: "Price", number: true }, { title: "Size", number: true }, { title: "Realised PnL", number: true }, { title: "Wallet" }],
    shown.map((fill) => [h("time", { datetime: fill.time.toISOString(), title: fill.time.toISOString() }, timeOfDay(fill.time)), fill.coin,
      h("span", { class: "cohort" }, swatch(fill.side === "B" ? "--short" : "--long"), ...sideText(fill.side)), fullMoney(fill.value),
      price(fill.price), fill.size.toLocaleString("en-US", { maximumSignificantDigits: 5 }), money(fill.pnl),
      h("code", { title: fill.wallet }, fill.wallet.slice(0, 6) + "…" + fill.wallet.slice(-4))])),
    h("p", { class: "muted row" }, `${count(shown.length)} of ${plural(fills.length, "matching fill")}, ${count(loaded)} loaded. `,
      fills.length > FIRST_ROWS ? h("button", { type: "button", onclick: () => change({ rows: all ? null : "all" }) }, all ? "Show fewer" : "Show all") : null,
      more),
    actions({ ...request, name: "liquidations",
      csv: () => [["time", "coin", "side", "value", "px", "sz", "closedPnl", "address", "liquidationMethod", "fetched"], ...fills.map((fill) => [fill.time.toISOString(),
        fill.coin, fill.side, fill.value, fill.price, fill.size, fill.pnl, fill.wallet, fill.method, fill.fetched.toISOString()])],
      png: () => picture({ title: "Newest liquidations", lines: [`${count(Math.min(30, fills.length))} of ${plural(fills.length, "fill")}, times in UTC`],
        canvases: [tableCanvas(["Time (UTC)", "Coin", "Side", "Value", "Price"], fills.slice(0, 30).map((fill) => [timeOfDay(fill.time), fill.coin,
          entryOf(SIDES, fill.side)?.[0] ?? fill.side, fullMoney(fill.value), price(fill.price)]), { first: 110, other: 120 })] }) }));
}

// On a phone, the first word is enough.
function sideText(side) {
  const [first, rest] = (entryOf(SIDES, side)?.[1] ?? side).split(",");
  return rest ? [first, h("span", { class: "wide" }, "," + rest)] : [first];
}
