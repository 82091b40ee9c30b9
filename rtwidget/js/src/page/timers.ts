import type { Cancel, Clock } from "./clock";

/** People who pause for so long have typed a word, and what they look for may be asked for. */
export const TYPING_MS = 200;

/** Timers known by name: starting one again replaces it. */
export class Timers<Name extends string> {
  readonly #clock: Clock;
  readonly #running = new Map<Name, Cancel>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Start or restart the timer of that name. */
  start(name: Name, delayMs: number, action: () => void): void {
    this.stop(name);
    const cancel = this.#clock.after(delayMs, () => {
      // Before the action, which may start the same timer again.
      this.#running.delete(name);
      action();
    });
    this.#running.set(name, cancel);
  }

  /** Stop the timer of that name, running or not. */
  stop(name: Name): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  /** Stop every timer. */
  stopAll(): void {
    for (const name of [...this.#running.keys()]) {
      this.stop(name);
    }
  }

  /** Is the timer of that name running? */
  has(name: Name): boolean {
    return this.#running.has(name);
  }
}
