import type { Frame } from "../kernel/fromKernel";
import type { SelectableGrid } from "../selection/picker";
import type { TextSelectionHold } from "../selection/textSelection";
import type { Table } from "./table";
import type { Viewport } from "./viewport";

/** What selection needs of a grid. */
export function selectableGrid(
  viewport: Viewport,
  table: Table,
  hold: TextSelectionHold,
  frame: () => Frame | null,
): SelectableGrid {
  return {
    frame,
    size: () => ({
      rows: frame()?.total ?? 0,
      columns: table.columns.names.length,
      firstVisible: viewport.visible.first,
    }),
    pageRows: () => viewport.pageRows,
    columnNames: () => table.columns.names,
    indices: () => table.columns.indices,
    locate: (target) => table.rows.locate(target),
    reveal: (row, column) => viewport.reveal(row, ...table.span(column)),
    isTextSelected: () => hold.isSelecting,
  };
}
