import type { FormatSettings } from "../cells/columnFormat";
import { ColumnDrag } from "../columns/columnDrag";
import { ColumnSet } from "../columns/columnSet";
import { ColumnWidths } from "../columns/columnWidths";
import type { VisibleWidth } from "../columns/columnWindow";
import { DrawnColumns } from "../columns/drawnColumns";
import { Header } from "../columns/header";
import { setPins } from "../columns/pinnedColumns";
import { type Measure, sum } from "../columns/widthEstimate";
import { FilterRow } from "../filters/filterRow";
import type { Column, Filter, Range, Sort } from "../kernel/contract";
import type { Frame } from "../kernel/fromKernel";
import type { Clock } from "../page/clock";
import { make } from "../page/dom";
import { FadingRows } from "../rows/fadingRows";
import { Flash } from "../rows/flash";
import { type Picked, Rows } from "../rows/rows";
import { addTooltips } from "../rows/tooltips";

/** What the table asks of the grid around it. */
export interface TableHooks {
  sort(column: string, adds: boolean): void;
  filter(filters: readonly Filter[]): void;
  offer(column: string): void;
  /** What is shown is out of date by itself: a flash has faded. */
  faded(): void;
  /** The columns on the screen are others now. */
  arranged(columns: number): void;
  wide(totalPx: number): void;
  visibleWidth(): VisibleWidth;
  /** The column with the cursor, which stays drawn wherever that is. */
  cursorColumn(): number;
  /** The kernel's clock in seconds, or null while it is unknown. */
  now(): number | null;
}

/** The header and the rows on screen, in the same columns. */
export class Table {
  // The box that scrolls is the grid, because it has the focus.
  readonly element = make("table", { role: "none" });
  readonly fadingRows: FadingRows;
  readonly filters: FilterRow;
  readonly rows: Rows;
  readonly columns = new ColumnSet(() => this.#arrange());
  readonly #hooks: TableHooks;
  readonly #header: Header;
  readonly #flash: Flash;
  readonly #widths: ColumnWidths;
  readonly #drawn: DrawnColumns;
  #frame: Frame | null = null;

  constructor(hooks: TableHooks, clock: Clock, measure: Measure, signal: AbortSignal) {
    this.#hooks = hooks;
    const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
    // Asked each time, because people change it while the page is open.
    const isCalm = () => motion.matches;
    this.fadingRows = new FadingRows(clock, isCalm);
    this.#flash = new Flash(clock, isCalm, () => hooks.faded());
    const entered = () => this.#draw();
    // Headings and their drag need each other; no key is pressed before both are made.
    this.#header = new Header(
      { ...hooks, entered, nudge: (column, how, by) => drag.nudge(column, how, by) },
      signal,
    );
    const drag = new ColumnDrag(
      this.#header.element,
      this.columns.layout,
      {
        nameAt: (target) => this.#header.nameAt(target),
        names: () => this.columns.names,
        widthOf: (name) => this.#widthOf(name),
        showTarget: (name) => this.#header.showTarget(name),
        resized: () => this.#widths.resize(),
        focus: (name) => this.#header.focus(name),
      },
      signal,
    );
    this.filters = new FilterRow({ ...hooks, entered }, clock, signal);
    this.rows = new Rows(this.#flash);
    addTooltips(this.rows, { frame: () => this.#frame, now: () => hooks.now() }, signal);
    this.#widths = new ColumnWidths(clock, measure, {
      content: (mostRows) => this.columns.content(this.#frame?.rows.slice(0, mostRows) ?? []),
      fixed: () => this.columns.fixed,
      roomPx: () => hooks.visibleWidth().roomPx,
      changed: (widths) => this.#widened(widths),
    });
    const parts = [this.#header, this.filters, this.rows];
    this.#drawn = new DrawnColumns(this.columns, this.#widths, () => hooks.visibleWidth(), parts);
    const head = make("thead", { role: "none" }, this.#header.element, this.filters.element);
    this.element.append(this.#widths.element, head, this.rows.element);
  }

  /** Where a column lies, in pixels from the left edge. */
  span(column: number): [leftPx: number, rightPx: number] {
    return this.#drawn.span(column);
  }

  /** Set the columns, in table order. */
  setColumns(columns: readonly Column[], sort: readonly Sort[], settings: FormatSettings): void {
    this.element.hidden = columns.length === 0;
    this.#frame = null;
    this.#header.setSort(sort);
    this.columns.set(columns, settings);
    this.#arrange();
  }

  /** Show the values in another way. */
  setFormats(settings: FormatSettings): void {
    this.columns.setFormats(settings);
    this.#arrange();
  }

  /** Give all columns the widths of what is shown now. */
  fitAll(): void {
    this.columns.forgetWidths();
    this.#widths.reset();
    this.fit();
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
    // First, while the rows on the screen still show them.
    if (frame.gone) {
      this.fadingRows.fade(this.rows.elementsOf(frame.gone));
    }
    this.#frame = frame;
    this.#learn();
    this.#widths.growSoon();
  }

  /** Fit the columns to what is shown, as long as that was not done yet, and draw those in sight. */
  fit(): void {
    this.#widths.fit();
    this.#draw();
  }

  /** Show these rows, the first of them with so many pixels scrolled away. */
  paint(visible: Range, hiddenPx: number, picked: Picked): void {
    if (this.#frame !== null) {
      this.rows.paint(visible, this.#frame, picked);
      this.rows.element.style.transform = hiddenPx === 0 ? "" : `translateY(${-hiddenPx}px)`;
    }
  }

  #draw(): void {
    const kept = [this.#header.current, ...this.filters.kept, this.#hooks.cursorColumn()];
    // Columns that come into sight have not learned from the frame yet.
    if (this.#drawn.draw(kept)) {
      this.#learn();
    }
  }

  #learn(): void {
    if (this.columns.learn(this.#drawn.indices, this.#frame?.rows ?? [])) {
      this.rows.invalidate();
    }
  }

  #arrange(): void {
    const { shown, indices, pinned } = this.columns;
    const formats = this.columns.pick(this.columns.formats);
    this.#header.setColumns(shown, formats, pinned);
    this.filters.setColumns(shown, pinned);
    this.rows.setColumns(indices, formats, pinned);
    this.#widths.reset();
    this.#drawn.reset();
    this.#draw();
    this.#hooks.arranged(shown.length);
  }

  #widened(widths: readonly number[]): void {
    const totalPx = sum(widths);
    this.element.style.minWidth = `${totalPx}px`;
    setPins(this.element, widths, this.columns.pinned);
    // The canvas first, because which columns are in sight depends on how far it can be scrolled.
    this.#hooks.wide(totalPx);
    this.#drawn.reset();
    this.#draw();
  }

  #widthOf(name: string): number {
    const { names } = this.columns;
    return this.#widths.of(names.length)[names.indexOf(name)] ?? 0;
  }
}
