import type { Settings } from "./settings";

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

/** The state that the kernel and the browser share. */
export interface Traits {
  status: Status | null;
  columns: Column[];
  sort: Sort[];
  settings: Settings;
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

/** A whole window of rows; it replaces the one before. */
export interface Frame {
  kind: "frame";
  view: string;
  seq: number;
  /** The kernel wants to know when this frame is painted. */
  ack?: boolean;
  answers: number;
  first: number;
  total: number;
  rows: Cell[][];
  keys: string[];
  changed: [number, number][];
  /** Offsets of rows that were not there before. */
  new?: number[];
  /** Keys of rows of the frame before that are not there any more. */
  gone?: string[];
  /** When each row changed last, by the kernel's clock, where that is known. */
  times?: (number | null)[];
  /** What the rows' cells are; without it they are as in the frame before. */
  columns?: Column[];
  /** The chosen rows, when somebody else chose them. */
  selected?: string[];
  /** The picture is held: these rows are as they were when somebody asked for that. */
  held?: boolean;
  /** How many rows changed since all rows were there first. */
  changes: number;
  status: Status;
}

/** The request with this id failed. */
export interface Refusal extends Problem {
  kind: "error";
  view: string;
  id: number;
}

/** Nothing new, and the kernel is alive. */
export interface Beat {
  kind: "beat";
  view: string;
  changes: number;
  status: Status;
}

/** A value of a column and how many rows have it. */
export type Counted = [value: Cell, rows: number];

/** The most frequent values of a column. */
export interface Values {
  kind: "values";
  view: string;
  id: number;
  column: string;
  values: Counted[];
}

/** One row whole, or null when it is not there any more. */
export interface WholeRow {
  kind: "row";
  view: string;
  id: number;
  key: string;
  cells: Cell[] | null;
}

/** Cells of rows with nothing cut, for the clipboard; null when they are too much for one. */
export interface Copied {
  kind: "copied";
  view: string;
  id: number;
  rows: Cell[][] | null;
}

/** Everything the kernel sends. */
export type FromKernel = Frame | Refusal | Beat | Values | WholeRow | Copied;
