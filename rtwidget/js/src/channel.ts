import type { ChannelHooks, Link } from "./channelHooks";
import type { FromKernel, Range, ToKernel } from "./contract";
import type { Clock } from "./lifetime";
import { Timers } from "./timers";

const WINDOW_GAP_MS = 33;
const BUSY_AFTER_MS = 300;
const SILENT_AFTER_MS = 12_000;
/** The kernel takes a view for gone after a minute without a word. */
const ALIVE_AGAIN_MS = 20_000;
const HELLO_AGAIN_MS = 5_000;
const HELLO_AGAIN_AT_MOST_MS = 60_000;

/** One view's conversation with the kernel. */
export class Channel {
  readonly #view: string;
  readonly #hooks: ChannelHooks;
  readonly #clock: Clock;
  readonly #timers: Timers<"window" | "busy" | "silence" | "hello" | "alive">;
  #range: Range = { first: 0, count: 0 };
  #lastId = 0;
  #askedId = 0;
  #answeredId = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #helloGapMs = HELLO_AGAIN_MS;
  #visible = true;
  #heard = false;
  #late = false;
  #lost: "silent" | "closed" | null = null;
  #link: Link = "asking";

  constructor(view: string, hooks: ChannelHooks, clock: Clock) {
    this.#view = view;
    this.#hooks = hooks;
    this.#clock = clock;
    this.#timers = new Timers(clock);
  }

  /** Say that the view exists and wants these rows. */
  start(range: Range): void {
    this.#range = range;
    this.#hello();
    this.#expectLife();
  }

  /** Ask for rows; of many wishes in a short time the latest goes out. */
  ask(range: Range): void {
    this.#range = range;
    if (this.#timers.has("window") || this.#lost === "closed") {
      return;
    }
    const wait = this.#askedAt + WINDOW_GAP_MS - this.#clock.now();
    if (wait <= 0) {
      this.#request("window");
    } else {
      this.#timers.start("window", wait, () => this.#request("window"));
    }
  }

  /** Say that a frame is on the screen, and say it again while nothing happens. */
  painted(seq: number): void {
    this.#post({ kind: "ack", view: this.#view, seq });
    this.#timers.start("alive", ALIVE_AGAIN_MS, () => this.#visible && this.painted(seq));
  }

  /** Say whether anybody can see the view; a hidden one gets no frames and expects none. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) {
      return;
    }
    this.#visible = visible;
    this.#post({ kind: "visible", view: this.#view, visible });
    this.#expectLife();
    if (visible) {
      // The kernel may have forgotten a view that was hidden for long.
      this.#hello();
    } else {
      this.#timers.stopAll();
    }
  }

  /** Ask the kernel to connect now. */
  retry(): void {
    this.#lastId += 1;
    this.#post({ kind: "retry", view: this.#view, id: this.#lastId });
  }

  /** Say that the view is gone. */
  bye(): void {
    this.#post({ kind: "bye", view: this.#view });
  }

  /** Take a message; those for other views are not ours. */
  receive(message: FromKernel): void {
    if (message.view !== this.#view) {
      return;
    }
    this.#heard = true;
    this.#lost = null;
    this.#expectLife();
    if (message.kind === "frame") {
      this.#settle(message.answers);
      this.#hooks.frame(message);
    } else if (message.kind === "error") {
      this.#settle(message.id);
      this.#hooks.refusal(message);
    } else {
      this.#hooks.status(message.status);
    }
    this.#tellLink();
  }

  /** The comm was closed or opened again, and nobody says which: believe the worst, and ask. */
  commChanged(): void {
    this.#lose("closed");
    this.#hello();
  }

  #hello(): void {
    this.#request("hello");
    if (!this.#visible) {
      this.#post({ kind: "visible", view: this.#view, visible: false });
    }
  }

  #request(kind: "hello" | "window"): void {
    this.#lastId += 1;
    this.#askedId = this.#lastId;
    this.#askedAt = this.#clock.now();
    if (this.#visible) {
      this.#expectAnswer();
    }
    this.#post({ kind, view: this.#view, id: this.#askedId, ...this.#range });
  }

  #expectAnswer(): void {
    if (!this.#timers.has("busy")) {
      this.#timers.start("busy", BUSY_AFTER_MS, () => this.#setLate(true));
    }
    // A request may be lost on the way; the gap grows so that a dead kernel is not pestered.
    this.#timers.start("hello", this.#helloGapMs, () => {
      this.#helloGapMs = Math.min(this.#helloGapMs * 2, HELLO_AGAIN_AT_MOST_MS);
      if (this.#lost !== "closed") {
        this.#hello();
      }
    });
  }

  #settle(id: number): void {
    if (id <= this.#answeredId) {
      return;
    }
    this.#answeredId = id;
    this.#setLate(false);
    if (id >= this.#askedId) {
      this.#timers.stop("hello");
      this.#helloGapMs = HELLO_AGAIN_MS;
    } else {
      this.#timers.start("busy", BUSY_AFTER_MS, () => this.#setLate(true));
    }
  }

  #setLate(late: boolean): void {
    this.#timers.stop("busy");
    this.#late = late;
    this.#tellLink();
  }

  #expectLife(): void {
    if (this.#visible) {
      this.#timers.start("silence", SILENT_AFTER_MS, () => {
        this.#lose("silent");
        this.#hello();
      });
    }
  }

  #lose(how: "silent" | "closed"): void {
    this.#lost = how;
    this.#tellLink();
  }

  #tellLink(): void {
    const link = this.#lost ?? (!this.#heard ? "asking" : this.#late ? "busy" : "open");
    if (link !== this.#link) {
      this.#link = link;
      this.#hooks.link(link);
    }
  }

  #post(message: ToKernel): void {
    try {
      this.#hooks.send(message);
    } catch {
      // Jupyter throws when the comm is disposed, and that is what the view shows.
      this.#lose("closed");
    }
  }
}
