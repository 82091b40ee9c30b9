import type { Slots } from "../columns/columnWindow";
import { pinAt } from "../columns/pinnedColumns";
import type { Column, Filter, Kind } from "../kernel/contract";
import type { Counted } from "../kernel/fromKernel";
import type { Clock } from "../page/clock";
import { filler, make, setChildren } from "../page/dom";
import { listen } from "../page/events";
import { count } from "../page/humanize";
import { Timers, TYPING_MS } from "../page/timers";
import { choice, IS_NOT_NULL, IS_NULL, parseFilter, placeholder } from "./filterText";

/** What was typed, by column, with the kind by which it is read. */
export type Typed = readonly [column: string, kind: Kind, text: string][];

/** What the row of filters asks of its view. */
export interface FilterHooks {
  filter(filters: readonly Filter[]): void;
  /** Somebody is about to choose from the values of a column. */
  offer(column: string): void;
  /** Somebody is in a column now, which has to be drawn. */
  entered(): void;
}

interface FilterCell {
  element: HTMLElement;
  list: HTMLElement;
}

/** The row under the header in which each column can be filtered. */
export class FilterRow {
  readonly element = make("tr", { class: "filters", role: "row", hidden: "" });
  readonly #hooks: FilterHooks;
  readonly #timers: Timers<"typing">;
  #columns: readonly Column[] = [];
  #pinned = 0;
  /** By the column's place on the screen; made when it is first drawn. */
  #cells = new Map<number, FilterCell>();
  #inputs = new Map<string, HTMLInputElement>();
  #returning: HTMLInputElement | null = null;
  /** Kept by name, because a column that is hidden still narrows the rows. */
  readonly #typed = new Map<string, [Kind, string]>();

  constructor(hooks: FilterHooks, clock: Clock, signal: AbortSignal) {
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
    listen(this.element, "input", signal, ({ target }) => this.#changed(target));
    listen(this.element, "focusin", signal, ({ target }) => this.#entered(target));
  }

  /** Set the columns, as they stand on the screen; what was typed stays with its column, and so does who types there. */
  setColumns(columns: readonly Column[], pinned: number): void {
    // The row is laid anew, and an input that is taken out of the page loses the focus.
    this.#returning = this.element.querySelector("input:focus");
    this.#columns = columns;
    this.#pinned = pinned;
    // The inputs stay, and with them the cursor and what can be taken back.
    this.#cells = new Map();
  }

  /** Where somebody types, with a column on either side, for the Tab key to come to. */
  get kept(): number[] {
    const index = this.#indexOf(this.element.querySelector(":focus"));
    return index < 0 ? [] : [index - 1, index, index + 1];
  }

  /** Draw some of the columns. */
  lay(slots: Slots): void {
    const isWhole = !slots.includes(null);
    const cells = slots.map((slot) => {
      const cell = slot === null ? filler("td") : this.#cell(slot);
      // Where columns are missing, counting cells does not tell which one this is.
      cell.ariaColIndex = slot === null || isWhole ? null : String(slot + 1);
      return cell;
    });
    setChildren(this.element, [...cells, filler("td")]);
    // The notebook must not scroll only because columns came.
    this.#returning?.focus({ preventScroll: true });
    this.#returning = null;
  }

  /** Offer the values of a column, the most frequent ones first. */
  offer(column: string, values: readonly Counted[]): void {
    const index = this.#columns.findIndex(({ name }) => name === column);
    const known = values.filter(([value]) => value !== null && value !== "");
    const options = known.map(([value, rows]) =>
      make("option", { value: choice(value), label: `${value} (${count(rows)})` }),
    );
    const nulls = values.find(([value]) => value === null)?.[1];
    this.#cells.get(index)?.list.replaceChildren(...options, ...plain(nulls));
  }

  /** Forget everything that was typed. */
  clear(): void {
    for (const input of this.#inputs.values()) {
      input.value = "";
    }
    this.#typed.clear();
    // What was typed a moment ago must not come back as a filter.
    this.#timers.stop("typing");
  }

  /** What was typed, the columns on the screen last and in their order. */
  get typed(): Typed {
    const names = this.#columns.map(({ name }) => name);
    return [...this.#typed]
      .filter(([, [, text]]) => text !== "")
      .map(([name, [kind, text]]): Typed[number] => [name, kind, text])
      .sort(([one], [other]) => names.indexOf(one) - names.indexOf(other));
  }

  /** Take what was typed before, before the columns come. */
  restore(typed: Typed): void {
    for (const [name, kind, text] of typed) {
      this.#typed.set(name, [kind, text]);
    }
  }

  #cell(index: number): HTMLElement {
    const known = this.#cells.get(index);
    const column = this.#columns[index];
    if (known !== undefined || column === undefined) {
      return known?.element ?? filler("td");
    }
    const input = this.#inputs.get(column.name) ?? newInput(column.name);
    input.placeholder = placeholder(column.kind);
    // An id counts only within its shadow root, so that of another view may be the same.
    input.setAttribute("list", `values-${index}`);
    input.value = this.#typed.get(column.name)?.[1] ?? "";
    const list = make("datalist", { id: `values-${index}` }, ...plain());
    const element = make("td", { role: "gridcell" }, input, list);
    pinAt(element, index, this.#pinned);
    this.#inputs.set(column.name, input);
    this.#cells.set(index, { element, list });
    return element;
  }

  #indexOf(target: EventTarget | null): number {
    const [name] = [...this.#inputs].find(([, input]) => input === target) ?? [];
    return this.#columns.findIndex((column) => column.name === name);
  }

  #changed(target: EventTarget | null): void {
    const column = this.#columns[this.#indexOf(target)];
    if (target instanceof HTMLInputElement && column !== undefined) {
      this.#typed.set(column.name, [column.kind, target.value]);
    }
    this.#timers.start("typing", TYPING_MS, () => this.#hooks.filter(this.#filters()));
  }

  #filters(): Filter[] {
    return this.typed.flatMap(([column, kind, text]) => {
      const test = parseFilter(text, kind);
      return test === null ? [] : [{ column, ...test }];
    });
  }

  #entered(target: EventTarget | null): void {
    const column = this.#columns[this.#indexOf(target)];
    if (column) {
      this.#hooks.entered();
      this.#hooks.offer(column.name);
    }
  }
}

function newInput(name: string): HTMLInputElement {
  return make("input", {
    type: "text",
    "aria-label": `Filter ${name}`,
    title: "Text, min..max, =one|other, is null, is not null",
    spellcheck: "false",
    // The browser's own suggestions would stand where the column's values are offered.
    autocomplete: "off",
  });
}

/** What is offered in every column; of the nulls it is told how many there are, where that is known. */
function plain(nulls?: number): HTMLElement[] {
  const told = nulls === undefined ? {} : { label: `${IS_NULL} (${count(nulls)})` };
  return [make("option", { value: IS_NULL, ...told }), make("option", { value: IS_NOT_NULL })];
}
