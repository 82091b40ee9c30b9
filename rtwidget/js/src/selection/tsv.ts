import type { Cell } from "../kernel/contract";

const SPECIAL = /[\t\n\r"]/;

/** Rows as spreadsheets and `pandas.read_clipboard` take them; null is nothing. */
export function tsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(field).join("\t")).join("\n");
}

function field(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
