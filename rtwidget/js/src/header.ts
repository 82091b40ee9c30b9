import type { Column, Sort } from "./contract";
import { make, write } from "./dom";
import type { ColumnFormat } from "./format";
import { pinAt } from "./pins";
import { ariaSort, sortMark } from "./sorting";

interface HeaderCell {
  element: HTMLElement;
  mark: HTMLElement;
  column: Column;
}

/** What the header asks for. */
export interface HeaderHooks {
  sort(column: string, adds: boolean): void;
  /** Move a column by so many places, or widen it by so many steps. */
  nudge(column: string, how: "move" | "widen", by: number): void;
}

/** The row of column names; a click, Enter or Space asks for another order, with Shift for one level more. */
export class Header {
  readonly element = make("tr", { role: "row", "aria-rowindex": "1" });
  readonly #hooks: HeaderHooks;
  #pinned = 0;
  #cells: HeaderCell[] = [];

  constructor(hooks: HeaderHooks, signal: AbortSignal) {
    this.#hooks = hooks;
    this.element.addEventListener("click", (event) => this.#chosen(event), { signal });
    this.element.addEventListener("keydown", (event) => this.#pressed(event), { signal });
  }

  /** Set the columns as they stand on the screen, of which the first ones stay at the left. */
  setColumns(columns: readonly Column[], formats: readonly ColumnFormat[], pinned: number): void {
    const focused = this.#cells.find(({ element }) => element.matches(":focus"));
    this.#pinned = pinned;
    this.#cells = columns.map((column, index) => {
      const mark = make("span", { class: "mark", "aria-hidden": "true" });
      const name = make("span", { class: "name" }, column.name);
      const element = make("th", {
        role: "columnheader",
        class: formats[index]?.align ?? "left",
        title: `${column.name} (${column.kind}${column.key ? ", key" : ""})`,
        tabindex: index === 0 ? "0" : "-1",
        "aria-colindex": String(index + 1),
        "aria-sort": "none",
      });
      const key = column.key ? [make("span", { class: "key" }, "key")] : [];
      element.append(make("span", { class: "heading" }, name, ...key, mark));
      element.append(make("span", { class: "grip" }));
      pinAt(element, index, pinned);
      return { element, mark, column };
    });
    const filler = make("th", { class: "filler", "aria-hidden": "true" });
    this.element.replaceChildren(...this.#cells.map(({ element }) => element), filler);
    if (focused) {
      this.focus(focused.column.name);
    }
  }

  /** Show the order. */
  setSort(sort: readonly Sort[]): void {
    for (const { element, mark, column } of this.#cells) {
      element.setAttribute("aria-sort", ariaSort(sort, column.name));
      write(mark, sortMark(sort, column.name));
    }
  }

  /** Where a column lies, in pixels from the left edge of the table; what pinned ones would cover belongs to it. */
  span(column: number): [leftPx: number, rightPx: number] {
    const { offsetLeft = 0, offsetWidth = 0 } = this.#cells[column]?.element ?? {};
    const before = column < this.#pinned ? [] : this.#cells.slice(0, this.#pinned);
    const coveredPx = before.reduce((sum, { element }) => sum + element.offsetWidth, 0);
    return [offsetLeft - coveredPx, offsetLeft + offsetWidth];
  }

  /** The column at an event's target. */
  nameAt(target: EventTarget | null): string | null {
    const cell = this.#cells.find(
      ({ element }) => target instanceof Node && element.contains(target),
    );
    return cell?.column.name ?? null;
  }

  /** Show where a dragged column would go. */
  mark(name: string | null): void {
    for (const { element, column } of this.#cells) {
      element.classList.toggle("target", column.name === name);
    }
  }

  /** Put the focus on a column. */
  focus(name: string): void {
    this.#focus(
      0,
      this.#cells.findIndex(({ column }) => column.name === name),
    );
  }

  #chosen(event: MouseEvent | KeyboardEvent): void {
    const cell = this.#cells[this.#indexOf(event)];
    if (cell) {
      this.#hooks.sort(cell.column.name, event.shiftKey);
    }
  }

  #pressed(event: KeyboardEvent): void {
    const index = this.#indexOf(event);
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    const name = this.#cells[index]?.column.name;
    if (event.key === "Enter" || event.key === " ") {
      this.#chosen(event);
    } else if (step !== undefined && name !== undefined && (event.altKey || event.shiftKey)) {
      this.#hooks.nudge(name, event.shiftKey ? "move" : "widen", step);
    } else if (step !== undefined) {
      this.#focus(index, index + step);
    } else {
      return;
    }
    event.preventDefault();
    // The notebook around us has its own use for these keys.
    event.stopPropagation();
  }

  #focus(from: number, to: number): void {
    const target = this.#cells[to]?.element;
    if (target) {
      this.#cells[from]?.element.setAttribute("tabindex", "-1");
      target.setAttribute("tabindex", "0");
      target.focus();
    }
  }

  #indexOf(event: Event): number {
    const { target } = event;
    return this.#cells.findIndex(
      ({ element }) => target instanceof Node && element.contains(target),
    );
  }
}
