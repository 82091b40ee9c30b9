import type { ColumnFormat } from "../cells/columnFormat";
import type { Slots } from "../columns/columnWindow";
import type { Range } from "../kernel/contract";
import type { Frame } from "../kernel/fromKernel";
import { filler, make, setChildren } from "../page/dom";
import type { Flash } from "./flash";
import { PENDING, RowCell } from "./rowCell";
import { arrange, assign, type Pooled } from "./rowPool";

/** What is marked in the rows besides changes. */
export interface Picked {
  cursor: { readonly row: number | null; readonly column: number };
  selection: { has(key: string): boolean };
}

interface PooledRow extends Pooled {
  element: HTMLTableRowElement;
  // Names its cells: an id stays with its element, which shows one row after another.
  readonly made: number;
  cells: RowCell[];
}

/** The rows on screen: made once, filled again and again. */
export class Rows {
  readonly element = make("tbody", { role: "none" });
  readonly #flash: Flash;
  #indices: readonly number[] = [];
  #pinned = 0;
  #formats: readonly ColumnFormat[] = [];
  #slots: Slots = [];
  #pool: PooledRow[] = [];
  #first = 0;
  #made = 0;

  constructor(flash: Flash) {
    this.#flash = flash;
  }

  /**
   * Set where the columns stand in a frame, in the order of the screen, and how their values are shown.
   *
   * The first `pinned` ones stay at the left.
   */
  setColumns(indices: readonly number[], formats: readonly ColumnFormat[], pinned: number): void {
    this.#indices = indices;
    this.#pinned = pinned;
    this.#formats = formats;
    this.#pool = [];
    this.element.replaceChildren();
  }

  /** Draw some of the columns. */
  lay(slots: Slots): void {
    this.#slots = slots;
    for (const row of this.#pool) {
      this.#layRow(row);
    }
  }

  /** The values have not changed, but their looks have. */
  invalidate(): void {
    for (const { cells } of this.#pool) {
      for (const cell of cells) {
        cell.invalidate();
      }
    }
  }

  /** Fill the rows from the frame; where it holds none, show that they are on their way. */
  paint(visible: Range, frame: Frame, picked: Picked): void {
    this.#first = visible.first;
    while (this.#pool.length < visible.count) {
      this.#pool.push(this.#makeRow());
    }
    const keys = Array.from(
      { length: visible.count },
      (_, slot) => frame.keys[visible.first + slot - frame.first] ?? null,
    );
    this.#order(keys);
    for (const [slot, row] of this.#pool.entries()) {
      const used = slot < visible.count;
      row.element.hidden = !used;
      row.key = keys[slot] ?? null;
      if (used) {
        this.#fill(row, visible.first + slot, frame);
        this.#pick(row, visible.first + slot, picked);
      }
    }
  }

  /** The cell at an event's target. */
  locate(target: EventTarget | null): { row: number; column: number } | null {
    const slot = this.#slotOf(target);
    const cell = this.#pool[slot]?.cells.find(({ element }) => element === target);
    return cell === undefined ? null : { row: this.#first + slot, column: cell.column };
  }

  /** The cell at an event's target with its whole value, and the key of its row. */
  whole(target: EventTarget | null): { element: HTMLElement; text: string; key: string } | null {
    const { key, cells } = this.#pool[this.#slotOf(target)] ?? {};
    const cell = cells?.find(({ element }) => element === target);
    if (cell === undefined) {
      return null;
    }
    const text = this.#formats[cell.column]?.full(cell.value) ?? "";
    return { element: cell.element, text, key: key ?? "" };
  }

  /** The id of a cell on screen, for those who follow the cursor by ear. */
  idOf(row: number, column: number): string | null {
    const { element, cells } = this.#pool[row - this.#first] ?? {};
    return element === undefined || element.hidden ? null : (cellOf(cells, column)?.id ?? null);
  }

  /** The rows on screen with these keys. */
  elementsOf(keys: readonly string[]): HTMLElement[] {
    return this.#pool
      .filter(({ element, key }) => !element.hidden && key !== null && keys.includes(key))
      .map(({ element }) => element);
  }

  #slotOf(target: EventTarget | null): number {
    return this.#pool.findIndex(
      ({ element }) => target instanceof Node && element.contains(target),
    );
  }

  #order(keys: readonly (string | null)[]): void {
    const pool = assign(this.#pool, keys);
    if (pool.some((row, slot) => row !== this.#pool[slot])) {
      const kept = pool.filter(({ key }, slot) => key !== null && key === keys[slot]);
      arrange(this.element, pool, new Set(kept));
      this.#pool = pool;
    }
  }

  #fill({ element, cells }: PooledRow, index: number, frame: Frame): void {
    const values = frame.rows[index - frame.first];
    const key = frame.keys[index - frame.first] ?? "";
    // Counted from one, with the header as the first.
    element.ariaRowIndex = String(index + 2);
    element.ariaBusy = values ? null : "true";
    element.classList.toggle("new", this.#flash.isNew(key));
    for (const cell of cells) {
      const position = this.#indices[cell.column] ?? 0;
      const value = values?.[position];
      // By the place in the frame, because a column may be moved while it flashes.
      const hot = values !== undefined && this.#flash.has(key, position);
      const format = this.#formats[cell.column];
      if (format) {
        cell.show(value === undefined ? PENDING : value, format, hot);
      }
    }
  }

  #pick({ element, key, cells }: PooledRow, row: number, { cursor, selection }: Picked): void {
    element.ariaSelected = String(key !== null && selection.has(key));
    const [before] = element.getElementsByClassName("cursor");
    const now = row === cursor.row ? cellOf(cells, cursor.column) : undefined;
    before?.classList.remove("cursor");
    now?.classList.add("cursor");
  }

  #makeRow(): PooledRow {
    const element = make("tr", { role: "row" });
    const row: PooledRow = { element, key: null, made: this.#made, cells: [] };
    this.#made += 1;
    this.#layRow(row);
    this.element.append(element);
    return row;
  }

  #layRow(row: PooledRow): void {
    const before = new Map(row.cells.map((cell) => [cell.column, cell]));
    row.cells = [];
    const elements = this.#slots.map((slot) => {
      if (slot === null) {
        return filler("td");
      }
      const cell = before.get(slot) ?? new RowCell(row.made, slot, this.#pinned);
      row.cells.push(cell);
      return cell.element;
    });
    setChildren(row.element, [...elements, filler("td")]);
  }
}

const cellOf = (cells: readonly RowCell[] | undefined, column: number) =>
  cells?.find((cell) => cell.column === column)?.element;
