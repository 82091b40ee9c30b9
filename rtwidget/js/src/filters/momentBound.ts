import type { Kind } from "../kernel/contract";

const MOMENTS: ReadonlySet<Kind> = new Set(["date", "time", "timestamp", "timestamptz"]);
const TIME = String.raw`(\d\d?)(?::(\d\d?)(?::(\d\d?)(\.\d{1,6})?)?)?`;
const OFFSET = String.raw`\s*(?:(Z)|([+-]\d\d)(?::?(\d\d))?)?`;
const MOMENT = new RegExp(
  String.raw`^(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ]\s*${TIME}${OFFSET})?)?)?$`,
  "i",
);
const TIME_OF_DAY = new RegExp(`^${TIME}${OFFSET}$`, "i");
// PostgreSQL keeps no more than microseconds, so no value lies behind this one.
const LAST_MICROSECONDS = ".999999";

const two = (part: string | number) => String(part).padStart(2, "0");

/** Are the values of this kind days or times? */
export const isMoment = (kind: Kind) => MOMENTS.has(kind);

/**
 * A bound as the kernel compares it: what was not typed is filled up, at an end to the last moment.
 *
 * Without an offset it is of the reader's clock, whatever moments that clock shows twice. What cannot be read is left
 * as it is, and lies beside every value.
 */
export function momentBound(text: string, kind: Kind, isEnd: boolean): string {
  if (kind === "time") {
    const [whole, ...time] = TIME_OF_DAY.exec(text) ?? [];
    return whole === undefined ? text : clock(time, isEnd);
  }
  const [whole, year = "", month, day, ...time] = MOMENT.exec(text) ?? [];
  if (whole === undefined) {
    return text;
  }
  const inMonth = month ?? (isEnd ? 12 : 1);
  // Day nought of a month is the last of the one before, and `Date` counts months from nought.
  const lastDay = new Date(Date.UTC(Number(year), Number(inMonth), 0)).getUTCDate();
  const date = `${year}-${two(inMonth)}-${two(day ?? (isEnd ? lastDay : 1))}`;
  return kind === "date" ? date : `${date}T${clock(time, isEnd)}`;
}

/** A time of day to the second, or at an end to the last moment of what was typed. */
function clock(parts: readonly (string | undefined)[], isEnd: boolean): string {
  const [hour, minute, second, fraction, zero, hours, minutes] = parts;
  const filled = [hour ?? (isEnd ? 23 : 0), minute ?? (isEnd ? 59 : 0), second ?? (isEnd ? 59 : 0)];
  const rest = fraction ?? (isEnd ? LAST_MICROSECONDS : "");
  const offset = zero ? "+00:00" : hours ? `${hours}:${minutes ?? "00"}` : "";
  return filled.map(two).join(":") + rest + offset;
}
