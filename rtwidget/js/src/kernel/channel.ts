import type { Clock } from "../page/clock";
import { Acknowledgements } from "./acknowledgements";
import type { ChannelHooks } from "./channelHooks";
import type { Query, Wish } from "./contract";
import type { FromKernel } from "./fromKernel";
import { KernelLink } from "./kernelLink";
import { PendingRequests } from "./pendingRequests";
import { RowRequests } from "./rowRequests";
import type { News } from "./toKernel";

/** One view's conversation with the kernel. */
export class Channel {
  readonly #view: string;
  readonly #hooks: ChannelHooks;
  readonly #requests: PendingRequests;
  readonly #rows: RowRequests;
  readonly #acknowledgements: Acknowledgements;
  readonly #link: KernelLink;

  constructor(view: string, hooks: ChannelHooks, clock: Clock) {
    this.#view = view;
    this.#hooks = hooks;
    const link = new KernelLink(hooks, () => this.#hello(), clock);
    this.#link = link;
    const ack = (seq: number) => link.send({ kind: "ack", view, seq });
    this.#acknowledgements = new Acknowledgements(ack, () => link.isVisible, clock);
    const late = (late: boolean) => link.setLate(late);
    // Nothing gets through a closed comm; `commChanged` says hello once there is another.
    const again = () => !link.isClosed && this.#hello();
    this.#requests = new PendingRequests({ late, again }, clock);
    this.#rows = new RowRequests(view, this.#requests, link, () => hooks.shownAs(), clock);
  }

  /** Say that the view exists and wants these rows. */
  start(query: Query, wish: Wish): void {
    this.#rows.want(query, wish);
    this.#begin();
  }

  /** Ask for rows; of many wishes in a short time the latest goes out. */
  ask(wish: Wish): void {
    this.#rows.ask(wish);
  }

  /** Ask for other rows, or for another order of them. */
  query(query: Query, wish: Wish): void {
    this.#rows.query(query, wish);
  }

  /** Take note that cells may be drawn in another way; what is looked for may stand in other rows now. */
  redrawn(): void {
    this.#rows.redrawn();
  }

  /** Take note that a frame is on the screen. */
  painted(seq: number): void {
    this.#acknowledgements.painted(seq);
  }

  /** Say whether anybody can see the view; a hidden one gets no frames and expects none. */
  setVisible(visible: boolean): void {
    if (visible === this.#link.isVisible) {
      return;
    }
    this.#link.isVisible = visible;
    this.#link.send({ kind: "visible", view: this.#view, visible });
    this.#link.expectLife();
    if (visible) {
      // The kernel may have forgotten a view that was hidden for long.
      this.#hello();
    } else {
      this.#stop();
    }
  }

  /** Say something that stands for itself, and that nobody waits for. */
  tell(news: News): void {
    this.#link.send({ ...news, view: this.#view, id: this.#requests.next() });
  }

  /** Say that the view ends; `gone` when what showed it was taken away, and neither its page nor its notebook left. */
  bye(gone = false): void {
    this.#stop();
    this.#link.send({ kind: "bye", view: this.#view, gone });
  }

  /** The page that said good-bye is shown again. */
  back(): void {
    this.#begin();
  }

  /** Take a message; those for other views are not ours. */
  receive(message: FromKernel): void {
    if (message.view !== this.#view) {
      return;
    }
    this.#link.heard();
    if (message.kind === "frame") {
      if (message.ack) {
        this.#acknowledgements.want(message.seq);
      }
      const isLast = this.#requests.settle(message.answers);
      // A wish that is still to go out is not answered by this frame either.
      this.#hooks.frame(message, isLast && !this.#rows.isWaiting);
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
    // Last, so that nobody sees an open link beside what was known before this message.
    this.#link.tell();
  }

  /** The comm was closed or opened again, and nobody says which: believe the worst, and ask. */
  commChanged(): void {
    this.#link.lose("closed");
    this.#hello();
  }

  #begin(): void {
    this.#hello();
    this.#link.expectLife();
  }

  #hello(): void {
    this.#rows.hello();
    // A kernel that did not know the view takes it for visible.
    if (!this.#link.isVisible) {
      this.#link.send({ kind: "visible", view: this.#view, visible: false });
    }
  }

  /** Expect nothing, and say nothing by itself. */
  #stop(): void {
    this.#rows.stop();
    this.#link.stop();
    this.#requests.stop();
    this.#acknowledgements.stop();
  }
}

/** A random name for a view; `crypto.randomUUID` is missing where Jupyter is served over plain HTTP. */
export function viewName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
