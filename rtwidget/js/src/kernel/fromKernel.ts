import type { Cell, Column, Problem, Status } from "./contract";

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
