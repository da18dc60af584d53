// The cost of a click: the age of the shown response, and the calls that a refresh would cost.

import { age, freshFor } from "./client.js";
import { h, whileShown } from "./dom.js";
import { duration, plural, timeOfDay } from "./formats.js";

/** Returns the time of the state that a response shows, and when it was fetched, or else how old it is. */
export function ageText(response) {
  const old = duration(age(response));
  return response.stateTime ? `data of ${timeOfDay(new Date(response.stateTime)).slice(0, 5)} UTC, fetched ${old} ago` : old + " old";
}

/** Returns how old a response is and what a refresh costs, in words. */
export function costText(response) {
  const old = ageText(response);
  const left = freshFor(response);
  if (response.evicted) {
    return `${old[0].toUpperCase()}${old.slice(1)}, and no longer in the gateway's cache. A refresh costs one call of the plan.`;
  }
  return left > 0
    ? `Cached, ${old}. A refresh costs no call now: the data is fresh for another ${duration(left)}, and then costs one call.`
    : `Cached, ${old}, older than its lifetime. A refresh costs one call of the plan.`;
}

/** Returns the class of the freshness of a response: fresh, stale or absent. */
export function freshness(response) {
  return !response ? "absent" : !response.evicted && freshFor(response) > 0 ? "fresh" : "stale";
}

/**
 * Creates the line that says what a refresh costs, with its button. The line follows the age.
 * `what` names the data, such as `the BTC heatmap`; `note` is added to the text.
 */
export function costLine(response, what, refresh, note = "") {
  const dot = h("span", { class: "dot", "aria-hidden": "true" });
  const text = h("span", { class: "cost-text" });
  const button = h("button", { type: "button", name: "refresh", onclick: () => refresh(button) });
  const element = h("div", { class: "cost" }, h("span", { class: "cost-words" }, dot, text), button);
  const update = () => {
    const state = freshness(response);
    dot.className = "dot " + state;
    text.textContent = response ? costText(response)
      : `The gateway has not cached ${what}. Loading it costs one call of the plan.`;
    text.append(note ? " " + note : "");
    button.className = state === "fresh" ? "" : "primary";
    button.textContent = !response ? "Load: 1 call" : state === "fresh" ? "Refresh: no call" : "Refresh: 1 call";
  };
  update();
  whileShown(element, 5000, update);
  return element;
}

/** Returns the cost of a load, as a text to announce. */
export function paid(response) {
  return (response.calls ? "Loaded for " + plural(response.calls, "call") + " of the plan" : "Answered without a call of the plan")
    + ", " + ageText(response) + ".";
}
