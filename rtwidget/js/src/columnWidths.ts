import type { Cell, Column } from "./contract";
import { make } from "./dom";
import type { ColumnFormat } from "./format";
import type { Clock } from "./lifetime";
import { Timers } from "./timers";
import { estimateWidths, growWidths, type Measure } from "./widths";

const GROWING_GAP_MS = 1000;

/** What widths are estimated from. */
export interface Content {
  columns: readonly Column[];
  formats: readonly ColumnFormat[];
  rows: readonly (readonly Cell[])[];
  roomPx: number;
  /** Widths that somebody gave by hand. */
  fixed: readonly (number | undefined)[];
}

/** The widths of the columns: estimated once, and then they only grow into spare room. */
export class ColumnWidths {
  readonly element = make("colgroup");
  readonly #measure: Measure;
  readonly #timers: Timers<"grow">;
  readonly #changed: (widths: readonly number[]) => void;
  #widths: readonly number[] = [];
  #settled = false;

  constructor(clock: Clock, measure: Measure, changed: (widths: readonly number[]) => void) {
    this.#timers = new Timers(clock);
    this.#measure = measure;
    this.#changed = changed;
  }

  /** Forget the widths, because there are other columns. */
  reset(): void {
    this.#settled = false;
    this.#timers.stop("grow");
  }

  /** Take what is shown now into account. */
  fit(content: Content): void {
    if (content.roomPx === 0) {
      return;
    }
    if (!this.#settled) {
      this.#settled = content.rows.length > 0;
      const { columns, formats, rows, roomPx } = content;
      this.#set(estimateWidths(columns, formats, rows, roomPx, this.#measure), content.fixed);
    }
  }

  /** Take a width that somebody gave by hand into account. */
  resize({ fixed }: Content): void {
    this.#set(this.#widths, fixed);
  }

  /** The width of a column, in pixels. */
  at(column: number): number {
    return this.#widths[column] ?? 0;
  }

  /** Let cut columns grow soon, by what is shown then; at most once a second. */
  growSoon(content: () => Content): void {
    if (this.#settled && !this.#timers.has("grow")) {
      this.#timers.start("grow", GROWING_GAP_MS, () => this.#grow(content()));
    }
  }

  #grow({ columns, formats, rows, roomPx, fixed }: Content): void {
    // Measuring every cell costs, and without room nothing can grow.
    if (roomPx - this.#widths.reduce((sum, width) => sum + width, 0) >= 1) {
      const wanted = estimateWidths(columns, formats, rows, roomPx, this.#measure);
      this.#set(growWidths(this.#widths, wanted, roomPx), fixed);
    }
  }

  #set(estimated: readonly number[], fixed: readonly (number | undefined)[]): void {
    const widths = estimated.map((width, column) => fixed[column] ?? width);
    if (widths.join() === this.#widths.join()) {
      return;
    }
    this.#widths = widths;
    const columns = widths.map((width) => make("col", { style: `width:${width}px` }));
    // The last column takes the room that is left, so that all others keep their widths.
    this.element.replaceChildren(...columns, make("col"));
    this.#changed(widths);
  }
}
