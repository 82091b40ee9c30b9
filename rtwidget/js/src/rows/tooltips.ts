import type { Frame } from "../kernel/fromKernel";
import { listen } from "../page/events";
import { duration } from "../page/humanize";
import type { Rows } from "./rows";

/** Where tooltips learn when a row changed: the frame on the screen, and the kernel's clock in seconds. */
export interface Ages {
  frame(): Frame | null;
  now(): number | null;
}

/** Write a cell's tooltip when the pointer comes, because writing all of them costs every paint. */
export function addTooltips(rows: Rows, ages: Ages, signal: AbortSignal): void {
  const explain = ({ target }: Event) => {
    const cell = rows.whole(target);
    cell?.element.setAttribute("title", cell.text + changedAt(cell.key, ages));
  };
  // Not `mouseenter`, which does not bubble to one listener for all cells.
  listen(rows.element, "mouseover", signal, explain);
}

/** A line that says when a row changed last, or nothing where that is not known. */
function changedAt(key: string, ages: Ages): string {
  const [frame, now] = [ages.frame(), ages.now()];
  const at = frame?.times?.[frame.keys.indexOf(key)] ?? null;
  return at === null || now === null ? "" : `\nThis row changed ${duration(now - at)} ago.`;
}
