import type { Cell } from "../kernel/contract";
import { make } from "../page/dom";

const SPECIAL = /[\t\n\r"]/;

/** Rows as spreadsheets and `pandas.read_clipboard` take them; null is nothing. */
export function tsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(field).join("\t")).join("\n");
}

function field(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Put a text into the clipboard that is still to come; false when the browser does not let us.
 *
 * Jupyter is often served over plain HTTP, where pages have no clipboard, but may still copy what is selected.
 */
export async function writeClipboard(text: Promise<string>, near: HTMLElement): Promise<boolean> {
  if (window.isSecureContext && "ClipboardItem" in window) {
    // A promise, because Safari lets us write only within the event, and the text may still be on its way.
    const blob = text.then((known) => new Blob([known], { type: "text/plain" }));
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      return true;
    } catch {
      // Frames of other sites, as Colab has them, are not allowed to; the old way may be.
    }
  }
  return copySelected(await text, near);
}

function copySelected(text: string, near: HTMLElement): boolean {
  const root = near.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  // Transparent and not hidden, because only what is laid out can be selected.
  const area = make("textarea", { style: "position:fixed;opacity:0" });
  area.value = text;
  // Not into the grid, which would take this for a copy of its rows.
  root.appendChild(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) {
    focused.focus();
  }
  return isDone;
}
