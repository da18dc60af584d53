// The pages of fills that this tab has loaded, for views that are left and opened again.

import { keyOf } from "./fills-model.js";

const pages = new Map();

/** Retains the pages of a coin, or of all: the newest one, and older ones. */
export function keepPages(coin, first, older) {
  if (first) {
    pages.set(coin, [first, ...older]);
  }
}

/** Returns the retained pages of a coin that follow the newest one. */
export function keptPages(coin, first) {
  const known = pages.get(coin) ?? [];
  return first && first === known[0] ? known.slice(1) : following(first, known);
}

/**
 * Returns the given pages if they follow the newer one, which has a fill of them, and otherwise
 * none: fills between them could be missing.
 */
export function following(newer, known) {
  const keys = new Set((known[0]?.body.fills ?? []).map(keyOf));
  return (newer?.body.fills ?? []).some((fill) => keys.has(keyOf(fill))) ? known : [];
}

/** Forgets all pages, for example because they belong to another token. */
export function forgetPages() {
  pages.clear();
}
