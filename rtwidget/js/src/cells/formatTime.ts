// Asked first, because `Date` also reads texts that are no moments.
const INSTANT = /^\d{4,}-\d\d-\d\d[T ]\d\d:\d\d/;
const SHORT_OFFSET = /([+-]\d\d)$/;

const two = (part: number) => String(part).padStart(2, "0");

/** A moment in the reader's zone, to the second; what cannot be read stays as it is. */
export function formatInstant(text: string): string {
  if (!INSTANT.test(text)) {
    return text;
  }
  // PostgreSQL writes a space and offsets such as +00; `Date` has to understand only T and +00:00.
  const moment = new Date(text.replace(" ", "T").replace(SHORT_OFFSET, "$1:00"));
  if (Number.isNaN(moment.getTime())) {
    return text;
  }
  // By hand and not by the reader's locale: the kernel draws the same text to look for it.
  const year = String(moment.getFullYear()).padStart(4, "0");
  const date = [year, two(moment.getMonth() + 1), two(moment.getDate())];
  const time = [two(moment.getHours()), two(moment.getMinutes()), two(moment.getSeconds())];
  return `${date.join("-")} ${time.join(":")}`;
}

/** A wall-clock time without zone, to the second. */
export function formatLocal(text: string): string {
  return INSTANT.test(text) ? text.replace("T", " ").replace(/\.\d+/, "") : text;
}
