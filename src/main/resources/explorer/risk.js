// The view of the risk of all cohorts: one coin, the matrix, and one cohort.

import { actions, picture, tableCanvas } from "./actions.js";
import { age, cached, fetched, load, onArrival, peek } from "./client.js";
import { COHORTS, GROUPS, cohort, cohortColor } from "./cohorts.js";
import { freshness } from "./cost.js";
import { announce, choice, field, h, keepFocus, swatch, table } from "./dom.js";
import { count, duration, fullMoney, money, percent, plural } from "./formats.js";
import { entryOf } from "./lookup.js";
import { failure, loading, notice } from "./notices.js";
import { cell, matrixCell } from "./risk-cells.js";
import { ORDERS, assets, matrix, ranking, riskPath, spelling } from "./risk-model.js";
import { firstCohorts, linkedCohorts, riskStatement, withoutCohorts } from "./risk-words.js";
import { change, link, route } from "./route.js";

const FIRST_ROWS = 20;

// What is being loaded goes on when the view is left, and the next view shows it.
const job = { progress: null, problem: null, redraw: () => {} };

/** Creates the view. */
export function riskView(root) {
  const body = h("div", { class: "stack" });
  const responses = new Map();
  const looked = new Set();
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
      announce(statement(params).join(" "));
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
    announce(job.problem ? "Looking stopped: " + job.problem.message : statement(route().params).join(" "));
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
    keepFocus(body, () => body.replaceChildren(statementPart(params), costs(),
      ...(job.problem ? [failure(job.problem, null)] : []),
      ...(loaded ? [focus(coin, params), ...(selected ? [oneCohort(selected, params)] : []), all(group, params)] : [
        unknownLeft() ? notice("Not in the cache", "The first cohorts are not cached. Others may be: look for all of them above. It costs no call.") : notice("No cohort is cached", "Nobody has requested the lists of cohorts lately. Load them above, or one of them here:",
          h("div", { class: "buttons" }, COHORTS.map(({ id, name }) => h("button", { type: "button", disabled: job.progress !== null,
            onclick: () => loadAll([id]) }, name + ": 1 call"))))])));
  }

  function unknownLeft() {
    return looked.size < COHORTS.length;
  }

  function statementPart(params) {
    const [lead, ...more] = statement(params);
    return h("div", { class: "statement" }, h("p", { class: "lead" }, lead), more.map((line) => h("p", {}, line)));
  }

  function statement(params) {
    return riskStatement(responses, looked, coinOf(params));
  }

  // Links have any case, and HyperTracker's spelling is shown.
  function coinOf(params) {
    return spelling([...responses.values()].flatMap((response) => assets(response).map((asset) => asset.coin)), params.get("coin")?.trim() || "BTC");
  }

  function costs() {
    const unknown = COHORTS.filter(({ id }) => !looked.has(id));
    const absent = COHORTS.filter(({ id }) => looked.has(id) && !responses.has(id));
    const stale = COHORTS.filter(({ id }) => responses.has(id) && freshness(responses.get(id)) === "stale");
    const state = absent.length > 0 ? "absent" : stale.length > 0 ? "stale" : "fresh";
    const more = unknown.length > 0 ? `${responses.size} of 16 cohorts are shown. Showing the others costs ${plural(unknown.length, "request")}, and no call of the plan. ` : "";
    const all = unknown.length > 0 ? "The shown cohorts" : "All 16 cohorts";
    const words = job.progress ?? more + (absent.length > 0 ? `${plural(absent.length, "cohort")} not cached: ${absent.length > 5
      ? absent.length + " of 16" : absent.map(({ name }) => name).join(", ")}. Loading them costs ${plural(absent.length, "call")} of the plan.`
      : stale.length > 0 ? `${all} are cached, ${stale.length} of them older than their lifetime. Refreshing those costs ${plural(stale.length, "call")} of the plan.`
        : all + " are cached and fresh. A refresh costs no call now.");
    const button = (list, text) => h("button", { type: "button", class: unknown.length > 0 ? "" : "primary", disabled: job.progress !== null,
      onclick: () => loadAll(list.map(({ id }) => id)) }, `${text} ${list.length}: ${plural(list.length, "call")}`);
    return h("div", { class: "cost" }, h("span", { class: "cost-words" }, h("span", { class: "dot " + state, "aria-hidden": "true" }),
      h("span", { class: "cost-text" }, words)),
    unknown.length > 0 ? h("button", { type: "button", class: "primary", name: "look", disabled: job.progress !== null,
      onclick: () => lookAll(unknown.map(({ id }) => id)) }, "Show all 16: no call") : null,
    absent.length > 0 ? button(absent, "Load") : null, stale.length > 0 ? button(stale, "Refresh stale") : null);
  }

  function focus(coin, params) {
    const rows = ranking(responses, coin);
    const known = [...new Set([...responses.values()].flatMap((response) => assets(response).map((asset) => asset.coin)))].sort();
    const input = h("input", { name: "coin", type: "text", list: "markets", value: coin, autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", size: "10", maxlength: "32" });
    const most = Math.max(1, ...rows.map((row) => row.share));
    const cells = rows.map((row) => [nameButton(row.cohort),
      h("span", { class: "meter" }, h("span", { class: "bar", css: { width: (100 * row.share / most).toFixed(1) + "%",
        "background-color": `var(${cohortColor(row.cohort.id)})` } }), h("span", {}, percent(row.share))),
      h("span", { title: fullMoney(row.risk) }, money(row.risk)), h("span", { title: fullMoney(row.open) }, money(row.open)), duration(age(responses.get(row.cohort.id)))]);
    return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, "Cohorts in " + coin),
      h("form", { class: "joined", onsubmit: (event) => {
        event.preventDefault();
        change({ coin: input.value.trim() });
      } }, field("Coin", input), h("button", { type: "submit" }, "Show"),
      h("datalist", { id: "markets" }, known.map((each) => h("option", { value: each }))))),
    rows.length === 0 ? notice("No positions", `None of the ${responses.size} shown cohorts has positions in ${coin}.`)
      : table("Cohorts in " + coin + ", the highest share at risk first", [{ title: "Cohort" }, { title: "Share at risk" },
        { title: "At risk", number: true }, { title: "Open interest", number: true }, { title: "Age", number: true }], cells, { className: "ranking" }),
    actions({ path: rows.length ? rows.map((row) => riskPath(row.cohort.id)) : riskPath(5), operation: "liquidationRisk", name: "risk-" + coin,
      csv: () => [["coin", "segmentId", "cohort", "percentRisk", "riskValue", "totalValue", "stateTime", "fetched"],
        ...rows.map((row) => [coin, row.cohort.id, row.cohort.name, row.share, row.risk, row.open, ...times(responses.get(row.cohort.id))])],
      png: () => picture({ title: "Risk of liquidation in " + coin, lines: statement(params), canvases: [tableCanvas(
        ["Cohort", "Share at risk", "At risk", "Open interest"], rows.map((row) => [row.cohort.name,
          cell("share", row), fullMoney(row.risk), fullMoney(row.open)]), { first: 180, other: 130 })] }) }));
  }

  function nameButton({ id, name }) {
    return h("button", { type: "button", class: "name", title: cohort(id).group + " " + cohort(id).range,
      onclick: () => change({ cohort: id }) }, swatch(cohortColor(id)), name);
  }

  function all(group, params) {
    const cohorts = COHORTS.filter((each) => !group || each.group === group[2]);
    const metric = params.get("metric") === "value" ? "value" : "share";
    const order = entryOf(ORDERS, params.get("order")) ? params.get("order") : "value";
    const filter = (params.get("filter") ?? "").toLowerCase();
    const rows = matrix(responses, cohorts.map(({ id }) => id)).filter((row) => row.coin.toLowerCase().includes(filter))
      .sort(ORDERS[order][1]);
    const shown = params.get("rows") === "all" ? rows : rows.slice(0, FIRST_ROWS);
    const search = h("input", { name: "filter", type: "search", value: params.get("filter") ?? "", size: "10", autocomplete: "off",
      spellcheck: "false", oninput: () => change({ filter: search.value }) });
    const columns = [{ title: "Coin" }, ...cohorts.map((each) => ({ number: true, title: responses.has(each.id) ? nameButton(each)
      : h("button", { type: "button", class: "name", disabled: job.progress !== null,
        onclick: () => looked.has(each.id) ? loadAll([each.id]) : lookAll([each.id]) }, each.name,
      h("span", { class: "muted block" }, looked.has(each.id) ? "load: 1 call" : "show: no call")) }))];
    const cells = shown.map((row) => [h("a", { href: link("risk", "", { ...Object.fromEntries(params), coin: row.coin }) }, row.coin),
      ...cohorts.map((each) => matrixCell(row.cells.get(each.id), metric, responses.has(each.id)))]);
    return h("section", { class: "card" }, h("div", { class: "tools" }, h("h2", {}, "Coins by cohort"),
      choice("Cohorts", [...GROUPS.map(([name, text]) => [name, text]), ["all", "All"]], group ? group[0] : "all", (name) => change({ group: name })),
      choice("Numbers", [["share", "Share at risk"], ["value", "Value at risk"]], metric, (name) => change({ metric: name })),
      field("Order", h("select", { name: "order", onchange: (event) => change({ order: event.target.value }) },
        Object.entries(ORDERS).map(([name, [text]]) => h("option", { value: name, selected: name === order }, text)))),
      field("Filter coins", search)),
    rows.length === 0 ? notice("No coin matches", "Clear the filter to see all coins.")
      : table("Risk by coin and cohort", columns, cells, { className: "matrix" }),
    h("p", { class: "muted" }, `${count(shown.length)} of ${plural(rows.length, "coin")}. `, rows.length > FIRST_ROWS
      ? h("button", { type: "button", onclick: () => change({ rows: shown.length === rows.length ? null : "all" }) },
        shown.length === rows.length ? "Show fewer" : "Show all") : null,
    " A dot means no value at risk, an empty cell no positions."
      + (cohorts.every(({ id }) => responses.has(id)) ? "" : " A question mark: the cohort is not loaded, so that its positions are unknown.")),
    actions({ path: cohorts.filter(({ id }) => responses.has(id) || cohorts.every((each) => !responses.has(each.id))).map(({ id }) => riskPath(id)), operation: "liquidationRisk", name: "risk-matrix",
      csv: () => [["coin", ...cohorts.map(({ name }) => name), ...cohorts.flatMap(({ name }) => [name + " stateTime", name + " fetched"])], ...rows.map((row) => [row.coin, ...cohorts.map(({ id }) => {
        const asset = row.cells.get(id);
        return asset ? (metric === "share" ? asset.share : asset.risk) : responses.has(id) ? "" : "not loaded";
      }), ...cohorts.flatMap(({ id }) => responses.has(id) ? times(responses.get(id)) : ["", ""])])],
      png: () => picture({ title: metric === "share" ? "Share of open interest close to liquidation" : "Value close to liquidation",
        lines: [`${count(shown.length)} of ${plural(rows.length, "coin")}. ` + ORDERS[order][0] + " first."], canvases: [tableCanvas(
          ["Coin", ...cohorts.map(({ name }) => name)], shown.map((row) => [row.coin, ...cohorts.map(({ id }) => row.cells.has(id)
            ? cell(metric, row.cells.get(id)) : responses.has(id) ? "" : "?")]), { first: 120, other: 104 })] }) }));
  }

  function oneCohort(selected, params) {
    const response = responses.get(selected.id);
    const list = assets(response);
    const sorts = { coin: ORDERS.coin[1], share: (one, other) => other.share - one.share, risk: (one, other) => other.risk - one.risk,
      open: (one, other) => other.open - one.open };
    const sort = entryOf(sorts, params.get("sort")) ? params.get("sort") : "risk";
    const all = params.get("assets") === "all";
    const rows = [...list].sort(sorts[sort]);
    const shown = all ? rows : rows.slice(0, FIRST_ROWS);
    const column = (name, title) => ({ title, number: name !== "coin", sort: sort === name ? (name === "coin" ? "ascending" : "descending") : null,
      onsort: () => change({ sort: name }) });
    const total = response?.body?.totalCount ?? list.length;
    return h("section", { class: "card", id: "cohort" }, h("div", { class: "tools" }, h("h2", {}, swatch(cohortColor(selected.id)), selected.name,
      h("span", { class: "light" }, ` ${selected.group} ${selected.range}`)),
    h("button", { type: "button", onclick: () => change({ cohort: null }) }, "Close")),
    response ? table("Assets of " + selected.name, [column("coin", "Coin"), column("share", "Share at risk"), column("risk", "At risk"), column("open", "Open interest")],
      shown.map((row) => [row.coin, percent(row.share), fullMoney(row.risk), fullMoney(row.open)]))
      : !looked.has(selected.id) ? notice(selected.name, "Showing it costs one request, and no call of the plan.", h("button", { type: "button", class: "primary",
        disabled: job.progress !== null, onclick: () => lookAll([selected.id]) }, "Show: no call"))
      : notice(selected.name + " is not cached", "Loading it costs one call of the plan.", h("button", { type: "button", class: "primary",
        disabled: job.progress !== null, onclick: () => loadAll([selected.id]) }, "Load: 1 call")),
    response ? h("p", { class: "muted" }, `${count(shown.length)} of ${plural(list.length, "asset")}, ${duration(age(response))} old. `
      + (total > list.length ? `HyperTracker has ${count(total)}; the rest is on further pages. ` : ""), list.length > FIRST_ROWS
      ? h("button", { type: "button", onclick: () => change({ assets: all ? null : "all" }) }, all ? "Show fewer" : "Show all") : null) : null,
    response ? actions({ path: riskPath(selected.id), operation: "liquidationRisk", name: "risk-" + selected.name,
      csv: () => [["coin", "totalValue", "riskValue", "percentRisk", "stateTime", "fetched"],
        ...rows.map((row) => [row.coin, row.open, row.risk, row.share, ...times(response)])],
      png: () => picture({ title: "Risk of liquidation of " + selected.name, lines: [`${selected.group} ${selected.range}, ${duration(age(response))} old`],
        canvases: [tableCanvas(["Coin", "Share at risk", "At risk", "Open interest"], shown.map((row) => [row.coin, cell("share", row),
          fullMoney(row.risk), fullMoney(row.open)]), { first: 160, other: 130 })] }) }) : null);
  }

  return { update, leave: end };
}

function times(response) {
  return [response.stateTime ?? "", fetched(response).toISOString()];
}
