import assert from "node:assert/strict";
import { test } from "node:test";
import { assign, type Pooled } from "../../src/rows/rowPool";

const pool = (...keys: (string | null)[]): Pooled[] =>
  keys.map((key) => ({ element: {} as Element, key }));
const slots = (rows: Pooled[], keys: (string | null)[]) =>
  assign(rows, keys).map((row) => rows.indexOf(row));

test("a row keeps its element when rows come above it", () => {
  assert.deepEqual(slots(pool("a", "b", "c"), ["x", "a", "b"]), [2, 0, 1]);
  assert.deepEqual(slots(pool("a", "b", "c"), ["b", "c", "d"]), [1, 2, 0]);
});

test("nobody is lost or used twice", () => {
  assert.deepEqual(slots(pool("a", "b", "c"), ["c"]), [2, 0, 1]);
  assert.deepEqual(slots(pool("a", "a", null), ["a", "a", null]), [0, 1, 2]);
  assert.deepEqual(slots(pool(null, null), ["a", "b"]), [0, 1]);
});
