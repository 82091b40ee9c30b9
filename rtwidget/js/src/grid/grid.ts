import type { FormatSettings } from "../cells/columnFormat";
import { textMeasure } from "../columns/columnWidths";
import type { Anchor, Column, Filter, Sort, Wish } from "../kernel/contract";
import type { Frame } from "../kernel/fromKernel";
import type { Cancel, Clock } from "../page/clock";
import { make, setAttribute, write } from "../page/dom";
import { type AskCells, Copier } from "../selection/copier";
import { Picker } from "../selection/picker";
import { TextSelectionHold } from "../selection/textSelection";
import { holds, movedRows, RowWindow } from "./rowWindow";
import { selectableGrid } from "./selectableGrid";
import { Table } from "./table";
import { HEADER_PX, Viewport } from "./viewport";

/** Height of the row of filters, as in toolbar.css. */
const FILTERS_PX = 28;

/** What the grid asks of its view. */
export interface GridHooks {
  ask(wish: Wish): void;
  sort(column: string, adds: boolean): void;
  filter(filters: readonly Filter[]): void;
  offer(column: string): void;
  painted(seq: number): void;
  selected(keys: readonly string[]): void;
  extended(start: string, end: Anchor): void;
  copy: AskCells;
  open(key: string | null): void;
  now(): number | null;
}

/** A table of any length that paints the rows on screen and asks for those around them. */
export class Grid {
  readonly element = make("div", { class: "grid" });
  readonly #hooks: GridHooks;
  readonly #clock: Clock;
  readonly viewport: Viewport;
  readonly #table: Table;
  readonly #hold: TextSelectionHold;
  readonly picker: Picker;
  readonly copier: Copier;
  readonly #empty = make("div", { class: "empty" });
  #shown: Frame | null = null;
  #coming: Frame | null = null;
  readonly #asked = new RowWindow();
  #paintedSeq: number | null = null;
  #painting: Cancel | null = null;
  #following = false;

  constructor(hooks: GridHooks, clock: Clock, view: HTMLElement, signal: AbortSignal) {
    this.#hooks = hooks;
    this.#clock = clock;
    this.viewport = new Viewport(clock, () => this.#invalidate(), signal);
    this.#table = new Table(
      {
        ...hooks,
        faded: () => this.#invalidate(),
        arranged: (columns) => this.#arranged(columns),
        wide: (totalPx) => this.viewport.setWidth(totalPx),
        visibleWidth: () => this.viewport.visibleWidth,
        cursorColumn: () => this.picker.cursor.column,
      },
      clock,
      textMeasure(view),
      signal,
    );
    this.#hold = new TextSelectionHold(
      this.#table.rows.element,
      clock,
      () => this.#invalidate(),
      signal,
    );
    const selectable = selectableGrid(this.viewport, this.#table, this.#hold, () => this.#shown);
    const moved = () => this.#invalidate();
    this.picker = new Picker(this.viewport.element, selectable, { ...hooks, moved }, signal);
    this.copier = new Copier(view, selectable, this.picker, hooks.copy, clock, signal);
    this.viewport.window.append(this.#table.element, this.#table.fadingRows.element);
    this.element.append(this.viewport.element, this.#empty, this.copier.notice.element);
  }

  /** The rows on screen and around them, which are now taken as asked for. */
  want(): Wish {
    return this.#asked.around(this.viewport, this.#shown);
  }

  /** Set the columns, in table order. */
  setColumns(columns: readonly Column[], sort: readonly Sort[], settings: FormatSettings): void {
    this.#table.setColumns(columns, sort, settings);
    // Its cells are those of the columns before.
    this.#shown = null;
    this.#invalidate();
  }

  /** The header and the rows. */
  get table(): Table {
    return this.#table;
  }

  /** Show or hide the row of filters. */
  showFilters(shown: boolean): void {
    this.#table.filters.element.hidden = !shown;
    this.viewport.setHeader(shown ? HEADER_PX + FILTERS_PX : HEADER_PX);
    this.element.style.setProperty("--rt-head", `${shown ? HEADER_PX + FILTERS_PX : HEADER_PX}px`);
  }

  /** Keep the last rows in sight while more come, as long as nobody scrolls away from them. */
  setFollowing(following: boolean): void {
    this.#following = following;
  }

  /** Take a new window of rows; `isLast` when it answers the last wish. */
  setFrame(frame: Frame, isLast: boolean): void {
    this.#coming = frame;
    if (isLast) {
      this.#asked.moveTo(frame.first);
    }
    // Also what a frame changed that is never shown: while text is selected, a newer one may replace it.
    this.#table.note(frame);
    // At once: what waits for the browser's next frame is seen a frame later by all who wait for it too.
    this.#painting?.();
    this.#painting = null;
    this.#paint();
  }

  /** Show that the rows may be old, calmly where somebody wanted it so. */
  setStale(stale: boolean, calm: boolean): void {
    this.element.classList.toggle("stale", stale);
    this.element.classList.toggle("calm", calm);
  }

  /** Say something where rows would stand, or nothing. */
  setEmptyText(text: string | null): void {
    this.#empty.hidden = text === null;
    write(this.#empty, text ?? "");
  }

  #arranged(columns: number): void {
    this.viewport.element.ariaColCount = String(columns);
    this.#invalidate();
  }

  #invalidate(): void {
    this.#painting ??= this.#clock.beforePaint(() => {
      this.#painting = null;
      this.#paint();
    });
  }

  #paint(): void {
    if (this.#coming !== null && !this.#isHeld) {
      this.#adopt(this.#coming);
    }
    this.#table.fit();
    const frame = this.#coming ?? this.#shown;
    if (frame === null) {
      return;
    }
    this.#table.paint(this.viewport.visible, this.viewport.hiddenPx, this.picker);
    const { row, column } = this.picker.cursor;
    // The focus itself stays on the box, because the cells under it are filled with other rows.
    const active = row === null ? null : this.#table.rows.idOf(row, column);
    setAttribute(this.viewport.element, "aria-activedescendant", active);
    // One that waits for who selects text counts as painted, or the kernel would take the page for slow.
    if (frame.seq !== this.#paintedSeq) {
      this.#paintedSeq = frame.seq;
      this.#hooks.painted(frame.seq);
    }
    if (!this.#asked.fits(this.viewport, frame.total)) {
      this.#hooks.ask(this.want());
    }
  }

  /** Who selects text keeps what stands there for a while, but may scroll on. */
  get #isHeld(): boolean {
    return this.#hold.active && this.#shown !== null && holds(this.#shown, this.viewport.visible);
  }

  /** Take a frame for what is shown, with the rows that stay on screen kept at their pixels. */
  #adopt(frame: Frame): void {
    // As it was before the total changes, and with it the end. At the very top new rows are to appear.
    const { visible, isAtTop, isAtEnd } = this.viewport;
    const moved = this.#shown && !isAtTop ? movedRows(this.#shown, frame, visible) : 0;
    this.#shown = frame;
    this.#coming = null;
    this.viewport.setTotal(frame.total, moved);
    if (this.#following && isAtEnd) {
      this.viewport.toEnd();
    }
    // The header is counted as the first row.
    this.viewport.element.ariaRowCount = String(frame.total + 1);
    this.#table.setFrame(frame);
    this.picker.follow(frame, moved);
  }
}
