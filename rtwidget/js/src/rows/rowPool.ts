/** A thing that shows a row, and remembers of which one. */
export interface Pooled {
  element: Element;
  key: string | null;
}

/**
 * Choose who shows which row: who showed it before, else one that is free; the rest come last.
 *
 * So a selection in a row survives when rows come and go above it.
 */
export function assign<Row extends Pooled>(
  pool: readonly Row[],
  keys: readonly (string | null)[],
): Row[] {
  const wanted = new Set(keys);
  const keeping = new Map<string, Row>();
  const free: Row[] = [];
  for (const row of pool) {
    if (row.key !== null && wanted.has(row.key) && !keeping.has(row.key)) {
      keeping.set(row.key, row);
    } else {
      free.push(row);
    }
  }
  const chosen = keys.map((key) => {
    const kept = key === null ? undefined : keeping.get(key);
    // A key that comes twice must not get the same element twice.
    if (kept !== undefined && key !== null) {
      keeping.delete(key);
    }
    return kept ?? free.shift();
  });
  return [...chosen, ...keeping.values(), ...free].filter((row) => row !== undefined);
}

/** Put elements in order, moving few: those that leave the order at one end go to the other. */
export function arrange(parent: Element, rows: readonly Pooled[], kept: ReadonlySet<Pooled>): void {
  const keptElements = new Set(Array.from(kept, ({ element }) => element));
  let next = parent.firstElementChild;
  for (const { element } of rows) {
    // Those that stay are passed over, because moving an element takes the selection out of it.
    while (next !== null && next !== element && !keptElements.has(next)) {
      next = next.nextElementSibling;
    }
    if (next === element) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(element, next);
    }
  }
}
