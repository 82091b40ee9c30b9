/** Undoes what it was returned for; calling it twice does no harm. */
export type Cancel = () => void;

/** Time as the modules see it, so that tests can bring their own. */
export interface Clock {
  /** Milliseconds on a clock that never jumps. */
  now(): number;
  /** Run once after a delay. */
  after(delayMs: number, action: () => void): Cancel;
  /** Run once just before the next paint. */
  beforePaint(action: () => void): Cancel;
}

/** The page's clock; everything it still holds is dropped when the signal aborts. */
export function pageClock(signal: AbortSignal): Clock {
  const held = new Set<Cancel>();
  signal.addEventListener("abort", () => {
    for (const cancel of held) {
      cancel();
    }
  });
  const hold = (start: (run: () => void) => Cancel, action: () => void): Cancel => {
    if (signal.aborted) {
      return () => undefined;
    }
    const stop = start(() => {
      held.delete(cancel);
      action();
    });
    const cancel = () => {
      held.delete(cancel);
      stop();
    };
    held.add(cancel);
    return cancel;
  };
  return {
    now: () => performance.now(),
    after: (delayMs, action) =>
      hold((run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      }, action),
    beforePaint: (action) =>
      hold((run) => {
        const request = requestAnimationFrame(run);
        return () => cancelAnimationFrame(request);
      }, action),
  };
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
