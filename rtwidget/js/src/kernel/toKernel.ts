import type { Anchor, Query, ShownAs, Wish } from "./contract";

/** What needs no answer: connect now, these rows are chosen; or one that may come whenever it likes. */
export type News =
  | { kind: "retry" }
  | { kind: "hold"; held: boolean }
  | { kind: "still"; still: boolean }
  | { kind: "values"; column: string; shown_as: ShownAs }
  | { kind: "row"; key: string }
  | { kind: "copy"; keys: readonly string[]; columns: readonly string[] }
  | { kind: "select"; keys: readonly string[] }
  | { kind: "span"; start: string; end: Anchor };

/** Everything the browser sends. */
export type ToKernel =
  | ({ kind: "window"; view: string; id: number } & Wish)
  | ({ kind: "hello" | "query"; view: string; id: number; shown_as: ShownAs } & Wish & Query)
  | { kind: "ack"; view: string; seq: number }
  | { kind: "visible"; view: string; visible: boolean }
  | ({ view: string; id: number } & News)
  | { kind: "bye"; view: string; gone: boolean };
