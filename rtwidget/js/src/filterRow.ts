import type { Column, Counted, Filter, Kind } from "./contract";
import { make } from "./dom";
import { choice, IS_NOT_NULL, IS_NULL, parseFilter, placeholder } from "./filterText";
import type { Clock } from "./lifetime";
import { pinAt } from "./pins";
import { Timers } from "./timers";
import { count } from "./words";

const TYPING_MS = 200;

/** What was typed, by column, with the kind by which it is read. */
export type Typed = readonly [column: string, kind: Kind, text: string][];

/** What the row of filters asks of its view. */
export interface FilterHooks {
  filter(filters: readonly Filter[]): void;
  /** Somebody is about to choose from the values of a column. */
  offer(column: string): void;
}

/** The row under the header in which each column can be filtered. */
export class FilterRow {
  readonly element = make("tr", { class: "filters", role: "row", hidden: "" });
  readonly #hooks: FilterHooks;
  readonly #timers: Timers<"typing">;
  #columns: readonly Column[] = [];
  #inputs: HTMLInputElement[] = [];
  /** Kept by name, because a column that is hidden still narrows the rows. */
  readonly #typed = new Map<string, [Kind, string]>();

  constructor(hooks: FilterHooks, clock: Clock, signal: AbortSignal) {
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
    this.element.addEventListener("input", ({ target }) => this.#changed(target), { signal });
    this.element.addEventListener("focusin", ({ target }) => this.#entered(target), { signal });
  }

  /** Set the columns, as they stand on the screen; what was typed stays with its column, and so does who types there. */
  setColumns(columns: readonly Column[], pinned: number): void {
    const before = new Map(this.#columns.map(({ name }, index) => [name, this.#inputs[index]]));
    const entered = this.#inputs.find((input) => input.matches(":focus"));
    this.#columns = columns;
    this.#inputs = columns.map(({ name, kind }, index) => {
      const input = before.get(name) ?? newInput(name);
      input.placeholder = placeholder(kind);
      input.setAttribute("list", `values-${index}`);
      input.value = this.#typed.get(name)?.[1] ?? "";
      return input;
    });
    const cells = this.#inputs.map((input, index) => {
      const list = make("datalist", { id: `values-${index}` }, ...plain());
      const cell = make("td", { role: "gridcell" }, input, list);
      pinAt(cell, index, pinned);
      return cell;
    });
    this.element.replaceChildren(...cells, make("td", { class: "filler", "aria-hidden": "true" }));
    entered?.focus({ preventScroll: true });
  }

  /** Offer the values of a column, the most frequent ones first. */
  offer(column: string, values: readonly Counted[]): void {
    const index = this.#columns.findIndex(({ name }) => name === column);
    const list = this.#inputs[index]?.nextElementSibling;
    const known = values.filter(([value]) => value !== null && value !== "");
    const options = known.map(([value, rows]) =>
      make("option", { value: choice(value), label: `${value} (${count(rows)})` }),
    );
    const nulls = values.find(([value]) => value === null)?.[1];
    list?.replaceChildren(...options, ...plain(nulls));
  }

  /** Put the cursor into the first filter. */
  focus(): void {
    this.#inputs[0]?.focus();
  }

  /** Forget everything that was typed. */
  clear(): void {
    for (const input of this.#inputs) {
      input.value = "";
    }
    this.#typed.clear();
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

  #changed(target: EventTarget | null): void {
    const input = target instanceof HTMLInputElement ? target : null;
    const column = input === null ? undefined : this.#columns[this.#inputs.indexOf(input)];
    if (input !== null && column !== undefined) {
      this.#typed.set(column.name, [column.kind, input.value]);
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
    const index = target instanceof HTMLInputElement ? this.#inputs.indexOf(target) : -1;
    const column = this.#columns[index];
    if (column) {
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
    autocomplete: "off",
  });
}

/** What is offered in every column; of the nulls it is told how many there are, where that is known. */
function plain(nulls?: number): HTMLElement[] {
  const told = nulls === undefined ? {} : { label: `${IS_NULL} (${count(nulls)})` };
  return [make("option", { value: IS_NULL, ...told }), make("option", { value: IS_NOT_NULL })];
}
