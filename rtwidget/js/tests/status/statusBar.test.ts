import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "../../src/status/statusBar";

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
