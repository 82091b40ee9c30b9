import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";
import type { Link } from "./channelHooks";

/** Two beats in a row were missed: the kernel sends one after five seconds without a frame (`BEAT_S`). */
const SILENT_AFTER_MS = 12_000;

/** Whom to tell what is known of the kernel, and that it has to be asked again. */
export interface LinkHooks {
  link(link: Link): void;
  silent(): void;
}

/** What a channel knows of its kernel, told whenever it changes. */
export class KernelLink {
  readonly #hooks: LinkHooks;
  readonly #timers: Timers<"silence">;
  #heard = false;
  #late = false;
  #lost: "silent" | "closed" | null = null;
  #told: Link = "asking";

  constructor(hooks: LinkHooks, clock: Clock) {
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
  }

  /** Is the way to the kernel closed, as far as is known? */
  get isClosed(): boolean {
    return this.#lost === "closed";
  }

  /** The kernel spoke; tell it once its message was taken. */
  heard(): void {
    this.#heard = true;
    this.#lost = null;
  }

  /** Take the kernel for silent unless it speaks soon. */
  expectLife(): void {
    this.#timers.start("silence", SILENT_AFTER_MS, () => {
      this.lose("silent");
      this.#hooks.silent();
    });
  }

  /** Expect nothing any more. */
  rest(): void {
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
