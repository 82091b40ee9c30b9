/** The kinds of value a column may hold, as the kernel names them. */
export type Kind =
  | "int"
  | "float"
  | "numeric"
  | "bool"
  | "text"
  | "uuid"
  | "json"
  | "array"
  | "date"
  | "time"
  | "timestamp"
  | "timestamptz";

/** The kinds of number. */
export const NUMBERS: ReadonlySet<Kind> = new Set(["int", "float", "numeric"]);

/** One column, in table order. */
export interface Column {
  name: string;
  kind: Kind;
  key: boolean;
  /** Its numbers may be floats or decimals: nobody told its type. */
  untyped?: boolean;
}

/** One level of the order of rows. */
export interface Sort {
  column: string;
  descending: boolean;
}

/** How a view draws its cells: the reader's time zone, formats by column, and which columns of unknown type it takes for floats. */
export interface ShownAs {
  zone: string;
  formats: Record<string, string>;
  floats: string[];
}

/** What the values of a column must fulfil; texts are as cells travel or as they are drawn. */
export type Test =
  | { test: "contains"; text: string }
  | { test: "starts_with"; text: string }
  | { test: "one_of"; values: readonly Cell[] }
  | { test: "between"; low: string | null; high: string | null }
  | { test: "null" }
  | { test: "not_null" };

/** One column's filter. */
export type Filter = { column: string } & Test;

/** Which rows a view shows, and in which order; a null order is the table's own. */
export interface Query {
  sort: readonly Sort[] | null;
  filters: readonly Filter[];
  search: string;
}

/** All rows in the table's own order. */
export const ALL_ROWS: Query = { sort: null, filters: [], search: "" };

/** Does a query leave rows out? */
export const isNarrowed = ({ filters, search }: Query) => filters.length > 0 || search !== "";

/** The state of the table's link to its database. */
export type State =
  | "connecting"
  | "loading"
  | "live"
  | "polling"
  | "offline"
  | "paused"
  | "failed"
  | "closed";

/** What happened, and what to do about it; SQL in the hint stands between backticks. */
export interface Problem {
  message: string;
  hint: string | null;
}

/** The kernel's report; times are seconds by the kernel's clock. */
export interface Status {
  state: State;
  since: number | null;
  rows: number | null;
  verified_at: number | null;
  lag_ms: number | null;
  attempt: number | null;
  retry_at: number | null;
  expected_rows: number | null;
  error: Problem | null;
  sent_at: number;
  poll_every_s: number | null;
}

/** Null, a bool, or text exactly as the database wrote it. */
export type Cell = string | boolean | null;

/** A run of rows by index. */
export interface Range {
  first: number;
  count: number;
}

/** A row by its place; its key may be unknown yet. */
export interface Anchor {
  key: string | null;
  place: number;
}

/** A wish for rows; the anchor is to stay where it is on the screen, and without one the view stands at the very top. */
export interface Wish extends Range {
  anchor: Anchor | null;
}
