const PARTS = /^-?[\d,]+(?:\.(\d+))?(e[+-]\d+)?$/;
/** Longer ends stand out by themselves: all others would be pushed far from the edge for them. */
const MOST_DECIMALS = 9;

/** Keeps the decimal points of a column in line: knows its longest end of a number, which never becomes shorter again. */
export class PointLine {
  #decimals = 0;
  #power = "";

  /** Take a number into account, as it is shown; true when others need more room behind them now. */
  learn(shown: string): boolean {
    const [whole, { length } = "", power = ""] = PARTS.exec(shown) ?? [];
    if (whole === undefined || length > MOST_DECIMALS) {
      return false;
    }
    const isLonger = length > this.#decimals || power.length > this.#power.length;
    this.#decimals = Math.max(this.#decimals, length);
    this.#power = power.length > this.#power.length ? power : this.#power;
    return isLonger;
  }

  /** What a number lacks to be as long behind its point as the longest; to be set there, but not seen. */
  lacking(shown: string): string {
    const [whole, decimals = "", power = ""] = PARTS.exec(shown) ?? [];
    if (whole === undefined || decimals.length > MOST_DECIMALS) {
      return "";
    }
    const point = decimals === "" && this.#decimals > 0 ? "." : "";
    const rest = power === "" ? this.#power : "0".repeat(this.#power.length - power.length);
    return point + "0".repeat(this.#decimals - decimals.length) + rest;
  }
}
