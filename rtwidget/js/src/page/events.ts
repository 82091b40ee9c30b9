/** What happens in a page, told until a signal aborts: a view that went must leave nothing behind. */

type Events = HTMLElementEventMap & DocumentEventMap & WindowEventMap;

/** Listen until the signal aborts. */
export function listen<Type extends keyof Events>(
  target: EventTarget,
  type: Type,
  signal: AbortSignal,
  listener: (event: Events[Type]) => void,
  options: AddEventListenerOptions = {},
): void {
  target.addEventListener(type, listener as EventListener, { signal, ...options });
}

/** Call back whenever the element's size changes. */
export function onResize(element: Element, signal: AbortSignal, action: () => void): void {
  observe(new ResizeObserver(action), element, signal);
}

/** Tell whether anybody can see the element. */
export function onVisibility(
  element: Element,
  signal: AbortSignal,
  tell: (visible: boolean) => void,
): void {
  // Until the observer tells, so that the first rows do not wait for it.
  let onScreen = true;
  const report = () => tell(onScreen && document.visibilityState === "visible");
  const observer = new IntersectionObserver((entries) => {
    // Several may have gathered, and the last one is the newest.
    onScreen = entries.at(-1)?.isIntersecting ?? onScreen;
    report();
  });
  observe(observer, element, signal);
  listen(document, "visibilitychange", signal, report);
}

/** Tell when the page is left, and when a page that the browser kept comes back. */
export function onPageLeft(signal: AbortSignal, who: { bye(): void; back(): void }): void {
  // Not `unload`, which keeps browsers from bringing a page back as it was.
  listen(window, "pagehide", signal, () => who.bye());
  // A page that was not kept is a new one, whose views say hello by themselves.
  listen(window, "pageshow", signal, (event) => event.persisted && who.back());
}

/** JupyterLab and Notebook 7. */
const CELL = ".jp-Cell";

/**
 * Returns a test whether an element that goes leaves behind the cell whose output it was in.
 *
 * A notebook that is closed and a cell that is moved take their outputs with them, and show them again later. Elsewhere nothing is known.
 */
export function watchCell(element: Element, signal: AbortSignal): () => boolean {
  let cell: Element | null = null;
  // A view may be made before it is in the page, and no event tells when it comes there.
  const observer = new IntersectionObserver(() => {
    cell = element.closest(CELL) ?? cell;
  });
  observe(observer, element, signal);
  return () => cell?.isConnected === true;
}

function observe(
  observer: ResizeObserver | IntersectionObserver,
  element: Element,
  signal: AbortSignal,
): void {
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect());
}
