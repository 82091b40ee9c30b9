import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cell } from "../../src/kernel/contract";
import { Flash } from "../../src/rows/flash";
import { FakeClock } from "../fakeClock";
import { FRAME } from "../samples";

const WIDE = { ...FRAME, rows: [["1", "a", "b", "c", "d", "e", "f", "g", "h", "i"]], keys: ["7"] };

function flash(calm = false) {
  const clock = new FakeClock();
  let faded = 0;
  const changes = new Flash(
    clock,
    () => calm,
    () => {
      faded += 1;
    },
  );
  return { clock, changes, faded: () => faded };
}

test("changes flash for a moment, on one timer", () => {
  const { clock, changes, faded } = flash();
  changes.note({ ...WIDE, changed: [[0, 3]] });
  changes.note({ ...WIDE, changed: [[0, 4]] });
  assert.equal(clock.pending, 1);
  assert.ok(changes.has("7", 3) && changes.has("7", 4) && !changes.has("7", 5));
  clock.pass(500);
  assert.ok(changes.has("7", 3));
  clock.pass(500);
  assert.ok(!changes.has("7", 3));
  assert.equal(clock.pending, 0);
  assert.equal(faded(), 2);
});

test("a new picture does not flash, and nothing does for those who want calm", () => {
  const { clock, changes } = flash();
  changes.note({
    ...WIDE,
    changed: [
      [0, 3],
      [0, 4],
    ],
  });
  const quiet = flash(true);
  quiet.changes.note({ ...WIDE, changed: [[0, 3]] });
  assert.equal(clock.pending + quiet.clock.pending, 0);
});

function twentyRows() {
  const flashes = new Flash(
    new FakeClock(),
    () => false,
    () => undefined,
  );
  const keys = Array.from({ length: 20 }, (_, row) => `k${row}`);
  const rows: Cell[][] = keys.map((key) => [key, key]);
  return { flashes, frame: { ...FRAME, keys, rows } };
}

test("up to a tenth of the rows flash as new, and one always does", () => {
  const { flashes, frame } = twentyRows();
  flashes.note({ ...frame, new: [3, 4] });
  assert.ok(flashes.isNew("k3") && flashes.isNew("k4"));
  assert.ok(!flashes.isNew("k5"));
  flashes.note({ ...frame, new: [5, 6, 7] });
  assert.ok(!flashes.isNew("k5"));
  const small = twentyRows();
  small.flashes.note({ ...small.frame, keys: ["a", "b"], rows: [["a"], ["b"]], new: [1] });
  assert.ok(small.flashes.isNew("b") && !small.flashes.isNew("a"));
});
