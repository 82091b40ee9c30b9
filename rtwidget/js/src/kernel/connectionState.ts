import type { Link } from "./channelHooks";

/** What a channel knows of its kernel, told whenever it changes. */
export class LinkWatch {
  readonly #tell: (link: Link) => void;
  #heard = false;
  #late = false;
  #lost: "silent" | "closed" | null = null;
  #told: Link = "asking";

  constructor(tell: (link: Link) => void) {
    this.#tell = tell;
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
      this.#tell(link);
    }
  }
}
