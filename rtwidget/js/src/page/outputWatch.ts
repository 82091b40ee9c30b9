/** JupyterLab and Notebook 7. */
const CELL = ".jp-Cell";

/**
 * Returns a test whether an element that goes leaves behind the cell whose output it was in.
 *
 * A notebook that is closed and a cell that is moved take their outputs with them, and show them again later. Elsewhere nothing is known.
 */
export function outputWatch(element: Element, signal: AbortSignal): () => boolean {
  let cell: Element | null = null;
  const observer = new IntersectionObserver(() => {
    cell = element.closest(CELL) ?? cell;
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
  return () => cell?.isConnected === true;
}
