import { type Cell, type Column, type Kind, NUMBERS } from "../kernel/contract";
import type { Settings } from "../kernel/kernel";
import { DecimalAlignment } from "./decimalAlignment";
import { formatFloat, formatInt, formatNumeric, isFloatText } from "./formatNumber";
import { isRightToLeft, oneLine, shortUuid } from "./formatText";
import { formatInstant, formatLocal } from "./formatTime";
import { EXACT, parseNumberSpec, type ShowNumber } from "./numberSpec";
import { type Colour, ValueColours } from "./valueColours";

/** How a value looks apart from its text. */
export type TextStyle = "" | "null" | "empty-text" | "yes" | "no" | "uuid" | "rtl";

/** What a cell shows. */
export interface Shown {
  text: string;
  style: TextStyle;
  colour?: Colour | null;
  /** What stands behind it without being seen, so that decimal points are in line. */
  lacking?: string;
}

const HAS_POINTS: ReadonlySet<Kind> = new Set(["float", "numeric"]);
const FIXED_PITCH: ReadonlySet<Kind> = new Set(["uuid", "json", "array"]);
/** What somebody asked for, by column. */
export type FormatSettings = Pick<Settings, "formats" | "styles">;

/** How the values of one column are shown. */
export class ColumnFormat {
  readonly align: "left" | "right" | "center";
  readonly fixedPitch: boolean;
  readonly #column: Column;
  readonly #points: DecimalAlignment | null;
  readonly #number: ShowNumber | null;
  readonly #spec: string | null;
  readonly #colours: ValueColours | null;
  #isFloat: boolean;

  constructor(column: Column, { formats = {}, styles = {} }: FormatSettings = {}) {
    this.#column = column;
    const spec = formats[column.name];
    const style = styles[column.name];
    const isNumber = NUMBERS.has(column.kind);
    this.#number = spec === undefined || !isNumber ? null : parseNumberSpec(spec);
    // Only what can be read: the kernel is told of it with each query, and refuses anything else.
    this.#spec = this.#number !== null || (isNumber && spec === EXACT) ? (spec ?? null) : null;
    this.#isFloat = column.kind === "float" && this.#spec === null;
    this.#points =
      this.#spec === null && HAS_POINTS.has(column.kind) ? new DecimalAlignment() : null;
    this.#colours = style === undefined ? null : new ValueColours(style);
    this.fixedPitch = FIXED_PITCH.has(column.kind);
    this.align = isNumber ? "right" : column.kind === "bool" ? "center" : "left";
  }

  /** Take values into account; true when values already shown now style different. */
  learn(cells: readonly (Cell | undefined)[]): boolean {
    let isOther = this.#colours?.learn(cells) ?? false;
    if (this.#points === null) {
      return isOther;
    }
    const numbers = cells.filter((cell) => typeof cell === "string");
    // Before the points are learned, because it changes the text of every number.
    if (this.#mayBeFloat && numbers.some(isFloatText)) {
      this.#isFloat = isOther = true;
    }
    for (const number of numbers) {
      // In this order, because each number has to be learned, whatever the others said.
      isOther = this.#points.learn(this.#text(number)) || isOther;
    }
    return isOther;
  }

  get #mayBeFloat(): boolean {
    return this.#column.untyped === true && !this.#isFloat && !isIdentifier(this.#column);
  }

  get name(): string {
    return this.#column.name;
  }

  /** The format by which its numbers are written, or null. */
  get spec(): string | null {
    return this.#spec;
  }

  /** Is it of unknown type, and drawn as floats because of its values? */
  get isTakenForFloats(): boolean {
    return this.#isFloat && this.#column.kind !== "float";
  }

  /** What a cell shows. */
  show(cell: Cell): Shown {
    if (cell === null) {
      return { text: "null", style: "null" };
    }
    if (typeof cell === "boolean") {
      return cell ? { text: "✓", style: "yes" } : { text: "✗", style: "no" };
    }
    // Without quotes it would look like a cell whose value has not come.
    if (cell.trim() === "") {
      return { text: `"${oneLine(cell)}"`, style: "empty-text" };
    }
    const shown = this.#shown(cell);
    return this.#colours === null ? shown : { ...shown, colour: this.#colours.of(cell) };
  }

  /** The whole value, for the tooltip. */
  full(cell: Cell): string {
    if (cell === null) {
      return "null (no value)";
    }
    if (cell === "") {
      return "empty text";
    }
    return String(cell);
  }

  #shown(cell: string): Shown {
    const { kind } = this.#column;
    const uuid = kind === "uuid" ? shortUuid(cell) : null;
    if (uuid !== null) {
      return { text: uuid, style: "uuid" };
    }
    const style = kind === "text" && isRightToLeft(cell) ? "rtl" : "";
    const text = this.#text(cell);
    return this.#points === null
      ? { text, style }
      : { text, style, lacking: this.#points.lacking(text) };
  }

  #text(text: string): string {
    if (this.#number !== null) {
      return this.#number(text);
    }
    if (this.#isFloat) {
      return formatFloat(text);
    }
    switch (this.#column.kind) {
      case "int":
        return isIdentifier(this.#column) ? text : formatInt(text);
      case "float":
        // Comes here only where somebody asked for every digit; other floats are written above.
        return formatNumeric(text);
      case "numeric":
        return isIdentifier(this.#column) ? text : formatNumeric(text);
      case "timestamptz":
        return formatInstant(text);
      case "timestamp":
        return formatLocal(text);
      default:
        return oneLine(text);
    }
  }
}

/** Numbers that name something are read digit by digit, so separators would be in the way. */
function isIdentifier({ key, name }: Column): boolean {
  return key || name === "id" || name.endsWith("_id");
}
