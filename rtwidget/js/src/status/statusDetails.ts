import type { Status } from "../kernel/contract";
import { count, counted, delay, duration } from "../page/humanize";

/** What is known of the rows in a state: how many, how old, and what happens next. */
export function detailsOf(status: Status, now: number | null, stale: boolean): string[] {
  switch (status.state) {
    case "connecting":
      return attempt(status);
    case "loading":
      return catchingUp(status) ? rows(status) : [loaded(status)];
    case "polling": {
      const every = status.poll_every_s;
      const pace = every === null ? [] : [`every ${duration(every)}`];
      return [...pace, ...rows(status), ...verified(status, now, stale)];
    }
    case "live":
      return [...rows(status), ...verified(status, now, stale), ...lag(status)];
    case "offline":
      return [...nextTry(status, now), ...rows(status), ...verified(status, now, stale)];
    case "paused":
      return [...rows(status), ...verified(status, now, stale), "changes are not shown"];
    default:
      return status.rows === null ? [] : [...rows(status), ...verified(status, now, true)];
  }
}

/** All rows were there once, and what was missed since is being read. */
export function catchingUp({ state, verified_at: at }: Status): boolean {
  return state === "loading" && at !== null;
}

function rows({ rows }: Status): string[] {
  return rows === null ? [] : [counted(rows, "row")];
}

function loaded({ rows, expected_rows: expected }: Status): string {
  const known = rows ?? 0;
  // What is expected is an estimate, and is dropped once there are more.
  return expected === null || expected < known
    ? counted(known, "row")
    : `${count(known)} of about ${counted(expected, "row")}`;
}

function verified({ verified_at: at }: Status, now: number | null, stale: boolean): string[] {
  if (at === null) {
    return ["not yet verified"];
  }
  if (now === null) {
    return [];
  }
  return [`${stale ? "last verified" : "verified"} ${duration(now - at)} ago`];
}

function lag({ lag_ms: milliseconds }: Status): string[] {
  return milliseconds === null ? [] : [`lag ${delay(milliseconds)}`];
}

function attempt({ attempt: number }: Status): string[] {
  return number === null || number < 2 ? [] : [`attempt ${count(number)}`];
}

function nextTry(status: Status, now: number | null): string[] {
  if (status.retry_at === null || now === null) {
    return attempt(status);
  }
  const seconds = Math.ceil(status.retry_at - now);
  const when = seconds > 0 ? `next try in ${duration(seconds)}` : "trying now";
  const which = status.attempt === null ? [] : [`attempt ${count(status.attempt)}`];
  return [when, ...which];
}
