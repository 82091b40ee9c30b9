import { ColumnFormat, type FormatSettings } from "../cells/columnFormat";
import type { Cell, Column, ShownAs } from "../kernel/contract";
import { ColumnLayout } from "./columnLayout";
import type { Content } from "./columnWidths";

/** The columns of a table, and which of them stand where on the screen. */
export class ColumnSet {
  readonly layout: ColumnLayout;
  /** How many of the columns on the screen stay at the left. */
  pinned = 0;
  /** Where the columns on the screen stand among all, as frames have them. */
  indices: readonly number[] = [];
  formats: readonly ColumnFormat[] = [];
  #columns: readonly Column[] = [];

  constructor(arranged: () => void) {
    this.layout = new ColumnLayout(() => {
      this.#arrange();
      arranged();
    });
  }

  /** The columns on the screen. */
  get shown(): Column[] {
    return this.pick(this.#columns);
  }

  /** Their names. */
  get names(): string[] {
    return this.shown.map(({ name }) => name);
  }

  /** Set the columns, in table order. */
  set(columns: readonly Column[], settings: FormatSettings): void {
    this.#columns = columns;
    this.setFormats(settings);
    this.layout.take(columns);
    this.#arrange();
  }

  /** Show the values in another way. */
  setFormats(settings: FormatSettings): void {
    this.formats = this.#columns.map((column) => new ColumnFormat(column, settings));
  }

  /** What belongs to the columns on the screen, of what belongs to all. */
  pick<Each>(all: readonly Each[]): Each[] {
    return this.indices.flatMap((index) => (index < all.length ? [all[index] as Each] : []));
  }

  /** The widths that somebody gave by hand, by the columns on the screen. */
  get fixed(): (number | undefined)[] {
    return this.names.map((name) => this.layout.width(name));
  }

  /** What the widths of the columns on the screen are estimated from. */
  content(rows: readonly (readonly Cell[])[]): Content {
    return {
      columns: this.shown,
      formats: this.pick(this.formats),
      rows: rows.map((row) => this.pick(row)),
    };
  }

  /** How their cells are drawn, for the kernel to find what stands in them. */
  get shownAs(): ShownAs {
    const formats: Record<string, string> = {};
    const floats: string[] = [];
    for (const { name, spec, isTakenForFloats } of this.formats) {
      if (spec !== null) {
        formats[name] = spec;
      }
      if (isTakenForFloats) {
        floats.push(name);
      }
    }
    // A browser that does not know the system's zone leaves it out.
    return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC", formats, floats };
  }

  /** Take values of some columns into account; true when values already shown now look different. */
  learn(indices: readonly number[], rows: readonly (readonly Cell[])[]): boolean {
    // All of them have to learn, and `some` would stop at the first that says yes.
    const learned = indices.map((index) =>
      this.formats[index]?.learn(rows.map((row) => row[index])),
    );
    return learned.includes(true);
  }

  /** Forget the widths that were given by hand. */
  forgetWidths(): void {
    for (const { name } of this.#columns) {
      this.layout.resize(name, null);
    }
  }

  #arrange(): void {
    this.indices = this.layout.indices(this.#columns);
    this.pinned = this.names.filter((name) => this.layout.isPinned(name)).length;
  }
}
