import type { Cell, Frame, Range } from "./contract";
import { make } from "./dom";
import type { Flash } from "./flash";
import type { ColumnFormat } from "./format";
import { arrange, assign, type Pooled } from "./keyedPool";
import { pinAt, pinClass } from "./pins";

/** What is marked in the rows besides changes. */
export interface Picked {
  cursor: { readonly row: number | null; readonly column: number };
  selection: { has(key: string): boolean };
}

/** A row that the last frame does not hold. */
const PENDING = Symbol("pending");
const NOTHING_YET = { text: "", look: "pending", colour: null };

interface PooledCell {
  element: HTMLElement;
  text: Text;
  value: Cell | typeof PENDING | undefined;
  style: string;
  readonly pin: string;
}

interface PooledRow extends Pooled {
  element: HTMLTableRowElement;
  cells: PooledCell[];
}

/** The rows on screen: made once, filled again and again. */
export class Rows {
  readonly element = make("tbody", { role: "none" });
  readonly #flash: Flash;
  readonly #changedAt: (key: string) => string;
  #places: readonly number[] = [];
  #pinned = 0;
  #formats: readonly ColumnFormat[] = [];
  #pool: PooledRow[] = [];
  #first = 0;
  #made = 0;

  constructor(flash: Flash, changedAt: (key: string) => string, signal: AbortSignal) {
    this.#flash = flash;
    this.#changedAt = changedAt;
    this.element.addEventListener("mouseover", (event) => this.#explain(event), { signal });
  }

  /**
   * Set where the columns stand in a frame, in the order of the screen, and how their values are shown.
   *
   * The first `pinned` ones stay at the left.
   */
  setColumns(places: readonly number[], formats: readonly ColumnFormat[], pinned: number): void {
    this.#places = places;
    this.#pinned = pinned;
    this.#formats = formats;
    this.#pool = [];
    this.element.replaceChildren();
  }

  /** The values have not changed, but their looks have. */
  forget(): void {
    for (const { cells } of this.#pool) {
      for (const cell of cells) {
        cell.value = undefined;
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
    const slot = this.#pool.findIndex(({ element }) =>
      element.contains(target instanceof Node ? target : null),
    );
    const column = this.#pool[slot]?.cells.findIndex(({ element }) => element === target) ?? -1;
    return column < 0 ? null : { row: this.#first + slot, column };
  }

  /** The id of a cell on screen, for those who follow the cursor by ear. */
  idOf(row: number, column: number): string | null {
    const { element, cells } = this.#pool[row - this.#first] ?? {};
    return element === undefined || element.hidden ? null : (cells?.[column]?.element.id ?? null);
  }

  /** The rows on screen with these keys. */
  elementsOf(keys: readonly string[]): HTMLElement[] {
    return this.#pool
      .filter(({ element, key }) => !element.hidden && key !== null && keys.includes(key))
      .map(({ element }) => element);
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
    element.ariaRowIndex = String(index + 2);
    element.ariaBusy = values ? null : "true";
    element.classList.toggle("new", this.#flash.isNew(key));
    for (const [column, cell] of cells.entries()) {
      const place = this.#places[column] ?? 0;
      const value = values?.[place];
      const hot = values !== undefined && this.#flash.has(key, place);
      this.#show(cell, column, value === undefined ? PENDING : value, hot);
    }
  }

  #pick({ element, key, cells }: PooledRow, row: number, { cursor, selection }: Picked): void {
    element.ariaSelected = String(key !== null && selection.has(key));
    const [before] = element.getElementsByClassName("cursor");
    const now = row === cursor.row ? cells[cursor.column]?.element : undefined;
    before?.classList.remove("cursor");
    now?.classList.add("cursor");
  }

  #show(cell: PooledCell, column: number, value: Cell | typeof PENDING, hot: boolean): void {
    const format = this.#formats[column];
    if (cell.value !== value && format) {
      cell.value = value;
      const shown = value === PENDING ? NOTHING_YET : format.show(value);
      // Writing the same text again would take away a selection in it.
      if (cell.text.data !== shown.text) {
        cell.text.data = shown.text;
      }
      if (shown.colour) {
        cell.element.style.setProperty(shown.colour.property, shown.colour.value);
      }
      cell.style = `${format.align} ${format.fixedPitch ? "code" : ""} ${shown.look} ${shown.colour?.className ?? ""}${cell.pin}`;
      cell.element.removeAttribute("title");
    }
    const className = hot ? `${cell.style} hot` : cell.style;
    if (cell.element.className !== className) {
      cell.element.className = className;
    }
  }

  #makeRow(): PooledRow {
    const cells = this.#places.map((_, index): PooledCell => {
      const text = document.createTextNode("");
      const colindex = String(index + 1);
      const id = `r${this.#made}c${index}`;
      const element = make("td", { id, role: "gridcell", "aria-colindex": colindex }, text);
      pinAt(element, index, this.#pinned);
      const pin = pinClass(index, this.#pinned);
      return { element, text, value: undefined, style: "", pin };
    });
    this.#made += 1;
    const element = make("tr", { role: "row" }, ...cells.map((cell) => cell.element));
    element.append(make("td", { class: "filler", "aria-hidden": "true" }));
    this.element.append(element);
    return { element, key: null, cells };
  }

  /** Tooltips are written when the pointer comes, because writing all of them costs every paint. */
  #explain({ target }: Event): void {
    for (const { element, cells, key } of this.#pool) {
      if (target instanceof Node && element.contains(target)) {
        const column = cells.findIndex((cell) => cell.element === target);
        const value = cells[column]?.value;
        const cell = typeof value === "symbol" || value === undefined ? null : value;
        const full = this.#formats[column]?.full(cell) ?? "";
        cells[column]?.element.setAttribute("title", full + this.#changedAt(key ?? ""));
      }
    }
  }
}
