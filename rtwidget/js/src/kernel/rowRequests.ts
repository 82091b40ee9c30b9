import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";
import { ALL_ROWS, isNarrowed, type Query, type ShownAs, type Wish } from "./contract";
import type { KernelLink } from "./kernelLink";
import type { PendingRequests } from "./pendingRequests";

/** Who scrolls sees two frames of the screen go by meanwhile, and a kernel is not flooded. */
const WINDOW_GAP_MS = 33;

/** Which rows a view wants, by what query; of many wishes in a short time the latest goes out. */
export class RowRequests {
  readonly #view: string;
  readonly #pending: PendingRequests;
  readonly #link: KernelLink;
  /** How the view draws its cells now. */
  readonly #shownAs: () => ShownAs;
  readonly #clock: Clock;
  readonly #timers: Timers<"window">;
  #wish: Wish = { first: 0, count: 0, anchor: null };
  #query: Query = ALL_ROWS;
  /** How cells were drawn when the kernel was told last. */
  #told = "";
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    view: string,
    pending: PendingRequests,
    link: KernelLink,
    shownAs: () => ShownAs,
    clock: Clock,
  ) {
    this.#view = view;
    this.#pending = pending;
    this.#link = link;
    this.#shownAs = shownAs;
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
    // What waits takes the latest wish with it.
    if (this.isWaiting || this.#link.isClosed) {
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
    // At once, because somebody did this on purpose; scrolling asks many times a second.
    if (!this.#link.isClosed) {
      this.#request("query");
    }
  }

  /** Take note that cells may be drawn in another way; what is looked for may stand in other rows now. */
  redrawn(): void {
    // The kernel looks for drawn text only where something is looked for.
    if (isNarrowed(this.#query) && JSON.stringify(this.#shownAs()) !== this.#told) {
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
    const id = this.#pending.ask(this.#link.isVisible);
    const asked = { view: this.#view, id, ...this.#wish };
    if (kind === "window") {
      this.#link.send({ kind, ...asked });
    } else {
      const shown_as = this.#shownAs();
      this.#told = JSON.stringify(shown_as);
      this.#link.send({ kind, ...asked, ...this.#query, shown_as });
    }
  }
}
