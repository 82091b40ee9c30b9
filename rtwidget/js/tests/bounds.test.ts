import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../src/cells/columnFormat";
import { shortUuid } from "../src/cells/formatText";
import { formatInstant, formatLocal } from "../src/cells/formatTime";
import { estimateWidths, type Face, growWidths } from "../src/columns/widthEstimate";
import type { Cell, Kind } from "../src/kernel/contract";
import { Flash } from "../src/rows/flash";
import { moveFor } from "../src/selection/cursorKeys";
import { describe } from "../src/status/statusLine";
import { FakeClock } from "./fakeClock";
import { PLAIN, start, wish } from "./kernel/channelRig";
import { column, FRAME, LIVE } from "./samples";

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

function flash() {
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
  const { flashes, frame } = flash();
  flashes.note({ ...frame, new: [3, 4] });
  assert.ok(flashes.isNew("k3") && flashes.isNew("k4"));
  assert.ok(!flashes.isNew("k5"));
  flashes.note({ ...frame, new: [5, 6, 7] });
  assert.ok(!flashes.isNew("k5"));
  const small = flash();
  small.flashes.note({ ...small.frame, keys: ["a", "b"], rows: [["a"], ["b"]], new: [1] });
  assert.ok(small.flashes.isNew("b") && !small.flashes.isNew("a"));
});

test("only a whole uuid is shortened", () => {
  const uuid = "0190a5b2-1c3d-7e4f-8a9b-0123456789ab";
  assert.equal(shortUuid(uuid), "0190a5b2…89ab");
  for (const text of [`x${uuid}`, `${uuid}x`, uuid.slice(1), uuid.replace("-", "")]) {
    assert.equal(shortUuid(text), null, text);
  }
});

test("what is no moment stays as it is, also where JavaScript would read one", () => {
  for (const text of ["2024", "1", "infinity", "March 7", "2024-02-29"]) {
    assert.equal(formatInstant(text), text);
    assert.equal(formatLocal(text), text);
  }
});

test("each key of the grid moves its own way", () => {
  const moves = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "PageDown", "PageUp"];
  assert.deepEqual(
    moves.map((key) => moveFor(key, false, 7)),
    [{ down: 1 }, { down: -1 }, { right: 1 }, { right: -1 }, { down: 7 }, { down: -7 }],
  );
});

test("a state that nobody confirmed yet is not shown as one", () => {
  const situation = {
    ...{ status: LIVE, now: 1010, refusal: null, changes: 0, waiting: null, matching: null },
    ...{ isOrderHeld: false },
  };
  assert.equal(describe({ ...situation, link: "open" }).word, "Live");
  assert.equal(describe({ ...situation, link: "asking" }).word, "Connecting");
  assert.equal(describe({ ...situation, status: null, link: "open" }).word, "Connecting");
});

test("a cell that has no colour of its own gets none", () => {
  assert.deepEqual(new ColumnFormat(column("text")).show("a"), { text: "a", style: "" });
  const styles = { value: { kind: "values", tones: { a: "good" } } } as const;
  const coloured = new ColumnFormat(column("text"), { styles }).show("a");
  assert.equal(coloured.text, "a");
  assert.equal(coloured.colour?.value, "var(--rt-good)");
});

test("a view whose kernel is gone asks for nothing more", () => {
  const { channel, kinds, answer } = start();
  answer(1);
  kinds();
  channel.query({ ...PLAIN, search: "x" }, wish(0));
  assert.deepEqual(kinds(), ["query"]);
  channel.commChanged();
  assert.deepEqual(kinds(), ["hello"]);
  channel.query({ ...PLAIN, search: "y" }, wish(0));
  channel.ask(wish(80));
  assert.deepEqual(kinds(), []);
});

test("a hidden view waits for no answer", () => {
  const { clock, channel, kinds, answer, links } = start();
  answer(1);
  channel.setVisible(false);
  kinds();
  links.length = 0;
  channel.query({ ...PLAIN, search: "x" }, wish(0));
  clock.pass(60_000);
  assert.deepEqual(kinds(), ["query"]);
  assert.deepEqual(links, []);
});
