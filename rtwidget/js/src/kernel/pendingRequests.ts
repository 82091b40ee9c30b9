import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";

/** Sooner nobody notices that a request is still on its way. */
const BUSY_AFTER_MS = 300;
/** What takes longer may have been lost on the way. */
const AGAIN_MS = 5_000;
/** A notebook that is left open for days asks a kernel that is gone once a minute. */
const AGAIN_AT_MOST_MS = 60_000;

/** Whom to tell that an answer is late, and that it may be lost. */
export interface PendingHooks {
  late(late: boolean): void;
  again(): void;
}

/** Numbers the requests of a view, and watches over their answers. */
export class PendingRequests {
  readonly #hooks: PendingHooks;
  readonly #timers: Timers<"busy" | "again">;
  #lastId = 0;
  #askedId = 0;
  #answeredId = 0;
  #againMs = AGAIN_MS;

  constructor(hooks: PendingHooks, clock: Clock) {
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
  }

  /** A number for a request that gets no answer. */
  next(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** A number for a request whose answer counts; a hidden view is not answered, and waits for nothing. */
  ask(isVisible: boolean): number {
    this.#askedId = this.next();
    if (isVisible) {
      // Not started anew: who scrolls on and on would never learn that the kernel is busy.
      if (!this.#timers.has("busy")) {
        this.#expectSoon();
      }
      // A request may be lost on the way; the gap grows so that a dead kernel is not pestered.
      this.#timers.start("again", this.#againMs, () => {
        this.#againMs = Math.min(this.#againMs * 2, AGAIN_AT_MOST_MS);
        this.#hooks.again();
      });
    }
    return this.#askedId;
  }

  /** Take an answer; true when no later request waits for its own. */
  settle(id: number): boolean {
    const isLast = id >= this.#askedId;
    // Frames that nobody asked for name the last answered request again.
    if (id > this.#answeredId) {
      this.#answeredId = id;
      this.#timers.stop("busy");
      this.#hooks.late(false);
      if (isLast) {
        this.#timers.stop("again");
        this.#againMs = AGAIN_MS;
      } else {
        // The kernel keeps up, so the time for the next answer begins with this one.
        this.#expectSoon();
      }
    }
    return isLast;
  }

  /** Wait for nothing any more. */
  stop(): void {
    this.#timers.stopAll();
  }

  #expectSoon(): void {
    this.#timers.start("busy", BUSY_AFTER_MS, () => this.#hooks.late(true));
  }
}
