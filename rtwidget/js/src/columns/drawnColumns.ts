import type { ColumnSet } from "./columnSet";
import type { ColumnWidths } from "./columnWidths";
import { ColumnWindow, type Slots, spanOf, type VisibleWidth } from "./columnWindow";

/** A part of the table that holds a cell of each column, and draws those that it is told to. */
export interface ColumnPart {
  lay(slots: Slots): void;
}

/** Has all parts of the table draw the same columns. */
export class DrawnColumns {
  readonly #columns: ColumnSet;
  readonly #widths: ColumnWidths;
  readonly #visibleWidth: () => VisibleWidth;
  readonly #parts: readonly ColumnPart[];
  readonly #window = new ColumnWindow();

  constructor(
    columns: ColumnSet,
    widths: ColumnWidths,
    visibleWidth: () => VisibleWidth,
    parts: readonly ColumnPart[],
  ) {
    this.#columns = columns;
    this.#widths = widths;
    this.#visibleWidth = visibleWidth;
    // The colgroup is laid like the rows, or each width would go to another column.
    this.#parts = [...parts, widths];
  }

  /** Where the columns that are drawn stand in a frame's rows. */
  get indices(): number[] {
    const { indices } = this.#columns;
    return this.#window.slots.flatMap((slot) => (slot === null ? [] : (indices[slot] ?? [])));
  }

  /** Where a column lies, in pixels from the left edge. */
  span(column: number): [leftPx: number, rightPx: number] {
    return spanOf(column, this.#geometry());
  }

  /** The columns are others, or have other widths. */
  reset(): void {
    this.#window.reset();
  }

  /** Draw the columns in sight, and those on which somebody stands; true when they are others than before. */
  draw(kept: readonly number[]): boolean {
    const isOther = this.#window.move({ ...this.#geometry(), kept });
    for (const part of isOther ? this.#parts : []) {
      part.lay(this.#window.slots);
    }
    return isOther;
  }

  #geometry() {
    const widths = this.#widths.of(this.#columns.indices.length);
    return { widths, pinned: this.#columns.pinned, visibleWidth: this.#visibleWidth };
  }
}
