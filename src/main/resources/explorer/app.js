// The page: navigation, the token, the theme, and the view of the current link.

import { forget } from "./client.js";
import { announce, h } from "./dom.js";
import { forgetPages } from "./fills-pages.js";
import { heatmapView } from "./heatmap.js";
import { forgetSnapshots } from "./history.js";
import { liquidationsView } from "./liquidations.js";
import { forgetLive } from "./live.js";
import { entryOf } from "./lookup.js";
import { failure, notice } from "./notices.js";
import { riskView } from "./risk.js";
import { isRoute, link, route } from "./route.js";
import { statusView } from "./status.js";
import { isOpen, lacksToken, setToken, token } from "./token.js";

const VIEWS = { heatmap: ["Heatmap", heatmapView], risk: ["Risk", riskView], liquidations: ["Liquidations", liquidationsView],
  status: ["Status", statusView] };
const THEMES = ["auto", "light", "dark"];

const main = document.getElementById("main");
let shown = { name: null, view: null };
let coin = null;

async function show() {
  const current = route();
  const name = entryOf(VIEWS, current.view) ? current.view : null;
  coin = (name === "heatmap" ? current.key : current.params.get("coin") || current.params.get("of")) || coin;
  navigation(name);
  if (!name) {
    leave();
    main.replaceChildren(notice("No such view", "The view in this link does not exist.", h("a", { class: "button", href: "#/heatmap/BTC" }, "Go to the heatmap of BTC")));
    return;
  }
  if (lacksToken()) {
    leave();
    main.replaceChildren(notice("This gateway needs your team's token", "Enter it once; the explorer stores it only for the session of this tab.",
      h("button", { type: "button", class: "primary", onclick: askToken }, "Enter token")));
    askToken();
    return;
  }
  if (shown.name !== name) {
    leave();
    const section = h("div", { class: "view" });
    main.replaceChildren(section);
    shown = { name, view: VIEWS[name][1](section) };
    window.scrollTo(0, 0);
  }
  const mine = shown;
  try {
    await mine.view.update(current);
  } catch (problem) {
    if (mine === shown) {
      leave();
      main.replaceChildren(failure(problem, show));
      announce(problem.message);
    }
  }
}

function leave() {
  shown.view?.leave?.();
  shown = { name: null };
}

// The links of the views keep the coin, once one is chosen.
function navigation(name) {
  document.getElementById("nav").replaceChildren(...Object.entries(VIEWS).map(([view, [title]]) => h("a", {
    href: view === "heatmap" ? link(view, coin ?? "BTC") : link(view, "", view === "status" ? {} : { coin }), "aria-current": view === name ? "page" : null }, title)));
}

function controls() {
  const theme = localStorage.getItem("explorer theme") ?? "auto";
  document.documentElement.dataset.theme = theme;
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  document.getElementById("top-end").replaceChildren(
    ...(isOpen() ? [] : [h("button", { type: "button", class: "quiet", onclick: token() ? forgetToken : askToken }, token() ? "Forget token" : "Enter token")]),
    h("button", { type: "button", class: "quiet", "aria-label": `Theme: ${theme}. Change to ${next}`, title: "Change the theme", onclick: () => {
      localStorage.setItem("explorer theme", next);
      controls();
      redraw();
    } }, { auto: "Auto", light: "Light", dark: "Dark" }[theme]));
}

function redraw() {
  leave();
  show();
}

// What was received with another token is not shown.
function useToken(value) {
  setToken(value);
  forget();
  forgetSnapshots();
  forgetLive();
  forgetPages();
}

function forgetToken() {
  useToken(null);
  announce("Token forgotten");
  controls();
  redraw();
}

const input = h("input", { type: "password", name: "token", autocomplete: "off", spellcheck: "false", required: true });
const dialog = h("dialog", { "aria-labelledby": "token-title" }, h("form", { onsubmit: (event) => {
  event.preventDefault();
  const value = input.value.trim().replace(/^Bearer\s+/i, "");
  input.value = "";
  dialog.close();
  if (value) {
    useToken(value);
    controls();
    redraw();
  }
} }, h("h2", { id: "token-title" }, "Your team's token"),
h("p", {}, "The explorer sends it only to this gateway, in the header Authorization, and stores it until you close this tab or press Forget token. Never enter the HyperTracker key."),
h("label", { class: "field" }, h("span", {}, "Token"), input),
h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary" }, "Use token"),
  h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"))));
document.body.append(dialog);

function askToken() {
  if (!dialog.open) {
    dialog.showModal();
    input.focus();
  }
}

// A fragment that is not a route names an element of the page, and the view stays.
function moved(event) {
  if (isRoute()) {
    show();
  } else {
    history.replaceState(null, "", new URL(event.oldURL).hash || "#/heatmap/BTC");
    main.focus();
  }
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", moved);
addEventListener("routechange", show);
addEventListener("tokenneeded", askToken);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
controls();
show();
