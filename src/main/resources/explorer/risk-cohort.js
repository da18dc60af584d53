// The assets of one cohort.

import { actions, picture, tableCanvas } from "./actions.js";
import { age } from "./client.js";
import { cohortColor } from "./cohorts.js";
import { h, swatch, table } from "./dom.js";
import { count, duration, fullMoney, percent, plural } from "./formats.js";
import { entryOf } from "./lookup.js";
import { notice } from "./notices.js";
import { FIRST_ROWS, cell, times } from "./risk-cells.js";
import { ORDERS, assets, riskPath } from "./risk-model.js";
import { change } from "./route.js";

/** Creates the table of the assets of a cohort, or offers to load it. */
export function oneCohort({ responses, looked, job, loadAll, lookAll }, selected, params) {
  const response = responses.get(selected.id);
  const list = assets(response);
  const sorts = { coin: ORDERS.coin[1], share: (one, other) => other.share - one.share, risk: (one, other) => other.risk - one.risk,
    open: (one, other) => other.open - one.open };
  const sort = entryOf(sorts, params.get("sort")) ? params.get("sort") : "risk";
  const all = params.get("assets") === "all";
  const rows = [...list].sort(sorts[sort]);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  const column = (name, title) => ({ title, number: name !== "coin", sort: sort === name ? (name === "coin" ? "ascending" : "descending") : null,
    onsort: () => change({ sort: name }) });
  const total = response?.body?.totalCount ?? list.length;
  return h("section", { class: "card", id: "cohort" }, h("div", { class: "tools" }, h("h2", {}, swatch(cohortColor(selected.id)), selected.name,
    h("span", { class: "light" }, ` ${selected.group} ${selected.range}`)),
  h("button", { type: "button", onclick: () => change({ cohort: null }) }, "Close")),
  response ? table("Assets of " + selected.name, [column("coin", "Coin"), column("share", "Share at risk"), column("risk", "At risk"), column("open", "Open interest")],
    shown.map((row) => [row.coin, percent(row.share), fullMoney(row.risk), fullMoney(row.open)]))
    : !looked.has(selected.id) ? notice(selected.name, "Showing it costs one request, and no call of the plan.", h("button", { type: "button", class: "primary",
      disabled: job.progress !== null, onclick: () => lookAll([selected.id]) }, "Show: no call"))
    : notice(selected.name + " is not cached", "Loading it costs one call of the plan.", h("button", { type: "button", class: "primary",
      disabled: job.progress !== null, onclick: () => loadAll([selected.id]) }, "Load: 1 call")),
  response ? h("p", { class: "muted" }, `${count(shown.length)} of ${plural(list.length, "asset")}, ${duration(age(response))} old. `
    + (total > list.length ? `HyperTracker has ${count(total)}; the rest is on further pages. ` : ""), list.length > FIRST_ROWS
    ? h("button", { type: "button", onclick: () => change({ assets: all ? null : "all" }) }, all ? "Show fewer" : "Show all") : null) : null,
  response ? actions({ path: riskPath(selected.id), operation: "liquidationRisk", name: "risk-" + selected.name,
    csv: () => [["coin", "totalValue", "riskValue", "percentRisk", "stateTime", "fetched"],
      ...rows.map((row) => [row.coin, row.open, row.risk, row.share, ...times(response)])],
    png: () => picture({ title: "Risk of liquidation of " + selected.name, lines: [`${selected.group} ${selected.range}, ${duration(age(response))} old`],
      canvases: [tableCanvas(["Coin", "Share at risk", "At risk", "Open interest"], shown.map((row) => [row.coin, cell("share", row),
        fullMoney(row.risk), fullMoney(row.open)]), { first: 160, other: 130 })] }) }) : null);
}
