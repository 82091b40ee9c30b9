import { listen } from "./events";

/** Grows with every change of what is remembered, because a page may reload into a newer bundle. */
const VERSION = 1;

/** The views of each table on this page, by number; a view that comes again takes the number that is free. */
const taken = new Map<string, Set<number>>();

/**
 * Remembers how somebody set up a view until the tab is closed.
 *
 * In the tab and not in the widget's state, because what people look for would be saved with the notebook.
 */
export class SessionStorage<Setup> {
  readonly #name: string;
  readonly #setup: () => Setup;
  #written = "";

  constructor(table: string, setup: () => Setup, signal: AbortSignal) {
    const numbers = taken.get(table) ?? new Set();
    taken.set(table, numbers);
    let number = 0;
    while (numbers.has(number)) {
      number += 1;
    }
    numbers.add(number);
    this.#name = `rtwidget ${VERSION} ${table} ${number}`;
    this.#setup = setup;
    // A reload aborts no signal.
    listen(window, "pagehide", signal, () => this.write());
    signal.addEventListener("abort", () => {
      this.write();
      numbers.delete(number);
    });
  }

  /** What was remembered before, if anything was. */
  read(): Setup | null {
    const text = storage()?.getItem(this.#name) ?? null;
    // Nothing is checked, because the version in the name vouches for the shape.
    return text === null ? null : (JSON.parse(text) as Setup);
  }

  /** Remember how the view is set up now. */
  write(): void {
    const text = JSON.stringify(this.#setup());
    if (text !== this.#written) {
      this.#written = text;
      try {
        storage()?.setItem(this.#name, text);
      } catch {
        // The page has filled it, and a table that forgets its setup is still a table.
      }
    }
  }
}

/** Frames without an origin of their own, as some notebooks have them, may not store anything. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
