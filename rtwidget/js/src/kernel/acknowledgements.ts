import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";

/** The kernel takes a view for gone after a minute without a word. */
const ALIVE_AGAIN_MS = 20_000;

/** Says which frames are painted, where the kernel asks: each word makes Jupyter show the kernel as busy. */
export class Acknowledgements {
  readonly #say: (seq: number) => void;
  readonly #isVisible: () => boolean;
  readonly #timers: Timers<"alive">;
  #painted = 0;
  #wanted: number | null = null;

  constructor(say: (seq: number) => void, isVisible: () => boolean, clock: Clock) {
    this.#say = say;
    this.#isVisible = isVisible;
    this.#timers = new Timers(clock);
  }

  /** Take note that the kernel wants to hear of a frame once it is painted. */
  want(seq: number): void {
    // Not the greatest one: a kernel that began anew counts from the start.
    this.#wanted = seq;
  }

  /** Take note that a frame is on the screen. */
  painted(seq: number): void {
    this.#painted = seq;
    // A later frame will do, because it was painted instead of the one that asked.
    if (this.#wanted !== null && seq >= this.#wanted) {
      this.#wanted = null;
      this.#tell();
    }
  }

  /** Say nothing more until the kernel asks again. */
  stop(): void {
    this.#timers.stopAll();
  }

  /** Say it, and say it again while nobody asks. */
  #tell(): void {
    this.#say(this.#painted);
    this.#timers.start("alive", ALIVE_AGAIN_MS, () => this.#isVisible() && this.#tell());
  }
}
