// Stable links: #/view/key?name=value. They contain the state of their view.

/** Returns whether the address has a route, or none at all. Other fragments are names of elements. */
export function isRoute() {
  return location.hash === "" || location.hash.startsWith("#/");
}

/** Returns the route of the address. */
export function route() {
  const text = isRoute() ? location.hash.slice(2) : "";
  const mark = text.indexOf("?");
  const [path, query] = mark < 0 ? [text, ""] : [text.slice(0, mark), text.slice(mark + 1)];
  const [view = "", key = ""] = path.split("/").map((part) => decode(part));
  return { view: view || "heatmap", key, params: new URLSearchParams(query) };
}

/** Returns the link of a route. Parameters that are empty, null or undefined are left out. */
export function link(view, key, params = {}) {
  const query = new URLSearchParams();
  Object.entries(params).forEach(([name, value]) => {
    if (value !== "" && value !== null && value !== undefined) {
      query.set(name, value);
    }
  });
  const text = query.toString().replaceAll("%3A", ":");
  return "#/" + view + (key ? "/" + encodeURIComponent(key).replaceAll("%3A", ":") : "") + (text ? "?" + text : "");
}

/** Changes parameters of the current route, without an entry in the browser's history. */
export function change(changes) {
  const { view, key, params } = route();
  history.replaceState(null, "", link(view, key, { ...Object.fromEntries(params), ...changes }));
  dispatchEvent(new Event("routechange"));
}

/** Goes to another route, with an entry in the browser's history. */
export function go(view, key, params) {
  location.hash = link(view, key, params);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
