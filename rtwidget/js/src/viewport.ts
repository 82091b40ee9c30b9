import type { Range } from "./contract";
import { make } from "./dom";
import { type Move, moveFor } from "./keyboard";
import { onResize } from "./lifetime";
import {
  clampTop,
  contentPx,
  type Extent,
  isScaled,
  ROW_PX,
  scrollFromTop,
  topFromScroll,
  visibleRows,
} from "./scrollMap";

/** Height of the header row, in pixels. */
export const HEADER_PX = 28;

const LINE_OF_WHEEL_PX = 24;
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
  readonly #moved: () => void;
  #heightPx = 0;
  #lentPx = 0;
  #total = 0;
  #top = 0;
  #bodyPx = 0;
  #expectedScroll = 0;

  constructor(moved: () => void, signal: AbortSignal) {
    this.#moved = moved;
    this.element = make("div", { class: "viewport", role: "grid", tabindex: "0" }, this.#canvas);
    const { element } = this;
    element.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true });
    element.addEventListener("wheel", (event) => this.#wheeled(event), { signal, passive: false });
    element.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    onResize(element, signal, () => this.#resized());
  }

  /** Rows of which at least one pixel shows. */
  get visible(): Range {
    return visibleRows(this.#extent, this.#top);
  }

  /** Rows that fill one screen, even while there are fewer and the box is lower. */
  get screenRows(): number {
    return Math.ceil((this.#heightPx - HEADER_PX) / ROW_PX) + 1;
  }

  /** Pixels of the first visible row that are scrolled away. */
  get hiddenPx(): number {
    return this.#top % ROW_PX;
  }

  /** Width of the visible part, in pixels. */
  get roomPx(): number {
    return this.element.clientWidth;
  }

  /** The box is at most this high, and no higher than its rows. */
  setHeight(heightPx: number): void {
    this.#heightPx = heightPx;
    this.#limit();
  }

  /** Be lower by so much, so that what stands below may grow without moving the page. */
  lend(heightPx: number): void {
    if (heightPx !== this.#lentPx) {
      this.#lentPx = heightPx;
      this.#limit();
    }
  }

  /** Show the first row. */
  toTop(): void {
    this.#goTo(0);
  }

  /** Set how many rows there are. */
  setTotal(total: number): void {
    if (total === this.#total) {
      return;
    }
    const fewer = Math.min(total, this.#total);
    this.#total = total;
    this.#canvas.style.height = `${HEADER_PX + contentPx(total)}px`;
    this.#limit();
    // Measuring costs a layout, and a box that was and stays full keeps its height.
    if (HEADER_PX + contentPx(fewer) < this.#heightPx) {
      this.#bodyPx = this.element.clientHeight - HEADER_PX;
    }
    const top = clampTop(this.#extent, this.#top);
    if (top !== this.#top || isScaled(total)) {
      this.#goTo(top);
    }
  }

  /** Set the width of all columns together. */
  setWidth(widthPx: number): void {
    this.#canvas.style.minWidth = `${widthPx}px`;
  }

  #limit(): void {
    const { style } = this.element;
    let [lowest, highest] = [LOWEST_PX, this.#heightPx];
    if (this.#lentPx > 0) {
      const { offsetHeight, clientHeight } = this.element;
      const rowsPx = HEADER_PX + contentPx(this.#total) + offsetHeight - clientHeight;
      const ownPx = Math.min(highest, Math.max(lowest, rowsPx));
      highest = Math.min(ownPx, Math.max(LOWEST_LENDING_PX, ownPx - this.#lentPx));
      lowest = Math.min(lowest, highest);
    }
    style.minHeight = `${lowest}px`;
    style.maxHeight = `${highest}px`;
  }

  get #extent(): Extent {
    return { total: this.#total, bodyPx: this.#bodyPx };
  }

  #goTo(top: number): void {
    this.#top = clampTop(this.#extent, top);
    this.element.scrollTop = scrollFromTop(this.#extent, this.#top);
    this.#expectedScroll = this.element.scrollTop;
    this.#moved();
  }

  #scrolled(): void {
    const { scrollTop } = this.element;
    // Our own scrolling comes back as an event, rounded: the position in the table is the truth.
    if (Math.abs(scrollTop - this.#expectedScroll) >= 1) {
      this.#expectedScroll = scrollTop;
      this.#top = topFromScroll(this.#extent, scrollTop);
      this.#moved();
    }
  }

  #wheeled(event: WheelEvent): void {
    // One pixel of a scaled scrollbar is many rows, so there the wheel moves the table itself.
    if (!isScaled(this.#total) || event.ctrlKey || event.shiftKey) {
      return;
    }
    const inLines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
    const top = clampTop(this.#extent, this.#top + event.deltaY * (inLines ? LINE_OF_WHEEL_PX : 1));
    if (top !== this.#top) {
      event.preventDefault();
      this.element.scrollLeft += event.deltaX;
      this.#goTo(top);
    }
  }

  #pressed(event: KeyboardEvent): void {
    if (event.target !== this.element || event.altKey || event.metaKey) {
      return;
    }
    const move = moveFor(event.key, event.ctrlKey, this.#bodyPx);
    if (move !== null) {
      event.preventDefault();
      // The notebook around us has its own use for arrows.
      event.stopPropagation();
      this.#move(move);
    }
  }

  #move({ down, right }: Move): void {
    const { element } = this;
    if (right !== undefined) {
      const ends = { start: 0, end: element.scrollWidth };
      element.scrollLeft = typeof right === "number" ? element.scrollLeft + right : ends[right];
    }
    if (down !== undefined) {
      const ends = { start: 0, end: Number.MAX_SAFE_INTEGER };
      this.#goTo(typeof down === "number" ? this.#top + down : ends[down]);
    }
  }

  #resized(): void {
    const { clientHeight } = this.element;
    if (clientHeight > 0) {
      this.#bodyPx = clientHeight - HEADER_PX;
      this.window.style.height = `${clientHeight}px`;
      // A notebook takes cells out of the page and back, and they come back scrolled to the top.
      this.#goTo(this.#top);
    }
  }
}
