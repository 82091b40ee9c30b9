import type { ColumnSet } from "./columnSet";
import type { ColumnWidths } from "./columnWidths";
import { ColumnWindow, type Sight, type Slots, spanOf } from "./columnWindow";

/** A part of the table that holds a cell of each column, and draws those that it is told to. */
export interface Part {
  lay(slots: Slots): void;
}

/** Has all parts of the table draw the same columns. */
export class DrawnColumns {
  readonly #columns: ColumnSet;
  readonly #widths: ColumnWidths;
  readonly #sight: () => Sight;
  readonly #parts: readonly Part[];
  readonly #window = new ColumnWindow();

  constructor(
    columns: ColumnSet,
    widths: ColumnWidths,
    sight: () => Sight,
    parts: readonly Part[],
  ) {
    this.#columns = columns;
    this.#widths = widths;
    this.#sight = sight;
    this.#parts = [...parts, widths];
  }

  /** Where the columns that are drawn stand in a frame's rows. */
  get places(): number[] {
    const { places } = this.#columns;
    return this.#window.slots.flatMap((slot) => (slot === null ? [] : (places[slot] ?? [])));
  }

  /** Where a column lies, in pixels from the left edge. */
  span(column: number): [leftPx: number, rightPx: number] {
    return spanOf(column, this.#ground());
  }

  /** The columns are others, or have other widths. */
  reset(): void {
    this.#window.reset();
  }

  /** Draw the columns in sight, and those on which somebody stands; true when they are others than before. */
  draw(kept: readonly number[]): boolean {
    const isOther = this.#window.move({ ...this.#ground(), kept });
    for (const part of isOther ? this.#parts : []) {
      part.lay(this.#window.slots);
    }
    return isOther;
  }

  #ground() {
    const widths = this.#widths.of(this.#columns.places.length);
    return { widths, pinned: this.#columns.pinned, sight: this.#sight };
  }
}
