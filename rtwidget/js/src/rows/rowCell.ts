import type { ColumnFormat, Shown } from "../cells/columnFormat";
import { pinAt, pinClass } from "../columns/pinnedColumns";
import type { Cell } from "../kernel/contract";
import { make, setAttribute } from "../page/dom";

/** A row that the last frame does not hold. */
export const PENDING = Symbol("pending");
const NOTHING_YET: Omit<Shown, "style"> & { style: string } = {
  text: "",
  style: "pending",
  colour: null,
};

/** A cell on screen, which shows one value after another of its column. */
export class RowCell {
  readonly element: HTMLElement;
  readonly column: number;
  readonly #text = document.createTextNode("");
  readonly #pin: string;
  #value: Cell | typeof PENDING | undefined;
  #style = "";

  constructor(row: number, column: number, pinned: number) {
    const colindex = String(column + 1);
    const id = `r${row}c${column}`;
    this.column = column;
    this.element = make("td", { id, role: "gridcell", "aria-colindex": colindex }, this.#text);
    this.#pin = pinClass(column, pinned);
    pinAt(this.element, column, pinned);
  }

  /** What it shows; null while that is nothing. */
  get value(): Cell {
    return this.#value === PENDING || this.#value === undefined ? null : this.#value;
  }

  /** The value has not changed, but its looks have. */
  invalidate(): void {
    this.#value = undefined;
  }

  /** Show a value, or that it is on its way. */
  show(value: Cell | typeof PENDING, format: ColumnFormat, hot: boolean): void {
    const { element } = this;
    if (this.#value !== value) {
      this.#value = value;
      const shown = value === PENDING ? NOTHING_YET : format.show(value);
      // Writing the same text again would take away a selection in it.
      if (this.#text.data !== shown.text) {
        this.#text.data = shown.text;
      }
      // What an earlier value left behind does nothing without its class.
      if (shown.colour) {
        element.style.setProperty(shown.colour.property, shown.colour.value);
      }
      this.#style = `${format.align} ${format.fixedPitch ? "code" : ""} ${shown.style} ${shown.colour?.className ?? ""}${this.#pin}`;
      // It tells the value before, and is written anew when the pointer comes.
      setAttribute(element, "title", null);
      setAttribute(element, "data-lacking", shown.lacking || null);
    }
    const className = hot ? `${this.#style} hot` : this.#style;
    if (element.className !== className) {
      element.className = className;
    }
  }
}
