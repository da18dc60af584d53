// Updates of a view of live data: at most one in a second, and one announcement in ten seconds.

import { announce, retract } from "./dom.js";
import { valueText } from "./fills-words.js";
import { plural } from "./formats.js";
import { live } from "./live.js";
import { OFF, gapText, liveText } from "./live-parts.js";
import { errorText } from "./notices.js";

const REDRAW = 1000;
const ANNOUNCE = 10_000;

/** Creates the listener of live data, whose `changed` redraws a view and announces counts instead of each fill. */
export function createUpdates(redraw) {
  let timer = null;
  let redrawn = -Infinity;
  let announcing = null;
  let announced = -Infinity;
  let reported = { received: live.received, long: live.long, short: live.short };
  let since = live.since;
  let phase = live.phase;
  let gap = live.gap;
  let pace = live.pace;

  function changed() {
    if (live.phase !== "off") {
      retract(OFF);
    }
    timer ??= setTimeout(() => {
      timer = null;
      redrawn = performance.now();
      redraw();
    }, Math.max(0, redrawn + REDRAW - performance.now()));
    announcing ??= setTimeout(report, Math.max(REDRAW, announced + ANNOUNCE - performance.now()));
  }

  function report() {
    announcing = null;
    const text = update();
    if (text) {
      announced = performance.now();
      announce(text);
    }
  }

  function update() {
    const texts = [];
    if (live.since !== since) {
      since = live.since;
      reported = { received: 0, long: 0, short: 0 };
    }
    const fills = live.received - reported.received;
    if (fills > 0) {
      texts.push(`${plural(fills, "new fill")}: ${valueText(live.long - reported.long, live.short - reported.short, { side: live.filter?.side }, ", ")}.`);
    }
    if (live.gap && live.gap !== gap) {
      texts.push(gapText(live.gap));
    }
    if ((live.phase !== phase && live.phase !== "connecting" && !isRenewal()) || live.pace?.reason !== pace?.reason) {
      texts.push(liveText(), ...live.phase === "refused" ? live.detail.problem.errors.map(errorText) : []);
      phase = live.phase;
    }
    reported = { received: live.received, long: live.long, short: live.short };
    gap = live.gap;
    pace = live.pace;
    return texts.join(" ");
  }

  return { changed };
}

// Each stream ends after a while, and the next one follows within seconds.
function isRenewal() {
  return live.phase === "waiting" && live.detail.reason === "renew";
}
