import type { Frame } from "../kernel/fromKernel";
import type { Clock } from "../page/clock";
import { Timers } from "../page/timers";

/** Long enough for eyes that look elsewhere to come; what changes each second still flashes each time. */
const GENERATION_MS = 500;
/** Stands for the whole row, because it is new. */
const WHOLE_ROW = -1;
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
  // Classes and not animations: to start 480 of these anew took some 300 ms a frame.
  #fresh = new Map<string, Set<number>>();
  #fading = new Map<string, Set<number>>();

  constructor(clock: Clock, calm: () => boolean, faded: () => void) {
    this.#calm = calm;
    this.#faded = faded;
    this.#timers = new Timers(clock);
  }

  /** Take the changes of a frame. */
  note({ changed, new: fresh = [], keys, rows }: Frame): void {
    const cells = rows.length * (rows[0]?.length ?? 0);
    if (!this.#calm()) {
      this.#add(keys, changed.length > cells * LARGEST_SHARE ? [] : changed);
      // One new row is marked in the smallest of tables too.
      const isFlood = fresh.length > Math.max(1, rows.length * LARGEST_SHARE);
      this.#add(
        keys,
        (isFlood ? [] : fresh).map((row) => [row, WHOLE_ROW]),
      );
    }
  }

  /** Did this cell change a moment ago? */
  has(key: string, column: number): boolean {
    return (this.#fresh.get(key)?.has(column) || this.#fading.get(key)?.has(column)) ?? false;
  }

  /** Did this row come a moment ago? */
  isNew(key: string): boolean {
    return this.has(key, WHOLE_ROW);
  }

  #add(keys: readonly string[], cells: readonly (readonly [number, number])[]): void {
    for (const [row, column] of cells) {
      const key = keys[row];
      if (key !== undefined) {
        const columns = this.#fresh.get(key) ?? new Set();
        this.#fresh.set(key, columns.add(column));
      }
    }
    if (cells.length > 0 && !this.#timers.has("generation")) {
      this.#timers.start("generation", GENERATION_MS, () => this.#age());
    }
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
