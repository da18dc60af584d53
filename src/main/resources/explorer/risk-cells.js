// Cells of the tables of risk, in the colours of a scale, and of their files.

import { fetched } from "./client.js";
import { cohort, cohortColor } from "./cohorts.js";
import { h, swatch, themeColor } from "./dom.js";
import { fullMoney, money, percent } from "./formats.js";
import { shareStep, valueStep } from "./risk-model.js";
import { change } from "./route.js";

/** Number of rows of a table that is not shown in full. */
export const FIRST_ROWS = 20;

/** Creates a cell of the matrix; `known` if the cohort is loaded. */
export function matrixCell(asset, metric, known) {
  if (!asset) {
    return known ? "" : h("span", { class: "heat step-0", title: "not loaded" }, "?");
  }
  const step = metric === "share" ? shareStep(asset.share) : valueStep(asset.risk);
  return h("span", { class: "heat step-" + step, title: `${fullMoney(asset.risk)} of ${fullMoney(asset.open)}, ${percent(asset.share)}` },
    asset.risk === 0 ? "·" : metric === "share" ? percent(asset.share) : money(asset.risk));
}

/** Returns a cell of a picture. */
export function cell(metric, asset) {
  const step = metric === "share" ? shareStep(asset.share) : valueStep(asset.risk);
  return { text: asset.risk === 0 ? "·" : metric === "share" ? percent(asset.share) : money(asset.risk),
    fill: step > 0 ? themeColor("--step-" + step) : null, ink: step > 0 ? themeColor("--step-ink-" + step) : null };
}

/** Creates the name of a cohort, which opens its table. */
export function nameButton({ id, name }) {
  return h("button", { type: "button", class: "name", title: cohort(id).group + " " + cohort(id).range,
    onclick: () => change({ cohort: id }) }, swatch(cohortColor(id)), name);
}

/** Returns the cells of a file that say when a response is from: the time of its state, if it is known, and when it was fetched. */
export function times(response) {
  return [response.stateTime ?? "", fetched(response).toISOString()];
}
