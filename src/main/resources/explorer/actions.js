// Exports of a view: its command for curl, CSV, PNG, and a link to its operation in Swagger UI.

import { BASE } from "./client.js";
import { announce, h, themeColor } from "./dom.js";
import { entryOf } from "./lookup.js";
import { isOpen } from "./token.js";

const OPERATIONS = "swagger-ui/index.html#/";
const TAGS = { listSnapshots: "History", readUsage: "Usage", streamFills: "Stream" };

/**
 * Creates the row of actions. `path` is the request of the view, or several, `free` whether it never costs a call, `accept` the media type that it
 * accepts, if it is not JSON, `stream` whether its response has no end, `operation` its id in the API document, `name` the name of files. `csv` returns rows of values, `png` a canvas.
 */
export function actions({ path, accept, stream, free, operation, name, csv, png }) {
  const copied = h("span", { class: "copied", "aria-hidden": "true" });
  const box = h("div", { class: "command", hidden: true });
  const copy = async (text, message) => {
    const done = await toClipboard(text);
    copied.textContent = done ? message : "";
    box.hidden = done;
    box.replaceChildren(h("p", {}, "The browser does not let this page write to the clipboard. Copy the text yourself:"),
      h("textarea", { readonly: true, rows: "3", "aria-label": "Text to copy" }, text));
    announce(done ? message : "Copy the text from the field below.");
    setTimeout(() => copied.replaceChildren(), 4000);
  };
  return h("div", { class: "actions" }, h("div", { class: "buttons" },
    path ? h("button", { type: "button", title: stream ? null : "Running a command may cost a call of the plan",
      onclick: () => copy([path].flat().map((each) => curl(each, accept, stream)).join("\n"), copiedText([path].flat().length, free || stream)) }, "Copy as curl") : null,
    h("button", { type: "button", onclick: () => copy(location.href, "Link copied") }, "Copy link"),
    h("button", { type: "button", onclick: () => save(csvBlob(csv()), name + ".csv") }, "CSV"),
    h("button", { type: "button", onclick: () => png().toBlob((blob) => save(blob, name + ".png"), "image/png") }, "PNG"),
    operation ? h("a", { class: "button", href: operationLink(operation), target: "_blank", rel: "noopener" }, "API documentation") : null,
    copied), box);
}

function copiedText(commands, free) {
  const text = commands === 1 ? "Command copied" : commands + " commands copied";
  return free ? text : text + (commands === 1 ? ". Running it may cost a call" : ". Running each may cost a call");
}

/** Returns the address of an operation in Swagger UI. */
export function operationLink(operation) {
  return operation === "all" ? "swagger-ui.html" : OPERATIONS + encodeURIComponent(entryOf(TAGS, operation) ?? "Liquidation data") + "/" + operation;
}

/** Returns the command that sends the request of a path. It contains a variable instead of the token. */
export function curl(path, accept, stream) {
  const header = isOpen() ? "" : "-H \"Authorization: Bearer $TOKEN\" ";
  return `curl ${stream ? "-N" : "--compressed"} ${header}${accept ? `-H 'Accept: ${accept}' ` : ""}'${BASE}${path}'`;
}

/** Returns rows as CSV (RFC 4180). A text that a spreadsheet would execute is preceded by a quote. */
export function csvText(rows) {
  return rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function csvCell(value) {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? "\"" + safe.replaceAll("\"", "\"\"") + "\"" : safe;
}

function csvBlob(rows) {
  return new Blob([csvText(rows)], { type: "text/csv;charset=utf-8" });
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name.replace(/[^A-Za-z0-9._-]+/g, "-") }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(name + " saved");
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Draws a picture with a title, lines of text, charts below each other, and a legend. */
export function picture({ title, lines, canvases, legend = [] }) {
  const scale = window.devicePixelRatio || 1;
  const width = Math.max(640, ...canvases.map((canvas) => canvas.width / scale)) + 48;
  const perRow = Math.max(1, Math.floor((width - 48) / 230));
  const height = 66 + lines.length * 20 + canvases.reduce((sum, canvas) => sum + canvas.height / scale + 12, 0)
    + Math.ceil(legend.length / perRow) * 22 + 24;
  const canvas = h("canvas", { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  ctx.fillStyle = themeColor("--card");
  ctx.fillRect(0, 0, width, height);
  text(ctx, title, 24, 38, "600 20px system-ui, sans-serif", "--ink");
  let y = 66;
  for (const line of lines) {
    text(ctx, line, 24, y, "13px system-ui, sans-serif", "--muted");
    y += 20;
  }
  for (const each of canvases) {
    ctx.drawImage(each, 24, y, each.width / scale, each.height / scale);
    y += each.height / scale + 12;
  }
  legend.forEach(({ color, name }, index) => {
    const x = 24 + (index % perRow) * 230;
    const top = y + Math.floor(index / perRow) * 22;
    ctx.fillStyle = themeColor(color);
    ctx.fillRect(x, top, 12, 12);
    text(ctx, name, x + 18, top + 11, "12px system-ui, sans-serif", "--ink");
  });
  return canvas;
}

/** Draws a table as a canvas. Cells are texts, or objects with `text`, `fill` and `ink`. */
export function tableCanvas(columns, rows, { first = 120, other = 96 } = {}) {
  const scale = window.devicePixelRatio || 1;
  const width = first + (columns.length - 1) * other;
  const canvas = h("canvas", { width: Math.ceil(width * scale), height: Math.ceil((rows.length + 1) * 26 * scale) });
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  [columns, ...rows].forEach((row, line) => row.forEach((cell, column) => {
    const x = column === 0 ? 0 : first + (column - 1) * other;
    const w = column === 0 ? first : other;
    if (cell.fill) {
      ctx.fillStyle = cell.fill;
      ctx.fillRect(x + 1, line * 26 + 1, w - 2, 24);
    }
    text(ctx, cell.text ?? String(cell), column === 0 ? x : x + w - 6, line * 26 + 17,
      (line === 0 ? "600 " : "") + "12px system-ui, sans-serif", cell.ink ?? (line === 0 ? "--muted" : "--ink"),
      column === 0 ? "left" : "right", w - 8);
  }));
  return canvas;
}

function text(ctx, content, x, y, font, color, align = "left", maximum = undefined) {
  ctx.font = font;
  ctx.textAlign = align;
  ctx.fillStyle = color.startsWith("--") ? themeColor(color) : color;
  ctx.fillText(content, x, y, maximum);
}
