import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clampTop,
  contentPx,
  isRoomy,
  isScaled,
  MAX_CONTENT_PX,
  movedRows,
  scrollFromTop,
  topFromScroll,
  visibleRows,
  windowAround,
} from "../../src/grid/scrollMap";
import { moveFor } from "../../src/selection/cursorKeys";

const SMALL = { total: 1000, bodyPx: 480 };
const HUGE = { total: 10_000_000, bodyPx: 480 };

test("small tables scroll pixel by pixel", () => {
  assert.equal(contentPx(SMALL.total), 24_000);
  for (const top of [0, 1, 23, 12_345, 23_520]) {
    assert.equal(topFromScroll(SMALL, top), top);
    assert.equal(scrollFromTop(SMALL, top), top);
  }
});

test("ten million rows fit under the browsers' cap and reach both ends", () => {
  assert.ok(isScaled(HUGE.total));
  assert.equal(contentPx(HUGE.total), MAX_CONTENT_PX);
  assert.equal(topFromScroll(HUGE, 0), 0);
  const end = topFromScroll(HUGE, MAX_CONTENT_PX - HUGE.bodyPx);
  assert.deepEqual(visibleRows(HUGE, end), { first: 9_999_980, count: 20 });
});

test("scaled positions come back to where they were", () => {
  for (const top of [0, 24, 1_000_000, 239_999_520]) {
    assert.equal(topFromScroll(HUGE, scrollFromTop(HUGE, top)), top);
  }
});

test("a position stays inside the table", () => {
  assert.equal(clampTop(SMALL, -5), 0);
  assert.equal(clampTop(SMALL, 1e9), 24_000 - 480);
  assert.equal(clampTop({ total: 3, bodyPx: 480 }, 100), 0);
});

test("rows that show one pixel count as visible", () => {
  assert.deepEqual(visibleRows(SMALL, 0), { first: 0, count: 20 });
  assert.deepEqual(visibleRows(SMALL, 1), { first: 0, count: 21 });
  assert.deepEqual(visibleRows({ total: 3, bodyPx: 480 }, 0), { first: 0, count: 3 });
  assert.deepEqual(visibleRows({ total: 0, bodyPx: 480 }, 0), { first: 0, count: 0 });
});

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

test("keys move by rows, pages and to the ends", () => {
  assert.deepEqual(moveFor("ArrowDown", false, 19), { down: 1 });
  assert.deepEqual(moveFor("PageUp", false, 19), { down: -19 });
  assert.deepEqual(moveFor("End", false, 19), { right: "end" });
  assert.deepEqual(moveFor("End", true, 19), { down: "end", right: "end" });
  assert.equal(moveFor("a", false, 19), null);
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
