import type { Range } from "../kernel/contract";

/** Height of every row, in pixels, as in grid.css. */
export const ROW_PX = 24;

/**
 * Browsers cap an element's height (Chromium at 33.5 million pixels, Firefox at 17.9 million),
 * so a taller table is scaled; the row index is the truth, the scrollbar an approximation.
 */
export const MAX_CONTENT_PX = 15_000_000;

/** What is scrolled: so many rows, of which the body shows so many pixels. */
export interface Extent {
  total: number;
  bodyPx: number;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** Height of the element that makes the scrollbar. */
export function contentPx(total: number): number {
  return Math.min(total * ROW_PX, MAX_CONTENT_PX);
}

/** Is one pixel of scrollbar more than one pixel of table? */
export function isScaled(total: number): boolean {
  return total * ROW_PX > MAX_CONTENT_PX;
}

/** Keep a position, in pixels from the top of the table, inside the table. */
export function clampTop({ total, bodyPx }: Extent, top: number): number {
  return clamp(Math.round(top), 0, Math.max(0, total * ROW_PX - bodyPx));
}

/** The table position that a scrollbar position stands for. */
export function topFromScroll(extent: Extent, scrollTop: number): number {
  return clampTop(extent, scrollTop * ratio(extent));
}

/** The scrollbar position that stands for a table position. */
export function scrollFromTop(extent: Extent, top: number): number {
  return top / ratio(extent);
}

function ratio({ total, bodyPx }: Extent): number {
  // How far the table scrolls by how far the scrollbar does, so that both have the same ends.
  return isScaled(total) ? (total * ROW_PX - bodyPx) / (MAX_CONTENT_PX - bodyPx) : 1;
}

/** The rows of which at least one pixel shows. */
export function visibleRows({ total, bodyPx }: Extent, top: number): Range {
  const first = Math.floor(top / ROW_PX);
  const end = Math.min(total, Math.ceil((top + bodyPx) / ROW_PX));
  return { first, count: Math.max(0, end - first) };
}
