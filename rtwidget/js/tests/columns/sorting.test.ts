import assert from "node:assert/strict";
import { test } from "node:test";
import { ariaSort, nextSort, sortIndicator } from "../../src/columns/sorting";

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
    ["a", "b", "c"].map((name) => sortIndicator(third, name)),
    ["▼1", "▲2", ""],
  );
  assert.deepEqual(nextSort(third, "a", true), [{ column: "b", descending: false }]);
  assert.equal(sortIndicator(first, "a"), "▲");
});
