import type { Situation } from "./statusLine";

// To whom policies show nothing, the database answers with no rows and without an error.
const NO_ROWS = "No rows match, or your role may see none (row-level security).";

/** What stands where rows would stand, or null where rows do. */
export function emptyText(
  { status, link, matching }: Situation,
  columns: number,
  total: number | null,
): string | null {
  if (total !== null && total > 0 && columns > 0) {
    return null;
  }
  if (matching === 0) {
    return "No row matches what you look for.";
  }
  if (link === "silent" || link === "closed" || status?.state === "failed") {
    return "Nothing to show.";
  }
  if (status === null || link === "asking" || status.state === "connecting") {
    return "Connecting…";
  }
  if (status.state === "offline" && status.verified_at === null) {
    return "Nothing to show yet.";
  }
  // A table without rows may have no columns either, because nothing told the kernel of them.
  const rows = total ?? status.rows;
  return status.state === "loading" || rows !== 0 ? "Loading…" : NO_ROWS;
}
