import {
  createGrid,
  InfiniteRowModelModule,
  ModuleRegistry,
  themeQuartz,
} from "ag-grid-community";
import { COLUMNS, makeRow } from "./rows.js";

ModuleRegistry.registerModules([InfiniteRowModelModule]);

/** Show the rows in an element; returns what scrolls. */
export function mount(element, total) {
  createGrid(element, {
    theme: themeQuartz,
    columnDefs: COLUMNS.map(([field]) => ({ field, width: 120 })),
    rowModelType: "infinite",
    datasource: {
      rowCount: total,
      getRows({ startRow, endRow, successCallback }) {
        const rows = Array.from({ length: endRow - startRow }, (_, place) =>
          Object.fromEntries(makeRow(startRow + place).map((cell, at) => [COLUMNS[at][0], cell])),
        );
        successCallback(rows, total);
      },
    },
  });
  const hidden = ({ scrollHeight, clientHeight }) => scrollHeight - clientHeight;
  // Its class names change between versions; what scrolls hides the most.
  return () => [...element.querySelectorAll("*")].sort((a, b) => hidden(b) - hidden(a))[0];
}
