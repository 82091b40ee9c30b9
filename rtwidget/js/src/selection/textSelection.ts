import type { Clock } from "../page/clock";
import { listen } from "../page/events";
import { Timers } from "../page/timers";

/** Whoever selected for so long reads or went away, and rows that stand still would be taken for fresh. */
const HOLD_MS = 5000;

/** Says whether somebody is selecting text in an element, or points at it, which changes would take away. */
export class TextSelectionHold {
  readonly #element: Element;
  readonly #released: () => void;
  readonly #clock: Clock;
  readonly #timers: Timers<"release">;
  #isDown = false;

  constructor(element: Element, clock: Clock, released: () => void, signal: AbortSignal) {
    this.#element = element;
    this.#released = released;
    this.#clock = clock;
    this.#timers = new Timers(clock);
    // Told to the document, wherever in it the selection is.
    listen(document, "selectionchange", signal, () => this.#changed());
    // What is under the pointer when it goes down is what the click means.
    listen(element, "pointerdown", signal, () => this.#pointed());
    for (const end of ["pointerup", "pointercancel"] as const) {
      listen(window, end, signal, () => this.#lifted());
    }
  }

  /** Did the selection in the element change, or a pointer go down there, a short while ago? */
  get active(): boolean {
    return this.#timers.has("release");
  }

  /** Is text in the element selected now? */
  get isSelecting(): boolean {
    return isTextSelected(this.#element);
  }

  #pointed(): void {
    this.#isDown = true;
    this.#hold();
  }

  #lifted(): void {
    if (this.#isDown) {
      // After the click, which comes after this.
      this.#clock.after(0, () => {
        this.#isDown = false;
        this.#changed();
      });
    }
  }

  #hold(): void {
    this.#timers.start("release", HOLD_MS, this.#released);
  }

  #changed(): void {
    if (this.isSelecting) {
      this.#hold();
    } else if (this.active && !this.#isDown) {
      this.#timers.stop("release");
      this.#released();
    }
  }
}

/** Chromium tells a shadow root of the selection in it; the others tell the document. */
type SelectionRoot = Node & { getSelection?: () => Selection | null };

/** Is text in an element selected? */
export function isTextSelected(element: Element): boolean {
  const root: SelectionRoot = element.getRootNode();
  const selection = root.getSelection?.() ?? document.getSelection();
  if (selection === null) {
    return false;
  }
  const [range] =
    // Other ranges end at the host of a shadow root, so this one is named to look into it.
    root instanceof ShadowRoot && "getComposedRanges" in selection
      ? selection.getComposedRanges({ shadowRoots: [root] })
      : [selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined];
  return (
    range !== undefined &&
    !range.collapsed &&
    (element.contains(range.startContainer) || element.contains(range.endContainer))
  );
}
