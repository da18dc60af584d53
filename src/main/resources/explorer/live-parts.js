// The parts of a view of live data: the switch, and the line that says how the stream is.

import { h, whileShown } from "./dom.js";
import { filterText, valueText } from "./fills-words.js";
import { count, duration, plural, timeOfDay } from "./formats.js";
import { configuredInterval, live } from "./live.js";
import { entryOf } from "./lookup.js";
import { errorList } from "./notices.js";
import { change } from "./route.js";

/** What is said when no stream is followed. */
export const OFF = "Live is off.";

const ENDS = { renew: "The gateway renews each stream after 15 minutes", shutdown: "The gateway shuts down", slow: "This browser was too slow, so fills were dropped",
  closed: "The gateway ended the stream", silent: "Nothing came for 45 s", "cut off": "The connection was cut off" };
const SLOWER = { share: "streams may use no more of the plan", budget: "no call of the plan is left for streams" };

/** Creates the switch of live data, whose state is in the link. */
export function liveSwitch(on) {
  return h("button", { type: "button", role: "switch", name: "live", class: "switch", "aria-checked": String(on),
    title: "Show liquidations as they happen", onclick: () => change({ live: on ? null : "on" }) }, h("span", { class: "track", "aria-hidden": "true" }), "Live");
}

/**
 * Creates the line of the stream's state, which follows it. `loadGap(button)` loads fills that are
 * missing, `dismiss()` closes the gap without them, `newest()` returns the time of the newest fill, or null.
 */
export function liveLine({ loadGap, dismiss, newest }) {
  const dot = h("span", { class: "dot", "aria-hidden": "true" });
  const words = h("span", { class: "cost-text", id: "live-state" });
  const missing = h("span", { class: "gap" });
  const limit = h("span", { id: "live-limit" });
  const refusal = h("div", {});
  const element = h("div", { class: "cost live" }, h("span", { class: "cost-words" }, dot, words), limit, refusal, missing);
  let gap = null;
  let limited = "";
  let problem = null;
  const update = () => {
    dot.className = "dot " + ({ open: live.pace ? "stale" : "fresh", refused: "absent" }[live.phase] ?? "stale");
    const text = [liveText(), ...dataText(newest())].join(" ");
    if (words.textContent !== text) {
      words.textContent = text;
    }
    const only = filterText(live.filter ?? {});
    if (limited !== only) {
      limited = only;
      limit.replaceChildren(...(only ? [h("span", {}, `The stream has only ${only}.`),
        h("button", { type: "button", onclick: () => change({ coin: null, side: null, min: null, of: null }) }, "Follow all liquidations")] : []));
    }
    if (problem !== (live.detail.problem ?? null)) {
      problem = live.detail.problem ?? null;
      refusal.replaceChildren(...[problem && errorList(problem)].filter(Boolean));
    }
    if (gap !== live.gap) {
      gap = live.gap;
      missing.replaceChildren(...(gap ? [h("span", {}, gapText(gap)),
        h("button", { type: "button", onclick: (event) => loadGap(event.currentTarget) }, "Load them: up to 1 call"),
        h("button", { type: "button", onclick: dismiss }, "Dismiss")] : []));
    }
  };
  update();
  whileShown(element, 1000, update);
  return { element, update };
}

/** Returns the state of the stream in words. */
export function liveText() {
  const { phase, detail, pace } = live;
  if (phase === "open") {
    return `Live since ${timeOfDay(live.since)} UTC: ${plural(live.received, "fill")} received`
      + (live.received ? `, ${valueText(live.long, live.short, { side: live.filter?.side })}` : "") + (live.heard ? `, the last at ${timeOfDay(live.heard)} UTC` : "") + ". " + paceText(pace);
  }
  if (phase === "waiting") {
    const left = Math.max(0, Math.ceil((detail.until - performance.now()) / 1000));
    return `Reconnecting in ${duration(left)}: ${entryOf(ENDS, detail.reason) ?? detail.reason}. The stream goes on after the last fill.`;
  }
  return { connecting: "Connecting to the stream.", hidden: "Paused, because this tab was hidden for ten minutes.",
    refused: "Not live: " + (detail.problem?.message ?? ""), off: OFF }[phase];
}

// The stream does not say when the last poll was.
function dataText(newest) {
  return [newest ? `Newest fill: ${at(newest)} UTC.` : null,
    live.complete ? `Complete at least until ${at(live.complete)} UTC${live.gap || live.dismissed ? ", except for the gap" : ""}.` : null].filter(Boolean);
}

/** Returns the gap in words. */
export function gapText({ from, to }) {
  return `Fills from ${at(from)} to ${at(to)} UTC are missing.`;
}

function paceText(pace) {
  if (pace?.reason === "upstream") {
    return `Delayed: HyperTracker fails. The next attempt is within ${duration(pace.seconds)}; no fill is lost.`;
  }
  const usual = configuredInterval();
  if (!pace) {
    return `One poll of HyperTracker every ${count(usual)} s for all who listen.`;
  }
  return (pace.seconds > usual ? `Slower: a poll of HyperTracker every ${duration(pace.seconds)} instead of every ${duration(usual)}`
    : `Delayed: the next poll of HyperTracker is in up to ${duration(pace.seconds)}`) + `, because ${entryOf(SLOWER, pace.reason) ?? pace.reason}.`;
}

function at(time) {
  const date = new Date(time);
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }) + " " + timeOfDay(date);
}
