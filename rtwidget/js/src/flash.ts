import type { Frame } from "./contract";
import type { Clock } from "./lifetime";
import { Timers } from "./timers";

const GENERATION_MS = 500;
/** Beyond this share a change is a new picture, and flashing it would only be unrest. */
const LARGEST_SHARE = 0.1;

/**
 * Which cells changed a moment ago, by the identity of their row.
 *
 * One timer serves all of them: what flashes lives for one to two of its periods.
 */
export class Flash {
  readonly #calm: () => boolean;
  readonly #faded: () => void;
  readonly #timers: Timers<"generation">;
  #fresh = new Map<string, Set<number>>();
  #fading = new Map<string, Set<number>>();

  constructor(clock: Clock, calm: () => boolean, faded: () => void) {
    this.#calm = calm;
    this.#faded = faded;
    this.#timers = new Timers(clock);
  }

  /** Take the changes of a frame. */
  note({ changed, keys, rows }: Frame): void {
    const cells = rows.length * (rows[0]?.length ?? 0);
    if (changed.length === 0 || changed.length > cells * LARGEST_SHARE || this.#calm()) {
      return;
    }
    for (const [row, column] of changed) {
      const key = keys[row];
      if (key !== undefined) {
        const columns = this.#fresh.get(key) ?? new Set();
        this.#fresh.set(key, columns.add(column));
      }
    }
    if (!this.#timers.has("generation")) {
      this.#timers.start("generation", GENERATION_MS, () => this.#age());
    }
  }

  /** Did this cell change a moment ago? */
  has(key: string, column: number): boolean {
    return (this.#fresh.get(key)?.has(column) || this.#fading.get(key)?.has(column)) ?? false;
  }

  #age(): void {
    this.#fading = this.#fresh;
    this.#fresh = new Map();
    if (this.#fading.size > 0) {
      this.#timers.start("generation", GENERATION_MS, () => this.#age());
    }
    this.#faded();
  }
}
