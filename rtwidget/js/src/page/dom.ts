/** Make an element with attributes; a class is an attribute like any other. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Make a button. */
export function button(text: string, attributes: Record<string, string> = {}): HTMLButtonElement {
  return make("button", { type: "button", ...attributes }, text);
}

/** Write text only where it differs, because equal writes still cost layout and speech. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Set an attribute only where it differs; null takes it away. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** A cell without anything in it, which nobody hears of. */
export function filler(tag: "td" | "th"): HTMLElement {
  return make(tag, { class: "filler", "aria-hidden": "true" });
}

/** Have an element hold these and nothing else; those that it holds in this order stay where they are, with their focus and selection. */
export function setChildren(parent: Element, children: readonly Element[]): void {
  // Those that go are taken out first: then what stays needs no move, which would cost its focus.
  const wanted = new Set(children);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) {
      next = child.nextElementSibling;
    } else {
      parent.insertBefore(child, next);
    }
  }
}

/** The field at an event's target, where that is one in which text is typed. */
export function fieldOf(target: EventTarget | null): HTMLInputElement | null {
  // `:read-write` leaves out checkboxes, and fields that are locked.
  return target instanceof HTMLInputElement && target.matches(":read-write") ? target : null;
}
