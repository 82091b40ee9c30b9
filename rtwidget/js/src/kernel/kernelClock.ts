/** Enough for one of them to have come without delay; few, because the two clocks drift apart. */
const REMEMBERED_MESSAGES = 20;

/**
 * What the kernel's clock shows now, from the times at which its messages left.
 *
 * The quickest of the last messages sets the clocks against each other, so that one that was
 * held up on the way does not look fresh. The browser's wall clock has no say.
 */
export class KernelClock {
  readonly #leads: number[] = [];

  /** A message that left at `sentAt` (kernel's seconds) has just come, at `localMs`. */
  note(sentAt: number, localMs: number): void {
    this.#leads.push(localMs / 1000 - sentAt);
    if (this.#leads.length > REMEMBERED_MESSAGES) {
      this.#leads.shift();
    }
  }

  /** Kernel's seconds at `localMs`, or null before the first message. */
  at(localMs: number): number | null {
    return this.#leads.length === 0 ? null : localMs / 1000 - Math.min(...this.#leads);
  }
}
