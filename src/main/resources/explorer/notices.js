// Notices of a view without data: the failure or the reason, and what to do.

import { h } from "./dom.js";
import { duration } from "./formats.js";

/** Creates the notice of a failure. `again` is called by its button. */
export function failure(problem, again) {
  if (problem.status === 401) {
    dispatchEvent(new Event("tokenneeded"));
    return notice("This gateway needs your team's token", problem.message,
      h("button", { type: "button", class: "primary", onclick: () => dispatchEvent(new Event("tokenneeded")) }, "Enter token"));
  }
  if (problem.status === undefined) {
    console.error(problem);
  }
  const button = again && mayChange(problem) ? h("button", { type: "button", class: "primary", onclick: again }, "Try again") : null;
  const wait = problem.retryAfter ? h("p", { class: "muted" }, `The gateway asks you to wait for ${duration(problem.retryAfter)}.`) : null;
  if (button && problem.retryAfter) {
    countDown(button, problem.retryAfter);
  }
  return notice(problem.title ?? "The explorer failed", problem.message, errorList(problem), wait,
    problem.requestId ? h("p", { class: "muted" }, "Request " + problem.requestId + ", for the gateway's operators.") : null, button);
}

/** Creates the list of the errors of a problem, or null if it names none. */
export function errorList({ errors }) {
  return errors?.length ? h("ul", { class: "errors" }, errors.map((each) =>
    h("li", {}, each.parameter ? h("code", {}, each.parameter) : null, " ", errorText(each)))) : null;
}

/** Returns what an error of a problem says. */
export function errorText(error) {
  return error.message ?? error.detail ?? "";
}

/** Returns whether the same request may succeed later: a status of 4xx says that it is wrong, except for those about time. */
export function mayChange({ status }) {
  return !(status >= 400 && status < 500) || [408, 425, 429].includes(status);
}

/** Creates a notice with a title, a text and more. */
export function notice(title, text, ...more) {
  return h("div", { class: "notice" }, h("h2", {}, title), text ? h("p", {}, text) : null, more);
}

/** Creates a notice that something is being loaded. */
export function loading(text) {
  return h("div", { class: "notice loading", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), text);
}

function countDown(button, seconds) {
  let left = Math.min(seconds, 3600);
  button.disabled = true;
  const tick = () => {
    button.textContent = left > 0 ? `Try again in ${duration(left)}` : "Try again";
    button.disabled = left > 0;
    if (left-- > 0) {
      setTimeout(tick, 1000);
    }
  };
  tick();
}
