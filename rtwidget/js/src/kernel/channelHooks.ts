import type { ShownAs } from "./contract";
import type { Beat, Copied, Frame, Refusal, Values, WholeRow } from "./fromKernel";
import type { ToKernel } from "./toKernel";

/** What is known about the kernel: it was asked, answers, lags, is silent, or its comm closed. */
export type Link = "asking" | "open" | "busy" | "silent" | "closed";

/** Where a channel puts what it has to say. */
export interface ChannelHooks {
  send(message: ToKernel): void;
  /** How the view draws its cells now. */
  shownAs(): ShownAs;
  /** A window of rows came; `isLast` when it answers the last wish. */
  frame(frame: Frame, isLast: boolean): void;
  refusal(refusal: Refusal): void;
  beat(beat: Beat): void;
  values(values: Values): void;
  row(row: WholeRow): void;
  copied(copied: Copied): void;
  link(link: Link): void;
}
