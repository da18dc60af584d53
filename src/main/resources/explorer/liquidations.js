// The view of the newest liquidations: sums by side, and the fills. Pages and the stream are merged
// into one list.

import { NDJSON, age, cached, fetched, load, now, onArrival, peek } from "./client.js";
import { costLine, paid } from "./cost.js";
import { announce, h, keepFocus, replaceText, statement, whileShown } from "./dom.js";
import { duration } from "./formats.js";
import { filterOf, filters } from "./fills-filters.js";
import { betweenPath, fillsPath, merge, streamPath } from "./fills-model.js";
import { following, keepPages, keptPages } from "./fills-pages.js";
import { newest, perInterval } from "./fills-parts.js";
import { fillsStatement, filterText } from "./fills-words.js";
import { closeGap, configuredInterval, dismissGap, endLive, goLive, live, liveFills, watchedSeconds } from "./live.js";
import { createUpdates } from "./live-updates.js";
import { liveLine, liveSwitch } from "./live-parts.js";
import { failure, loading, mayChange, notice } from "./notices.js";
import { spelling } from "./risk-model.js";
import { change, route } from "./route.js";

/** Time in ms after which the statement is made again, as the time for which fills are watched grows. */
const WATCHED = 5000;

/** Creates the view. */
export function liquidationsView(root) {
  const body = h("div", { class: "stack" });
  const toggle = h("div", { class: "controls" });
  const updates = createUpdates(() => body.isConnected && showLive());
  let of = null;
  let first = null;
  let older = [];
  let problem = null;
  let parts = null;
  let newestTime = null;
  let loadingFills = false;
  root.append(h("div", { class: "head" }, h("h1", {}, "Liquidations", h("span", { class: "light" }, " newest fills")), toggle), body);

  async function update({ params }) {
    document.title = "Liquidations · Liquidation explorer";
    const only = params.get("of") ?? "";
    if (only !== of) {
      body.replaceChildren(loading("Looking for the newest fills in the cache"));
      of = only;
      older = [];
      first = null;
      const found = await cached(fillsPath(only)).catch((failed) => failed);
      if (only !== of) {
        return;
      }
      problem = found instanceof Error ? found : null;
      first = problem ? null : found;
      older = keptPages(of, first);
    }
    follow(params);
    show(params);
  }

  function isLive(params) {
    return configuredInterval() > 0 && params.get("live") === "on";
  }

  // The stream goes on after the fills that are loaded. A fill can be published ten seconds late.
  function follow(params) {
    if (!isLive(params)) {
      endLive();
      return;
    }
    const filter = spelled(filterOf(params));
    const latest = merge([fillsOf(first)])[0]?.time;
    const from = first ? Math.min(latest?.getTime() ?? Infinity, now().getTime() - age(first) * 1000) - 10_000 : null;
    goLive({ ...filter, coin: filter.coin || of }, from ? Math.floor(from) + "-0" : null, updates.changed);
  }

  async function refresh(button) {
    await attempt(button, fillsPath(of), take);
  }

  // Pages that do not follow the newest one are left out.
  function take(page) {
    older = first ? following(page, [first, ...older]) : [];
    first = page;
  }

  async function loadOlder(button) {
    await attempt(button, fillsPath(of, last().body.nextCursor), (page) => {
      older = [...older, page];
    });
  }

  async function loadGap(button) {
    const gap = live.gap;
    await attempt(button, betweenPath(gap, spelled(filterOf(route().params)).coin || of), (page) => {
      older = [page, ...older];
      closeGap(page.body.nextCursor ? page.body.fills.at(-1)?.time ?? gap.from : null);
    });
  }

  // What arrives after a change to the fills of another coin is none of them, and what the tab does
  // not hold belongs to another token.
  async function attempt(button, path, add) {
    const asked = of;
    button.disabled = true;
    loadingFills = true;
    problem = null;
    announce("Loading fills");
    try {
      const page = await load(path);
      if (asked === of) {
        add(page);
        announce(paid(page));
        if (peek(path) === page) {
          keepPages(of, first, older);
        }
      }
    } catch (failed) {
      problem = asked === of ? failed : problem;
    }
    loadingFills = false;
    if (body.isConnected && asked === of) {
      show(route().params);
      (body.querySelector("[name=refresh]") ?? toggle.querySelector("button"))?.focus();
    }
  }

  function last() {
    return older.at(-1) ?? first;
  }

  function loaded() {
    return merge([liveFills(), ...[first, ...older].map(fillsOf)]);
  }

  // Links have any case, and HyperTracker's spelling is shown.
  function spelled(filter) {
    return { ...filter, coin: spelling(coinsOf(loaded()), filter.coin) };
  }

  function matching(everything, { coin, side, least }) {
    return everything.filter((fill) => (!coin || fill.coin === coin) && (!of || fill.coin.toLowerCase() === of.toLowerCase()) && (!side || fill.side === side) && fill.value >= least);
  }

  function show(params) {
    const on = isLive(params);
    const everything = loaded();
    const coins = coinsOf(everything);
    parts = { on, coins, say: () => {}, statement: h("div", {}), filters: h("div", {}), data: h("div", { class: "stack" }),
      line: on ? liveLine({ loadGap, dismiss: dismissGap, newest: () => newestTime }) : null };
    keepFocus(toggle, () => toggle.replaceChildren(...(configuredInterval() ? [liveSwitch(on)] : [])));
    keepFocus(body, () => {
      body.replaceChildren(parts.statement, ...(problem && !mayChange(problem) && !first ? [] : [costLine(first, of ? "the newest fills of " + of : "the newest fills", refresh,
        on ? "Live fills are those of the last poll; loading asks HyperTracker now, and is newer." : "")]),
        ...(on ? [parts.line.element] : []), ...(problem ? [failure(problem, null)] : []), parts.filters, parts.data);
      fill(params, everything);
    });
    const mine = parts;
    if (on) {
      whileShown(mine.statement, WATCHED, () => mine.say());
    }
  }

  // The filters stay as they are while somebody uses them.
  function showLive() {
    const { params } = route();
    if (live.phase === "refused" && live.detail.problem.status === 401) {
      failure(live.detail.problem, null);
    }
    const everything = loaded();
    const busy = parts.filters.contains(document.activeElement);
    if (!busy) {
      parts.coins = coinsOf(everything);
    }
    keepFocus(parts.data, () => fill(params, everything, busy));
  }

  function fill(params, everything, busy = false) {
    const filter = spelled(filterOf(params));
    const fills = matching(everything, filter);
    const labelled = { ...filter, coin: filter.coin || spelling(coinsOf(everything), of) };
    const usable = everything.length > 0 || first;
    newestTime = fills[0]?.time ?? null;
    parts.line?.update();
    if (!busy) {
      keepFocus(parts.filters, () => parts.filters.replaceChildren(...(usable ? [filters(filter, parts.coins, of)] : [])));
    }
    const lines = () => everything.length ? fillsStatement(fills, labelled, everything, first ? null : watchedSeconds())
      : [parts.on ? "No liquidation yet." : "No liquidation to show."];
    parts.say = () => replaceText(parts.statement, usable ? [statement(lines())] : []);
    parts.say();
    if (!usable && problem && !mayChange(problem)) {
      parts.data.replaceChildren(...(of ? [h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => change({ of: null, coin: null }) }, "Fills of all coins"))] : []));
      parts.statement.hidden = parts.filters.hidden = true;
      return;
    }
    parts.statement.hidden = !usable;
    parts.filters.hidden = !usable;
    const request = parts.on ? { path: streamPath({ ...filter, coin: filter.coin || of }), accept: NDJSON, stream: true, operation: "streamFills" }
      : { path: fillsPath(filter.coin || of), operation: "liquidationFills" };
    parts.data.replaceChildren(...(fills.length
      ? [perInterval(fills, params, filterText(labelled), request, parts.on ? "live" : first ? duration(age(first)) + " old" : "received live"), newest(fills, everything.length, params, request, olderButton())]
      : [usable ? noMatch(everything) : notCached()]));
  }

  function noMatch(everything) {
    return everything.length === 0 ? notice("No fill yet", "Fills appear here as they happen.") : notice("No fill matches",
      ["Choose other filters", ...(parts.on ? ["wait for the next fills"] : []), ...(last()?.body.nextCursor ? ["load older ones"] : [])].join(", or ") + ".", olderButton());
  }

  function notCached() {
    const text = "One call shows the newest 500, of all coins. All filters work on them without another call.";
    return parts.on ? notice("No fill yet", "Liquidations that happen from now on appear here. " + text)
      : notice("Not in the cache", "Fills change with every liquidation, so the gateway caches them for seconds only. " + text);
  }

  function olderButton() {
    return last()?.body?.nextCursor ? h("button", { type: "button", onclick: (event) => loadOlder(event.currentTarget) }, "Load older: up to 1 call") : null;
  }

  const end = onArrival((path) => {
    if (of !== null && body.isConnected && !loadingFills && path === fillsPath(of) && !body.querySelector(":scope > .loading") && peek(path) !== first) {
      take(peek(path));
      problem = null;
      show(route().params);
    }
  });

  function leave() {
    end();
    endLive();
  }

  return { update, leave };
}

function fillsOf(page) {
  const time = page ? fetched(page) : null;
  return (page?.body.fills ?? []).map((fill) => [fill, time]);
}

function coinsOf(fills) {
  return [...new Set(fills.map((fill) => fill.coin))].sort((one, other) => one.localeCompare(other));
}
