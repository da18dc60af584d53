// Creation of elements. No text is ever parsed as HTML.

/**
 * Creates an element. Attributes that are functions become listeners (`onclick`), `css` sets
 * properties of the style, `false` and `null` are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (name === "css") {
      Object.entries(value).forEach(([property, text]) => element.style.setProperty(property, text));
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Announces a text to screen readers, once. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

/** Clears the announcement if it ends with a text that no longer holds. */
export function retract(ending) {
  if (document.getElementById("announcer").textContent.endsWith(ending)) {
    announce("");
  }
}

/** Returns the value of a custom property of the current theme. */
export function themeColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Renders a view again and returns the focus, the cursor in a text, open details and scrolled
 * tables to where they were: the elements are new ones with the same names.
 */
export function keepFocus(root, render) {
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  const same = (element) => [...root.querySelectorAll("button, a, input, select, summary, textarea, [tabindex]")]
    .filter((each) => nameOf(each) === nameOf(element));
  const index = active ? same(active).indexOf(active) : -1;
  const cursor = active?.matches("input[type=text], input[type=search]") ? active.selectionStart : null;
  const open = [...root.querySelectorAll("details")].map((each) => each.open);
  const scrolled = [...root.querySelectorAll(".scroll")].map((each) => [each.scrollLeft, each.scrollTop]);
  render();
  root.querySelectorAll(".scroll").forEach((each, number) => scrolled[number] && each.scrollTo(...scrolled[number]));
  root.querySelectorAll("details").forEach((each, number) => each.toggleAttribute("open", open[number] ?? false));
  if (active && !active.isConnected) {
    const again = same(active)[index] ?? document.getElementById("main");
    again.focus({ preventScroll: true });
    if (cursor !== null && again.setSelectionRange) {
      again.setSelectionRange(cursor, cursor);
    }
  }
}

function nameOf(element) {
  return element.classList.contains("chart") ? "chart"
    : element.tagName + " " + (element.name || element.id || element.getAttribute("aria-label") || element.textContent);
}

/** Calls a function every so many ms, as long as an element is in the page. */
export function whileShown(element, ms, update) {
  const timer = setInterval(() => element.isConnected ? update() : clearInterval(timer), ms);
}

/** Replaces the children of an element if their text differs: what stays the same can be selected. */
export function replaceText(element, children) {
  if (children.map((each) => each.textContent).join("") !== element.textContent) {
    keepFocus(element, () => element.replaceChildren(...children));
  }
}

/** Creates the statement of a view: the first line is the headline. `more` are further parts. */
export function statement([lead, ...lines], ...more) {
  return h("div", { class: "statement" }, h("p", { class: "lead" }, lead), lines.map((line) => h("p", {}, line)), more);
}

/** Creates a group of buttons of which one is pressed. */
export function choice(label, options, selected, choose) {
  return h("div", { class: "choice", role: "group", "aria-label": label },
    options.map(([value, text]) => h("button", {
      type: "button", "aria-pressed": String(value === selected), onclick: () => choose(value),
    }, text)));
}

/** Creates a labelled control. */
export function field(label, control) {
  return h("label", { class: "field" }, h("span", {}, label), control);
}

/**
 * Creates a table. A column has a `title`, and optionally `number` (right-aligned), `sort`
 * (`ascending` or `descending`) and `onsort`. Cells are texts or nodes; the first one of a row is
 * its header.
 */
export function table(caption, columns, rows, { className = "" } = {}) {
  const head = columns.map((column) => h("th", { scope: "col", class: column.number ? "number" : null,
    "aria-sort": column.sort ?? null },
    column.onsort ? h("button", { type: "button", class: "sort", onclick: column.onsort }, column.title) : column.title));
  const body = rows.map((row) => h("tr", {}, row.map((cell, index) => h(index === 0 ? "th" : "td",
    { scope: index === 0 ? "row" : null, class: columns[index].number ? "number" : null }, cell))));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", { class: className }, h("caption", { class: "hidden" }, caption),
      h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)));
}

/** Creates a square in the colour of a custom property. */
export function swatch(color) {
  return h("span", { class: "swatch", "aria-hidden": "true", css: { "background-color": `var(${color})` } });
}
