import { make, write } from "./dom";
import type { Clock } from "./lifetime";
import { Timers } from "./timers";

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
