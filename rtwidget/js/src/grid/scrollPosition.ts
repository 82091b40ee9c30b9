import type { Clock } from "../page/clock";
import { listen } from "../page/events";
import { Timers } from "../page/timers";
import { clampTop, type Extent, isScaled, scrollFromTop, topFromScroll } from "./scrollMap";

/** Firefox tells of a wheel in lines; one of them is a row. */
const LINE_OF_WHEEL_PX = 24;
/** People who pause for so long while they scroll have stopped. */
const SCROLLING_MS = 150;

/**
 * Where the table is scrolled to: pixels from the top of the table are the truth, the scrollbar follows.
 *
 * While somebody scrolls, the scrollbar is theirs: what moves the rows meanwhile is kept as an
 * offset to what the scrollbar says, and written to it once they stop.
 */
export class ScrollPosition {
  readonly #box: HTMLElement;
  readonly #moved: () => void;
  readonly #timers: Timers<"scrolling">;
  #extent: Extent = { total: 0, bodyPx: 0 };
  #top = 0;
  #expectedScroll = 0;
  #offset = 0;
  #dragging = false;

  constructor(box: HTMLElement, clock: Clock, moved: () => void, signal: AbortSignal) {
    this.#box = box;
    this.#moved = moved;
    this.#timers = new Timers(clock);
    listen(box, "scroll", signal, () => this.#scrolled(), { passive: true });
    // Not passive, because a scaled table has to prevent what the wheel does by itself.
    listen(box, "wheel", signal, (event) => this.#wheeled(event), { passive: false });
    listen(box, "pointerdown", signal, (event) => this.#pressed(event));
    // A scrollbar swallows the event that ends its dragging; the next move without a button tells.
    const release = ({ buttons }: PointerEvent) => buttons === 0 && this.#released();
    listen(window, "pointermove", signal, release, { passive: true });
    listen(window, "pointerup", signal, release, { passive: true });
  }

  /** Pixels of the table above the first visible one. */
  get top(): number {
    return this.#top;
  }

  /** What is scrolled. */
  get extent(): Extent {
    return this.#extent;
  }

  /** Scroll there, whoever scrolls. */
  goTo(top: number): void {
    this.#offset = 0;
    this.#top = clampTop(this.#extent, top);
    this.#box.scrollTop = scrollFromTop(this.#extent, this.#top);
    // Read back, because the browser rounds what is written.
    this.#expectedScroll = this.#box.scrollTop;
    this.#moved();
  }

  /** Take another size of the table, with its rows moved by so many pixels. */
  resize(extent: Extent, movedPx: number): void {
    this.#extent = extent;
    const top = clampTop(extent, this.#top + movedPx);
    // A scaled scrollbar stands elsewhere for the same position as soon as the total is another.
    if (top === this.#top && !isScaled(extent.total)) {
      return;
    }
    if (this.#dragging || this.#timers.has("scrolling")) {
      this.#offset = top - topFromScroll(extent, this.#box.scrollTop);
      this.#top = top;
      this.#moved();
    } else {
      this.goTo(top);
    }
  }

  #scrolled(): void {
    const { scrollTop } = this.#box;
    // Our own scrolling comes back as an event, rounded: the position in the table is the truth.
    if (Math.abs(scrollTop - this.#expectedScroll) >= 1) {
      this.#expectedScroll = scrollTop;
      this.#timers.start("scrolling", SCROLLING_MS, () => this.#settle());
      // The ends of the scrollbar are the ends of the table.
      const end = clampTop(this.#extent, Number.MAX_SAFE_INTEGER);
      const isAtEnd = scrollTop <= 0 || scrollTop >= scrollFromTop(this.#extent, end) - 1;
      this.#offset = isAtEnd ? 0 : this.#offset;
      this.#top = clampTop(this.#extent, topFromScroll(this.#extent, scrollTop) + this.#offset);
      this.#moved();
    }
  }

  #settle(): void {
    if (this.#offset !== 0 && !this.#dragging && !this.#timers.has("scrolling")) {
      this.goTo(this.#top);
    }
  }

  #pressed({ offsetX, offsetY, target }: PointerEvent): void {
    // No event names a scrollbar: it is what lies in the box and beyond its client area.
    const { clientWidth, clientHeight } = this.#box;
    this.#dragging = target === this.#box && (offsetX >= clientWidth || offsetY >= clientHeight);
  }

  #released(): void {
    this.#dragging = false;
    this.#settle();
  }

  #wheeled(event: WheelEvent): void {
    // One pixel of a scaled scrollbar is many rows, so there the wheel moves the table itself.
    // Ctrl and the wheel zoom, Shift scrolls sideways: both are the browser's.
    if (!isScaled(this.#extent.total) || event.ctrlKey || event.shiftKey) {
      return;
    }
    const inLines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
    const down = event.deltaY * (inLines ? LINE_OF_WHEEL_PX : 1);
    const top = clampTop(this.#extent, this.#top + down);
    // At an end of the table the wheel goes on to the notebook.
    if (top !== this.#top) {
      event.preventDefault();
      // What is prevented moves nothing sideways either.
      this.#box.scrollLeft += event.deltaX;
      this.goTo(top);
    }
  }
}
