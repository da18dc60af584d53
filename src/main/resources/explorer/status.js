// The view of the state of things: the data of this tab, the upstream, and the team's own usage.

import { actions, picture, tableCanvas } from "./actions.js";
import { heatmapPath } from "./bins.js";
import { age, cached, freshFor, held, now, read, spent } from "./client.js";
import { cohortName } from "./cohorts.js";
import { freshness } from "./cost.js";
import { h, keepFocus, table } from "./dom.js";
import { count, dateTime, duration, percent, plural, timeOfDay } from "./formats.js";
import { configuredInterval, live } from "./live.js";
import { entryOf } from "./lookup.js";
import { failure, loading, notice } from "./notices.js";

const UPSTREAM = { ok: ["fresh", "HyperTracker answers."], stale: ["stale", "HyperTracker fails or is slow. Stored data is served, marked as stale."],
  paused: ["absent", "The gateway currently makes no calls: HyperTracker asked for a pause, or the budget is spent. Stored data is served."] };

/** Creates the view. */
export function statusView(root) {
  const body = h("div", { class: "stack" });
  root.append(h("div", { class: "head" }, h("h1", {}, "Status"), h("div", { class: "controls" },
    h("button", { type: "button", onclick: () => update() }, "Update: no call"))), body);

  let timer = null;

  // Ages and times go on without a request.
  function follow(usage, problem) {
    clearInterval(timer);
    timer = setInterval(() => body.isConnected ? keepFocus(body, () => show(usage, problem)) : clearInterval(timer), 15_000);
  }

  async function update() {
    clearInterval(timer);
    document.title = "Status · Liquidation explorer";
    body.replaceChildren(loading("Loading the status"));
    if (held().length === 0) {
      await cached(heatmapPath("BTC"));
    }
    let usage = null;
    let problem = null;
    try {
      usage = await read("api/usage");
    } catch (failed) {
      if (failed.status === 401) {
        throw failed;
      }
      problem = failed;
    }
    show(usage, problem);
    follow(usage, problem);
  }

  function show(usage, problem) {
    const responses = held().sort((one, other) => age(one) - age(other));
    const newest = [usage?.newestState, ...responses.map((each) => each.stateTime)].filter(Boolean).sort().at(-1) ?? null;
    const rows = responses.map((each) => [nameOf(each.path), duration(age(each)), (freshness(each) === "fresh" ? duration(freshFor(each)) : "stale")
      + (isDue(each, usage) ? ", a newer state is due" : ""),
      each.stateTime ? dateTime(new Date(each.stateTime)) : "unknown"]);
    const facts = factsOf(newest, usage);
    const usageRows = usage ? usageOf(usage) : [];
    body.replaceChildren(h("div", { class: "cards" }, facts.map(([title, value, text, state]) => h("section", { class: "card fact" },
      h("h2", {}, title), h("p", { class: "figure" }, state ? h("span", { class: "dot " + state, "aria-hidden": "true" }) : null, value), h("p", { class: "muted" }, text)))),
    h("section", { class: "card" }, h("h2", {}, "What this tab shows"), rows.length ? table("Responses of this tab",
      [{ title: "Data" }, { title: "Age", number: true }, { title: "Fresh for", number: true }, { title: "State" }],
      rows.map((row, index) => [h("span", { class: "cohort" }, h("span", { class: "dot " + freshness(responses[index]), "aria-hidden": "true" }), row[0]), ...row.slice(1)]))
      : notice("Nothing loaded yet", "Open a heatmap, and its age appears here.")),
    h("section", { class: "card" }, h("h2", {}, usage?.team ? `Usage of ${usage.team}` : "Usage of your team"), usage ? usageParts(usage)
      : problem.status === 404 ? notice("Not available", "This gateway does not publish the usage of teams. Its operators see it at their management port.")
        : failure(problem, () => update())),
    actions({ path: "api/usage", free: true, operation: usage ? "readUsage" : "all", name: "status",
      csv: () => [["name", "value", "detail"], ...facts.map(([title, value, text]) => [title, value, text]), ...rows.map(([name, old, left, state]) =>
        [name, old, "fresh for " + left + ", state " + state]), ...usageRows],
      png: () => picture({ title: "Status on " + dateTime(now()), lines: facts.map(([title, value, text]) => `${title}: ${value}. ${text}`),
        canvases: rows.length ? [tableCanvas(["Data", "Age", "Fresh for", "State"], rows, { first: 230, other: 160 })] : [] }) }));
  }

  function factsOf(newest, usage) {
    const next = usage?.nextState ? new Date(usage.nextState) : null;
    const [state, text] = entryOf(UPSTREAM, usage?.upstream) ?? [null, "Known only if the gateway publishes the usage of teams."];
    return [["Newest state", newest ? duration((now() - new Date(newest)) / 1000) + " ago" : "unknown", newest
      ? "HyperTracker computed its data on " + dateTime(new Date(newest)) + "." : "The gateway does not know when HyperTracker's data changed: see its documentation on the state clock."],
    ["Next state", next ? (next > now() ? "in " + duration((next - now()) / 1000) : "due") : "unknown", next ? "Expected on " + dateTime(next)
      + (next > now() ? ". A refresh before then brings nothing new." : ". Data of a newer state may be there now: a refresh after the shown lifetime brings it.") : "HyperTracker usually updates its data every 15 to 30 minutes."],
    ["Upstream", entryOf({ ok: "OK", stale: "Failing", paused: "Paused" }, usage?.upstream) ?? "unknown", text, state],
    ...streamFact(),
    ["This tab", plural(spent.calls, "call"), `of the plan, for ${plural(spent.requests, "request")} to the gateway.`]];
  }

  function usageParts(usage) {
    const parts = [h("p", {}, usage.requests ? `${count(usage.requests.left)} of ${plural(usage.requests.limit, "request")} a minute left. The full limit is back in ${
      duration(usage.requests.resetSeconds)}.` : "Your team has no limit of requests.")];
    if (usage.calls?.length) {
      parts.push(table("Calls of the plan", [{ title: "Window" }, { title: "Used by your team", number: true }, { title: "Share", number: true },
        { title: "Left", number: true }, { title: "Limit", number: true },
        { title: "Plan used", number: true }, { title: "Resets" }], usage.calls.map((each) => [each.window, count(each.used),
        each.share ? count(each.share) : "no share configured", count(each.left), count(each.limit),
        percent(each.limit ? 100 * (each.limit - each.left) / each.limit : 0), each.resetsAt ? dateTime(new Date(each.resetsAt)) : ""])));
    }
    if (usage.endpoints?.length) {
      parts.push(table("Calls by endpoint", [{ title: "Endpoint" }, { title: "Calls", number: true }, { title: "Answered without a call", number: true },
        { title: "Saved", number: true }], usage.endpoints.map((each) => [each.endpoint, count(each.calls), count(each.spared),
        percent(each.calls + each.spared ? 100 * each.spared / (each.calls + each.spared) : 0)])));
    }
    parts.push(h("p", { class: "muted" }, usage.since ? "Counted since " + dateTime(new Date(usage.since)) + "." : ""));
    return parts;
  }

  return { update };
}

