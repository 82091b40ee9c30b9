import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../src/cells/columnFormat";
import { ariaSort, nextSort, sortMark } from "../src/columns/sorting";
import { estimateWidths, growWidths } from "../src/columns/widthEstimate";
import { KernelClock } from "../src/kernel/kernelClock";
import { Flash } from "../src/rows/flash";
import { pieces } from "../src/status/statusBar";
import { FakeClock } from "./fakeClock";
import { column, FRAME } from "./samples";

test("a message that was held up does not set the clock back", () => {
  const clock = new KernelClock();
  assert.equal(clock.at(0), null);
  clock.note(1000, 50_000);
  clock.note(1001, 56_000);
  assert.equal(clock.at(56_000), 1006);
});

test("a header click goes from ascending to descending to none", () => {
  const first = nextSort([], "a");
  assert.deepEqual(first, [{ column: "a", descending: false }]);
  const second = nextSort(first, "a");
  assert.deepEqual(second, [{ column: "a", descending: true }]);
  assert.deepEqual(nextSort(second, "a"), []);
  assert.deepEqual(nextSort(second, "b"), [{ column: "b", descending: false }]);
  assert.deepEqual(
    ["a", "b"].map((name) => ariaSort(second, name)),
    ["descending", "none"],
  );
});

test("with shift a click adds a level, turns it and takes it away", () => {
  const first = nextSort([], "a", true);
  const second = nextSort(first, "b", true);
  assert.deepEqual(second, [
    { column: "a", descending: false },
    { column: "b", descending: false },
  ]);
  const third = nextSort(second, "a", true);
  assert.deepEqual(
    ["a", "b", "c"].map((name) => sortMark(third, name)),
    ["▼1", "▲2", ""],
  );
  assert.deepEqual(nextSort(third, "a", true), [{ column: "b", descending: false }]);
  assert.equal(sortMark(first, "a"), "▲");
});

test("code stands between backticks", () => {
  assert.deepEqual(pieces("Run `select 1;` now"), [
    { text: "Run ", code: false },
    { text: "select 1;", code: true },
    { text: " now", code: false },
  ]);
});

test("a full stop is no code", () => {
  assert.deepEqual(pieces("Run `select 1;.`"), [
    { text: "Run ", code: false },
    { text: "select 1;", code: true },
    { text: ".", code: false },
  ]);
});

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
