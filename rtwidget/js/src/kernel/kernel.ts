import type { Column, Sort, Status } from "./contract";
import type { FromKernel } from "./fromKernel";
import type { ToKernel } from "./toKernel";

/** How the values of a column colour their cells; null bounds are those of the values seen. */
export type ValueStyle =
  | { kind: "bar" | "heat"; low: number | null; high: number | null }
  | { kind: "values"; tones: Record<string, string> };

/** What the kernel decides about the look. */
export interface Settings {
  /** Tells this table from all others, as long as its kernel lives. */
  id?: string;
  title: string;
  /** Height of the grid's viewport in pixels, at most. */
  height: number;
  /** How numbers of a column are written, in the manner of d3. */
  formats?: Record<string, string>;
  styles?: Record<string, ValueStyle>;
  /** Keep the last rows in sight while more come. */
  follow?: boolean;
}

/** The state that the kernel and the browser share. */
export interface Traits {
  status: Status | null;
  columns: Column[];
  sort: Sort[];
  settings: Settings;
}

/** The kernel as a view sees it; whatever carries the messages stays outside. */
export interface Kernel {
  read<Name extends keyof Traits>(name: Name): Traits[Name];
  send(message: ToKernel): void;
  onMessage(listener: (message: FromKernel) => void): void;
  onChange(name: keyof Traits, listener: () => void): void;
  onCommChange(listener: () => void): void;
}
