import assert from "node:assert/strict";
import { test } from "node:test";
import { moveFor } from "../../src/selection/cursorKeys";

test("keys move by rows, pages and to the ends", () => {
  assert.deepEqual(moveFor("ArrowDown", false, 19), { down: 1 });
  assert.deepEqual(moveFor("PageUp", false, 19), { down: -19 });
  assert.deepEqual(moveFor("End", false, 19), { right: "end" });
  assert.deepEqual(moveFor("End", true, 19), { down: "end", right: "end" });
  assert.equal(moveFor("a", false, 19), null);
});

test("each key of the grid moves its own way", () => {
  const moves = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "PageDown", "PageUp"];
  assert.deepEqual(
    moves.map((key) => moveFor(key, false, 7)),
    [{ down: 1 }, { down: -1 }, { right: 1 }, { right: -1 }, { down: 7 }, { down: -7 }],
  );
});
