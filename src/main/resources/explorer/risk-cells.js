// Cells of the matrix of risk, in the colours of a scale.

import { h, themeColor } from "./dom.js";
import { fullMoney, money, percent } from "./formats.js";
import { shareStep, valueStep } from "./risk-model.js";

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
