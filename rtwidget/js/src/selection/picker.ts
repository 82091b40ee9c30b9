import type { Anchor } from "../kernel/contract";
import type { Frame } from "../kernel/fromKernel";
import { listen } from "../page/events";
import { Cursor, type Size } from "./cursor";
import { moveFor } from "./cursorKeys";
import { SelectedRows } from "./selectedRows";

/** The grid as far as people point at it, choose and copy. */
export interface SelectableGrid {
  frame(): Frame | null;
  size(): Size;
  pageRows(): number;
  /** The columns on the screen, and where their cells stand in a frame's rows. */
  columnNames(): string[];
  indices(): readonly number[];
  /** The cell at an event's target, by the row's place and the column. */
  locate(target: EventTarget | null): { row: number; column: number } | null;
  reveal(row: number, column: number): void;
  /** Is text selected, which a click was meant for? */
  isTextSelected(): boolean;
}

/** Whom to tell what was picked. */
export interface PickerHooks {
  moved(): void;
  selected(keys: readonly string[]): void;
  /** All rows from one to another are chosen; who knows the rows between says which they are. */
  extended(start: string, end: Anchor): void;
  /** Show a row whole; null for none. */
  open(key: string | null): void;
}

/** Where the cursor stands and which rows are chosen, by pointer and by key. */
export class Picker {
  readonly cursor = new Cursor();
  readonly selection = new SelectedRows();
  readonly #grid: SelectableGrid;
  readonly #hooks: PickerHooks;
  /** The row from which Shift extends the choice. */
  #from: string | null = null;

  constructor(box: HTMLElement, grid: SelectableGrid, hooks: PickerHooks, signal: AbortSignal) {
    this.#grid = grid;
    this.#hooks = hooks;
    listen(box, "mousedown", signal, (event) => this.#pointed(event, box));
    listen(box, "click", signal, (event) => this.#clicked(event));
    // The focus is on the box itself while one is among the rows; headings and filters have their own keys.
    listen(box, "keydown", signal, (event) => event.target === box && this.#pressed(event));
  }

  /** Take a new frame, in which the rows on screen stand so many places later. */
  follow(frame: Frame, moved: number): void {
    this.cursor.follow(frame, moved);
    this.selection.learn(frame);
  }

  /** Choose these rows, as somebody else says. */
  select(keys: readonly string[]): void {
    this.selection.set(keys, this.#grid.frame());
    this.#hooks.moved();
  }

  /** The row on which the cursor stands, or the first one on the screen. */
  get current(): string | null {
    return this.keyAt(this.cursor.row ?? this.#grid.size().firstVisible);
  }

  #pointed(event: MouseEvent, box: HTMLElement): void {
    if (event.shiftKey && this.#grid.locate(event.target)) {
      // The browser would select the text between two clicks, not the rows.
      event.preventDefault();
      box.focus();
    }
  }

  #clicked(event: MouseEvent): void {
    const cell = this.#grid.locate(event.target);
    if (cell !== null && !this.#grid.isTextSelected()) {
      this.cursor.put(cell.row, cell.column, this.#grid.frame());
      const how = event.shiftKey ? "extend" : event.ctrlKey || event.metaKey ? "toggle" : "only";
      this.#choose(cell.row, how);
    }
  }

  #pressed(event: KeyboardEvent): void {
    const { key, ctrlKey, shiftKey } = event;
    const move =
      // With these the arrows are the browser's, which goes back and forward in its history.
      event.altKey || event.metaKey ? null : moveFor(key, ctrlKey, this.#grid.pageRows());
    const { row } = this.cursor;
    if (move !== null) {
      this.#move(move, shiftKey && move.down !== undefined);
    } else if (key === " " && row !== null) {
      this.#choose(row, "toggle");
    } else if (key === "Enter" && row !== null) {
      this.#hooks.open(this.keyAt(row));
    } else if (key === "Escape") {
      this.#hooks.open(null);
      this.#tell([]);
      // Not prevented, because Escape also ends the notebook's search.
      return;
    } else {
      return;
    }
    event.preventDefault();
    // The notebook around us has its own use for these keys.
    event.stopPropagation();
  }

  #move(move: NonNullable<ReturnType<typeof moveFor>>, extends_: boolean): void {
    if (extends_ && this.#from === null && this.cursor.row !== null) {
      this.#from = this.keyAt(this.cursor.row);
    }
    this.cursor.move(move, this.#grid.size(), this.#grid.frame());
    const { row, column } = this.cursor;
    if (row !== null) {
      this.#grid.reveal(row, column);
      if (extends_) {
        this.#choose(row, "extend");
      }
    }
    this.#hooks.moved();
  }

  #choose(row: number, how: "only" | "toggle" | "extend"): void {
    const frame = this.#grid.frame();
    const key = this.keyAt(row);
    if (frame === null) {
      return;
    }
    if (how === "extend" && this.#from !== null) {
      const [from, to] = [frame.keys.indexOf(this.#from), row - frame.first];
      if (from >= 0 && key !== null) {
        this.#tell(frame.keys.slice(Math.min(from, to), Math.max(from, to) + 1));
      } else {
        this.#hooks.extended(this.#from, { key, place: row });
      }
      return;
    }
    if (key === null) {
      return;
    }
    this.#from = key;
    if (how === "toggle") {
      this.selection.toggle(key, frame);
      this.#tell(this.selection.keys);
    } else {
      this.#tell([key]);
    }
  }

  #tell(keys: readonly string[]): void {
    this.select(keys);
    this.#hooks.selected(keys);
  }

  /** The key of a row, as far as it is known. */
  keyAt(row: number): string | null {
    const frame = this.#grid.frame();
    return frame?.keys[row - frame.first] ?? null;
  }
}