// A response can be fresh although HyperTracker's next state is due.
function isDue(response, usage) {
  return Boolean(usage?.nextState && response.stateTime) && new Date(usage.nextState) <= now() && new Date(response.stateTime) < new Date(usage.nextState);
}

function streamFact() {
  const seconds = configuredInterval();
  return seconds ? [["Live liquidations", "off", live.opened && live.until
    ? `Live from ${timeOfDay(live.since)} until ${timeOfDay(live.until)} UTC, with ${plural(live.received, "fill")} received by this tab. The view of liquidations follows the stream while you view it and its switch is on.`
    : `Switch them on in the view of liquidations. The gateway is set to a poll of HyperTracker every ${duration(seconds)} for all who listen; the view says when they are rarer.`]] : [];
}

function usageOf(usage) {
  return [...(usage.calls ?? []).map((each) => ["calls " + each.window, each.used, `left ${each.left}`]),
    ...(usage.endpoints ?? []).map((each) => ["calls of " + each.endpoint, each.calls, `without a call ${each.spared}`])];
}

function nameOf(path) {
  const heatmap = /coins\/([^/]+)\/liquidation-heatmap/.exec(path);
  const risk = /external\/(\d+)\/assets/.exec(path);
  const coin = /[?&]coin=([^&]+)/.exec(path);
  return heatmap ? "Heatmap of " + decodeURIComponent(heatmap[1]) : risk ? "Risk of " + cohortName(Number(risk[1]))
    : "Fills" + (coin ? " of " + decodeURIComponent(coin[1]) : "") + (path.includes("nextCursor") ? ", older" : ", newest");
}
