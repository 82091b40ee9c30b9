import type { Cell } from "../kernel/contract";
import type { Copied } from "../kernel/fromKernel";
import type { Clock } from "../page/clock";
import { fieldOf, make, write } from "../page/dom";
import { listen } from "../page/events";
import { counted } from "../page/humanize";
import { Timers } from "../page/timers";
import { tsv, writeClipboard } from "./clipboard";
import type { Picker, SelectableGrid } from "./picker";
import { isTextSelected } from "./textSelection";

/** The kernel cuts longer texts to this, and ends them so. */
const CUT_LENGTH = 500;
const CUT_END = "…";
/** Whoever copied does not wait longer for a kernel that says nothing. */
const ANSWER_MS = 10_000;
/** Long enough to be read, and gone before it is in the way. */
const NOTICE_MS = 4000;
/** So far from its right edge, a click on a short value means the sign that copies it. */
const SIGN_PX = 22;
const TOO_MUCH = "That is more than a clipboard should hold. Take it from t.selected in Python.";
const NO_ANSWER = "The kernel did not answer; nothing was copied.";

type Rows = readonly (readonly Cell[])[];

/** Asks for whole cells of rows, column by column as they stand on the screen. */
export type AskCells = (keys: readonly string[], columns: readonly string[]) => void;

/** Copies the chosen rows, or the cell with the cursor, with nothing cut, wherever in the view somebody copies. */
export class Copier {
  readonly notice: Notice;
  readonly #box: HTMLElement;
  readonly #grid: SelectableGrid;
  readonly #picker: Picker;
  readonly #ask: AskCells;
  readonly #timers: Timers<"answer">;
  #answer: ((rows: Rows | null) => void) | null = null;

  constructor(
    box: HTMLElement,
    grid: SelectableGrid,
    picker: Picker,
    ask: AskCells,
    clock: Clock,
    signal: AbortSignal,
  ) {
    this.#box = box;
    this.#grid = grid;
    this.#picker = picker;
    this.#ask = ask;
    this.#timers = new Timers(clock);
    this.notice = new Notice(clock);
    listen(box, "copy", signal, (event) => this.#copied(event));
    // Before the picker, because who copies a value chooses no row.
    listen(box, "click", signal, (event) => this.#clicked(event), { capture: true });
  }

  /** Take the cells that were asked for. */
  take({ rows }: Copied): void {
    this.#answer?.(rows);
  }

  #clicked(event: MouseEvent): void {
    const { target, offsetX } = event;
    const isShort = target instanceof HTMLElement && target.classList.contains("uuid");
    const cell = isShort ? this.#grid.locate(target) : null;
    if (cell !== null && isShort && offsetX >= target.clientWidth - SIGN_PX) {
      event.stopPropagation();
      const text = Promise.resolve(String(this.#cellAt(cell.row, cell.column)));
      void this.#write(text, () => "Copied");
    }
  }

  #copied(event: ClipboardEvent): void {
    const { rows } = this.#picker.selection;
    const isOne = rows.size === 0;
    const isText = fieldOf(event.target) !== null || isTextSelected(this.#box);
    // A clipboard that is emptied is a loss.
    if (isText || (isOne && this.#picker.cursor.row === null)) {
      return;
    }
    // Now, because the event is over before the kernel answers.
    event.preventDefault();
    const known = isOne ? this.#cursorRow() : this.#onScreen([...rows.values()]);
    const header = isOne ? [] : [this.#grid.columnNames()];
    if (known !== null && !known.some((cells) => cells.some(isCut))) {
      // Within the event this needs no permission, so only what is not known here goes the other way.
      event.clipboardData?.setData("text/plain", tsv([...header, ...known]));
      this.notice.say(said(isOne, known));
      return;
    }
    const names = this.#grid.columnNames();
    const { row, column } = this.#picker.cursor;
    const key = row === null ? null : this.#picker.keyAt(row);
    const columns = isOne ? names.slice(column, column + 1) : names;
    const asked = this.#asked(isOne ? [key ?? ""] : [...rows.keys()], columns);
    let told = "";
    const text = asked.then((whole) => {
      told = said(isOne, whole);
      return tsv([...header, ...whole]);
    });
    void this.#write(text, () => told);
  }

  async #write(text: Promise<string>, told: () => string): Promise<void> {
    try {
      const isDone = await writeClipboard(text, this.#box);
      this.notice.say(isDone ? told() : "The browser did not let us copy.");
    } catch (problem) {
      this.notice.say(problem instanceof Error ? problem.message : String(problem));
    }
  }

  #asked(keys: readonly string[], columns: readonly string[]): Promise<Rows> {
    return new Promise((resolve, reject) => {
      const over = (rows: Rows | null) => {
        this.#timers.stop("answer");
        this.#answer = null;
        if (rows === null) {
          reject(new Error(TOO_MUCH));
        } else {
          resolve(rows);
        }
      };
      this.#answer = over;
      this.#timers.start("answer", ANSWER_MS, () => reject(new Error(NO_ANSWER)));
      this.#ask(keys, columns);
    });
  }

  #cellAt(row: number, column: number): Cell {
    const frame = this.#grid.frame();
    const index = this.#grid.indices()[column] ?? 0;
    return frame?.rows[row - frame.first]?.[index] ?? null;
  }

  #cursorRow(): Rows | null {
    const { row, column } = this.#picker.cursor;
    return row === null ? [] : [[this.#cellAt(row, column)]];
  }

  /** The cells in the order of the screen, or null when one of the rows was never seen. */
  #onScreen(rows: readonly (readonly Cell[] | null)[]): Rows | null {
    const indices = this.#grid.indices();
    const seen = rows.filter((cells) => cells !== null);
    return seen.length < rows.length
      ? null
      : seen.map((cells) => indices.map((index) => cells[index] ?? null));
  }
}

/** A few words about what was just done, seen and spoken for a moment. */
class Notice {
  readonly element = make("div", { class: "notice", role: "status" });
  readonly #timers: Timers<"over">;

  constructor(clock: Clock) {
    this.#timers = new Timers(clock);
  }

  /** Say it. */
  say(text: string): void {
    write(this.element, text);
    this.#timers.start("over", NOTICE_MS, () => write(this.element, ""));
  }
}

// A whole text that looks like a cut one is only asked for in vain.
const isCut = (cell: Cell) =>
  typeof cell === "string" && cell.length >= CUT_LENGTH && cell.endsWith(CUT_END);

const said = (isOne: boolean, rows: Rows) =>
  isOne ? "Copied" : `Copied ${counted(rows.length, "row")}`;
