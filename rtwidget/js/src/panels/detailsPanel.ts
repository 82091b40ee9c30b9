import type { Cell, Column } from "../kernel/contract";
import type { Frame, WholeRow } from "../kernel/fromKernel";
import type { Clock } from "../page/clock";
import { button, make } from "../page/dom";
import { listen } from "../page/events";
import { Timers } from "../page/timers";
import { indentJson } from "./jsonIndent";

/** A row that changes all the time is read again no more often than people can read it. */
const AGAIN_MS = 300;

/** What the panel asks of its view. */
export interface DetailsHooks {
  ask(key: string): void;
  /** The row on which the cursor stands. */
  current(): string | null;
}

/** The panel that shows one row whole: long text, JSON in lines, and its key. */
export class DetailsPanel {
  readonly element = make("section", { class: "detail", "aria-label": "Row", hidden: "" });
  readonly button = button("Details", { "aria-pressed": "false" });
  readonly #hooks: DetailsHooks;
  readonly #timers: Timers<"again">;
  readonly #title = make("span", { class: "detail-title" });
  readonly #fields = make("dl");
  #key: string | null = null;
  #frame: Frame | null = null;
  /** The row as the last frame that held it had it; what differs from that is a change. */
  #seen = "";

  constructor(hooks: DetailsHooks, clock: Clock, signal: AbortSignal) {
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
    const close = button("✕", { "aria-label": "Close the row" });
    listen(close, "click", signal, () => this.#closed());
    listen(this.button, "click", signal, () => this.open(this.#key ?? hooks.current()));
    this.element.append(make("div", { class: "detail-head" }, this.#title, close), this.#fields);
  }

  /** Show a row, or close the panel; the same row again closes it too. */
  open(key: string | null): void {
    this.#key = key === this.#key ? null : key;
    // The frame it was opened on, or its first change would be taken for how it had been.
    this.#seen = this.#now("");
    this.element.hidden = this.#key === null;
    this.button.ariaPressed = String(this.#key !== null);
    this.#fields.replaceChildren();
    this.#title.textContent = this.#key === null ? "" : `Row ${this.#key}`;
    if (this.#key !== null) {
      this.#hooks.ask(this.#key);
    }
  }

  /** Look whether a frame changed the row. */
  follow(frame: Frame): void {
    this.#frame = frame;
    const key = this.#key;
    if (key === null) {
      return;
    }
    // Of a row out of sight no frame tells whether it changed.
    const isInSight = frame.keys.includes(key);
    const now = this.#now(this.#seen);
    const isChanged = !isInSight || (now !== this.#seen && this.#seen !== "");
    this.#seen = now;
    // Not started anew, because a row that changes faster would then never be read.
    if (isChanged && !this.#timers.has("again")) {
      this.#timers.start("again", AGAIN_MS, () => this.#hooks.ask(key));
    }
  }

  /** The pressed button is hidden now, and who pressed it by key must not lose their place. */
  #closed(): void {
    this.open(null);
    this.button.focus({ preventScroll: true });
  }

  #now(otherwise: string): string {
    const row = this.#frame?.rows[this.#frame.keys.indexOf(this.#key ?? "")];
    return row === undefined ? otherwise : JSON.stringify(row);
  }

  /** Take the row. */
  show({ key, cells }: WholeRow, columns: readonly Column[]): void {
    // The answer to a row that was open before may come late.
    if (key !== this.#key) {
      return;
    }
    this.#title.textContent = cells === null ? `Row ${key} is not there any more` : `Row ${key}`;
    // A row that went may have been hidden from this user, so nothing of it stays.
    const shown = cells === null ? [] : columns;
    this.#fields.replaceChildren(
      ...shown.flatMap((column, index) => field(column, cells?.[index] ?? null)),
    );
  }
}

function field({ name, kind }: Column, cell: Cell): HTMLElement[] {
  const isJson = (kind === "json" || kind === "array") && typeof cell === "string";
  // JSON is code, and begins at the left whatever script its texts are in.
  const direction = isJson ? "ltr" : "auto";
  const text = isJson ? indentJson(cell) : cell === "" ? '""' : String(cell);
  return [
    make("dt", { title: kind }, name),
    make("dd", { class: cell === null ? "null" : isJson ? "code" : "", dir: direction }, text),
  ];
}
