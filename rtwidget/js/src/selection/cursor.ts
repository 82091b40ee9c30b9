import type { Frame } from "../kernel/fromKernel";
import type { Move } from "./cursorKeys";

/** Which cell the keys act on; it stays with its row while rows come and go. */
export class Cursor {
  row: number | null = null;
  column = 0;
  #key: string | null = null;

  /** Stand on a cell. */
  put(row: number, column: number, frame: Frame | null): void {
    this.row = row;
    this.column = column;
    this.#key = frame === null ? null : (frame.keys[row - frame.first] ?? null);
  }

  /** Move as a key says, from the first visible row where it stood nowhere. */
  move({ down = 0, right = 0 }: Move, table: Size, frame: Frame | null): void {
    const rows: Record<string, number> = { start: 0, end: table.rows - 1 };
    const columns: Record<string, number> = { start: 0, end: table.columns - 1 };
    const isNew = this.row === null;
    const step = isNew && typeof down === "number" ? 0 : down;
    const row = typeof step === "number" ? (this.row ?? table.firstVisible) + step : rows[step];
    const column = typeof right === "number" ? this.column + right : columns[right];
    const [lastRow, lastColumn] = [Math.max(0, table.rows - 1), Math.max(0, table.columns - 1)];
    this.put(within(row ?? 0, lastRow), within(column ?? 0, lastColumn), frame);
  }

  /** Take note of a new frame, in which the rows on screen stand so many places later. */
  follow(frame: Frame, moved: number): void {
    if (this.row !== null) {
      const offset = this.#key === null ? -1 : frame.keys.indexOf(this.#key);
      const row = offset < 0 ? this.row + moved : frame.first + offset;
      this.put(within(row, Math.max(0, frame.total - 1)), this.column, frame);
    }
  }
}

/** How large the table is, and what shows of it. */
export interface Size {
  rows: number;
  columns: number;
  firstVisible: number;
}

const within = (value: number, last: number) => Math.min(Math.max(value, 0), last);
