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
    // Each takes itself out of the set, which a set allows while it is gone through.
    for (const cancel of held) {
      cancel();
    }
  });
  const hold = (start: (run: () => void) => Cancel, action: () => void): Cancel => {
    // What starts itself again would tick on for ever after its view has gone.
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
