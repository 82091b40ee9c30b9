import { fieldOf } from "../page/dom";
import { listen } from "../page/events";
import { FieldUndo } from "./fieldUndo";
import { isModifier, Keymap } from "./keymap";

const SUPPRESS = "data-lm-suppress-shortcuts";
/** Around the notebook itself, so that nothing that changes a cell is bound there. */
const DOCUMENT = ".jp-mod-searchable";
/** Saving, the palette and the search. */
const MARIMOS: ReadonlySet<string> = new Set("skf");

/**
 * Keeps keys that are pressed in a view from the notebook, where they would cut cells, merge or run them.
 *
 * A notebook does not know that somebody types here: when the focus moves inside a shadow root, nothing is told outside. So no
 * key leaves the view. Those that are not its own are told to the page, as if they had been pressed there. Jupyter
 * finds a shortcut by the selector that it is bound to, and so finds the application's own (save, the palette),
 * and none that somebody bound to a notebook, a cell or an output.
 */
export class KeyboardIsolation {
  readonly #root: ShadowRoot;
  // `platform` is deprecated, but Firefox and Safari tell the system in no other way.
  readonly #rule = new Keymap(/mac/i.test(navigator.platform));
  readonly #undo: FieldUndo;

  constructor(root: ShadowRoot, signal: AbortSignal) {
    this.#root = root;
    this.#undo = new FieldUndo(root, signal);
    // For those that listen where keys arrive first.
    root.host.setAttribute(SUPPRESS, "true");
    const pressed = (event: Event) => event instanceof KeyboardEvent && this.#pressed(event);
    // Not captured: the parts of the view have their turn first.
    listen(root, "keydown", signal, pressed);
    listen(root, "contextmenu", signal, keepMenu);
  }

  #pressed(event: KeyboardEvent): void {
    event.stopPropagation();
    const field = fieldOf(event.target);
    // A part of the view has used it already.
    if (event.defaultPrevented) {
      return;
    }
    if (this.#rule.isOwn(event, field !== null)) {
      this.#edit(event, field);
    } else if (!this.#isInMarimo(event) || this.#isMarimos(event)) {
      // A copy, because an event cannot be sent elsewhere while it is under way.
      const told = new KeyboardEvent(event.type, event);
      // What the page does with a key, the browser must not do as well.
      if (!this.#placeFor(event).dispatchEvent(told)) {
        event.preventDefault();
      }
    }
  }

  /** Outside of a field there is nothing to edit, and the browser would take the whole page for it. */
  #edit(event: KeyboardEvent, field: HTMLInputElement | null): void {
    const edit = event.isComposing ? null : this.#rule.edit(event);
    const isStep = edit === "undo" || edit === "redo";
    if (isStep || (field === null && edit !== null && edit !== "copy")) {
      event.preventDefault();
    }
    if (isStep && field !== null) {
      this.#undo.step(field, edit === "undo" ? -1 : 1);
    }
  }

  /** Where a key is told: the search, and Escape that ends it, are the document's and not the page's. */
  #placeFor(event: KeyboardEvent): EventTarget {
    if (isModifier(event)) {
      // JupyterLab would wait for what it types, and take an undo that comes at once for the cell's.
      return window;
    }
    const isSearch = event.key === "Escape" || this.#rule.command(event) === "f";
    return (isSearch ? this.#root.host.closest(DOCUMENT) : null) ?? document.body;
  }

  #isInMarimo(event: KeyboardEvent): boolean {
    const isMarimo = (node: EventTarget) =>
      node instanceof Element && node.localName.startsWith("marimo-");
    return event.composedPath().some(isMarimo);
  }

  /** marimo binds what changes cells to the page as well, so only what is known to change none is told there. */
  #isMarimos(event: KeyboardEvent): boolean {
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
    return isPlain || MARIMOS.has(this.#rule.command(event));
  }
}

/** The browser's own menu cuts and pastes text; the notebook's, in its place, would cut and paste cells. */
function keepMenu(event: Event): void {
  if (fieldOf(event.target) !== null) {
    event.stopPropagation();
  }
}
