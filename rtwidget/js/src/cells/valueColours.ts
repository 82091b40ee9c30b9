import type { Cell } from "../kernel/contract";
import type { ValueStyle } from "../kernel/kernel";

/** How a value colours its cell: a class, and what the stylesheet needs for it. */
export interface Colour {
  className: "bar" | "heat" | "tone" | `tone tone-${string}`;
  property: "--rt-share" | "--rt-tone";
  value: string;
}

const TONES: Record<string, string> = {
  good: "var(--rt-good)",
  warn: "var(--rt-warn)",
  bad: "var(--rt-bad)",
  info: "var(--rt-wait)",
  muted: "var(--rt-faint)",
};

/** Colours the cells of one column by their values; bounds that nobody gave are those of the values seen. */
export class ValueColours {
  readonly #style: ValueStyle;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;

  constructor(style: ValueStyle) {
    this.#style = style;
  }

  /** Take values into account; true when values already shown now look different. */
  learn(cells: Iterable<Cell | undefined>): boolean {
    if (this.#style.kind === "values") {
      return false;
    }
    const before = [this.#low, this.#high];
    for (const cell of cells) {
      const value = numberOf(cell ?? null);
      if (value !== null) {
        this.#low = Math.min(this.#low, value);
        this.#high = Math.max(this.#high, value);
      }
    }
    return this.#low !== before[0] || this.#high !== before[1];
  }

  /** The colour of a cell, or null for none. */
  of(cell: Cell): Colour | null {
    const style = this.#style;
    if (style.kind === "values") {
      const tone = cell === null ? undefined : style.tones[String(cell)];
      if (tone === undefined) {
        return null;
      }
      const named = TONES[tone];
      // Where the system's colours replace these, a tone is told by its name.
      const className = named === undefined ? "tone" : (`tone tone-${tone}` as const);
      return { className, property: "--rt-tone", value: named ?? tone };
    }
    const value = numberOf(cell);
    if (value === null) {
      return null;
    }
    // Bars begin at nought where all values are above it: a bar is read as an amount.
    const least = style.kind === "bar" ? Math.min(0, this.#low) : this.#low;
    const [low, high] = [style.low ?? least, style.high ?? this.#high];
    // Where all values are equal there is no range to divide by.
    const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
    return { className: style.kind, property: "--rt-share", value: share.toFixed(3) };
  }
}

function numberOf(cell: Cell): number | null {
  const value = typeof cell === "string" && cell.trim() !== "" ? Number(cell) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
