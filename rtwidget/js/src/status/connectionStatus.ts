import type { Link } from "../kernel/channelHooks";
import type { Status } from "../kernel/contract";
import type { Beat, Frame, Refusal } from "../kernel/fromKernel";
import { KernelClock } from "../kernel/kernelClock";
import type { Clock } from "../page/clock";
import type { Situation } from "./statusLine";

/** What a view knows of its table and of the kernel. */
export class ConnectionStatus {
  link: Link = "asking";
  refusal: Refusal | null = null;
  total: number | null = null;
  readonly #clock: Clock;
  readonly #kernelClock = new KernelClock();
  // A trait may be hours old when a page is opened, so its age is unknown until the kernel speaks.
  #status: Status | null;
  #changes = 0;
  #heldAt: number | null = null;

  constructor(clock: Clock, status: Status | null) {
    this.#clock = clock;
    this.#status = status;
  }

  /** The kernel's clock in seconds, or null while it is unknown. */
  get now(): number | null {
    return this.#kernelClock.at(this.#clock.now());
  }

  /** Take a status, unless a newer one came already. */
  takeStatus(news: Status | null): void {
    if (news !== null) {
      this.#kernelClock.note(news.sent_at, this.#clock.now());
    }
    // Trait and frames travel different ways, and one may overtake the other.
    if (news === null || this.#status === null || news.sent_at >= this.#status.sent_at) {
      this.#status = news;
    }
  }

  /** Take what a message says besides rows. */
  take({ changes, status }: Beat | Frame): void {
    this.#changes = changes;
    this.takeStatus(status);
  }

  /** Take how many rows there are, and that a request was answered. */
  takeFrame(frame: Frame): void {
    this.total = frame.total;
    this.refusal = this.refusal !== null && frame.answers > this.refusal.id ? null : this.refusal;
    this.take(frame);
    // Frames come while it is held too, when somebody scrolls; the first one counts.
    this.#heldAt = frame.held ? (this.#heldAt ?? frame.changes) : null;
  }

  /** How many changes wait since the picture is held, or null while it is not. */
  get waiting(): number | null {
    return this.#heldAt === null ? null : this.#changes - this.#heldAt;
  }

  /** Everything that the status line depends on. */
  situation(isNarrowed: boolean, isOrderHeld: boolean): Situation {
    const { link, refusal, now, waiting } = this;
    const matching = isNarrowed ? this.total : null;
    const [status, changes] = [this.#status, this.#changes];
    return { status, link, refusal, changes, matching, waiting, isOrderHeld, now };
  }
}
