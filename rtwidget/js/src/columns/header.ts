import type { ColumnFormat } from "../cells/columnFormat";
import type { Column, Sort } from "../kernel/contract";
import { filler, make, setChildren, write } from "../page/dom";
import { listen } from "../page/events";
import type { Slots } from "./columnWindow";
import { pinAt } from "./pinnedColumns";
import { ariaSort, sortIndicator } from "./sorting";

interface HeaderCell {
  element: HTMLElement;
  indicator: HTMLElement;
  column: Column;
}

/** What the header asks for. */
export interface HeaderHooks {
  sort(column: string, adds: boolean): void;
  /** Move a column by so many places, or widen it by so many steps. */
  nudge(column: string, how: "move" | "widen", by: number): void;
  /** The keys act on another column now, which has to be drawn. */
  entered(): void;
}

/** The row of column names; a click, Enter or Space asks for another order, with Shift for one level more. */
export class Header {
  readonly element = make("tr", { role: "row", "aria-rowindex": "1" });
  /** The column that the Tab key comes to. */
  current = 0;
  readonly #hooks: HeaderHooks;
  #columns: readonly Column[] = [];
  #formats: readonly ColumnFormat[] = [];
  #pinned = 0;
  #sort: readonly Sort[] = [];
  /** By the column's place on the screen; made when it is first drawn. */
  #cells = new Map<number, HeaderCell>();
  #returning = false;

  constructor(hooks: HeaderHooks, signal: AbortSignal) {
    this.#hooks = hooks;
    listen(this.element, "click", signal, (event) => this.#chosen(event));
    listen(this.element, "keydown", signal, (event) => this.#pressed(event));
    // A click moves the focus as well, and Tab has to come back to where it went.
    listen(this.element, "focusin", signal, ({ target }) => this.#entered(target));
  }

  /** Set the columns as they stand on the screen, of which the first ones stay at the left. */
  setColumns(columns: readonly Column[], formats: readonly ColumnFormat[], pinned: number): void {
    // By name: the cells are made anew, and the column may stand elsewhere now.
    const focused = this.#cellAt(this.element.querySelector(":focus"))?.column.name;
    this.current = Math.max(
      0,
      columns.findIndex(({ name }) => name === focused),
    );
    this.#returning = focused !== undefined && columns[this.current]?.name === focused;
    this.#columns = columns;
    this.#formats = formats;
    this.#pinned = pinned;
    this.#cells = new Map();
  }

  /** Draw some of the columns. */
  lay(slots: Slots): void {
    const cells = slots.map((slot) => (slot === null ? filler("th") : this.#cell(slot)));
    setChildren(this.element, [...cells, filler("th")]);
    // The focus went with the old cell, and can return only now that there is a new one.
    if (this.#returning) {
      this.#returning = false;
      this.#cells.get(this.current)?.element.focus();
    }
  }

  /** Show the order. */
  setSort(sort: readonly Sort[]): void {
    this.#sort = sort;
    for (const cell of this.#cells.values()) {
      showSort(cell, sort);
    }
  }

  /** The column at an event's target. */
  nameAt(target: EventTarget | null): string | null {
    return this.#cellAt(target)?.column.name ?? null;
  }

  /** Show where a dragged column would go. */
  showTarget(name: string | null): void {
    for (const { element, column } of this.#cells.values()) {
      element.classList.toggle("target", column.name === name);
    }
  }

  /** Put the focus on a column. */
  focus(name: string): void {
    this.#focus(this.#columns.findIndex((column) => column.name === name));
  }

  #cell(index: number): HTMLElement {
    const known = this.#cells.get(index);
    const column = this.#columns[index];
    if (known !== undefined || column === undefined) {
      return known?.element ?? filler("th");
    }
    const indicator = make("span", { class: "mark", "aria-hidden": "true" });
    const name = make("span", { class: "name" }, column.name);
    const element = make("th", {
      role: "columnheader",
      class: this.#formats[index]?.align ?? "left",
      title: `${column.name} (${column.kind}${column.key ? ", key" : ""})`,
      tabindex: index === this.current ? "0" : "-1",
      "aria-colindex": String(index + 1),
    });
    const key = column.key ? [make("span", { class: "key" }, "key")] : [];
    element.append(make("span", { class: "heading" }, name, ...key, indicator));
    element.append(make("span", { class: "grip" }));
    pinAt(element, index, this.#pinned);
    const cell = { element, indicator, column };
    showSort(cell, this.#sort);
    this.#cells.set(index, cell);
    return element;
  }

  #chosen(event: MouseEvent | KeyboardEvent): void {
    const name = this.nameAt(event.target);
    if (name !== null) {
      this.#hooks.sort(name, event.shiftKey);
    }
  }

  #pressed(event: KeyboardEvent): void {
    const name = this.nameAt(event.target);
    const index = this.#indexOf(event.target);
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    if (event.key === "Enter" || event.key === " ") {
      this.#chosen(event);
    } else if (step !== undefined && name !== null && (event.altKey || event.shiftKey)) {
      this.#hooks.nudge(name, event.shiftKey ? "move" : "widen", step);
    } else if (step !== undefined) {
      this.#focus(index + step);
    } else {
      return;
    }
    event.preventDefault();
    // The notebook around us has its own use for these keys.
    event.stopPropagation();
  }

  #focus(index: number): void {
    if (this.#columns[index] !== undefined) {
      this.#moveTo(index);
      this.#cells.get(index)?.element.focus();
    }
  }

  #moveTo(index: number): void {
    this.#cells.get(this.current)?.element.setAttribute("tabindex", "-1");
    this.current = index;
    // First it has to be drawn: a heading out of sight has no element that could take the focus.
    this.#hooks.entered();
    this.#cells.get(index)?.element.setAttribute("tabindex", "0");
  }

  #entered(target: EventTarget | null): void {
    const index = this.#indexOf(target);
    // Our own `focus()` comes here too, and has moved everything already.
    if (index !== this.current && index >= 0) {
      this.#moveTo(index);
    }
  }

  #indexOf(target: EventTarget | null): number {
    const name = this.nameAt(target);
    return this.#columns.findIndex((column) => column.name === name);
  }

  #cellAt(target: EventTarget | null): HeaderCell | undefined {
    return [...this.#cells.values()].find(
      ({ element }) => target instanceof Node && element.contains(target),
    );
  }
}

function showSort({ element, indicator, column }: HeaderCell, sort: readonly Sort[]): void {
  element.setAttribute("aria-sort", ariaSort(sort, column.name));
  write(indicator, sortIndicator(sort, column.name));
}
