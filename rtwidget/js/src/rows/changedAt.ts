import type { Frame } from "../kernel/fromKernel";
import { duration } from "../page/humanize";

/** A line of a tooltip that says when a row changed last, or nothing where that is not known. */
export function changedAt(frame: Frame | null, key: string, now: number | null): string {
  const at = frame?.times?.[frame.keys.indexOf(key)] ?? null;
  return at === null || now === null ? "" : `\nThis row changed ${duration(now - at)} ago.`;
}
