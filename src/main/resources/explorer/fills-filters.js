// The filters of fills, which are in the link.

import { field, h } from "./dom.js";
import { SIDES } from "./fills-model.js";
import { entryOf } from "./lookup.js";
import { change } from "./route.js";

const SIZES = [["", "Any size"], ["1000", "$1k or more"], ["10000", "$10k or more"], ["100000", "$100k or more"], ["1000000", "$1M or more"]];

/** Returns the filter of a link. */
export function filterOf(params) {
  return { coin: params.get("coin") ?? "", side: entryOf(SIDES, params.get("side")) ? params.get("side") : "", least: Number(params.get("min")) || 0 };
}

/** Creates the controls of a filter. `coins` are those to choose from, `of` is the coin of which fills were requested, or empty. */
export function filters({ coin, side, least }, coins, of) {
  const all = [...new Set([...coins, ...(coin ? [coin] : [])])];
  const select = (name, value, options) => h("select", { name, onchange: (event) => change({ [name]: event.target.value }) },
    options.map(([each, text]) => h("option", { value: each, selected: each === value }, text)));
  return h("div", { class: "tools filters", role: "group", "aria-label": "Filters" },
    field("Coin", select("coin", coin, [["", "All coins"], ...all.map((each) => [each, each])])),
    field("Side", select("side", side, [["", "Both sides"], ["A", "Longs (sold)"], ["B", "Shorts (bought back)"]])),
    field("Size", select("min", least ? String(least) : "", SIZES)),
    of ? h("button", { type: "button", onclick: () => change({ of: null }) }, "Fills of all coins")
      : coin ? h("button", { type: "button", onclick: () => change({ of: coin }) }, "Request only " + coin) : null);
}
