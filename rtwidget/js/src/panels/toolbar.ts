import type { Clock } from "../page/clock";
import { button, make, write } from "../page/dom";
import { listen } from "../page/events";
import { counted } from "../page/humanize";
import { Timers, TYPING_MS } from "../page/timers";

/** What the toolbar asks of its view. */
export interface ToolbarHooks {
  search(text: string): void;
  toggleFilters(shown: boolean): void;
  clear(): void;
  hold(held: boolean): void;
}

/** The line above the grid: search, filters, and what else can be done with the rows. */
export class Toolbar {
  readonly element = make("div", { class: "toolbar", role: "toolbar", "aria-label": "Table" });
  readonly #hooks: ToolbarHooks;
  readonly #timers: Timers<"typing">;
  readonly #search = make("input", {
    type: "search",
    class: "search",
    placeholder: "Search all columns",
    "aria-label": "Search all columns",
    spellcheck: "false",
    autocomplete: "off",
  });
  readonly #filters = button("Filters", { "aria-pressed": "false" });
  readonly #pause = button("Pause", { class: "pause", "aria-pressed": "false" });
  readonly #clear = button("Clear all", { hidden: "" });

  constructor(hooks: ToolbarHooks, clock: Clock, signal: AbortSignal) {
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
    listen(this.#search, "input", signal, () => this.#typed());
    listen(this.#filters, "click", signal, () => this.#toggle());
    listen(this.#clear, "click", signal, () => this.#clearAll());
    // By what the last frame said, which the button shows, and not by what was pressed last.
    listen(this.#pause, "click", signal, () => hooks.hold(this.#pause.ariaPressed !== "true"));
    this.element.append(this.#search, this.#filters, this.#clear, this.#pause);
  }

  /** Add buttons before the last ones. */
  add(...buttons: HTMLButtonElement[]): void {
    this.#clear.before(...buttons);
  }

  /** Show what was looked for before, and the filters when there are some. */
  restore(search: string, hasFilters: boolean): void {
    this.#search.value = search;
    if (hasFilters) {
      this.#toggle();
    }
  }

  /** Show whether anything narrows the rows. */
  setNarrowed(narrowed: boolean): void {
    this.#clear.hidden = !narrowed;
  }

  /** Show whether the picture is held, and how many changes wait. */
  setHeld(waiting: number | null): void {
    this.#pause.ariaPressed = String(waiting !== null);
    write(
      this.#pause,
      waiting === null ? "Pause" : `Resume · ${counted(waiting, "change")} waiting`,
    );
  }

  #typed(): void {
    this.#timers.start("typing", TYPING_MS, () => this.#hooks.search(this.#search.value.trim()));
  }

  #toggle(): void {
    const shown = this.#filters.ariaPressed !== "true";
    this.#filters.ariaPressed = String(shown);
    this.#hooks.toggleFilters(shown);
  }

  #clearAll(): void {
    // A search that was typed a moment ago must not follow.
    this.#timers.stop("typing");
    this.#search.value = "";
    // It hides now, and who pressed it by key must not lose their place.
    this.#search.focus();
    this.#hooks.clear();
  }
}
