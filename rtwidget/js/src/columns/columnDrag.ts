import { listen } from "../page/events";
import type { ColumnLayout } from "./columnLayout";

/** Less movement than this is a click with an unsteady hand. */
const DRAG_PX = 6;
/** One press of a key makes a column so much wider. */
const WIDEN_PX = 16;

/** What the header tells of its cells. */
export interface DraggableHeader {
  nameAt(target: EventTarget | null): string | null;
  /** The columns on the screen, from left to right. */
  names(): readonly string[];
  widthOf(name: string): number;
  /** Show where a dragged column would go; null for nowhere. */
  showTarget(name: string | null): void;
  resized(): void;
  focus(name: string): void;
}

/** Moves columns by their heading and widens them by their right edge; or by key, which asks for both in steps. */
export class ColumnDrag {
  readonly #layout: ColumnLayout;
  readonly #header: DraggableHeader;
  #moving: { name: string; fromX: number; to: string | null } | null = null;
  #sizing: { name: string; fromX: number; widthPx: number } | null = null;
  /** A drag ends with a click that nobody meant. */
  #swallow = false;

  constructor(
    row: HTMLElement,
    layout: ColumnLayout,
    header: DraggableHeader,
    signal: AbortSignal,
  ) {
    this.#layout = layout;
    this.#header = header;
    listen(row, "pointerdown", signal, (event) => this.#grabbed(event, row));
    listen(row, "pointermove", signal, (event) => this.#dragged(event));
    // A hand that is not steady lets go below the header.
    for (const end of ["pointerup", "pointercancel"] as const) {
      listen(window, end, signal, () => this.#dropped());
    }
    // Captured, so that it comes before the header's own listener, which would sort.
    listen(row, "click", signal, (event) => this.#clicked(event), { capture: true });
    listen(row, "dblclick", signal, (event) => this.#fitted(event));
  }

  /** Move a column by so many places, or widen it by so many steps. */
  nudge(name: string, how: "move" | "widen", by: number): void {
    if (how === "widen") {
      this.#layout.resize(name, this.#header.widthOf(name) + by * WIDEN_PX);
      this.#header.resized();
    } else {
      const names = this.#header.names();
      this.#layout.move(name, names[names.indexOf(name) + by] ?? name);
      this.#header.focus(name);
    }
  }

  #grabbed(event: PointerEvent, row: HTMLElement): void {
    const name = this.#header.nameAt(event.target);
    // A drag that ended outside of the header left no click to swallow; the next one is meant.
    this.#swallow = false;
    if (event.button !== 0 || name === null) {
      return;
    }
    if (isGrip(event.target)) {
      this.#sizing = { name, fromX: event.clientX, widthPx: this.#header.widthOf(name) };
      this.#swallow = true;
      // The grip is only a few pixels wide, and the pointer runs ahead of it.
      row.setPointerCapture(event.pointerId);
    } else {
      // Not captured, because the target of each move has to be the heading under the pointer.
      this.#moving = { name, fromX: event.clientX, to: null };
    }
  }

  #dragged(event: PointerEvent): void {
    if (this.#sizing !== null) {
      const { name, fromX, widthPx } = this.#sizing;
      this.#layout.resize(name, widthPx + event.clientX - fromX);
      this.#header.resized();
    } else if (this.#moving !== null) {
      const { name, fromX } = this.#moving;
      const isFar = Math.abs(event.clientX - fromX) >= DRAG_PX;
      const over = this.#header.nameAt(event.target);
      // Once it went far it stays a drag, so that a column may be brought back to its neighbour.
      this.#moving.to = (isFar || this.#swallow) && over !== name ? over : null;
      this.#swallow ||= isFar;
      this.#header.showTarget(this.#moving.to);
    }
  }

  #dropped(): void {
    const moved = this.#moving;
    if (moved === null && this.#sizing === null) {
      return;
    }
    this.#moving = this.#sizing = null;
    this.#header.showTarget(null);
    if (moved !== null && moved.to !== null) {
      this.#layout.move(moved.name, moved.to);
    }
  }

  #clicked(event: Event): void {
    if (this.#swallow) {
      this.#swallow = false;
      event.stopPropagation();
    }
  }

  #fitted(event: Event): void {
    const name = this.#header.nameAt(event.target);
    if (isGrip(event.target) && name !== null) {
      this.#layout.resize(name, null);
      this.#header.resized();
    }
  }
}

const isGrip = (target: EventTarget | null) =>
  target instanceof Element && target.classList.contains("grip");
