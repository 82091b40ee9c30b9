const INSTANT = /^\d{4,}-\d\d-\d\d[T ]\d\d:\d\d/;
const SHORT_OFFSET = /([+-]\d\d)$/;

const two = (part: number) => String(part).padStart(2, "0");

/** A moment in the reader's zone, to the second; what cannot be read stays as it is. */
export function formatInstant(text: string): string {
  if (!INSTANT.test(text)) {
    return text;
  }
  const moment = new Date(text.replace(" ", "T").replace(SHORT_OFFSET, "$1:00"));
  if (Number.isNaN(moment.getTime())) {
    return text;
  }
  const year = String(moment.getFullYear()).padStart(4, "0");
  const date = [year, two(moment.getMonth() + 1), two(moment.getDate())];
  const time = [two(moment.getHours()), two(moment.getMinutes()), two(moment.getSeconds())];
  return `${date.join("-")} ${time.join(":")}`;
}

/** A wall-clock time without zone, to the second. */
export function formatLocal(text: string): string {
  return INSTANT.test(text) ? text.replace("T", " ").replace(/\.\d+/, "") : text;
}
