/** JupyterLab and Notebook 7. */
const CELL = ".jp-Cell";

/**
 * Returns a test whether an element that goes leaves behind the cell whose output it was in.
 *
 * A notebook that is closed and a cell that is moved take their outputs with them, and show them again later. Elsewhere nothing is known.
 */
export function watchCell(element: Element, signal: AbortSignal): () => boolean {
  let cell: Element | null = null;
  const observer = new IntersectionObserver(() => {
    cell = element.closest(CELL) ?? cell;
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
  return () => cell?.isConnected === true;
}

/** Call back whenever the element's size changes, until the signal aborts. */
export function onResize(element: Element, signal: AbortSignal, action: () => void): void {
  const observer = new ResizeObserver(action);
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}

/** Tell whether anybody can see the element, until the signal aborts. */
export function onVisibility(
  element: Element,
  signal: AbortSignal,
  tell: (visible: boolean) => void,
): void {
  let onScreen = true;
  const report = () => tell(onScreen && document.visibilityState === "visible");
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting ?? onScreen;
    report();
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
  document.addEventListener("visibilitychange", report, { signal });
}

/** Tell when the page is left, and when a page that the browser kept comes back, until the signal aborts. */
export function onPageLeft(signal: AbortSignal, who: { bye(): void; back(): void }): void {
  window.addEventListener("pagehide", () => who.bye(), { signal });
  window.addEventListener("pageshow", (event) => event.persisted && who.back(), { signal });
}
