const WHOLE_NUMBER = /^-?\d+$/;
const PLAIN_DECIMAL = /^(-?\d+)(\.\d+)?$/;
const SIGNIFICANT_DIGITS = 6;
const LARGEST_PLAIN = 1e15;

/** Put separators between thousands; the digits stay text, because int8 does not fit a Number. */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A whole number with separators; anything else as it is. */
export function formatInt(text: string): string {
  return WHOLE_NUMBER.test(text) ? groupDigits(text) : text;
}

/** A decimal exactly, with separators before its point. */
export function formatNumeric(text: string): string {
  const match = PLAIN_DECIMAL.exec(text);
  return match ? groupDigits(match[1] ?? "") + (match[2] ?? "") : text;
}

/** How many decimals a column of floats shows; learned from its values, so that points align. */
export class FloatScale {
  #integerDigits = 1;
  #fractionDigits = 0;

  /** Decimals to show now. */
  get decimals(): number {
    return Math.min(this.#fractionDigits, Math.max(2, SIGNIFICANT_DIGITS - this.#integerDigits));
  }

  /** Take a value into account. */
  learn(text: string): void {
    const match = PLAIN_DECIMAL.exec(text);
    if (match) {
      const integerDigits = (match[1] ?? "").replace("-", "").length;
      const fractionDigits = (match[2] ?? ".").length - 1;
      this.#integerDigits = Math.max(this.#integerDigits, integerDigits);
      this.#fractionDigits = Math.max(this.#fractionDigits, fractionDigits);
    }
  }
}

/** A float with at most about six significant digits. */
export function formatFloat(text: string, decimals: number): string {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) {
    return text;
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? "∞" : "-∞";
  }
  const size = Math.abs(value);
  if (size >= LARGEST_PLAIN) {
    return shortest(value);
  }
  const fixed = value.toFixed(decimals);
  // A value that the column's decimals would show as nought, or nearly, keeps its own digits.
  if (size > 0 && size < 10 ** (1 - decimals) && Number(fixed) !== value) {
    return shortest(value);
  }
  return formatNumeric(fixed);
}

function shortest(value: number): string {
  return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
