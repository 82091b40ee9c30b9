import type { Column, Kind, Status } from "../src/kernel/contract";
import type { Frame } from "../src/kernel/fromKernel";

/** A status as the kernel sends it when all is well. */
export const LIVE: Status = {
  state: "live",
  since: 900,
  rows: 12_345,
  verified_at: 1000,
  lag_ms: 120,
  attempt: null,
  retry_at: null,
  expected_rows: null,
  error: null,
  sent_at: 1010,
  poll_every_s: null,
};

/** A frame of view `v` with two rows. */
export const FRAME: Frame = {
  kind: "frame",
  view: "v",
  seq: 1,
  answers: 1,
  first: 0,
  total: 2,
  rows: [["1"], ["2"]],
  keys: ["1", "2"],
  changed: [],
  changes: 0,
  status: LIVE,
};

/** A column that is no key. */
export const column = (kind: Kind, name = "value"): Column => ({ name, kind, key: false });
