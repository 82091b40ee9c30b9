// Counts what a page holds, so that a test can see that a disposed view holds nothing.
const timers = new Set();
const observers = new Set();
const unsignalled = [];

for (const [start, stop] of [
  ["setTimeout", "clearTimeout"],
  ["requestAnimationFrame", "cancelAnimationFrame"],
]) {
  const [begin, cancel] = [window[start].bind(window), window[stop].bind(window)];
  const name = (id) => `${start} ${id}`;
  window[start] = (action, ...rest) => {
    const id = begin((...values) => {
      timers.delete(name(id));
      action(...values);
    }, ...rest);
    timers.add(name(id));
    return id;
  };
  window[stop] = (id) => {
    timers.delete(name(id));
    cancel(id);
  };
}

for (const name of ["ResizeObserver", "IntersectionObserver"]) {
  window[name] = class extends window[name] {
    observe(target) {
      observers.add(this);
      super.observe(target);
    }
    disconnect() {
      observers.delete(this);
      super.disconnect();
    }
  };
}

const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  const isOurs = new Error().stack.includes("widget.js");
  if (isOurs && !(this instanceof AbortSignal) && !options?.signal) {
    unsignalled.push(type);
  }
  listen.call(this, type, listener, options);
};

export const audit = () => ({ timers: [...timers], observers: observers.size, unsignalled });
