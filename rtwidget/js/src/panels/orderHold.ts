import type { Clock } from "../page/clock";
import { listen } from "../page/events";
import { Timers } from "../page/timers";

/** Whoever does nothing for so long is done with the list, and wants to see the rows as they are. */
const LONGEST_HOLD_MS = 5_000;
const ACTIONS = ["focusin", "input", "keydown", "pointerdown"] as const;

/** Has the rows keep their order while somebody chooses from a list; their cells go on. */
export class OrderHold {
  readonly #tell: (held: boolean) => void;
  readonly #timers: Timers<string>;
  readonly #lists: HTMLElement[] = [];
  #isHeld = false;

  constructor(tell: (held: boolean) => void, clock: Clock) {
    this.#tell = tell;
    this.#timers = new Timers(clock);
  }

  /** Do the rows keep their order now? */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Keep still while this list is in use; a button may open and close it. */
  during(list: HTMLElement, signal: AbortSignal, opener?: HTMLElement): void {
    const name = String(this.#lists.push(list));
    const used = () => {
      this.#timers.start(name, LONGEST_HOLD_MS, () => this.#update());
      this.#update();
    };
    const left = () => {
      this.#timers.stop(name);
      this.#update();
    };
    for (const action of ACTIONS) {
      listen(list, action, signal, used);
    }
    // A pointer that only passes over the list holds nothing.
    listen(list, "pointermove", signal, () => this.#timers.has(name) && used());
    listen(list, "focusout", signal, ({ relatedTarget }) => {
      // The focus may go from one entry to the next, and the list is still in use.
      if (!(relatedTarget instanceof Node && list.contains(relatedTarget))) {
        left();
      }
    });
    if (opener !== undefined) {
      listen(opener, "click", signal, () => (list.hidden ? left() : used()));
    }
  }

  #update(): void {
    const isHeld = this.#lists.some((_, index) => this.#timers.has(String(index + 1)));
    if (isHeld !== this.#isHeld) {
      this.#isHeld = isHeld;
      this.#tell(isHeld);
    }
  }
}
