import assert from "node:assert/strict";
import { test } from "node:test";
import { SelectedRows } from "../../src/selection/selectedRows";
import { FRAME } from "../samples";

test("chosen rows keep the cells that were seen last", () => {
  const selection = new SelectedRows();
  selection.set(["2", "9", "1"], FRAME);
  assert.deepEqual(selection.keys, ["2", "9", "1"]);
  assert.deepEqual([...selection.rows.values()], [["2"], null, ["1"]]);
  selection.learn({ ...FRAME, keys: ["9"], rows: [["nine"]] });
  selection.toggle("2", FRAME);
  assert.deepEqual([...selection.rows.values()], [["nine"], ["1"]]);
});

test("only chosen rows are remembered of a frame", () => {
  const selection = new SelectedRows();
  selection.toggle("2", FRAME);
  selection.learn({ ...FRAME, rows: [["1"], ["two"]] });
  assert.deepEqual([...selection.rows], [["2", ["two"]]]);
});
