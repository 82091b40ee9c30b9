import type { Link } from "../kernel/channelHooks";
import type { Problem, Status } from "../kernel/contract";
import { count, counted } from "../page/humanize";
import { catchingUp, detailsOf } from "./statusDetails";

/** Everything the status line depends on. */
export interface Situation {
  status: Status | null;
  link: Link;
  /** The kernel's clock in seconds; null while it is unknown, and then no age is shown. */
  now: number | null;
  /** How many rows changed since all rows were there first. */
  changes: number;
  /** How many rows the filters of this view leave, or null without filters. */
  matching: number | null;
  /** How many changes wait while the picture of this view is held, or null while it is not. */
  waiting: number | null;
  /** The rows keep their order, because somebody chooses from a list. */
  isOrderHeld?: boolean;
  /** A request of this view that the kernel refused. */
  refusal: Problem | null;
}

/** The colour of the dot; the words say the same. */
export type Tone = "good" | "wait" | "warn" | "bad" | "off";

/** What the status line says. */
export interface Line {
  word: string;
  tone: Tone;
  details: string[];
  /** Share of the rows that have come, from 0 to 1, or null where nobody knows. */
  progress: number | null;
  canRetry: boolean;
  /** The rows on screen may be old. */
  stale: boolean;
  /** Somebody wanted it so: neither old rows nor the problem are an alarm. */
  calm: boolean;
  problem: Problem | null;
}

const TONES = {
  connecting: "wait",
  loading: "wait",
  live: "good",
  polling: "good",
  offline: "bad",
  paused: "off",
  failed: "bad",
  closed: "off",
} as const satisfies Record<Status["state"], Tone>;

const WORDS = {
  connecting: "Connecting",
  loading: "Loading",
  live: "Live",
  polling: "Polling",
  offline: "Offline",
  paused: "Paused",
  failed: "Failed",
  closed: "Closed",
} as const satisfies Record<Status["state"], string>;

const OLD: ReadonlySet<Status["state"]> = new Set(["offline", "paused", "failed", "closed"]);

/** States in which changes are seen as they happen. */
const SEEN: ReadonlySet<Status["state"]> = new Set(["live", "polling"]);

const LINKS = {
  silent: { word: "Kernel not answering", hint: "The rows below may be old." },
  closed: { word: "Kernel gone", hint: "Run the cell again to connect." },
} as const;

/** Put the situation into words. */
export function describe(situation: Situation): Line {
  const { status, link, now, refusal, changes } = situation;
  if (link === "silent" || link === "closed") {
    const { word, hint } = LINKS[link];
    // As if closed: without the kernel nothing is counted down.
    const known = [...(status ? detailsOf({ ...status, state: "closed" }, now, true) : []), hint];
    return { ...PLAIN, word, tone: "bad", details: known, stale: true };
  }
  // A state that nobody confirmed yet may be hours old: a page was opened again.
  if (status === null || link === "asking") {
    return { ...PLAIN, word: "Connecting", tone: "wait", details: ["waiting for the kernel"] };
  }
  const stale = OLD.has(status.state) || catchingUp(status);
  const seen = changes > 0 && SEEN.has(status.state) ? [counted(changes, "change")] : [];
  const isHeld = situation.waiting !== null;
  const matching = situation.matching === null ? [] : [`${count(situation.matching)} match`];
  const line: Line = {
    word: catchingUp(status) ? "Catching up" : WORDS[status.state],
    tone: TONES[status.state],
    details: [
      ...(isHeld ? ["picture held"] : situation.isOrderHeld ? ["order held"] : []),
      ...matching,
      ...detailsOf(status, now, stale),
      ...seen,
    ],
    progress: progress(status),
    canRetry: status.state === "offline",
    stale: stale || isHeld,
    calm: (status.state === "paused" || (isHeld && !stale)) && refusal === null,
    // What somebody has just asked for comes first.
    problem: refusal ?? status.error,
  };
  if (link === "busy") {
    // A busy kernel must not make an outage look harmless.
    const tone = line.tone === "bad" ? "bad" : "warn";
    return { ...line, tone, details: ["kernel busy", ...line.details] };
  }
  return line;
}

const PLAIN = {
  progress: null,
  canRetry: false,
  stale: false,
  calm: false,
  problem: null,
} as const satisfies Partial<Line>;

function progress(status: Status): number | null {
  const { state, rows, expected_rows: expected } = status;
  if (state !== "loading" || catchingUp(status) || expected === null || expected <= 0) {
    return null;
  }
  // More may come than was estimated.
  return Math.min(1, (rows ?? 0) / expected);
}
