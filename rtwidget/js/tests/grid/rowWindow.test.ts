import assert from "node:assert/strict";
import { test } from "node:test";
import { isRoomy, movedRows, windowAround } from "../../src/grid/rowWindow";

test("the window has a screen above and a screen below", () => {
  assert.deepEqual(windowAround({ first: 100, count: 20 }, 20), { first: 80, count: 60 });
  assert.deepEqual(windowAround({ first: 5, count: 20 }, 20), { first: 0, count: 45 });
});

test("a very tall screen stays under the kernel's limit", () => {
  const visible = { first: 1000, count: 300 };
  const window = windowAround(visible, 300);
  assert.deepEqual(window, { first: 900, count: 500 });
  assert.ok(isRoomy(window, visible, 300, 5000));
});

test("a window is asked for again when half a screen of margin is used up", () => {
  const window = { first: 80, count: 60 };
  assert.ok(isRoomy(window, { first: 90, count: 20 }, 20, 1000));
  assert.ok(!isRoomy(window, { first: 89, count: 20 }, 20, 1000));
  assert.ok(isRoomy(window, { first: 110, count: 20 }, 20, 1000));
  assert.ok(!isRoomy(window, { first: 111, count: 20 }, 20, 1000));
  assert.ok(isRoomy(window, { first: 120, count: 20 }, 20, 140));
});

const keyed = (first: number, ...keys: string[]) => ({ first, keys });

test("rows are kept in place by the first visible one that is still there", () => {
  const before = keyed(10, "a", "b", "c", "d");
  const visible = { first: 11, count: 3 };
  assert.equal(movedRows(before, keyed(10, "a", "b", "c", "d"), visible), 0);
  assert.equal(movedRows(before, keyed(15, "a", "b", "c", "d"), visible), 5);
  assert.equal(movedRows(before, keyed(9, "a", "x", "c"), visible), -1);
  assert.equal(movedRows(before, keyed(10, "x", "y"), visible), 0);
  assert.equal(movedRows(before, keyed(90, "y", "z"), { first: 80, count: 3 }), 0);
});
