import type { ColumnLayout } from "../columns/columnLayout";
import type { Column } from "../kernel/contract";
import { button, make } from "../page/dom";
import { listen } from "../page/events";

/** The list of columns: which are shown, and which stay at the left. */
export class ColumnsPanel {
  readonly button = button("Columns", { "aria-expanded": "false" });
  readonly element = make("div", { class: "columns", role: "group", "aria-label": "Columns" });
  readonly #layout: ColumnLayout;
  readonly #fit: () => void;
  #columns: readonly Column[] = [];

  constructor(layout: ColumnLayout, fit: () => void, signal: AbortSignal) {
    this.#layout = layout;
    this.#fit = fit;
    this.element.hidden = true;
    listen(this.button, "click", signal, () => this.#toggle());
    listen(this.element, "change", signal, (event) => this.#changed(event));
    listen(this.element, "click", signal, (event) => this.#clicked(event));
  }

  /** Set the columns. */
  setColumns(columns: readonly Column[]): void {
    this.#columns = columns;
    const [focused] = Object.entries(
      this.element.querySelector<HTMLElement>(":focus")?.dataset ?? {},
    );
    this.#refill(...(focused ?? []));
  }

  #toggle(): void {
    this.element.hidden = !this.element.hidden;
    this.button.ariaExpanded = String(!this.element.hidden);
    this.#fill();
  }

  #fill(): void {
    // It is filled when it opens.
    if (this.element.hidden) {
      return;
    }
    const entries = this.#layout.names.map((name) => {
      const box = make("input", { type: "checkbox", "data-name": name });
      box.checked = !this.#layout.isHidden(name);
      const pin = button("pin", {
        "data-pin": name,
        "aria-pressed": String(this.#layout.isPinned(name)),
        "aria-label": `pin ${name} at the left`,
      });
      return make("span", { class: "entry" }, make("label", {}, box, name), pin);
    });
    const whole = ["Fit", "Reset"].map((text) => button(text, { "data-whole": text }));
    this.element.replaceChildren(...entries, ...whole);
  }

  #changed({ target }: Event): void {
    if (target instanceof HTMLInputElement) {
      this.#layout.show(target.dataset.name ?? "", target.checked);
      this.#refill("name", target.dataset.name);
    }
  }

  #clicked({ target }: Event): void {
    const { pin, whole } = target instanceof HTMLElement ? target.dataset : {};
    if (pin !== undefined) {
      this.#layout.pin(pin, !this.#layout.isPinned(pin));
      this.#refill("pin", pin);
    } else if (whole !== undefined) {
      if (whole === "Reset") {
        this.#layout.reset(this.#columns);
      } else {
        this.#fit();
      }
      this.#refill("whole", whole);
    }
  }

  /** Who works by key keeps their place in a list that is made anew. */
  #refill(attribute = "", value = ""): void {
    this.#fill();
    if (attribute !== "") {
      this.element
        // A column's name may hold quotes, which would end the selector.
        .querySelector<HTMLElement>(`[data-${attribute}="${CSS.escape(value)}"]`)
        ?.focus();
    }
  }
}
