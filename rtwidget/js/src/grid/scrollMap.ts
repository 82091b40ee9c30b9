import type { Range } from "../kernel/contract";
import type { Frame } from "../kernel/fromKernel";

/** Height of every row, in pixels. */
export const ROW_PX = 24;

/**
 * Browsers cap an element's height (Chromium at 33.5 million pixels, Firefox at 17.9 million),
 * so a taller table is scaled; the row index is the truth, the scrollbar an approximation.
 */
export const MAX_CONTENT_PX = 15_000_000;

/** The kernel refuses windows of more rows than this. */
const MOST_WINDOW_ROWS = 500;

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
  return isScaled(total) ? (total * ROW_PX - bodyPx) / (MAX_CONTENT_PX - bodyPx) : 1;
}

/** The rows of which at least one pixel shows. */
export function visibleRows({ total, bodyPx }: Extent, top: number): Range {
  const first = Math.floor(top / ROW_PX);
  const end = Math.min(total, Math.ceil((top + bodyPx) / ROW_PX));
  return { first, count: Math.max(0, end - first) };
}

/** A screen, or as much as the kernel's limit leaves on a very tall one. */
function marginRows(screenRows: number): number {
  return Math.max(0, Math.min(screenRows, Math.floor((MOST_WINDOW_ROWS - screenRows) / 2)));
}

/** The rows on screen with a margin of one screen above and one below. */
export function windowAround(visible: Range, screenRows: number): Range {
  const margin = marginRows(screenRows);
  const first = Math.max(0, visible.first - margin);
  const count = visible.first - first + screenRows + margin;
  return { first, count: Math.min(count, MOST_WINDOW_ROWS) };
}

/** Does the frame hold all visible rows? */
export function holds({ first, rows }: Pick<Frame, "first" | "rows">, visible: Range): boolean {
  return visible.first >= first && visible.first + visible.count <= first + rows.length;
}

/** Does the window hold the visible rows and half the margin, as far as there are rows? */
export function isRoomy(window: Range, visible: Range, screenRows: number, total: number): boolean {
  const margin = Math.floor(marginRows(screenRows) / 2);
  const first = Math.max(0, visible.first - margin);
  const end = Math.min(total, visible.first + visible.count + margin);
  return first >= window.first && end <= window.first + window.count;
}

/**
 * By how many places the rows on screen moved from one frame to the next.
 *
 * The first visible row that both frames hold decides; where there is none, nothing has to be kept in place.
 */
export function movedRows(before: Keyed, after: Keyed, visible: Range): number {
  const keys = before.keys.slice(
    Math.max(0, visible.first - before.first),
    Math.max(0, visible.first + visible.count - before.first),
  );
  const place = Math.max(before.first, visible.first);
  if (keys[0] === after.keys[place - after.first]) {
    return 0;
  }
  const places = new Map(after.keys.map((key, offset) => [key, after.first + offset]));
  const kept = keys.findIndex((key) => places.has(key));
  return kept < 0 ? 0 : (places.get(keys[kept] ?? "") ?? 0) - (place + kept);
}

type Keyed = Pick<Frame, "first" | "keys">;
