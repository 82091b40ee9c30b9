import assert from "node:assert/strict";
import { test } from "node:test";
import { formatInt, formatNumeric } from "../../src/cells/formatNumber";

test("whole numbers keep every digit", () => {
  assert.equal(formatInt("9223372036854775807"), "9,223,372,036,854,775,807");
  assert.equal(formatInt("-1234"), "-1,234");
  assert.equal(formatInt("999"), "999");
  assert.equal(formatInt("0"), "0");
  assert.equal(formatInt("none"), "none");
});

test("decimals are exact", () => {
  assert.equal(formatNumeric("1234567.890000000000000001"), "1,234,567.890000000000000001");
  assert.equal(formatNumeric("-12.50"), "-12.50");
  assert.equal(formatNumeric("NaN"), "NaN");
});
