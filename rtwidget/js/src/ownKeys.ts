const SUPPRESS = "data-lm-suppress-shortcuts";
const PAGES_OWN: ReadonlySet<string> = new Set(["Tab", "Escape"]);

/**
 * Keep plain keys to ourselves: in a notebook `x` cuts the cell and `d d` deletes it.
 *
 * Tab, Escape and keys with Ctrl, Alt or Cmd stay the page's, but for copying. JupyterLab listens where keys arrive
 * last, but others of its kind listen first, and those look for the attribute. It would also
 * stop Ctrl+S, so it is there only for the keys that are ours.
 */
export function keepPlainKeys(host: HTMLElement, signal: AbortSignal): void {
  const mark = (event: KeyboardEvent) => {
    if (event.composedPath().includes(host)) {
      host.removeAttribute(SUPPRESS);
      if (isPlain(event)) {
        host.setAttribute(SUPPRESS, "true");
      }
    }
  };
  const stop = (event: KeyboardEvent) => {
    if (isPlain(event)) {
      event.stopPropagation();
    }
  };
  window.addEventListener("keydown", mark, { signal, capture: true });
  host.addEventListener("keydown", stop, { signal });
}

function isPlain({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const copies = (ctrlKey || metaKey) && !altKey && key === "c";
  return copies || !(altKey || ctrlKey || metaKey || PAGES_OWN.has(key));
}
