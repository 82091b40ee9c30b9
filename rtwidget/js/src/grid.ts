import { ColumnWidths, type Content } from "./columnWidths";
import type { Column, Frame, Sort, Wish } from "./contract";
import { make, write } from "./dom";
import { Flash } from "./flash";
import { ColumnFormat } from "./format";
import { Header } from "./header";
import type { Cancel, Clock } from "./lifetime";
import { Rows } from "./rows";
import { holds, isRoomy, movedRows, windowAround } from "./scrollMap";
import { SelectionHold } from "./selectionHold";
import { Viewport } from "./viewport";
import type { Measure } from "./widths";

/** What the grid asks of its view. */
export interface GridHooks {
  ask(wish: Wish): void;
  sort(column: string, adds: boolean): void;
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
  #shown: Frame | null = null;
  #coming: Frame | null = null;
  #asked: Wish = { first: 0, count: 0, anchor: null };
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
    this.#viewport = new Viewport(clock, () => this.#invalidate(), signal);
    this.#header = new Header((column, adds) => hooks.sort(column, adds), signal);
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
  want(): Wish {
    const { visible, screenRows, isAtTop } = this.#viewport;
    const { first, keys = [] } = this.#shown ?? { first: 0 };
    const key = keys[visible.first - first] ?? null;
    const anchor = isAtTop ? null : { key, place: visible.first };
    this.#asked = { ...windowAround(visible, screenRows), anchor };
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
    this.#invalidate();
  }

  /** Show the order. */
  setSort(sort: readonly Sort[]): void {
    this.#header.setSort(sort);
  }

  /** Show the first rows, because in another order other rows stand here. */
  toTop(): void {
    this.#viewport.toTop();
  }

  /** Take a new window of rows; `isLast` when it answers the last wish. */
  setFrame(frame: Frame, isLast: boolean): void {
    this.#coming = frame;
    if (isLast) {
      // The kernel moves the window with the rows on screen, and knows best where it stands.
      this.#asked = { ...this.#asked, first: frame.first };
    }
    this.#flash.note(frame);
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

  #content(): Content {
    const rows = this.#shown?.rows ?? [];
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
    if (this.#coming !== null && !this.#isHeld) {
      this.#adopt(this.#coming);
    }
    this.#widths.fit(this.#content());
    const { visible, screenRows, hiddenPx, isAtTop } = this.#viewport;
    const frame = this.#shown;
    if (frame === null) {
      return;
    }
    this.#rows.paint(visible, frame);
    this.#rows.element.style.transform = hiddenPx === 0 ? "" : `translateY(${-hiddenPx}px)`;
    const { seq, total } = this.#coming ?? frame;
    if (seq !== this.#paintedSeq) {
      this.#paintedSeq = seq;
      this.#widths.growSoon(() => this.#content());
      this.#hooks.painted(seq);
    }
    const isAnchored = this.#asked.anchor !== null;
    if (!isRoomy(this.#asked, visible, screenRows, total) || isAnchored === isAtTop) {
      this.#hooks.ask(this.want());
    }
  }

  /** Who selects text keeps what stands there for a while, but may scroll on. */
  get #isHeld(): boolean {
    return this.#hold.active && this.#shown !== null && holds(this.#shown, this.#viewport.visible);
  }

  /** Take a frame for what is shown, with the rows that stay on screen kept at their pixels. */
  #adopt(frame: Frame): void {
    const { visible, isAtTop } = this.#viewport;
    const moved = this.#shown && !isAtTop ? movedRows(this.#shown, frame, visible) : 0;
    this.#shown = frame;
    this.#coming = null;
    this.#viewport.setTotal(frame.total, moved);
    this.#viewport.element.ariaRowCount = String(frame.total + 1);
    const relearned = this.#formats.map((format, index) =>
      format.learn(frame.rows.map((row) => row[index])),
    );
    if (relearned.includes(true)) {
      this.#rows.forget();
    }
  }
}
