import assert from "node:assert/strict";
import { test } from "node:test";
import { oneLine, shortUuid } from "../../src/cells/formatText";

test("nothing in a line is invisible", () => {
  assert.equal(oneLine("a\r\nb\nc\td\u2028e"), "a⏎b⏎c d⏎e");
  assert.equal(oneLine("bell\u0007 delete\u007f"), "bell␇ delete␡");
  assert.equal(oneLine("x".repeat(400)), `${"x".repeat(300)}…`);
  // Half of a character is none, and the kernel would refuse to look for it.
  assert.equal(oneLine("😀".repeat(301)), `${"😀".repeat(300)}…`);
  assert.equal(oneLine("😀".repeat(300)), "😀".repeat(300));
});

test("marks that turn the direction of text are shown, because they can hide what it says", () => {
  assert.equal(oneLine("a\u202eb\u2066c"), "a\u2421b\u2421c");
});

test("only a whole uuid is shortened", () => {
  const uuid = "0190a5b2-1c3d-7e4f-8a9b-0123456789ab";
  assert.equal(shortUuid(uuid), "0190a5b2…89ab");
  for (const text of [`x${uuid}`, `${uuid}x`, uuid.slice(1), uuid.replace("-", "")]) {
    assert.equal(shortUuid(text), null, text);
  }
});
