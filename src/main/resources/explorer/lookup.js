// Lookups by names that come from outside: a link, or a response.

/** Returns the entry of a table, or undefined. Names that every object inherits, such as `constructor`, are no entries. */
export function entryOf(table, name) {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
