import type { Clock } from "../page/clock";
import { make } from "../page/dom";

/** As long as the animation in rows.css takes. */
const FADE_MS = 600;
/** More rows than this went in one moment: that is another picture, and fading it would only be unrest. */
const MOST_AT_ONCE = 5;

/** Copies of removed rows that fade where they stood, above the rows that took their places. */
export class FadingRows {
  readonly element = make("div", { class: "fading-rows", "aria-hidden": "true" });
  readonly #clock: Clock;
  readonly #isCalm: () => boolean;

  constructor(clock: Clock, isCalm: () => boolean) {
    this.#clock = clock;
    this.#isCalm = isCalm;
  }

  /** Let rows fade that are on the screen now, and will not be in a moment. */
  fade(rows: readonly HTMLElement[]): void {
    if (rows.length > MOST_AT_ONCE || this.#isCalm()) {
      return;
    }
    for (const row of rows) {
      const copy = make("div", { class: "fading-row" });
      // Measured, because the rows are shifted by what is scrolled away of the first one.
      const { offsetParent } = this.element;
      const top =
        row.getBoundingClientRect().top - (offsetParent?.getBoundingClientRect().top ?? 0);
      copy.style.top = `${top}px`;
      // Widths are the colgroup's, and without it the copy would not lie over its row.
      const columns = row.closest("table")?.querySelector("colgroup")?.cloneNode(true);
      copy.append(make("table", {}, ...(columns ? [columns] : []), row.cloneNode(true)));
      this.element.append(copy);
      this.#clock.after(FADE_MS, () => copy.remove());
    }
  }
}
