import type { Problem } from "../kernel/contract";
import { button, make, write } from "../page/dom";
import { listen } from "../page/events";
import type { Line } from "./statusLine";

/** The line under the grid that says how fresh the rows are, and the problem when there is one. */
export class StatusBar {
  readonly element = make("div", { class: "status" });
  readonly #title = make("span", { class: "title" });
  readonly #dot = make("span", { class: "dot", "aria-hidden": "true" });
  // Only this word is spoken: ages and counts change every second.
  readonly #word = make("span", { class: "word", role: "status", "aria-live": "polite" });
  readonly #details = make("span", { class: "details" });
  readonly #fill = make("span", { class: "fill" });
  readonly #progress = make("span", { class: "progress", role: "progressbar" }, this.#fill);
  readonly #retry = button("Retry now", { class: "retry" });
  readonly #problem = make("div", { class: "problem" });
  #shownProblem = "";

  constructor(retry: () => void, signal: AbortSignal) {
    listen(this.#retry, "click", signal, retry);
    const line = make("div", { class: "line" });
    line.append(this.#title, this.#dot, this.#word, this.#details, this.#progress, this.#retry);
    this.element.append(line, this.#problem);
    this.#progress.ariaLabel = "Rows loaded";
    this.#progress.ariaValueMin = "0";
    this.#progress.ariaValueMax = "100";
  }

  /** How high the problem stands, in pixels. */
  get problemPx(): number {
    return this.#problem.offsetHeight;
  }

  /** Name the table. */
  setTitle(title: string): void {
    write(this.#title, title);
  }

  /** Show what the line says now; true when the problem under it is another than before. */
  show(line: Line): boolean {
    this.#dot.className = `dot ${line.tone}`;
    write(this.#word, line.word);
    write(this.#details, line.details.map((detail) => ` · ${detail}`).join(""));
    this.#progress.hidden = line.progress === null;
    if (line.progress !== null) {
      const percent = Math.round(line.progress * 100);
      this.#fill.style.width = `${percent}%`;
      this.#progress.ariaValueNow = String(percent);
    }
    this.#retry.hidden = !line.canRetry;
    this.#problem.classList.toggle("calm", line.calm);
    return this.#showProblem(line.problem);
  }

  #showProblem(problem: Problem | null): boolean {
    // Writing it again each second would take away what the reader is selecting.
    const now = JSON.stringify(problem);
    if (now === this.#shownProblem) {
      return false;
    }
    this.#shownProblem = now;
    this.#problem.hidden = problem === null;
    const hint = pieces(problem?.hint ?? "").map(({ text, code }) =>
      make(code ? "code" : "span", {}, text),
    );
    const message = make("span", { class: "message" }, problem?.message ?? "");
    this.#problem.replaceChildren(message, " ", ...hint);
    return true;
  }
}

/** A piece of a sentence, as prose or as code. */
export interface Piece {
  text: string;
  code: boolean;
}

/**
 * Cut a sentence at its backticks; what stands between two of them is code.
 *
 * A full stop at the end of code ends the sentence, and would spoil what people copy.
 */
export function pieces(sentence: string): Piece[] {
  return sentence
    .split("`")
    .flatMap((text, index) => {
      const code = index % 2 === 1;
      return code && text.endsWith(".")
        ? [
            { text: text.slice(0, -1), code },
            { text: ".", code: false },
          ]
        : [{ text, code }];
    })
    .filter(({ text }) => text !== "");
}
