import type { Sort } from "../kernel/contract";

/** What a click on a header makes of the order: ascending, descending, none; or one level more of it. */
export function nextSort(sort: readonly Sort[], column: string, adds = false): Sort[] {
  const now = sort.find((level) => level.column === column);
  const next = now?.descending ? [] : [{ column, descending: now !== undefined }];
  if (!adds) {
    return next;
  }
  return now === undefined
    ? [...sort, ...next]
    : sort.flatMap((level) => (level.column === column ? next : [level]));
}

/** The mark of a column's place in the order; numbered where there are several levels. */
export function sortIndicator(sort: readonly Sort[], column: string): string {
  const level = sort.findIndex((candidate) => candidate.column === column);
  const number = sort.length > 1 ? `${level + 1}` : "";
  return level < 0 ? "" : `${sort[level]?.descending ? "▼" : "▲"}${number}`;
}

/** The value of aria-sort for a column. */
export function ariaSort(sort: readonly Sort[], column: string): string {
  const level = sort.find((candidate) => candidate.column === column);
  if (level === undefined) {
    return "none";
  }
  return level.descending ? "descending" : "ascending";
}
