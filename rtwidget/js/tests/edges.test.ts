import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../src/cells/columnFormat";
import { estimateWidths } from "../src/columns/widthEstimate";
import { parseFilter } from "../src/filters/filterText";
import { Cursor } from "../src/selection/cursor";
import { SelectedRows } from "../src/selection/selectedRows";
import { start } from "./kernel/channelRig";
import { column, FRAME } from "./samples";

test("what a page tells stands in the message, with its view and a number", () => {
  const { channel, sent, answer } = start();
  answer(1);
  sent.length = 0;
  channel.tell({ kind: "select", keys: ["1", "2"] });
  channel.tell({ kind: "retry" });
  assert.deepEqual(sent, [
    { kind: "select", keys: ["1", "2"], view: "v", id: 2 },
    { kind: "retry", view: "v", id: 3 },
  ]);
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

test("columns of text share the room that is left, and no other gets any", () => {
  const columns = [column("text", "a"), column("int", "b"), column("text", "c")];
  const formats = columns.map((one) => new ColumnFormat(one));
  const measure = (text: string) => text.length * 10;
  const [a, b, c] = estimateWidths(columns, formats, [["x", "1", "y"]], 500, measure);
  assert.equal(b, 10 + 24 + 17);
  assert.equal(a, c);
  assert.ok((a ?? 0) + (b ?? 0) + (c ?? 0) > 498);
  const float = [column("float", "n")];
  const wide = [["0.123456789012345678901234567890"]];
  const formatted = float.map((one) => new ColumnFormat(one, { formats: { n: ".30f" } }));
  assert.equal(estimateWidths(float, formatted, wide, 900, measure)[0], 170 + 17);
});

test("a whole number is itself, whatever separators and exponent it is written with", () => {
  const whole = ["7", "-7", "12,345", "123,456", "1,234,567", "1.5", ".5", "1e5", "1.5e-7", "2E+3"];
  for (const text of whole) {
    assert.deepEqual(parseFilter(text, "numeric"), { test: "one_of", values: [text] }, text);
  }
  for (const text of ["1,23", "1234,567", "1e", "2.5%", "1.", "-", "12,345,67"]) {
    assert.deepEqual(parseFilter(text, "numeric"), { test: "starts_with", text }, text);
  }
});

test("only chosen rows are remembered of a frame", () => {
  const selection = new SelectedRows();
  selection.toggle("2", FRAME);
  selection.learn({ ...FRAME, rows: [["1"], ["two"]] });
  assert.deepEqual([...selection.rows], [["2", ["two"]]]);
});
