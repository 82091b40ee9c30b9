const WHOLE_NUMBER = /^-?\d+$/;
const PLAIN_DECIMAL = /^(-?\d+)(\.\d+)?$/;
/** As many as people compare at a glance; the tooltip has the others. */
const SIGNIFICANT_DIGITS = 6;
/** PostgreSQL writes floats from here on with a power of ten, and those below the next as well. */
const LARGEST_PLAIN = 1e15;
const LEAST_PLAIN = 1e-4;
const POWER = /^-?\d+(?:\.\d+)?e[+-]?\d+$/i;

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

/**
 * A float with at most six significant digits, but none less than stand before its point.
 *
 * What is very large or very small has a power of ten, where PostgreSQL would write one too.
 */
export function formatFloat(text: string): string {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) {
    return text;
  }
  if (!Number.isFinite(value)) {
    // A number without bounds that a float cannot hold is not infinite.
    return text.endsWith("Infinity") ? text.replace("Infinity", "∞") : text;
  }
  const [size, rounded] = [Math.abs(value), Number(value.toPrecision(SIGNIFICANT_DIGITS))];
  // By the rounded number at the lower end: what is shown as 0.0001 needs no power of ten.
  if (size >= LARGEST_PLAIN || (rounded !== 0 && Math.abs(rounded) < LEAST_PLAIN)) {
    return rounded.toExponential();
  }
  // Rounded to six digits, a longer number would end in noughts that are not its own.
  return formatNumeric(size >= 10 ** SIGNIFICANT_DIGITS ? value.toFixed(0) : String(rounded));
}

/** Whether a number of unknown type is one that float8 wrote: decimals have no powers of ten, and rarely so many digits. */
export function isFloatText(text: string): boolean {
  // The shortest text of a double has 17 digits at most; one of fewer than 16 may be a decimal as well.
  const digits = text.replace(/^-?[0.]*|\./g, "").length;
  return POWER.test(text) || (text.includes(".") && digits >= 16 && digits <= 17);
}
