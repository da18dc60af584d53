// The pages of fills that this tab has loaded, for views that are left and opened again.

import { keyOf } from "./fills-model.js";

const pages = new Map();

/** Keeps the pages of a coin, or of all: the newest one, and older ones. */
export function keepPages(coin, first, older) {
  if (first) {
    pages.set(coin, [first, ...older]);
  }
}

/**
 * Returns the pages that follow the newest one. Pages that were kept follow a newer one only if it
 * has a fill of them: otherwise fills between them could be missing.
 */
export function keptPages(coin, first) {
  const [newest, ...older] = pages.get(coin) ?? [];
  if (!first || !newest || first === newest) {
    return first === newest ? older : [];
  }
  const known = new Set(newest.body.fills.map(keyOf));
  return first.body.fills.some((fill) => known.has(keyOf(fill))) ? [newest, ...older] : [];
}

/** Forgets all pages, for example because they belong to another token. */
export function forgetPages() {
  pages.clear();
}
