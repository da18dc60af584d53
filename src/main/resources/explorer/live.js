// The live fills of this tab: the newest ones that the stream sent, each once, and the state of the stream.

import { now } from "./client.js";
import { isLiquidated, keyOf, streamPath } from "./fills-model.js";
import { openStream } from "./live-stream.js";

/** Most fills that the tab holds. Older ones are dropped. */
export const MOST = 2000;

const SLACK = 200;
const fills = new Map();
let listener = () => {};
let stop = null;
let first = null;
let last = null;
let opening = null;
let watchedFrom = null;
let watchedTo = null;

/**
 * State of the stream of a `filter`, whether it was `opened`, and `until` when, if it has ended. `gap`
 * and `pace` are the data of the last such event. What was received is counted `since` the switch or
 * the filter was set, the last fill at `heard`. All fills before `complete` are received, or null if the
 * stream has not said so.
 */
export const live = { phase: "off", detail: {}, ...unfollowed() };

/** Returns the seconds between two polls as configured, or 0 if the gateway has no streams. */
export function configuredInterval() {
  return Number(document.documentElement.dataset.stream) || 0;
}

/** Returns the live fills, as the gateway sent them, each with the time at which it came. */
export function liveFills() {
  return [...fills.values()].map(({ fill, came }) => [fill, came]);
}

/** Returns for how many seconds the live fills were watched, or the time that they span, if that is longer. */
export function watchedSeconds() {
  const times = [...fills.values()].map(({ fill }) => Date.parse(fill.time)).filter(Number.isFinite);
  const watched = watchedFrom === null ? 0 : (watchedTo ?? performance.now()) - watchedFrom;
  return Math.max(watched, times.length ? Math.max(...times) - Math.min(...times) : 0) / 1000;
}

/**
 * Follows the stream of fills that match a filter: those after the position `from`, an id or null.
 * The fills of another filter are retained, and those that only the new filter matches are sent
 * again, so that the list has no holes. `changed(arrived)` is called after each change.
 */
export function goLive(wanted, from, changed) {
  listener = changed;
  if (stop && live.filter && streamPath(live.filter) === streamPath(wanted)) {
    return;
  }
  const wider = live.filter && !isWithin(wanted, live.filter);
  stop?.();
  first ??= from;
  Object.assign(live, uncounted(now()), { filter: wanted });
  stop = openStream({ path: streamPath(wanted), last: wider ? first : last ?? first, consume, report });
}

/** Ends the stream. What was received is retained, and the next one goes on after it. */
export function endLive() {
  stop?.();
  stop = null;
  report("off");
  listener = () => {};
}

/** Ends the stream and forgets what it sent, for example because it belongs to another token. */
export function forgetLive() {
  endLive();
  fills.clear();
  first = last = watchedFrom = watchedTo = null;
  Object.assign(live, unfollowed());
}

/** Forgets that fills are missing until the given time, or all of them if it is null. */
export function closeGap(until) {
  live.gap = until && live.gap ? { from: until, to: live.gap.to } : null;
  listener(false);
}

/** Goes on without the fills of a gap. */
export function dismissGap() {
  live.dismissed = true;
  closeGap(null);
}

function unfollowed() {
  return { filter: null, gap: null, dismissed: false, pace: null, ...uncounted(null) };
}

function uncounted(since) {
  return { opened: false, until: null, since, heard: null, complete: null, received: 0, long: 0, short: 0 };
}

function report(phase, detail = {}) {
  if (phase === "open") {
    // The beginning of a stream says whether its pace is another one than the configured.
    live.pace = null;
    opening = null;
    live.opened = true;
    watchedFrom ??= performance.now();
    watchedTo = null;
  }
  if (phase === "refused" || phase === "off") {
    live.until ??= now();
    watchedTo ??= performance.now();
  }
  if (phase !== live.phase || detail.reason || detail.problem) {
    live.phase = phase;
    live.detail = detail;
    listener(false);
  }
}

function consume(event) {
  if (event.id) {
    first ??= event.id;
    last = event.id;
  }
  if (event.event === "heartbeat") {
    heartbeat(event.id);
    return;
  }
  if (event.event === "fill") {
    add(event.id, event.data);
    return;
  }
  if (event.event === "gap") {
    live.gap = { from: live.gap?.from ?? event.data.from, to: event.data.to };
  } else if (event.event === "interval") {
    live.pace = event.data.reason === "configured" ? null : event.data;
  }
  listener(false);
}

// Its id is a time if all fills before that time have been sent. The first one repeats where the stream begins.
function heartbeat(id) {
  opening ??= id;
  const [, time] = /^(\d+)-0$/.exec(id) ?? [];
  if (time && id !== opening) {
    live.complete = new Date(Number(time));
  }
}

function add(id, fill) {
  const key = keyOf(fill);
  if (fills.has(key)) {
    return;
  }
  fills.set(key, { id, fill, came: now() });
  if (isLiquidated(fill)) {
    live.heard = now();
    live.received++;
    live[fill.side === "B" ? "short" : "long"] += Number(fill.px) * Number(fill.sz);
  }
  if (fills.size > MOST + SLACK) {
    trim();
  }
  listener(true);
}

// A fill that was dropped is not sent again.
function trim() {
  const oldest = [...fills].sort(([, one], [, other]) => Date.parse(one.fill.time) - Date.parse(other.fill.time));
  oldest.slice(0, oldest.length - MOST).forEach(([key, { id }]) => {
    fills.delete(key);
    first = id;
  });
  watchedFrom = null;
}

function isWithin(inner, outer) {
  return (!outer.coin || outer.coin === inner.coin) && (!outer.side || outer.side === inner.side) && (outer.least || 0) <= (inner.least || 0);
}
