import assert from "node:assert/strict";
import { test } from "node:test";
import { Cursor } from "../../src/selection/cursor";
import { FRAME } from "../samples";

const SIZE = { rows: 100, columns: 3, firstVisible: 40 };

test("the cursor begins at the first visible row and stays inside the table", () => {
  const cursor = new Cursor();
  const at = () => [cursor.row, cursor.column];
  cursor.move({ down: 1 }, SIZE, null);
  assert.deepEqual(at(), [40, 0]);
  cursor.move({ down: -90, right: -1 }, SIZE, null);
  assert.deepEqual(at(), [0, 0]);
  cursor.move({ down: "end", right: "end" }, SIZE, null);
  assert.deepEqual(at(), [99, 2]);
  cursor.move({ right: "start" }, SIZE, null);
  assert.deepEqual(at(), [99, 0]);
});

test("the cursor moves with its row, or with the rows around it where its own went", () => {
  const cursor = new Cursor();
  const frame = { ...FRAME, total: 50, first: 10, keys: ["a", "b", "c"] };
  cursor.put(11, 1, frame);
  cursor.follow({ ...frame, first: 20 }, 10);
  assert.equal(cursor.row, 21);
  cursor.follow({ ...frame, first: 20, keys: ["x", "y"] }, 3);
  assert.equal(cursor.row, 24);
  cursor.follow({ ...frame, total: 5 }, 0);
  assert.equal(cursor.row, 4);
});

test("an arrow moves the cursor by a column, a key of an end to the end", () => {
  const cursor = new Cursor();
  const size = { rows: 10, columns: 4, firstVisible: 0 };
  cursor.put(2, 1, null);
  cursor.move({ right: 1 }, size, null);
  assert.deepEqual([cursor.row, cursor.column], [2, 2]);
  cursor.move({ right: -1, down: 3 }, size, null);
  assert.deepEqual([cursor.row, cursor.column], [5, 1]);
  cursor.move({ right: "end" }, size, null);
  assert.deepEqual([cursor.row, cursor.column], [5, 3]);
  cursor.move({ right: "start", down: "start" }, size, null);
  assert.deepEqual([cursor.row, cursor.column], [0, 0]);
});
