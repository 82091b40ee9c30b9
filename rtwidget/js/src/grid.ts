import { ColumnWidths, type Content } from "./columnWidths";
import type { Column, Frame, Range, Sort } from "./contract";
import { make, write } from "./dom";
import { Flash } from "./flash";
import { ColumnFormat } from "./format";
import { Header } from "./header";
import type { Cancel, Clock } from "./lifetime";
import { Rows } from "./rows";
import { holds, isRoomy, windowAround } from "./scrollMap";
import { SelectionHold } from "./selectionHold";
import { Viewport } from "./viewport";
import type { Measure } from "./widths";

/** What the grid asks of its view. */
export interface GridHooks {
  ask(range: Range): void;
  sort(column: string): void;
  painted(seq: number): void;
}

/** A table of any length that paints the rows on screen and asks for those around them. */
export class Grid {
  readonly element = make("div", { class: "grid" });
  readonly #hooks: GridHooks;
  readonly #clock: Clock;
  readonly #viewport: Viewport;
  readonly #header: Header;
  readonly #rows: Rows;
  readonly #flash: Flash;
  readonly #hold: SelectionHold;
  readonly #widths: ColumnWidths;
  readonly #table = make("table", { role: "none" });
  readonly #empty = make("div", { class: "empty" });
  #columns: readonly Column[] = [];
  #formats: readonly ColumnFormat[] = [];
  #frame: Frame | null = null;
  #shown: Frame | null = null;
  #asked: Range = { first: 0, count: 0 };
  #paintedSeq: number | null = null;
  #painting: Cancel | null = null;

  constructor(hooks: GridHooks, clock: Clock, measure: Measure, signal: AbortSignal) {
    this.#hooks = hooks;
    this.#clock = clock;
    const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.#flash = new Flash(
      clock,
      () => motion.matches,
      () => this.#invalidate(),
    );
    this.#viewport = new Viewport(() => this.#invalidate(), signal);
    this.#header = new Header((column) => this.#sort(column), signal);
    this.#rows = new Rows(this.#flash, signal);
    this.#hold = new SelectionHold(this.#rows.element, clock, () => this.#invalidate(), signal);
    this.#widths = new ColumnWidths(clock, measure, (totalPx) => {
      this.#table.style.minWidth = `${totalPx}px`;
      this.#viewport.setWidth(totalPx);
    });
    const head = make("thead", { role: "none" }, this.#header.element);
    this.#table.append(this.#widths.element, head, this.#rows.element);
    this.#viewport.window.append(this.#table);
    this.element.append(this.#viewport.element, this.#empty);
  }

  /** The rows on screen and around them, which are now taken as asked for. */
  want(): Range {
    const { visible, screenRows } = this.#viewport;
    this.#asked = windowAround(visible, screenRows);
    return this.#asked;
  }

  /** Set the columns, in table order. */
  setColumns(columns: readonly Column[], sort: readonly Sort[]): void {
    this.#columns = columns;
    this.#formats = columns.map((column) => new ColumnFormat(column));
    this.#viewport.element.ariaColCount = String(columns.length);
    this.#header.setColumns(columns, this.#formats);
    this.#table.hidden = columns.length === 0;
    this.#header.setSort(sort);
    this.#rows.setColumns(columns, this.#formats);
    this.#widths.reset();
    this.#shown = null;
    this.#learn();
    this.#invalidate();
  }

  /** Show the order and ask for the rows in it. */
  setSort(sort: readonly Sort[]): void {
    this.#header.setSort(sort);
    this.#ask();
  }

  /** Take a new window of rows. */
  setFrame(frame: Frame): void {
    this.#frame = frame;
    this.#viewport.setTotal(frame.total);
    this.#viewport.element.ariaRowCount = String(frame.total + 1);
    this.#flash.note(frame);
    this.#learn();
    this.#invalidate();
  }

  /** Limit the height of the grid. */
  setHeight(heightPx: number): void {
    this.#viewport.setHeight(heightPx);
  }

  /** Leave so much of the height to what stands below. */
  lend(heightPx: number): void {
    this.#viewport.lend(heightPx);
  }

  /** Show that the rows may be old, calmly where somebody wanted it so. */
  setStale(stale: boolean, calm: boolean): void {
    this.element.classList.toggle("stale", stale);
    this.element.classList.toggle("calm", calm);
  }

  /** Name the grid for those who cannot see it. */
  setLabel(label: string): void {
    this.#viewport.element.ariaLabel = label;
  }

  /** Say something where rows would stand, or nothing. */
  setEmptyText(text: string | null): void {
    this.#empty.hidden = text === null;
    write(this.#empty, text ?? "");
  }

  #sort(column: string): void {
    // In another order other rows stand here, and people look for the first ones.
    this.#viewport.toTop();
    this.#hooks.sort(column);
  }

  #learn(): void {
    const rows = this.#frame?.rows ?? [];
    const relearned = this.#formats.map((format, index) =>
      format.learn(rows.map((row) => row[index])),
    );
    if (relearned.includes(true)) {
      this.#rows.forget();
    }
  }

  #content(): Content {
    const rows = this.#frame?.rows ?? [];
    const { roomPx } = this.#viewport;
    return { columns: this.#columns, formats: this.#formats, rows, roomPx };
  }

  #invalidate(): void {
    this.#painting ??= this.#clock.beforePaint(() => {
      this.#painting = null;
      this.#paint();
    });
  }

  #paint(): void {
    const { visible, screenRows, hiddenPx } = this.#viewport;
    const frame = this.#frame;
    this.#widths.fit(this.#content());
    if (frame === null) {
      return;
    }
    // Who selects text keeps what stands there for a while, but may scroll on.
    const held = this.#hold.active && this.#shown !== null && holds(this.#shown, visible);
    this.#shown = held ? this.#shown : frame;
    this.#rows.paint(visible, this.#shown ?? frame);
    this.#rows.element.style.transform = hiddenPx === 0 ? "" : `translateY(${-hiddenPx}px)`;
    if (frame.seq !== this.#paintedSeq) {
      this.#paintedSeq = frame.seq;
      this.#widths.growSoon(() => this.#content());
      this.#hooks.painted(frame.seq);
    }
    if (!isRoomy(this.#asked, visible, screenRows, frame.total)) {
      this.#ask();
    }
  }

  #ask(): void {
    this.#hooks.ask(this.want());
  }
}
