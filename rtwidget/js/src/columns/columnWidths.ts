import type { ColumnFormat } from "../cells/columnFormat";
import type { Cell, Column } from "../kernel/contract";
import type { Clock } from "../page/clock";
import { make } from "../page/dom";
import { Timers } from "../page/timers";
import type { Slots } from "./columnWindow";
import { estimateWidths, growWidths, type Measure, sum } from "./widthEstimate";

/** Columns that move more often than once a second cannot be read. */
const GROWING_GAP_MS = 1000;
/** A column whose width nobody estimated yet. */
const UNKNOWN_PX = 80;
/** Measuring costs, so the widths of a table of very many columns are estimated from fewer of its rows. */
const MOST_MEASURED_CELLS = 6_000;

/** What widths are estimated from. */
export interface Content {
  columns: readonly Column[];
  formats: readonly ColumnFormat[];
  rows: readonly (readonly Cell[])[];
}

/** What the widths ask of the table, each time anew because most of it costs. */
export interface WidthsHooks {
  content(mostRows: number): Content;
  /** Widths that somebody gave by hand. */
  fixed(): readonly (number | undefined)[];
  roomPx(): number;
  changed(widths: readonly number[]): void;
}

/** The widths of the columns: estimated once, and then they only grow into spare room. */
export class ColumnWidths {
  readonly element = make("colgroup");
  readonly #measure: Measure;
  readonly #timers: Timers<"grow">;
  readonly #hooks: WidthsHooks;
  #widths: readonly number[] = [];
  #settled = false;

  constructor(clock: Clock, measure: Measure, hooks: WidthsHooks) {
    this.#timers = new Timers(clock);
    this.#measure = measure;
    this.#hooks = hooks;
  }

  /** Forget the widths, because there are other columns. */
  reset(): void {
    this.#settled = false;
    this.#timers.stop("grow");
  }

  /** Take what is shown now into account. */
  fit(): void {
    if (this.#settled) {
      return;
    }
    const roomPx = this.#hooks.roomPx();
    // A view that is out of the page, or not yet in it, has no width to go by.
    if (roomPx > 0) {
      this.#set(this.#estimated(roomPx));
    }
  }

  /** Take a width that somebody gave by hand into account. */
  resize(): void {
    this.#set(this.#widths);
  }

  /** The widths of so many columns, in pixels. */
  of(columns: number): number[] {
    return Array.from({ length: columns }, (_, column) => this.#widths[column] ?? UNKNOWN_PX);
  }

  /** Give the slots of each row their widths; the last one takes the room that is left, so that all others keep theirs. */
  lay(slots: Slots): void {
    const columns = slots.map((slot, index) => {
      const end = slots[index + 1] ?? this.#widths.length;
      // A run of columns that are not drawn is one slot, as wide as all of them.
      const first = slot ?? (slots[index - 1] ?? -1) + 1;
      const skipped = this.#widths.slice(first, slot === null ? end : first + 1);
      return make("col", { style: `width:${sum(skipped)}px` });
    });
    this.element.replaceChildren(...columns, make("col"));
  }

  /** Let cut columns grow soon, by what is shown then; at most once a second. */
  growSoon(): void {
    if (this.#settled && !this.#timers.has("grow")) {
      this.#timers.start("grow", GROWING_GAP_MS, () => this.#grow());
    }
  }

  #grow(): void {
    const roomPx = this.#hooks.roomPx();
    // Without room nothing can grow.
    if (roomPx - sum(this.#widths) >= 1) {
      this.#set(growWidths(this.#widths, this.#estimated(roomPx), roomPx));
    }
  }

  #estimated(roomPx: number): number[] {
    const columns = Math.max(1, this.#hooks.fixed().length);
    const content = this.#hooks.content(Math.ceil(MOST_MEASURED_CELLS / columns));
    // Headings alone settle nothing, because the first values may be wider.
    this.#settled = content.rows.length > 0;
    return estimateWidths(content.columns, content.formats, content.rows, roomPx, this.#measure);
  }

  #set(estimated: readonly number[]): void {
    const fixed = this.#hooks.fixed();
    const widths = estimated.map((width, column) => fixed[column] ?? width);
    // Other widths have the columns in sight chosen and drawn anew.
    if (widths.join() !== this.#widths.join()) {
      this.#widths = widths;
      this.#hooks.changed(widths);
    }
  }
}

/** Measure text in the fonts that the box has at that moment. */
export function textMeasure(box: HTMLElement): Measure {
  const context = make("canvas").getContext("2d");
  return (text, face) => {
    const style = getComputedStyle(box);
    const family = face === "code" ? style.getPropertyValue("--rt-code-font") : style.fontFamily;
    if (context === null) {
      // Rather too much than too little: at 13 pixels most characters are narrower.
      return text.length * 8;
    }
    // The weight of headings stands in grid.css; the box has that of the cells.
    context.font = `${face === "heading" ? 600 : 400} ${style.fontSize} ${family}`;
    return context.measureText(text).width;
  };
}
