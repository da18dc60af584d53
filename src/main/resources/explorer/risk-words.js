// What the risk of cohorts says about a coin, in words, and the cohorts that are requested first.

import { age } from "./client.js";
import { COHORTS, GROUPS, cohort } from "./cohorts.js";
import { duration, money, percent, plural } from "./formats.js";
import { isSmall, mostEndangered, ranking } from "./risk-model.js";

/** Most requests of a view that is opened. */
const MOST_REQUESTS = 3;

/** Returns the cohorts that a link names: `all`, or ids such as `5-6-7`. */
export function linkedCohorts(params) {
  const text = params.get("cohorts") ?? "";
  const ids = text === "all" ? COHORTS.map(({ id }) => id) : text.split("-").map(Number);
  return [...new Set(ids)].filter((id) => cohort(id));
}

/** Returns the parameters of a link without the cohorts that it names. */
export function withoutCohorts(params) {
  const others = new URLSearchParams(params);
  others.delete("cohorts");
  return others;
}

/** Returns the cohorts that a view requests first: the selected one, those that the link names, or those of the shown group that traders follow most. */
export function firstCohorts(params, known) {
  const group = GROUPS.find(([name]) => name === params.get("group")) ?? (params.get("group") === "all" ? null : GROUPS[0]);
  const selected = cohort(Number(params.get("cohort")));
  const linked = params.get("cohorts") === "all" ? [] : linkedCohorts(params);
  const ids = [...(selected ? [selected.id] : []), ...(linked.length ? linked : group?.[3] ?? GROUPS[0][3])];
  return [...new Set(ids)].filter((id) => !known.has(id)).slice(0, MOST_REQUESTS);
}

/** Returns what the responses of cohorts say about a coin. `looked` has the ids that were requested. */
export function riskStatement(responses, looked, coin) {
  const rows = ranking(responses, coin);
  if (responses.size === 0) {
    return [looked.size === COHORTS.length ? "No cohort is in the cache." : `None of the first ${plural(looked.size, "cohort")} is in the cache.`];
  }
  const ages = [...responses.values()].map(age);
  const span = duration(Math.min(...ages)) === duration(Math.max(...ages)) ? duration(Math.max(...ages))
    : duration(Math.min(...ages)) + " to " + duration(Math.max(...ages));
  const part = responses.size < COHORTS.length;
  const from = (!part ? "From all 16 cohorts" : `From ${responses.size} of 16 cohorts` + (looked.size === COHORTS.length ? ", those that are cached" : ""))
    + `, ${span} old. Close to liquidation: high risk by HyperTracker's rule.`;
  if (rows.length === 0) {
    return [`No shown cohort has positions in ${coin}.`, "Names of markets are such as BTC, kPEPE or xyz:MSTR. " + from];
  }
  const top = mostEndangered(rows);
  if (!top) {
    return [`${coin}: no ${part ? "shown cohort" : "cohort"} has positions close to liquidation.`, from];
  }
  const most = rows.reduce((best, row) => row.risk > best.risk ? row : best);
  const open = rows.reduce((sum, row) => sum + row.open, 0);
  const small = rows.filter((row) => row.share > top.share && isSmall(row, open));
  const others = small.length === 0 ? "" : `${new Intl.ListFormat("en").format(small.map((row) => row.cohort.name))} ${small.length === 1 ? "has a higher share" : "have higher shares"
    }, but of less than a thousandth of the open interest. `;
  const sum = `${percent(top.share)} of its open interest, ${money(top.risk)} of ${money(top.open)}, is close to liquidation.`;
  if (part) {
    return [`${coin}: ${responses.size} of 16 cohorts are loaded, so it is unknown which one is in most danger.`,
      `Of these, it is ${top.cohort.name}: ${sum} ` + others + from];
  }
  return [`${coin}: ${top.cohort.name} is in most danger. ${sum}`,
  most === top ? "That is also the largest amount at risk. " + others + from
    : `The largest amount at risk is that of ${most.cohort.name}: ${money(most.risk)}, ${percent(most.share)} of its open interest. ` + others + from];
}
