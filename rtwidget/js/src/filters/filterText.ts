import { type Cell, type Kind, NUMBERS, type Test } from "../kernel/contract";
import { isMoment, momentBound } from "./momentBound";

const RANGE = /^(.*?)\s*\.\.\s*(.*)$/;
const AT_LEAST = /^(?:>=|≥)\s*(.+)$/;
const AT_MOST = /^(?:<=|≤)\s*(.+)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** A number that nobody is in the middle of typing, with the separators that it is shown with or without. */
const WHOLE_NUMBER = /^-?(?:\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const YES = /^(?:t|true|y|yes|✓|1)$/i;
const NO = /^(?:f|false|n|no|✗|0)$/i;
/** Texts whose ends would be lost otherwise; a blank one is drawn like this. */
const QUOTED = /^"(\s.*|.*\s|)"$/su;
/** Stands for a bar that separates nothing; no text in a database has it. */
const BAR = "\0";

/** What one may type besides a text, as the lists of suggestions offer it. */
export const IS_NULL = "is null";
/** The same for everything else. */
export const IS_NOT_NULL = "is not null";

/** What stands in an empty filter of a column. */
export function placeholder(kind: Kind): string {
  if (NUMBERS.has(kind)) {
    return "min..max";
  }
  if (isMoment(kind)) {
    return "from..to";
  }
  return kind === "bool" ? "true, false" : "contains";
}

/** What a typed filter asks of the values of a column; null for nothing. */
export function parseFilter(typed: string, kind: Kind): Test | null {
  const text = typed.trim();
  if (text === "") {
    return null;
  }
  if (text === IS_NULL || text === IS_NOT_NULL) {
    return { test: text === IS_NULL ? "null" : "not_null" };
  }
  if (text.startsWith("=")) {
    const values = text.slice(1).replaceAll("\\|", BAR).split("|");
    const meant = values.map((value) => value.trim().replaceAll(BAR, "|"));
    return { test: "one_of", values: meant.flatMap((value) => cellsOf(value, kind)) };
  }
  if (kind === "bool") {
    return isTruth(text) ? { test: "one_of", values: cellsOf(text, kind) } : contains(text);
  }
  return NUMBERS.has(kind) || isMoment(kind) ? rangeOf(text, kind) : contains(text);
}

/** What to type to choose one value that is shown like this. */
export function choice(shown: Cell): string {
  const text = String(shown).replaceAll("|", "\\|");
  return text === text.trim() ? `=${text}` : `="${text}"`;
}

const contains = (text: string): Test => ({ test: "contains", text });

function rangeOf(text: string, kind: Kind): Test {
  const [, from, to] = RANGE.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    return { test: "between", low: bound(from, kind, false), high: bound(to, kind, true) };
  }
  const [least, most] = [AT_LEAST.exec(text)?.[1], AT_MOST.exec(text)?.[1]];
  if (least !== undefined || most !== undefined) {
    const low = least === undefined ? null : bound(least, kind, false);
    return { test: "between", low, high: most === undefined ? null : bound(most, kind, true) };
  }
  if (NUMBERS.has(kind)) {
    // A number is itself; of others what is typed is the beginning, because 2.5% is not 12.5%.
    return WHOLE_NUMBER.test(text)
      ? { test: "one_of", values: [text] }
      : { test: "starts_with", text };
  }
  return DAY.test(text)
    ? { test: "between", low: bound(text, kind, false), high: bound(text, kind, true) }
    : contains(text);
}

/** A bound as the kernel compares it. */
function bound(typed: string, kind: Kind, isEnd: boolean): string | null {
  const text = typed.trim();
  if (text === "") {
    return null;
  }
  return NUMBERS.has(kind) ? plain(text) : momentBound(text, kind, isEnd);
}

/** People copy numbers as they are shown, with separators. */
const plain = (text: string) => text.replace(/(\d),(?=\d{3})/g, "$1");

const isTruth = (text: string) => YES.test(text) || NO.test(text);

/** What a text may mean: the kernel compares it with the values, and with what is drawn of them. */
function cellsOf(text: string, kind: Kind): Cell[] {
  if (kind === "bool" && isTruth(text)) {
    return [YES.test(text)];
  }
  const quoted = QUOTED.exec(text)?.[1];
  // The quotes may be typed to keep blanks, or be part of the value; both are looked for.
  return quoted === undefined ? [text] : [quoted, text];
}
