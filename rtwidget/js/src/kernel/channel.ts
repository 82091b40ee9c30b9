import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";
import { Acks } from "./acknowledgements";
import type { ChannelHooks } from "./channelHooks";
import { LinkWatch } from "./connectionState";
import { ALL_ROWS, isNarrowed, type Query, type Wish } from "./contract";
import type { FromKernel } from "./fromKernel";
import { Requests } from "./requests";
import type { News, ToKernel } from "./toKernel";

const WINDOW_GAP_MS = 33;
const SILENT_AFTER_MS = 12_000;

/** One view's conversation with the kernel. */
export class Channel {
  readonly #view: string;
  readonly #hooks: ChannelHooks;
  readonly #clock: Clock;
  readonly #requests: Requests;
  readonly #acks: Acks;
  readonly #link: LinkWatch;
  readonly #timers: Timers<"window" | "silence">;
  #wish: Wish = { first: 0, count: 0, anchor: null };
  #query: Query = ALL_ROWS;
  /** How cells were drawn when the kernel was told last. */
  #shownAs = "";
  #askedAt = Number.NEGATIVE_INFINITY;
  #visible = true;

  constructor(view: string, hooks: ChannelHooks, clock: Clock) {
    this.#view = view;
    this.#hooks = hooks;
    this.#clock = clock;
    this.#timers = new Timers(clock);
    this.#link = new LinkWatch((link) => hooks.link(link));
    const ack = (seq: number) => this.#post({ kind: "ack", view, seq });
    this.#acks = new Acks(ack, () => this.#visible, clock);
    const late = (late: boolean) => this.#link.setLate(late);
    const again = () => !this.#link.isClosed && this.#hello();
    this.#requests = new Requests({ late, again }, clock);
  }

  /** Say that the view exists and wants these rows. */
  start(query: Query, wish: Wish): void {
    this.#query = query;
    this.#wish = wish;
    this.#hello();
    this.#expectLife();
  }

  /** Ask for rows; of many wishes in a short time the latest goes out. */
  ask(wish: Wish): void {
    this.#wish = wish;
    if (this.#timers.has("window") || this.#link.isClosed) {
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
    this.#query = query;
    this.#wish = wish;
    if (!this.#link.isClosed) {
      this.#request("query");
    }
  }

  /** Take note that cells may be drawn in another way; what is looked for may stand in other rows now. */
  redrawn(): void {
    if (isNarrowed(this.#query) && JSON.stringify(this.#hooks.shownAs()) !== this.#shownAs) {
      this.query(this.#query, this.#wish);
    }
  }

  /** Take note that a frame is on the screen. */
  painted(seq: number): void {
    this.#acks.painted(seq);
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
      this.#rest();
    }
  }

  /** Say something that stands for itself, and that nobody waits for. */
  tell(news: News): void {
    this.#post({ ...news, view: this.#view, id: this.#requests.next() });
  }

  /** Say that the view ends; `gone` when what showed it was taken away, and neither its page nor its notebook left. */
  bye(gone = false): void {
    this.#rest();
    this.#post({ kind: "bye", view: this.#view, gone });
  }

  /** The page that said good-bye is shown again. */
  back(): void {
    this.start(this.#query, this.#wish);
  }

  /** Take a message; those for other views are not ours. */
  receive(message: FromKernel): void {
    if (message.view !== this.#view) {
      return;
    }
    this.#link.heard();
    this.#expectLife();
    if (message.kind === "frame") {
      if (message.ack) {
        this.#acks.want(message.seq);
      }
      const isLast = this.#requests.settle(message.answers);
      this.#hooks.frame(message, isLast && !this.#timers.has("window"));
    } else if (message.kind === "error") {
      this.#requests.settle(message.id);
      this.#hooks.refusal(message);
    } else if (message.kind === "values") {
      this.#hooks.values(message);
    } else if (message.kind === "row") {
      this.#hooks.row(message);
    } else if (message.kind === "copied") {
      this.#hooks.copied(message);
    } else {
      this.#hooks.beat(message);
    }
    this.#link.tell();
  }

  /** The comm was closed or opened again, and nobody says which: believe the worst, and ask. */
  commChanged(): void {
    this.#link.lose("closed");
    this.#hello();
  }

  #hello(): void {
    this.#request("hello");
    if (!this.#visible) {
      this.#post({ kind: "visible", view: this.#view, visible: false });
    }
  }

  #request(kind: "hello" | "query" | "window"): void {
    // Whatever goes out brings the latest wish.
    this.#timers.stop("window");
    this.#askedAt = this.#clock.now();
    const asked = { view: this.#view, id: this.#requests.ask(this.#visible), ...this.#wish };
    if (kind === "window") {
      this.#post({ kind, ...asked });
    } else {
      const shown_as = this.#hooks.shownAs();
      this.#shownAs = JSON.stringify(shown_as);
      this.#post({ kind, ...asked, ...this.#query, shown_as });
    }
  }

  /** Expect nothing, and say nothing by itself. */
  #rest(): void {
    this.#timers.stopAll();
    this.#requests.stop();
    this.#acks.stop();
  }

  #expectLife(): void {
    if (this.#visible) {
      this.#timers.start("silence", SILENT_AFTER_MS, () => {
        this.#link.lose("silent");
        this.#hello();
      });
    }
  }

  #post(message: ToKernel): void {
    try {
      this.#hooks.send(message);
    } catch {
      // Jupyter throws when the comm is disposed, and that is what the view shows.
      this.#link.lose("closed");
    }
  }
}
