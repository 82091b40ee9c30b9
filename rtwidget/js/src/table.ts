import { ColumnWidths, type Content } from "./columnWidths";
import type { Column, Filter, Frame, Range, Sort } from "./contract";
import { make } from "./dom";
import { FilterRow } from "./filterRow";
import { Flash } from "./flash";
import { ColumnFormat } from "./format";
import { Ghosts } from "./ghosts";
import { Header } from "./header";
import type { Clock } from "./lifetime";
import { type Picked, Rows } from "./rows";
import type { Measure } from "./widths";
import { duration } from "./words";

/** What the table asks of the grid around it. */
export interface TableHooks {
  sort(column: string, adds: boolean): void;
  filter(filters: readonly Filter[]): void;
  offer(column: string): void;
  /** What is shown is out of date by itself: a flash has faded. */
  faded(): void;
  wide(totalPx: number): void;
  roomPx(): number;
  /** The kernel's clock in seconds, or null while it is unknown. */
  now(): number | null;
}

/** The header and the rows on screen, in the same columns. */
export class Table {
  readonly element = make("table", { role: "none" });
  readonly ghosts: Ghosts;
  readonly filters: FilterRow;
  readonly #hooks: TableHooks;
  readonly #header: Header;
  readonly #rows: Rows;
  readonly #flash: Flash;
  readonly #widths: ColumnWidths;
  #columns: readonly Column[] = [];
  #formats: readonly ColumnFormat[] = [];
  #frame: Frame | null = null;

  constructor(hooks: TableHooks, clock: Clock, measure: Measure, signal: AbortSignal) {
    this.#hooks = hooks;
    const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
    const isCalm = () => motion.matches;
    this.ghosts = new Ghosts(clock, isCalm);
    this.#flash = new Flash(clock, isCalm, () => hooks.faded());
    this.#header = new Header((column, adds) => hooks.sort(column, adds), signal);
    this.filters = new FilterRow(hooks, clock, signal);
    this.#rows = new Rows(this.#flash, (key) => this.#changedAt(key), signal);
    this.#widths = new ColumnWidths(clock, measure, (totalPx) => {
      this.element.style.minWidth = `${totalPx}px`;
      hooks.wide(totalPx);
    });
    const head = make("thead", { role: "none" }, this.#header.element, this.filters.element);
    this.element.append(this.#widths.element, head, this.#rows.element);
  }

  /** The rows on screen. */
  get rows(): Rows {
    return this.#rows;
  }

  /** The names of the columns. */
  get columnNames(): string[] {
    return this.#columns.map(({ name }) => name);
  }

  /** Where a column lies, in pixels from the left edge. */
  span(column: number): [leftPx: number, rightPx: number] {
    return this.#header.span(column);
  }

  /** Set the columns, in table order. */
  setColumns(columns: readonly Column[], sort: readonly Sort[]): void {
    this.#columns = columns;
    this.#formats = columns.map((column) => new ColumnFormat(column));
    this.element.hidden = columns.length === 0;
    this.#header.setColumns(columns, this.#formats);
    this.#header.setSort(sort);
    this.filters.setColumns(columns);
    this.#rows.setColumns(columns, this.#formats);
    this.#widths.reset();
    this.#frame = null;
  }

  /** Show the order. */
  setSort(sort: readonly Sort[]): void {
    this.#header.setSort(sort);
  }

  /** Take note of changes, before they are shown. */
  note(frame: Frame): void {
    this.#flash.note(frame);
  }

  /** Take a frame for what is shown from now on. */
  setFrame(frame: Frame): void {
    if (frame.gone) {
      this.ghosts.fade(this.#rows.elementsOf(frame.gone));
    }
    this.#frame = frame;
    const relearned = this.#formats.map((format, index) =>
      format.learn(frame.rows.map((row) => row[index])),
    );
    if (relearned.includes(true)) {
      this.#rows.forget();
    }
    this.#widths.growSoon(() => this.#content());
  }

  /** Fit the columns to what is shown, as long as that was not done yet. */
  fit(): void {
    this.#widths.fit(this.#content());
  }

  /** Show these rows, the first of them with so many pixels scrolled away. */
  paint(visible: Range, hiddenPx: number, picked: Picked): void {
    if (this.#frame !== null) {
      this.#rows.paint(visible, this.#frame, picked);
      this.#rows.element.style.transform = hiddenPx === 0 ? "" : `translateY(${-hiddenPx}px)`;
    }
  }

  #content(): Content {
    const rows = this.#frame?.rows ?? [];
    const roomPx = this.#hooks.roomPx();
    return { columns: this.#columns, formats: this.#formats, rows, roomPx };
  }

  #changedAt(key: string): string {
    const { keys = [], times = [] } = this.#frame ?? {};
    const at = times[keys.indexOf(key)] ?? null;
    const now = this.#hooks.now();
    return at === null || now === null ? "" : `\nThis row changed ${duration(now - at)} ago.`;
  }
}
