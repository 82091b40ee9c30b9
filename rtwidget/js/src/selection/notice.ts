import type { Clock } from "../page/clock";
import { make, write } from "../page/dom";
import { Timers } from "../page/timers";

const SHOWN_MS = 4000;

/** A few words about what was just done, seen and spoken for a moment. */
export class Notice {
  readonly element = make("div", { class: "notice", role: "status" });
  readonly #timers: Timers<"over">;

  constructor(clock: Clock) {
    this.#timers = new Timers(clock);
  }

  /** Say it. */
  say(text: string): void {
    write(this.element, text);
    this.#timers.start("over", SHOWN_MS, () => write(this.element, ""));
  }
}
