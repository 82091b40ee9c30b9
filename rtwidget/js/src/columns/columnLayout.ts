import type { Column } from "../kernel/contract";

/** An arrangement of columns as plain values. */
export interface Arrangement {
  names: string[];
  hidden: string[];
  pinned: string[];
  widths: [name: string, widthPx: number][];
}

/** How somebody arranged the columns: their order, what is hidden, what stays at the left, and widths by hand. */
export class ColumnLayout {
  readonly #changed: () => void;
  #names: string[] = [];
  readonly #hidden = new Set<string>();
  readonly #pinned = new Set<string>();
  readonly #widths = new Map<string, number>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The arrangement, to be made again later. */
  get arrangement(): Arrangement {
    return {
      names: [...this.#names],
      hidden: [...this.#hidden],
      pinned: [...this.#pinned],
      widths: [...this.#widths],
    };
  }

  /** Make an arrangement again, before the columns come. */
  restore({ names, hidden, pinned, widths }: Arrangement): void {
    this.#names = names;
    for (const [own, kept] of [
      [this.#hidden, hidden],
      [this.#pinned, pinned],
    ] as const) {
      for (const name of kept) {
        own.add(name);
      }
    }
    for (const [name, widthPx] of widths) {
      this.#widths.set(name, widthPx);
    }
  }

  /** All names in the order of the screen, the hidden ones included. */
  get names(): readonly string[] {
    return [...this.#names.filter((name) => this.#pinned.has(name)), ...this.#loose];
  }

  get #loose(): string[] {
    return this.#names.filter((name) => !this.#pinned.has(name));
  }

  /** Take the columns that there are; known ones keep their place, new ones come last. */
  take(columns: readonly Column[]): void {
    // What is hidden, pinned or widened is kept by name, for columns that come back.
    const there = new Set(columns.map(({ name }) => name));
    const kept = this.#names.filter((name) => there.has(name));
    const known = new Set(kept);
    this.#names = [...kept, ...[...there].filter((name) => !known.has(name))];
  }

  /** Where the shown columns stand in the table, in the order of the screen. */
  indices(columns: readonly Column[]): number[] {
    const indices = new Map(columns.map(({ name }, index) => [name, index]));
    return this.names
      .filter((name) => !this.#hidden.has(name))
      .map((name) => indices.get(name))
      .filter((index) => index !== undefined);
  }

  isHidden(name: string): boolean {
    return this.#hidden.has(name);
  }

  isPinned(name: string): boolean {
    return this.#pinned.has(name);
  }

  /** The width that somebody gave a column, in pixels. */
  width(name: string): number | undefined {
    return this.#widths.get(name);
  }

  /** Show or hide a column; the last one stays. */
  show(name: string, shown: boolean): void {
    if (shown) {
      this.#hidden.delete(name);
    } else if (this.#hidden.size < this.#names.length - 1) {
      this.#hidden.add(name);
    }
    this.#changed();
  }

  /** Keep a column at the left while the others scroll, or no longer. */
  pin(name: string, pinned: boolean): void {
    this.#pinned[pinned ? "add" : "delete"](name);
    this.#changed();
  }

  /** Give a column a width by hand; null for one that fits again. */
  resize(name: string, widthPx: number | null): void {
    // Nothing is told here: arranging the columns would make all headings anew at each pixel of a drag.
    if (widthPx === null) {
      this.#widths.delete(name);
    } else {
      this.#widths.set(name, Math.max(NARROWEST_PX, Math.round(widthPx)));
    }
  }

  /** Put a column where another stands. */
  move(name: string, to: string): void {
    // As they stand on the screen, where pinned ones come first, because that is where people drop them.
    const names = [...this.names];
    const [from, target] = [names.indexOf(name), names.indexOf(to)];
    if (from >= 0 && target >= 0 && from !== target) {
      names.splice(from, 1);
      names.splice(target, 0, name);
      this.#names = names;
      this.#changed();
    }
  }

  /** As the table has it. */
  reset(columns: readonly Column[]): void {
    this.#hidden.clear();
    this.#pinned.clear();
    this.#widths.clear();
    this.#names = columns.map(({ name }) => name);
    this.#changed();
  }
}

/** Narrower, a column could not be gripped to be widened again. */
const NARROWEST_PX = 32;
