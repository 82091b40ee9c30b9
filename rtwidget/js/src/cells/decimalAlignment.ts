const PARTS = /^-?[\d,]+(?:\.(\d+))?(?:e([+-])(\d+))?$/;
/** Longer ends stand out by themselves: all others would be pushed far from the edge for them. */
const MOST_DECIMALS = 9;

/**
 * Keeps the decimal points of a column in line: knows what stands behind them, of which nothing is forgotten again.
 *
 * It counts characters of each sort and not pixels, because only digits are all of one width.
 */
export class DecimalAlignment {
  #decimals = 0;
  #powers = 0;
  #signs = "";

  /** Take a number into account, as it is shown; true when others need more room behind them now. */
  learn(shown: string): boolean {
    const end = endOf(shown);
    if (end === null) {
      return false;
    }
    const before = [this.#decimals, this.#powers, this.#signs].join();
    this.#decimals = Math.max(this.#decimals, end.decimals);
    this.#powers = Math.max(this.#powers, end.powers);
    this.#signs += this.#signs.includes(end.sign) ? "" : end.sign;
    return [this.#decimals, this.#powers, this.#signs].join() !== before;
  }

  /** What a number lacks of all that stands behind the points; to be set there, but not seen. */
  lacking(shown: string): string {
    const end = endOf(shown);
    if (end === null) {
      return "";
    }
    const point = end.decimals === 0 && this.#decimals > 0 ? "." : "";
    const e = end.powers === 0 && this.#powers > 0 ? "e" : "";
    const signs = this.#signs.replace(end.sign, "");
    const digits = this.#decimals - end.decimals + this.#powers - end.powers;
    // All digits are as wide as a nought, because the grid sets its figures tabular.
    return point + e + signs + "0".repeat(Math.max(0, digits));
  }
}

function endOf(shown: string) {
  const [whole, { length: decimals } = "", sign = "", { length: powers } = ""] =
    PARTS.exec(shown) ?? [];
  return whole === undefined || decimals > MOST_DECIMALS ? null : { decimals, sign, powers };
}
