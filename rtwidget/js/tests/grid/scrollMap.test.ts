import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clampTop,
  contentPx,
  isScaled,
  MAX_CONTENT_PX,
  scrollFromTop,
  topFromScroll,
  visibleRows,
} from "../../src/grid/scrollMap";

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
