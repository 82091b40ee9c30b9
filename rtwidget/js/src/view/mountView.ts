import type { Kernel } from "../kernel/kernel";
import { KeyboardIsolation } from "../keyboard/keyboardIsolation";
import { make } from "../page/dom";
import { onPageLeft, onVisibility, watchCell } from "../page/events";
import { STYLES } from "../styles/styles";
import { fillView } from "./view";

/** Put one view of the table into an element of a page; it lives until the signal aborts. */
export function mountView(host: HTMLElement, kernel: Kernel, signal: AbortSignal): void {
  const shell = make("div");
  // In a shadow root the notebook's styles do not reach the table, nor the table's the notebook.
  const root = shell.attachShadow({ mode: "open" });
  const box = make("div", { class: "rtwidget" });
  root.append(make("style", {}, ...STYLES), box);
  host.append(shell);
  // In the host by now, so that fonts and room can be measured.
  const channel = fillView(box, kernel, signal);
  new KeyboardIsolation(root, signal);
  onVisibility(shell, signal, (visible) => channel.setVisible(visible));
  onPageLeft(signal, channel);
  const leavesCell = watchCell(shell, signal);
  signal.addEventListener("abort", () => {
    channel.bye(leavesCell());
    shell.remove();
  });
}
