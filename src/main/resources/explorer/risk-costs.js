// The cost of the cohorts that are not shown, and of newer data of those that are.

import { COHORTS } from "./cohorts.js";
import { freshFor } from "./client.js";
import { freshness } from "./cost.js";
import { h, replaceText, whileShown } from "./dom.js";
import { duration, plural } from "./formats.js";

/** Creates the line that says what more cohorts cost, with its buttons. The line follows the age of the cohorts. */
export function riskCosts(risk) {
  const element = h("div", { class: "cost" }, parts(risk));
  whileShown(element, 5000, () => replaceText(element, parts(risk)));
  return element;
}

function parts({ responses, looked, job, loadAll, lookAll }) {
  const unknown = COHORTS.filter(({ id }) => !looked.has(id));
  const absent = COHORTS.filter(({ id }) => looked.has(id) && !responses.has(id));
  const stale = COHORTS.filter(({ id }) => responses.has(id) && freshness(responses.get(id)) === "stale");
  const state = absent.length > 0 ? "absent" : stale.length > 0 ? "stale" : "fresh";
  const more = unknown.length > 0 ? `${responses.size} of 16 cohorts are shown. Showing the others costs ${plural(unknown.length, "request")}, and no call of the plan. ` : "";
  const all = unknown.length > 0 ? "The shown cohorts" : "All 16 cohorts";
  const words = job.progress ?? more + (absent.length > 0 ? `${plural(absent.length, "cohort")} not cached: ${absent.length > 5
    ? absent.length + " of 16" : absent.map(({ name }) => name).join(", ")}. Loading them costs ${plural(absent.length, "call")} of the plan.`
    : stale.length > 0 ? `${all} are cached, ${stale.length} of them older than their lifetime. Refreshing those costs ${plural(stale.length, "call")} of the plan.`
      : `${all} are cached and fresh. A refresh costs no call now: ${freshText([...responses.values()])}, and then costs one call each.`);
  const button = (list, text) => h("button", { type: "button", class: unknown.length > 0 ? "" : "primary", disabled: job.progress !== null,
    onclick: () => loadAll(list.map(({ id }) => id)) }, `${text} ${list.length}: ${plural(list.length, "call")}`);
  return [h("span", { class: "cost-words" }, h("span", { class: "dot " + state, "aria-hidden": "true" }),
    h("span", { class: "cost-text" }, words)),
  unknown.length > 0 ? h("button", { type: "button", class: "primary", name: "look", disabled: job.progress !== null,
    onclick: () => lookAll(unknown.map(({ id }) => id)) }, "Show all 16: no call") : null,
  absent.length > 0 ? button(absent, "Load") : null, stale.length > 0 ? button(stale, "Refresh stale") : null].filter(Boolean);
}

function freshText(responses) {
  const [least, most] = [Math.min, Math.max].map((pick) => duration(pick(...responses.map(freshFor))));
  return `the data is fresh for another ${least === most ? least : least + " to " + most}`;
}
