import type { Status } from "../../src/kernel/contract";
import type { Situation } from "../../src/status/statusLine";
import { LIVE } from "../samples";

/** A view of a live table that nobody narrowed or held, but for what is given. */
export const situation = (status: Partial<Status>, rest: Partial<Situation> = {}): Situation => ({
  status: { ...LIVE, ...status },
  link: "open",
  now: 1012,
  refusal: null,
  changes: 0,
  matching: null,
  waiting: null,
  ...rest,
});
