import assert from "node:assert/strict";
import { test } from "node:test";
import { indentJson } from "../../src/panels/jsonIndent";
import { tsv } from "../../src/selection/clipboard";
import { Cursor } from "../../src/selection/cursor";
import { SelectedRows } from "../../src/selection/selectedRows";
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

test("chosen rows keep the cells that were seen last", () => {
  const selection = new SelectedRows();
  selection.set(["2", "9", "1"], FRAME);
  assert.deepEqual(selection.keys, ["2", "9", "1"]);
  assert.deepEqual([...selection.rows.values()], [["2"], null, ["1"]]);
  selection.learn({ ...FRAME, keys: ["9"], rows: [["nine"]] });
  selection.toggle("2", FRAME);
  assert.deepEqual([...selection.rows.values()], [["nine"], ["1"]]);
});

test("fields with tabs, breaks or quotes are quoted", () => {
  assert.equal(
    tsv([
      ["a", null, true],
      ['"', "b\tc", "d\ne"],
    ]),
    'a\t\ttrue\n""""\t"b\tc"\t"d\ne"',
  );
});

test("JSON is put into lines and keeps every digit", () => {
  assert.equal(
    indentJson('{"a":[1.10, 12345678901234567890],"b":{}}'),
    ["{", '  "a": [', "    1.10,", "    12345678901234567890", "  ],", '  "b": {}', "}"].join("\n"),
  );
  assert.equal(indentJson('"a, {b\\" c"'), '"a, {b\\" c"');
});
