import type { Sort } from "./contract";

/** What a click on a header makes of the order: ascending, descending, none. */
export function nextSort(sort: readonly Sort[], column: string): Sort[] {
  const now = sort.find((level) => level.column === column);
  if (now === undefined) {
    return [{ column, descending: false }];
  }
  return now.descending ? [] : [{ column, descending: true }];
}

/** The value of aria-sort for a column. */
export function ariaSort(sort: readonly Sort[], column: string): string {
  const level = sort.find((candidate) => candidate.column === column);
  if (level === undefined) {
    return "none";
  }
  return level.descending ? "descending" : "ascending";
}
