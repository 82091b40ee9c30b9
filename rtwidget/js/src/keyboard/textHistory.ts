/** What a text field holds, and what of it is selected. */
export interface TextState {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** More steps back than anybody takes in a line of text. */
const MOST_STATES = 200;

/** What one text field held, to be taken back and done again. */
export class TextHistory {
  readonly #states: TextState[];
  #at = 0;

  constructor(first: TextState) {
    this.#states = [first];
  }

  /** Note what the field holds now; what goes on with the last change is taken back with it. */
  note(now: TextState, goesOn: boolean): void {
    if (now.value === this.#states[this.#at]?.value) {
      return;
    }
    // What was taken back can be done again only until something else is typed.
    this.#states.length = this.#at + 1;
    // The first state stays: it is what the field held before anybody typed.
    if (goesOn && this.#at > 0) {
      this.#states.pop();
    }
    this.#states.push(now);
    this.#states.splice(0, this.#states.length - MOST_STATES);
    this.#at = this.#states.length - 1;
  }

  /** Go a step back or forth; null when there is none. */
  step(by: -1 | 1): TextState | null {
    const state = this.#states[this.#at + by];
    if (state === undefined) {
      return null;
    }
    this.#at += by;
    return state;
  }
}
