import type { FromKernel, Traits } from "./contract";
import type { ToKernel } from "./toKernel";

/** The kernel as a view sees it; whatever carries the messages stays outside. */
export interface Kernel {
  read<Name extends keyof Traits>(name: Name): Traits[Name];
  send(message: ToKernel): void;
  onMessage(listener: (message: FromKernel) => void): void;
  onChange(name: keyof Traits, listener: () => void): void;
  onCommChange(listener: () => void): void;
}
