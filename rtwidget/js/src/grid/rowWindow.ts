import type { Range, Wish } from "../kernel/contract";
import type { Frame } from "../kernel/fromKernel";

/** The kernel refuses windows of more rows than this. */
const MOST_WINDOW_ROWS = 500;

/** What shows of the rows. */
export interface OnScreen {
  readonly visible: Range;
  readonly screenRows: number;
  readonly isAtTop: boolean;
}

/** The rows that were asked for: those on screen and a margin around them. */
export class RowWindow {
  #asked: Wish = { first: 0, count: 0, anchor: null };

  /** Ask for what is on screen; the row that stands first in the frame that shows is to stay where it is. */
  around({ visible, screenRows, isAtTop }: OnScreen, shown: Frame | null): Wish {
    const key = shown?.keys[visible.first - shown.first] ?? null;
    const anchor = isAtTop ? null : { key, place: visible.first };
    this.#asked = { ...windowAround(visible, screenRows), anchor };
    return this.#asked;
  }

  /** The kernel moves the window with the rows on screen, and knows best where it stands. */
  moveTo(first: number): void {
    this.#asked = { ...this.#asked, first };
  }

  /** Was enough asked for, and is it anchored where it has to be? */
  fits({ visible, screenRows, isAtTop }: OnScreen, total: number): boolean {
    // At the very top no anchor may hold the rows, or new ones would never appear there.
    const isAnchored = this.#asked.anchor !== null;
    return isRoomy(this.#asked, visible, screenRows, total) && isAnchored !== isAtTop;
  }
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
  // Half of it, so that the answer has time to come before the rest is scrolled through.
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
  // By far the most frequent case, and it needs no map of all keys.
  if (keys[0] === after.keys[place - after.first]) {
    return 0;
  }
  const places = new Map(after.keys.map((key, offset) => [key, after.first + offset]));
  const kept = keys.findIndex((key) => places.has(key));
  return kept < 0 ? 0 : (places.get(keys[kept] ?? "") ?? 0) - (place + kept);
}

type Keyed = Pick<Frame, "first" | "keys">;
