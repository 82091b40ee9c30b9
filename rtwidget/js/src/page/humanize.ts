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

/** A piece of a sentence, as prose or as code. */
export interface Piece {
  text: string;
  code: boolean;
}

/**
 * Cut a sentence at its backticks; what stands between two of them is code.
 *
 * A full stop at the end of code ends the sentence, and would spoil what people copy.
 */
export function pieces(sentence: string): Piece[] {
  return sentence
    .split("`")
    .flatMap((text, index) => {
      const code = index % 2 === 1;
      return code && text.endsWith(".")
        ? [
            { text: text.slice(0, -1), code },
            { text: ".", code: false },
          ]
        : [{ text, code }];
    })
    .filter(({ text }) => text !== "");
}
