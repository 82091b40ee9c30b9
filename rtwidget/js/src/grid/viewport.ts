import type { VisibleWidth } from "../columns/columnWindow";
import type { Range } from "../kernel/contract";
import type { Clock } from "../page/clock";
import { make } from "../page/dom";
import { listen, onResize } from "../page/events";
import { scrollPartIntoView } from "./scrollIntoView";
import { clampTop, contentPx, ROW_PX, visibleRows } from "./scrollMap";
import { ScrollPosition } from "./scrollPosition";

/** Height of the header row, in pixels, as in grid.css. */
export const HEADER_PX = 28;

const VIEWPORT = {
  class: "viewport",
  role: "grid",
  tabindex: "0",
  "aria-multiselectable": "true",
};
/** The header and three rows: what is said in place of rows needs that room. */
const LOWEST_PX = 100;
/** Lower than this, lent room would leave no row to look at. */
const LOWEST_LENDING_PX = 64;

/** The scrolled box: knows which rows it shows, and says when that changes. */
export class Viewport {
  /** The box with the scrollbars. */
  readonly element: HTMLElement;
  /** Stays in sight while the canvas under it scrolls. */
  readonly window = make("div", { class: "window" });
  readonly #canvas = make("div", { class: "canvas" }, this.window);
  readonly #position: ScrollPosition;
  #headerPx = HEADER_PX;
  #heightPx = 0;
  #lentPx = 0;
  #leftPx = 0;

  constructor(clock: Clock, moved: () => void, signal: AbortSignal) {
    this.element = make("div", VIEWPORT, this.#canvas);
    const { element } = this;
    this.#position = new ScrollPosition(element, clock, moved, signal);
    // Beside the position's own listener, which knows of rows only.
    listen(element, "scroll", signal, () => this.#movedAside(moved), { passive: true });
    onResize(element, signal, () => this.#resized());
  }

  /** Rows of which at least one pixel shows. */
  get visible(): Range {
    return visibleRows(this.#position.extent, this.#position.top);
  }

  /** Rows that fill one screen, even while there are fewer and the box is lower. */
  get screenRows(): number {
    // One more, because the first and the last one may both show in part.
    return Math.ceil((this.#heightPx - this.#headerPx) / ROW_PX) + 1;
  }

  /** Pixels of the first visible row that are scrolled away. */
  get hiddenPx(): number {
    return this.#position.top % ROW_PX;
  }

  /** Is the first row whole on the screen? */
  get isAtTop(): boolean {
    return this.#position.top === 0;
  }

  /** What shows of the width; measured, because a notebook takes cells out of the page and brings them back unscrolled. */
  get visibleWidth(): VisibleWidth {
    return { leftPx: this.element.scrollLeft, roomPx: this.element.clientWidth };
  }

  /** Is the last row whole on the screen? */
  get isAtEnd(): boolean {
    const { top, extent } = this.#position;
    return top >= clampTop(extent, Number.MAX_SAFE_INTEGER);
  }

  /** The box is at most this high, and no higher than its rows. */
  setHeight(heightPx: number): void {
    this.#heightPx = heightPx;
    this.#limit();
  }

  /** The rows begin so far below the upper edge. */
  setHeader(headerPx: number): void {
    const { total } = this.#position.extent;
    this.#headerPx = headerPx;
    this.#canvas.style.height = `${headerPx + contentPx(total)}px`;
    this.#limit();
    this.#resized();
  }

  /** Be lower by so much, so that what stands below may grow without moving the page. */
  lend(heightPx: number): void {
    // It is lent anew each second, and the limits may cost a layout.
    if (heightPx !== this.#lentPx) {
      this.#lentPx = heightPx;
      this.#limit();
    }
  }

  /** Rows that one screen shows whole, but for one that stays to read on from. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#position.extent.bodyPx / ROW_PX) - 1);
  }

  /** Scroll as little as needed, here and around, to show a row and what lies between two pixels of the width. */
  reveal(row: number, leftPx: number, rightPx: number): void {
    const { top, extent } = this.#position;
    const highest = (row + 1) * ROW_PX - extent.bodyPx;
    const wanted = Math.min(row * ROW_PX, Math.max(top, highest));
    if (wanted !== top) {
      this.#position.goTo(wanted);
    }
    const { scrollLeft, clientWidth } = this.element;
    // Of what is wider than the box the left end is shown.
    this.element.scrollLeft = Math.min(leftPx, Math.max(scrollLeft, rightPx - clientWidth));
    scrollPartIntoView(this.window, {
      leftPx,
      topPx: this.#headerPx + row * ROW_PX - this.#position.top,
      widthPx: Math.min(rightPx - leftPx, clientWidth),
      heightPx: ROW_PX,
    });
  }

  /** Show the first row. */
  toTop(): void {
    this.#position.goTo(0);
  }

  /** Show the last row. */
  toEnd(): void {
    this.#position.goTo(Number.MAX_SAFE_INTEGER);
  }

  /** Set how many rows there are, with the visible ones moved by so many places. */
  setTotal(total: number, movedRows: number): void {
    const before = this.#position.extent;
    let { bodyPx } = before;
    if (total !== before.total) {
      this.#canvas.style.height = `${this.#headerPx + contentPx(total)}px`;
      this.#limit(total);
      // Measuring costs a layout, and a box that was and stays full keeps its height.
      if (this.#headerPx + contentPx(Math.min(total, before.total)) < this.#heightPx) {
        bodyPx = this.element.clientHeight - this.#headerPx;
      }
    }
    if (total !== before.total || movedRows !== 0) {
      this.#position.resize({ total, bodyPx }, movedRows * ROW_PX);
    }
  }

  /** Set the width of all columns together. */
  setWidth(widthPx: number): void {
    this.#canvas.style.minWidth = `${widthPx}px`;
  }

  #limit(total = this.#position.extent.total): void {
    const { style } = this.element;
    let [lowest, highest] = [LOWEST_PX, this.#heightPx];
    if (this.#lentPx > 0) {
      const { offsetHeight, clientHeight } = this.element;
      // Inside and outside differ by the horizontal scrollbar, which takes room from the rows.
      const rowsPx = this.#headerPx + contentPx(total) + offsetHeight - clientHeight;
      const ownPx = Math.min(highest, Math.max(lowest, rowsPx));
      highest = Math.min(ownPx, Math.max(LOWEST_LENDING_PX, ownPx - this.#lentPx));
      lowest = Math.min(lowest, highest);
    }
    style.minHeight = `${lowest}px`;
    style.maxHeight = `${highest}px`;
  }

  #movedAside(moved: () => void): void {
    const { scrollLeft } = this.element;
    // Most scrolling goes up and down, and draws no other columns.
    if (scrollLeft !== this.#leftPx) {
      this.#leftPx = scrollLeft;
      moved();
    }
  }

  #resized(): void {
    const { clientHeight } = this.element;
    // Out of the page it has no height, and keeps what it knows for when it comes back.
    if (clientHeight > 0) {
      const { total } = this.#position.extent;
      this.window.style.height = `${clientHeight}px`;
      this.#position.resize({ total, bodyPx: clientHeight - this.#headerPx }, 0);
      // A notebook takes cells out of the page and back, and they come back scrolled to the top.
      this.#position.goTo(this.#position.top);
    }
  }
}
