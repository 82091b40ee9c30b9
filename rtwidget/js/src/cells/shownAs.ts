import type { ShownAs } from "../kernel/contract";
import type { ColumnFormat } from "./columnFormat";

/** How the cells of these columns are drawn, for the kernel to find what stands in them. */
export function shownAs(columns: readonly ColumnFormat[]): ShownAs {
  const formats: Record<string, string> = {};
  const floats: string[] = [];
  for (const column of columns) {
    if (column.spec !== null) {
      formats[column.name] = column.spec;
    }
    if (column.isTakenForFloats) {
      floats.push(column.name);
    }
  }
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC", formats, floats };
}
