// The cohorts in one coin.

import { actions, picture, tableCanvas } from "./actions.js";
import { age } from "./client.js";
import { cohortColor } from "./cohorts.js";
import { field, h, table } from "./dom.js";
import { duration, fullMoney, money, percent } from "./formats.js";
import { notice } from "./notices.js";
import { cell, nameButton, times } from "./risk-cells.js";
import { assets, ranking, riskPath } from "./risk-model.js";
import { change } from "./route.js";

/** Creates the table of the cohorts in a coin, those at most risk first. `lines()` returns the statement, for the picture. */
export function oneCoin({ responses }, coin, lines) {
  const rows = ranking(responses, coin);
  const known = [...new Set([...responses.values()].flatMap((response) => assets(response).map((asset) => asset.coin)))].sort();
  const input = h("input", { name: "coin", type: "text", list: "markets", value: coin, autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", size: "10", maxlength: "32" });
  const most = Math.max(1, ...rows.map((row) => row.share));
  const cells = rows.map((row) => [nameButton(row.cohort),
    h("span", { class: "meter" }, h("span", { class: "bar", css: { width: (100 * row.share / most).toFixed(1) + "%",
      "background-color": `var(${cohortColor(row.cohort.id)})` } }), h("span", {}, percent(row.share))),
    h("span", { title: fullMoney(row.risk) }, money(row.risk)), h("span", { title: fullMoney(row.open) }, money(row.open)), duration(age(responses.get(row.cohort.id)))]);
  return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, "Cohorts in " + coin),
    h("form", { class: "joined", onsubmit: (event) => {
      event.preventDefault();
      change({ coin: input.value.trim() });
    } }, field("Coin", input), h("button", { type: "submit" }, "Show"),
    h("datalist", { id: "markets" }, known.map((each) => h("option", { value: each }))))),
  rows.length === 0 ? notice("No positions", `None of the ${responses.size} shown cohorts has positions in ${coin}.`)
    : table("Cohorts in " + coin + ", the highest share at risk first", [{ title: "Cohort" }, { title: "Share at risk" },
      { title: "At risk", number: true }, { title: "Open interest", number: true }, { title: "Age", number: true }], cells, { className: "ranking" }),
  actions({ path: rows.length ? rows.map((row) => riskPath(row.cohort.id)) : riskPath(5), operation: "liquidationRisk", name: "risk-" + coin,
    csv: () => [["coin", "segmentId", "cohort", "percentRisk", "riskValue", "totalValue", "stateTime", "fetched"],
      ...rows.map((row) => [coin, row.cohort.id, row.cohort.name, row.share, row.risk, row.open, ...times(responses.get(row.cohort.id))])],
    png: () => picture({ title: "Risk of liquidation in " + coin, lines: lines(), canvases: [tableCanvas(
      ["Cohort", "Share at risk", "At risk", "Open interest"], rows.map((row) => [row.cohort.name,
        cell("share", row), fullMoney(row.risk), fullMoney(row.open)]), { first: 180, other: 130 })] }) }));
}
