/** Keep a cell at the left while the others scroll, when its column is one of the first pinned ones. */
export function pinAt(cell: HTMLElement, column: number, pinned: number): void {
  if (column < pinned) {
    cell.className += pinClass(column, pinned);
    // A property of the table, so that other widths move all pinned cells by one write.
    cell.style.left = `var(--rt-pin-${column})`;
  }
}

/** What a cell's class says of it: whether it is pinned, and whether the others vanish behind it. */
export function pinClass(column: number, pinned: number): string {
  return column < pinned ? ` pinned${column === pinned - 1 ? " edge" : ""}` : "";
}

/** Tell the pinned cells of a table how wide the columns before them are. */
export function setPins(table: HTMLElement, widths: readonly number[], pinned: number): void {
  let left = 0;
  for (const [column, width] of widths.slice(0, pinned).entries()) {
    table.style.setProperty(`--rt-pin-${column}`, `${left}px`);
    left += width;
  }
}
