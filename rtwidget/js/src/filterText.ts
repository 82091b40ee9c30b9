import type { Cell, Kind, Test } from "./contract";

const NUMBERS: ReadonlySet<Kind> = new Set(["int", "float", "numeric"]);
const MOMENTS: ReadonlySet<Kind> = new Set(["date", "time", "timestamp", "timestamptz"]);
const RANGE = /^(.*?)\s*\.\.\s*(.*)$/;
const AT_LEAST = /^(?:>=|≥)\s*(.+)$/;
const AT_MOST = /^(?:<=|≤)\s*(.+)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const LAST_MOMENT = "T23:59:59.999999";

/** What one may type besides a text, as the lists of suggestions offer it. */
export const IS_NULL = "is null";
/** The same for everything else. */
export const IS_NOT_NULL = "is not null";

/** What stands in an empty filter of a column. */
export function placeholder(kind: Kind): string {
  if (NUMBERS.has(kind)) {
    return "min..max";
  }
  if (MOMENTS.has(kind)) {
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
    const values = text.slice(1).split("|");
    return { test: "one_of", values: values.map((value) => cellOf(value.trim(), kind)) };
  }
  if (kind === "bool") {
    return { test: "one_of", values: [cellOf(text, kind)] };
  }
  return NUMBERS.has(kind) || MOMENTS.has(kind) ? rangeOf(text, kind) : contains(text);
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
  const isWhole = NUMBERS.has(kind) ? !Number.isNaN(Number(plain(text))) : DAY.test(text);
  return isWhole
    ? { test: "between", low: bound(text, kind, false), high: bound(text, kind, true) }
    : contains(text);
}

/** A bound as the kernel compares it: moments with a zone were typed in the reader's. */
function bound(typed: string, kind: Kind, isEnd: boolean): string | null {
  const text = typed.trim();
  if (text === "") {
    return null;
  }
  if (NUMBERS.has(kind)) {
    return plain(text);
  }
  const isDay = DAY.test(text) && (kind === "timestamp" || kind === "timestamptz");
  const moment = isDay ? text + (isEnd ? LAST_MOMENT : "T00:00:00") : text;
  const instant = kind === "timestamptz" ? new Date(moment.replace(" ", "T")) : null;
  return instant === null || Number.isNaN(instant.getTime()) ? moment : instant.toISOString();
}

/** People copy numbers as they are shown, with separators. */
const plain = (text: string) => text.replace(/(\d),(?=\d{3})/g, "$1");

function cellOf(text: string, kind: Kind): Cell {
  if (kind === "bool") {
    return /^(t|true|yes|✓|1)$/i.test(text);
  }
  return NUMBERS.has(kind) ? plain(text) : text;
}
