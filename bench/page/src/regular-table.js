import "regular-table";
import styles from "regular-table/dist/css/material.css";
import { COLUMNS, makeRow } from "./rows.js";

/** Show the rows in an element; returns what scrolls. */
export function mount(element, total) {
  const style = document.createElement("style");
  style.textContent = styles;
  const table = document.createElement("regular-table");
  table.style.cssText = "position: absolute; inset: 0;";
  element.style.position = "relative";
  element.append(style, table);
  table.setDataListener((x0, y0, x1, y1) => {
    const rows = Array.from({ length: y1 - y0 }, (_, place) => makeRow(y0 + place));
    const names = COLUMNS.slice(x0, x1);
    return {
      num_rows: total,
      num_columns: COLUMNS.length,
      column_headers: names.map(([name]) => [name]),
      data: names.map((_, at) => rows.map((cells) => cells[x0 + at])),
    };
  });
  table.draw();
  return () => table;
}
