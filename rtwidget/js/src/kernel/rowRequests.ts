import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";
import { ALL_ROWS, isNarrowed, type Query, type ShownAs, type Wish } from "./contract";
import type { PendingRequests } from "./pendingRequests";
import type { ToKernel } from "./toKernel";

/** Who scrolls sees two frames of the screen go by meanwhile, and a kernel is not flooded. */
const WINDOW_GAP_MS = 33;

/** What requests depend on, and where they go. */
export interface RowRequestHooks {
  post(message: ToKernel): void;
  /** How the view draws its cells now. */
  shownAs(): ShownAs;
  isVisible(): boolean;
  /** Is the way to the kernel closed? Then nothing is asked but whether it is open again. */
  isClosed(): boolean;
}

/** Which rows a view wants, by what query; of many wishes in a short time the latest goes out. */
export class RowRequests {
  readonly #view: string;
  readonly #pending: PendingRequests;
  readonly #hooks: RowRequestHooks;
  readonly #clock: Clock;
  readonly #timers: Timers<"window">;
  #wish: Wish = { first: 0, count: 0, anchor: null };
  #query: Query = ALL_ROWS;
  /** How cells were drawn when the kernel was told last. */
  #shownAs = "";
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(view: string, pending: PendingRequests, hooks: RowRequestHooks, clock: Clock) {
    this.#view = view;
    this.#pending = pending;
    this.#hooks = hooks;
    this.#clock = clock;
    this.#timers = new Timers(clock);
  }

  /** Does a wish wait to go out? */
  get isWaiting(): boolean {
    return this.#timers.has("window");
  }

  /** Say what the view wants, for the next message to bring. */
  want(query: Query, wish: Wish): void {
    this.#query = query;
    this.#wish = wish;
  }

  /** Say that the view exists; the kernel answers with its rows. */
  hello(): void {
    this.#request("hello");
  }

  /** Ask for rows. */
  ask(wish: Wish): void {
    this.#wish = wish;
    if (this.isWaiting || this.#hooks.isClosed()) {
      return;
    }
    const wait = this.#askedAt + WINDOW_GAP_MS - this.#clock.now();
    if (wait <= 0) {
      this.#request("window");
    } else {
      this.#timers.start("window", wait, () => this.#request("window"));
    }
  }

  /** Ask for other rows, or for another order of them. */
  query(query: Query, wish: Wish): void {
    this.want(query, wish);
    if (!this.#hooks.isClosed()) {
      this.#request("query");
    }
  }

  /** Take note that cells may be drawn in another way; what is looked for may stand in other rows now. */
  redrawn(): void {
    if (isNarrowed(this.#query) && JSON.stringify(this.#hooks.shownAs()) !== this.#shownAs) {
      this.query(this.#query, this.#wish);
    }
  }

  /** Let no wish go out any more. */
  stop(): void {
    this.#timers.stopAll();
  }

  #request(kind: "hello" | "query" | "window"): void {
    // Whatever goes out brings the latest wish.
    this.#timers.stop("window");
    this.#askedAt = this.#clock.now();
    const id = this.#pending.ask(this.#hooks.isVisible());
    const asked = { view: this.#view, id, ...this.#wish };
    if (kind === "window") {
      this.#hooks.post({ kind, ...asked });
    } else {
      const shown_as = this.#hooks.shownAs();
      this.#shownAs = JSON.stringify(shown_as);
      this.#hooks.post({ kind, ...asked, ...this.#query, shown_as });
    }
  }
}
