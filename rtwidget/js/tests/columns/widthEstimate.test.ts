import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../../src/cells/columnFormat";
import { estimateWidths, type Face, growWidths } from "../../src/columns/widthEstimate";
import type { Kind } from "../../src/kernel/contract";
import { column } from "../samples";

test("widths fit the first content and use the room for text", () => {
  const columns = [column("int", "n"), column("text", "title")];
  const formats = columns.map((each) => new ColumnFormat(each));
  const measure = (text: string) => text.length * 7;
  const rows = [["1234567", "x".repeat(60)]];
  const [number, narrow] = estimateWidths(columns, formats, rows, 0, measure);
  assert.equal(number, "1,234,567".length * 7 + 17);
  assert.equal(narrow, 240 + 17);
  const [same, wide] = estimateWidths(columns, formats, rows, 1000, measure);
  assert.equal(same, number);
  assert.equal(wide, 560 + 17);
  const [, fitting] = estimateWidths(columns, formats, rows, 80 + 60 * 7 + 17, measure);
  assert.equal(fitting, 60 * 7 + 17);
  const tight = estimateWidths(columns, formats, rows, 400.5, measure);
  assert.ok(tight.reduce((sum, width) => sum + width, 0) <= 400.5);
});

test("cut columns grow into spare room, and nothing becomes narrower", () => {
  assert.deepEqual(growWidths([100, 100, 50], [80, 160, 90], 400), [100, 160, 90]);
  assert.deepEqual(growWidths([100, 100, 50], [80, 160, 90], 270), [100, 120, 50]);
  assert.deepEqual(growWidths([100, 100, 50], [180, 160, 90], 200), [100, 100, 50]);
});

const TEN: (text: string, face: Face) => number = (text) => text.length * 10;

function widths(kind: Kind, text: string, roomPx = 0, name = "n", key = false) {
  const columns = [{ name, kind, key }];
  const formats = columns.map((one) => new ColumnFormat(one));
  return estimateWidths(columns, formats, [[text]], roomPx, TEN)[0];
}

test("a column is as wide as its heading with its marks, its content, or the least of its kind", () => {
  assert.equal(widths("int", "1"), 10 + 24 + 17);
  assert.equal(widths("int", "1", 0, "n", true), 10 + 24 + 26 + 17);
  assert.equal(widths("text", "0123456789"), 100 + 17);
  assert.equal(widths("uuid", "x"), 120 + 17);
  assert.equal(widths("int", "1", 0, "a".repeat(30)), 300 + 24 + 17);
});

test("content is cut at the most of its kind until there is room, and then only where it is text", () => {
  const most: [Kind, number][] = [
    ["numeric", 220],
    ["text", 240],
    ["json", 220],
    ["array", 180],
    ["uuid", 270],
  ];
  for (const [kind, px] of most) {
    assert.equal(widths(kind, "x".repeat(40)), px + 17, kind);
  }
  assert.equal(widths("numeric", "x".repeat(40), 1000), 220 + 17);
  for (const kind of ["json", "array"] as const) {
    assert.equal(widths(kind, "x".repeat(40), 1000), 400 + 17, kind);
  }
  assert.equal(widths("json", "x".repeat(40), 300), 299);
  assert.equal(widths("text", "x".repeat(40), 1000), 560 + 17);
  assert.equal(widths("text", "x".repeat(100), 300), 300);
});

test("what is cut grows with the room, in the order of the columns, and nothing shrinks", () => {
  assert.deepEqual(growWidths([50, 50, 50], [80, 40, 90], 190), [80, 50, 60]);
  assert.deepEqual(growWidths([50, 50], [80, 80], 60), [50, 50]);
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
