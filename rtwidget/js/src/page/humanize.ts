// The words beside it are English as well.
const NUMBERS = new Intl.NumberFormat("en-US");

/** A count with separators. */
export function count(value: number): string {
  return NUMBERS.format(value);
}

/** A count of things, with the plural where it is due. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A length of time in its largest sensible unit. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min`;
  }
  return whole < 86_400
    ? `${Math.floor(whole / 3600)} h`
    : counted(Math.floor(whole / 86_400), "day");
}

/** A short delay, in milliseconds or seconds. */
export function delay(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
