import { fieldOf } from "../page/dom";
import { listen } from "../page/events";
import { TextHistory, type TextState } from "./textHistory";

/** Who pauses for so long begins something new. */
const PAUSE_MS = 1000;
const STEPS: Readonly<Record<string, -1 | 1>> = { historyUndo: -1, historyRedo: 1 };

/**
 * Takes back in each text field what was typed there, and nothing else.
 *
 * Chromium and Safari keep one history for the whole page: when a field has nothing left to take back, or where no field has
 * the focus, they take back what was typed into a cell of the notebook.
 */
export class FieldUndo {
  readonly #histories = new WeakMap<HTMLInputElement, TextHistory>();
  #last = { type: "", atMs: 0 };

  constructor(root: ShadowRoot, signal: AbortSignal) {
    listen(root, "focusin", signal, (event) => this.#note(event));
    listen(root, "input", signal, (event) => this.#note(event));
    // A menu of the browser undoes without a key.
    const guard = (event: InputEvent) => this.#guard(event, root);
    listen(window, "beforeinput", signal, guard, { capture: true });
  }

  /** Take back the last change of a field, or make it again. */
  step(field: HTMLInputElement, by: -1 | 1): void {
    const history = this.#historyOf(field);
    // What a button took away, such as "Clear all", was not noted yet.
    history.note(stateOf(field), false);
    const state = history.step(by);
    // What is typed next is a step of its own.
    this.#last = { type: "", atMs: 0 };
    if (state !== null) {
      field.value = state.value;
      field.setSelectionRange(state.start, state.end);
      // A value that is set tells nobody, and the filter has to hear of it.
      field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    }
  }

  #note(event: Event): void {
    const field = fieldOf(event.target);
    if (field !== null) {
      const type = event instanceof InputEvent ? event.inputType : "";
      const last = this.#last;
      const goesOn = type !== "" && type === last.type && event.timeStamp - last.atMs < PAUSE_MS;
      this.#last = { type, atMs: event.timeStamp };
      this.#historyOf(field).note(stateOf(field), goesOn);
    }
  }

  #guard(event: InputEvent, root: ShadowRoot): void {
    const by = STEPS[event.inputType];
    // Only while the focus is in this view: elsewhere the browser undoes as ever.
    if (by !== undefined && root.activeElement !== null) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const field = fieldOf(root.activeElement);
      if (field !== null) {
        this.step(field, by);
      }
    }
  }

  #historyOf(field: HTMLInputElement): TextHistory {
    const history = this.#histories.get(field) ?? new TextHistory(stateOf(field));
    this.#histories.set(field, history);
    return history;
  }
}

function stateOf({ value, selectionStart, selectionEnd }: HTMLInputElement): TextState {
  return { value, start: selectionStart ?? value.length, end: selectionEnd ?? value.length };
}
