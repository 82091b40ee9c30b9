import assert from "node:assert/strict";
import { test } from "node:test";
import { KernelClock } from "../../src/kernel/kernelClock";

test("a message that was held up does not set the clock back", () => {
  const clock = new KernelClock();
  assert.equal(clock.at(0), null);
  clock.note(1000, 50_000);
  clock.note(1001, 56_000);
  assert.equal(clock.at(56_000), 1006);
});
