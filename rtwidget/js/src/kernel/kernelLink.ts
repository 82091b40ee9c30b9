import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";
import type { ChannelHooks, Link } from "./channelHooks";
import type { ToKernel } from "./toKernel";

/** Two beats in a row were missed: the kernel sends one after five seconds without a frame (`BEAT_S`). */
const SILENT_AFTER_MS = 12_000;

/** The way to the kernel: takes messages, and tells what is known of who is at its other end, whenever that changes. */
export class KernelLink {
  /** Can anybody see the view? A hidden one is sent nothing, and expects nothing. */
  isVisible = true;
  readonly #hooks: Pick<ChannelHooks, "send" | "link">;
  readonly #silent: () => void;
  readonly #timers: Timers<"silence">;
  #heard = false;
  #late = false;
  #lost: "silent" | "closed" | null = null;
  #told: Link = "asking";

  constructor(hooks: Pick<ChannelHooks, "send" | "link">, silent: () => void, clock: Clock) {
    this.#hooks = hooks;
    this.#silent = silent;
    this.#timers = new Timers(clock);
  }

  /** Is it closed, as far as is known? */
  get isClosed(): boolean {
    return this.#lost === "closed";
  }

  /** Send a message. */
  send(message: ToKernel): void {
    try {
      this.#hooks.send(message);
    } catch {
      // Jupyter throws when the comm is disposed, and that is what the view shows.
      this.lose("closed");
    }
  }

  /** The kernel spoke; tell it once its message was taken. */
  heard(): void {
    this.#heard = true;
    this.#lost = null;
    this.expectLife();
  }

  /** Take the kernel for silent unless it speaks soon. */
  expectLife(): void {
    if (this.isVisible) {
      this.#timers.start("silence", SILENT_AFTER_MS, () => {
        // The kernel may be well and have forgotten the view; then hello brings it back.
        this.lose("silent");
        this.#silent();
      });
    }
  }

  /** Expect nothing any more. */
  stop(): void {
    this.#timers.stopAll();
  }

  /** An answer is late, or is not any more. */
  setLate(late: boolean): void {
    this.#late = late;
    this.tell();
  }

  /** The kernel says nothing any more, or cannot. */
  lose(how: "silent" | "closed"): void {
    this.#lost = how;
    this.tell();
  }

  /** Tell what is known, where that is new. */
  tell(): void {
    const link = this.#lost ?? (!this.#heard ? "asking" : this.#late ? "busy" : "open");
    if (link !== this.#told) {
      this.#told = link;
      this.#hooks.link(link);
    }
  }
}
