// The matrix of all coins and the cohorts of a group.

import { actions, picture, tableCanvas } from "./actions.js";
import { COHORTS, GROUPS } from "./cohorts.js";
import { choice, field, h, table } from "./dom.js";
import { count, plural } from "./formats.js";
import { entryOf } from "./lookup.js";
import { notice } from "./notices.js";
import { FIRST_ROWS, cell, matrixCell, nameButton, times } from "./risk-cells.js";
import { ORDERS, matrix, riskPath } from "./risk-model.js";
import { change, link } from "./route.js";

/** Creates the matrix of the cohorts of a group, or of all of them if it is null. */
export function riskMatrix({ responses, looked, job, loadAll, lookAll }, group, params) {
  const cohorts = COHORTS.filter((each) => !group || each.group === group[2]);
  const metric = params.get("metric") === "value" ? "value" : "share";
  const order = entryOf(ORDERS, params.get("order")) ? params.get("order") : "value";
  const filter = (params.get("filter") ?? "").toLowerCase();
  const rows = matrix(responses, cohorts.map(({ id }) => id)).filter((row) => row.coin.toLowerCase().includes(filter))
    .sort(ORDERS[order][1]);
  const shown = params.get("rows") === "all" ? rows : rows.slice(0, FIRST_ROWS);
  const search = h("input", { name: "filter", type: "search", value: params.get("filter") ?? "", size: "10", autocomplete: "off",
    spellcheck: "false", oninput: () => change({ filter: search.value }) });
  const columns = [{ title: "Coin" }, ...cohorts.map((each) => ({ number: true, title: responses.has(each.id) ? nameButton(each)
    : h("button", { type: "button", class: "name", disabled: job.progress !== null,
      onclick: () => looked.has(each.id) ? loadAll([each.id]) : lookAll([each.id]) }, each.name,
    h("span", { class: "muted block" }, looked.has(each.id) ? "load: 1 call" : "show: no call")) }))];
  const cells = shown.map((row) => [h("a", { href: link("risk", "", { ...Object.fromEntries(params), coin: row.coin }) }, row.coin),
    ...cohorts.map((each) => matrixCell(row.cells.get(each.id), metric, responses.has(each.id)))]);
  return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, "Coins by cohort"),
    choice("Cohorts", [...GROUPS.map(([name, text]) => [name, text]), ["all", "All"]], group ? group[0] : "all", (name) => change({ group: name })),
    choice("Numbers", [["share", "Share at risk"], ["value", "Value at risk"]], metric, (name) => change({ metric: name })),
    field("Order", h("select", { name: "order", onchange: (event) => change({ order: event.target.value }) },
      Object.entries(ORDERS).map(([name, [text]]) => h("option", { value: name, selected: name === order }, text)))),
    field("Filter coins", search)),
  rows.length === 0 ? notice("No coin matches", "Clear the filter to see all coins.")
    : table("Risk by coin and cohort", columns, cells, { className: "matrix" }),
  h("p", { class: "muted" }, `${count(shown.length)} of ${plural(rows.length, "coin")}. `, rows.length > FIRST_ROWS
    ? h("button", { type: "button", onclick: () => change({ rows: shown.length === rows.length ? null : "all" }) },
      shown.length === rows.length ? "Show fewer" : "Show all") : null,
  " A dot means no value at risk, an empty cell no positions."
    + (cohorts.every(({ id }) => responses.has(id)) ? "" : " A question mark: the cohort is not loaded, so that its positions are unknown.")),
  actions({ path: cohorts.filter(({ id }) => responses.has(id) || cohorts.every((each) => !responses.has(each.id))).map(({ id }) => riskPath(id)), operation: "liquidationRisk", name: "risk-matrix",
    csv: () => [["coin", ...cohorts.map(({ name }) => name), ...cohorts.flatMap(({ name }) => [name + " stateTime", name + " fetched"])], ...rows.map((row) => [row.coin, ...cohorts.map(({ id }) => {
      const asset = row.cells.get(id);
      return asset ? (metric === "share" ? asset.share : asset.risk) : responses.has(id) ? "" : "not loaded";
    }), ...cohorts.flatMap(({ id }) => responses.has(id) ? times(responses.get(id)) : ["", ""])])],
    png: () => picture({ title: metric === "share" ? "Share of open interest close to liquidation" : "Value close to liquidation",
      lines: [`${count(shown.length)} of ${plural(rows.length, "coin")}. ` + ORDERS[order][0] + " first."], canvases: [tableCanvas(
        ["Coin", ...cohorts.map(({ name }) => name)], shown.map((row) => [row.coin, ...cohorts.map(({ id }) => row.cells.has(id)
          ? cell(metric, row.cells.get(id)) : responses.has(id) ? "" : "?")]), { first: 120, other: 104 })] }) }));
}
