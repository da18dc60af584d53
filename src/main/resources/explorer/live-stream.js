// A stream of the gateway that goes on after each end and each failure, without loss (docs/stream.md).

import { lines } from "./client.js";

/** Longest silence in ms: three heartbeats. */
const SILENCE = 45_000;

/** Longest time between two attempts, in ms. */
const LONGEST_WAIT = 60_000;

/** Time in ms after which a hidden page lets go of its stream, so that nobody's plan pays for a forgotten tab. */
const HIDDEN = 600_000;

/** Statuses that another attempt would not change. */
const FINAL = [400, 401, 403, 404, 405, 406];

/**
 * Opens a stream after the event with the id `last`, or from now on. `consume(event)` is called with
 * each fill, gap, interval and heartbeat. `report(phase, detail)` is called with `connecting`, `open`, `waiting` (with the
 * `reason` and the time `until` the next attempt, in ms of `performance.now`), `hidden` or `refused`
 * (with the `problem`). Returns the function that ends it.
 */
export function openStream({ path, last, consume, report }) {
  let id = last;
  let retry = 2000;
  let failures = 0;
  let stopped = false;
  let asleep = false;
  let controller = null;
  let wake = () => {};

  async function run() {
    while (!stopped) {
      if (asleep) {
        failures = 0;
        report("hidden");
        await pause(null);
        continue;
      }
      const { problem, reason } = await once();
      if (stopped) {
        break;
      }
      if (FINAL.includes(problem?.status)) {
        report("refused", { problem });
        stop();
        break;
      }
      if (asleep) {
        continue;
      }
      const wait = Math.max(retry, (problem?.retryAfter ?? 0) * 1000, problem ? Math.min(LONGEST_WAIT, retry * 2 ** (failures - 1)) : 0);
      report("waiting", { reason, until: performance.now() + wait });
      await pause(wait);
    }
  }

  async function once() {
    let open = false;
    let silent = false;
    let timer = null;
    let reason = "closed";
    const signal = (controller = new AbortController()).signal;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        silent = true;
        controller.abort();
      }, SILENCE);
    };
    report("connecting");
    heard();
    try {
      await lines(path, signal, (event) => {
        heard();
        if (!open) {
          open = true;
          failures = 0;
          report("open");
        }
        if (event.event === "retry") {
          retry = event.data.millis;
        } else if (event.event === "end") {
          reason = event.data.reason;
        } else if (!stopped) {
          consume(event);
        }
        id = event.id ?? id;
      }, id ? { "Last-Event-ID": id } : {});
      return { reason };
    } catch (problem) {
      failures++;
      return { problem, reason: silent ? "silent" : problem.title ?? "cut off" };
    } finally {
      clearTimeout(timer);
    }
  }

  function pause(wait) {
    return new Promise((resume) => {
      const timer = wait === null ? null : setTimeout(resume, wait);
      wake = () => {
        clearTimeout(timer);
        resume();
      };
    });
  }

  let hiding = null;
  function visibility() {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(() => {
        asleep = true;
        controller?.abort();
        wake();
      }, HIDDEN);
    } else if (asleep) {
      asleep = false;
      wake();
    }
  }

  const online = () => asleep || wake();

  function stop() {
    stopped = true;
    clearTimeout(hiding);
    document.removeEventListener("visibilitychange", visibility);
    removeEventListener("online", online);
    controller?.abort();
    wake();
  }

  document.addEventListener("visibilitychange", visibility);
  addEventListener("online", online);
  visibility();
  run();
  return stop;
}
