// The view of the risk of all cohorts: one coin, the matrix, and one cohort.

import { cached, load, onArrival, peek } from "./client.js";
import { COHORTS, GROUPS, cohort } from "./cohorts.js";
import { freshness } from "./cost.js";
import { announce, h, keepFocus, statement } from "./dom.js";
import { plural } from "./formats.js";
import { failure, loading, notice } from "./notices.js";
import { oneCoin } from "./risk-coin.js";
import { oneCohort } from "./risk-cohort.js";
import { riskCosts } from "./risk-costs.js";
import { riskMatrix } from "./risk-matrix.js";
import { assets, riskPath, spelling } from "./risk-model.js";
import { firstCohorts, linkedCohorts, riskStatement, withoutCohorts } from "./risk-words.js";
import { link, route } from "./route.js";

// What is being loaded goes on when the view is left, and the next view shows it.
const job = { progress: null, problem: null, redraw: () => {} };

/** Creates the view. */
export function riskView(root) {
  const body = h("div", { class: "stack" });
  const responses = new Map();
  const looked = new Set();
  const risk = { responses, looked, job, loadAll, lookAll };
  let opened = false;
  if (!job.progress) {
    job.problem = null;
  }
  root.append(h("div", { class: "head" }, h("h1", {}, "Risk of liquidation", h("span", { class: "light" }, " by cohort"))), body);

  async function update({ params }) {
    document.title = "Risk by cohort · Liquidation explorer";
    if (!opened) {
      body.replaceChildren(loading("Looking for cohorts in the cache"));
      await look(firstCohorts(params, held()));
      opened = true;
      announce(linesOf(params).join(" "));
      const others = linkedCohorts(params).filter((id) => !looked.has(id));
      if (others.length > 0 && !job.progress && body.isConnected) {
        lookAll(others);
        return;
      }
    }
    show(params);
  }

  const end = onArrival(() => opened && job.progress === null && redraw());

  // Responses that arrived while another view was shown are as good as those that this one asked for.
  function take() {
    COHORTS.filter(({ id }) => peek(riskPath(id)) && (looked.has(id) || freshness(peek(riskPath(id))) === "fresh")).forEach(({ id }) => {
      looked.add(id);
      responses.set(id, peek(riskPath(id)));
    });
  }

  // The link has the cohorts that are shown, so that it shows others the same.
  function remember(params) {
    const first = firstCohorts(withoutCohorts(params), new Set());
    const same = looked.size === first.length && first.every((id) => looked.has(id));
    const ids = same ? null : looked.size === COHORTS.length ? "all" : [...looked].sort((one, other) => one - other).join("-");
    if (ids !== params.get("cohorts")) {
      ids ? params.set("cohorts", ids) : params.delete("cohorts");
      history.replaceState(null, "", link("risk", "", Object.fromEntries(params)));
    }
  }

  // Those that this tab holds need no request.
  function held() {
    COHORTS.filter(({ id }) => freshness(peek(riskPath(id))) === "fresh").forEach(({ id }) => {
      looked.add(id);
      responses.set(id, peek(riskPath(id)));
    });
    return looked;
  }

  async function look(ids) {
    await Promise.all(ids.map(async (id) => {
      const response = await cached(riskPath(id));
      looked.add(id);
      if (response) {
        responses.set(id, response);
      }
    }));
  }

  // One request first: if the token is not valid, the others are not sent.
  async function lookAll(ids) {
    job.problem = null;
    job.progress = `Looking for ${plural(ids.length, "cohort")} in the cache`;
    announce(job.progress);
    job.redraw();
    try {
      await look(ids.slice(0, 1));
      await look(ids.slice(1));
    } catch (failed) {
      job.problem = failed;
    }
    job.progress = null;
    announce(job.problem ? "Looking stopped: " + job.problem.message : linesOf(route().params).join(" "));
    job.redraw();
  }

  // One after the other: a burst would take all calls of a minute from other callers.
  async function loadAll(ids) {
    job.problem = null;
    for (const [index, id] of ids.entries()) {
      job.progress = `Loading ${cohort(id).name}, ${index + 1} of ${ids.length}`;
      announce(job.progress);
      job.redraw();
      try {
        responses.set(id, await load(riskPath(id)));
        looked.add(id);
      } catch (failed) {
        job.problem = failed;
        break;
      }
    }
    job.progress = null;
    announce(job.problem ? "Loading stopped: " + job.problem.message : plural(ids.length, "cohort") + " loaded");
    job.redraw();
  }

  job.redraw = redraw;

  function redraw() {
    // The address changes before its event arrives.
    if (body.isConnected && route().view === "risk") {
      show(route().params);
    }
  }

  function show(params) {
    if (!body.isConnected) {
      return;
    }
    take();
    remember(params);
    const coin = coinOf(params);
    const selected = cohort(Number(params.get("cohort")));
    const loaded = responses.size > 0;
    const group = GROUPS.find(([name]) => name === params.get("group")) ?? (params.get("group") === "all" ? null : GROUPS[0]);
    keepFocus(body, () => body.replaceChildren(statement(linesOf(params)), riskCosts(risk),
      ...(job.problem ? [failure(job.problem, null)] : []),
      ...(loaded ? [oneCoin(risk, coin, () => linesOf(params)), ...(selected ? [oneCohort(risk, selected, params)] : []), riskMatrix(risk, group, params)] : [
        unknownLeft() ? notice("Not in the cache", "The first cohorts are not cached. Others may be: look for all of them above. It costs no call.") : notice("No cohort is cached", "Nobody has requested the lists of cohorts lately. Load them above, or one of them here:",
          h("div", { class: "buttons" }, COHORTS.map(({ id, name }) => h("button", { type: "button", disabled: job.progress !== null,
            onclick: () => loadAll([id]) }, name + ": 1 call"))))])));
  }

  function unknownLeft() {
    return looked.size < COHORTS.length;
  }

  function linesOf(params) {
    return riskStatement(responses, looked, coinOf(params));
  }

  // Links have any case, and HyperTracker's spelling is shown.
  function coinOf(params) {
    return spelling([...responses.values()].flatMap((response) => assets(response).map((asset) => asset.coin)), params.get("coin")?.trim() || "BTC");
  }

  return { update, leave: end };
}
