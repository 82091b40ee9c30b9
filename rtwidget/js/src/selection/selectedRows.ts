import type { Cell } from "../kernel/contract";
import type { Frame } from "../kernel/fromKernel";

type Cells = readonly Cell[];

/** The rows that somebody chose, by key, with their cells as they were seen last. */
export class SelectedRows {
  readonly #rows = new Map<string, Cells | null>();

  /** Their keys, in the order in which they were chosen. */
  get keys(): string[] {
    return [...this.#rows.keys()];
  }

  /** Their cells as they were seen last; null for a row that was never seen. */
  get rows(): ReadonlyMap<string, Cells | null> {
    return this.#rows;
  }

  /** Is this row chosen? */
  has(key: string): boolean {
    return this.#rows.has(key);
  }

  /** Choose these rows and no others. */
  set(keys: readonly string[], frame: Frame | null): void {
    const before = new Map(this.#rows);
    this.#rows.clear();
    for (const key of keys) {
      this.#rows.set(key, before.get(key) ?? null);
    }
    this.learn(frame);
  }

  /** Choose a row too, or no longer. */
  toggle(key: string, frame: Frame | null): void {
    if (!this.#rows.delete(key)) {
      this.#rows.set(key, null);
      this.learn(frame);
    }
  }

  /** Take the cells of chosen rows from a frame. */
  learn(frame: Frame | null): void {
    // Each frame comes here, and mostly nothing is chosen.
    for (const [offset, key] of (this.#rows.size > 0 && frame ? frame.keys : []).entries()) {
      if (this.#rows.has(key)) {
        this.#rows.set(key, frame?.rows[offset] ?? null);
      }
    }
  }
}
