import type { ColumnFormat, Shown } from "../cells/columnFormat";
import type { Cell, Column, Kind } from "../kernel/contract";

/** How text is set: as prose, as code or as a heading. */
export type Face = "prose" | "code" | "heading";

/** Measures one line of text in pixels, in the fonts of the grid. */
export type Measure = (text: string, face: Face) => number;

/** On either side as in grid.css, and a pixel for what is rounded. */
const CELL_PADDING_PX = 17;
/** The mark, its number and the gap before them; the room is kept while there is no mark. */
const SORT_MARK_PX = 24;
/** The word "key" and the gap before it. */
const KEY_MARK_PX = 26;
/** Lines of more than some eighty characters are hard to follow, whatever room there is. */
const LARGEST_PX = 560;

/** Narrowest and, while room is short, widest column for each kind, in pixels of text. */
const BOUNDS: Record<Kind, readonly [number, number]> = {
  int: [32, 170],
  float: [48, 170],
  numeric: [48, 220],
  bool: [32, 60],
  text: [48, 240],
  uuid: [120, 270],
  json: [80, 220],
  array: [64, 180],
  date: [74, 90],
  time: [60, 110],
  timestamp: [132, 150],
  timestamptz: [132, 150],
};
const GROWING: ReadonlySet<Kind> = new Set(["text", "json", "array", "uuid"]);

/**
 * Estimate widths from kinds and content.
 *
 * Long values may use room that would stay empty, in proportion to what they lack; what is left
 * then goes to columns of text, whose later values are most likely to need it.
 */
export function estimateWidths(
  columns: readonly Column[],
  formats: readonly ColumnFormat[],
  rows: readonly (readonly Cell[])[],
  roomPx: number,
  measure: Measure,
): number[] {
  const headers = columns.map(
    ({ name, key }) => measure(name, "heading") + SORT_MARK_PX + (key ? KEY_MARK_PX : 0),
  );
  const wanted = columns.map((column, index) => {
    const format = formats[index];
    // Measuring is what costs, and many columns repeat a few values.
    const shown = new Set(rows.map((row) => widest(format?.show(row[index] ?? null))));
    const face = format?.fixedPitch ? "code" : "prose";
    const content = Math.max(0, ...Array.from(shown, (text) => measure(text, face)));
    const [narrowest] = BOUNDS[column.kind];
    return Math.min(LARGEST_PX, Math.max(narrowest, headers[index] ?? 0, content));
  });
  const modest = columns.map(({ kind }, index) => {
    // Values may be cut while room is short; the heading is what they are known by.
    const widest = Math.max(BOUNDS[kind][1], headers[index] ?? 0);
    return Math.ceil(Math.min(wanted[index] ?? 0, widest)) + CELL_PADDING_PX;
  });
  const lacking = wanted.map((width, index) =>
    GROWING.has(columns[index]?.kind ?? "int")
      ? Math.max(0, width + CELL_PADDING_PX - (modest[index] ?? 0))
      : 0,
  );
  const spare = Math.max(0, roomPx - sum(modest));
  const share = Math.min(1, spare / Math.max(1, sum(lacking)));
  // Rounded down, because one pixel too many brings a horizontal scrollbar.
  const fitted = modest.map((width, index) => width + Math.floor(share * (lacking[index] ?? 0)));
  const texts = columns.filter(({ kind }) => kind === "text").length;
  const rest = Math.floor(Math.max(0, roomPx - sum(fitted)) / Math.max(1, texts));
  return fitted.map((width, index) => {
    const largest = columns[index]?.kind === "text" ? LARGEST_PX + CELL_PADDING_PX : 0;
    return Math.max(width, Math.min(width + rest, largest));
  });
}

/** Widen what is cut, as far as there is room; nothing becomes narrower. */
export function growWidths(
  now: readonly number[],
  wanted: readonly number[],
  roomPx: number,
): number[] {
  let spare = roomPx - sum(now);
  return now.map((width, index) => {
    const more = Math.floor(Math.max(0, Math.min(spare, (wanted[index] ?? 0) - width)));
    spare -= more;
    return width + more;
  });
}

const widest = (shown?: Shown) => (shown?.text ?? "") + (shown?.lacking ?? "");

/** All numbers together. */
export const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
