import type { Cell, Column, Frame, Range } from "./contract";
import { make } from "./dom";
import type { Flash } from "./flash";
import type { ColumnFormat } from "./format";
import { arrange, assign, type Pooled } from "./keyedPool";

/** A row that the last frame does not hold. */
const PENDING = Symbol("pending");

interface PooledCell {
  element: HTMLElement;
  text: Text;
  value: Cell | typeof PENDING | undefined;
  style: string;
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
  #columns: readonly Column[] = [];
  #formats: readonly ColumnFormat[] = [];
  #pool: PooledRow[] = [];

  constructor(flash: Flash, changedAt: (key: string) => string, signal: AbortSignal) {
    this.#flash = flash;
    this.#changedAt = changedAt;
    this.element.addEventListener("mouseover", (event) => this.#explain(event), { signal });
  }

  /** Set the columns and how their values are shown. */
  setColumns(columns: readonly Column[], formats: readonly ColumnFormat[]): void {
    this.#columns = columns;
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
  paint(visible: Range, frame: Frame): void {
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
      }
    }
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
      const value = values?.[column];
      const hot = values !== undefined && this.#flash.has(key, column);
      this.#show(cell, column, value === undefined ? PENDING : value, hot);
    }
  }

  #show(cell: PooledCell, column: number, value: Cell | typeof PENDING, hot: boolean): void {
    const format = this.#formats[column];
    if (cell.value !== value && format) {
      cell.value = value;
      const shown = value === PENDING ? { text: "", look: "pending" } : format.show(value);
      // Writing the same text again would take away a selection in it.
      if (cell.text.data !== shown.text) {
        cell.text.data = shown.text;
      }
      cell.style = `${format.align} ${format.fixedPitch ? "code" : ""} ${shown.look}`;
      cell.element.removeAttribute("title");
    }
    const className = hot ? `${cell.style} hot` : cell.style;
    if (cell.element.className !== className) {
      cell.element.className = className;
    }
  }

  #makeRow(): PooledRow {
    const cells = this.#columns.map((_, index): PooledCell => {
      const text = document.createTextNode("");
      const colindex = String(index + 1);
      const element = make("td", { role: "gridcell", "aria-colindex": colindex }, text);
      return { element, text, value: undefined, style: "" };
    });
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
