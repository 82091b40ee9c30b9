import type { AnyModel, RenderProps } from "@anywidget/types";
import type { Kernel, Traits } from "./kernel/kernel";
import { mountView } from "./view/mountView";

function render({ model, el, signal }: RenderProps<Traits>): void {
  mountView(el, kernelOf(model, signal), signal);
}

function kernelOf(model: AnyModel<Traits>, signal: AbortSignal): Kernel {
  const listen: Listen = (name, listener) => {
    model.on(name, listener);
    signal.addEventListener("abort", () => model.off(name, listener));
  };
  return {
    read: (name) => model.get(name),
    send: (message) => model.send(message),
    onMessage: (listener) => listen("msg:custom", listener),
    onChange: (name, listener) => listen(`change:${name}`, () => listener()),
    onCommChange: (listener) => listen("comm_live_update", () => listener()),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the model's events bring what they like
type Listen = (name: string, listener: (payload: any) => void) => void;

// Nothing is initialised: a view says hello itself, and a slow initialize would cost all messages.
export default { render };
