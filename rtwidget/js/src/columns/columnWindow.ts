import { sum } from "./widthEstimate";

/** What a row holds from left to right: columns by their place on the screen, and null for a run of columns that are not drawn. */
export type Slots = readonly (number | null)[];

/** The part of the width that shows. */
export interface VisibleWidth {
  leftPx: number;
  roomPx: number;
}

/** What the choice of columns depends on. */
export interface ColumnGeometry {
  widths: readonly number[];
  pinned: number;
  /** Measured only where it matters, because it may cost a layout. */
  visibleWidth(): VisibleWidth;
  /** Columns on which somebody stands, in sight or not. */
  kept: Iterable<number>;
}

/** Of no more columns all are drawn: that costs little, and what searches the page finds them. */
const MOST_WHOLE = 40;

type Run = readonly [first: number, end: number];

/** Which columns are drawn: those in sight with half a screen on either side, what is pinned, and where somebody stands. */
export class ColumnWindow {
  #slots: Slots | null = null;
  #run: Run = [0, 0];

  get slots(): Slots {
    return this.#slots ?? [];
  }

  /** Choose anew; true when others are drawn now. */
  move({ widths, pinned, visibleWidth, kept }: ColumnGeometry): boolean {
    const total = widths.length;
    if (total <= MOST_WHOLE) {
      this.#run = [0, total];
    } else {
      const { leftPx, roomPx } = visibleWidth();
      const [first, end] = between(widths, leftPx, leftPx + roomPx);
      // Half a screen in advance, so most steps of scrolling have nothing to draw.
      if (first < this.#run[0] || end > this.#run[1]) {
        this.#run = between(widths, leftPx - roomPx / 2, leftPx + 1.5 * roomPx);
      }
    }
    const slots = slotsOf(columnsOf(this.#run, pinned, kept, total), total);
    const isSame = slots.join() === this.#slots?.join();
    this.#slots = slots;
    return !isSame;
  }

  /** The columns are others, or have other widths. */
  reset(): void {
    // No choice equals null, so that the parts are laid anew even where it is the same one.
    this.#slots = null;
    this.#run = [0, 0];
  }
}

/** Where a column lies, in pixels from the left edge; what pinned ones would cover belongs to it, and they go along with the sight. */
export function spanOf(
  column: number,
  { widths, pinned, visibleWidth }: Omit<ColumnGeometry, "kept">,
): [leftPx: number, rightPx: number] {
  const naturalPx = sum(widths.slice(0, column));
  const width = widths[column] ?? 0;
  if (column < pinned) {
    const leftPx = visibleWidth().leftPx + naturalPx;
    return [leftPx, leftPx + width];
  }
  return [naturalPx - sum(widths.slice(0, pinned)), naturalPx + width];
}

/** The columns of which something lies between two pixels. */
function between(widths: readonly number[], fromPx: number, toPx: number): Run {
  let [leftPx, first, end] = [0, widths.length, 0];
  for (const [column, width] of widths.entries()) {
    if (leftPx + width > fromPx && leftPx < toPx) {
      first = Math.min(first, column);
      end = column + 1;
    }
    leftPx += width;
  }
  return first < end ? [first, end] : [0, 0];
}

function columnsOf([first, end]: Run, pinned: number, kept: Iterable<number>, total: number) {
  const drawn = new Set<number>(kept);
  for (let column = 0; column < pinned; column += 1) {
    drawn.add(column);
  }
  for (let column = first; column < end; column += 1) {
    drawn.add(column);
  }
  return [...drawn]
    .filter((column) => column >= 0 && column < total)
    .sort((one, other) => one - other);
}

function slotsOf(columns: readonly number[], total: number): Slots {
  const slots = columns.flatMap((column, index) =>
    column === (columns[index - 1] ?? -1) + 1 ? [column] : [null, column],
  );
  return (columns.at(-1) ?? -1) === total - 1 ? slots : [...slots, null];
}
