import type { Frame } from "../kernel/fromKernel";
import type { Ground } from "../selection/picker";
import type { SelectionHold } from "../selection/textSelection";
import type { Table } from "./table";
import type { Viewport } from "./viewport";

/** What people point at in a grid. */
export function groundOf(
  viewport: Viewport,
  table: Table,
  hold: SelectionHold,
  frame: () => Frame | null,
): Ground {
  return {
    frame,
    size: () => ({
      rows: frame()?.total ?? 0,
      columns: table.columns.names.length,
      firstVisible: viewport.visible.first,
    }),
    pageRows: () => viewport.pageRows,
    columnNames: () => table.columns.names,
    places: () => table.columns.places,
    locate: (target) => table.rows.locate(target),
    reveal: (row, column) => viewport.reveal(row, ...table.span(column)),
    isTextSelected: () => hold.isSelecting,
  };
}
