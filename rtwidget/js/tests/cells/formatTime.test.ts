import assert from "node:assert/strict";
import { test } from "node:test";
import { formatInstant, formatLocal } from "../../src/cells/formatTime";

test("moments stand in the reader's zone", () => {
  // The test runner sets the zone to Sao Paulo, three hours behind UTC.
  assert.equal(formatInstant("2026-11-22T19:37:05.123456+00:00"), "2026-11-22 16:37:05");
  assert.equal(formatInstant("2026-11-22 01:37:05+00"), "2026-11-21 22:37:05");
  assert.equal(formatInstant("0601-02-18T14:42:06+00:00").slice(0, 10), "0601-02-18");
  assert.equal(formatInstant("infinity"), "infinity");
  assert.equal(formatInstant("0044-03-15 12:00:00+00 BC"), "0044-03-15 12:00:00+00 BC");
});

test("wall-clock times stay where they are", () => {
  assert.equal(formatLocal("2026-11-22T19:37:05.5"), "2026-11-22 19:37:05");
  assert.equal(formatLocal("-infinity"), "-infinity");
});

test("what is no moment stays as it is, also where JavaScript would read one", () => {
  for (const text of ["2024", "1", "infinity", "March 7", "2024-02-29"]) {
    assert.equal(formatInstant(text), text);
    assert.equal(formatLocal(text), text);
  }
});
