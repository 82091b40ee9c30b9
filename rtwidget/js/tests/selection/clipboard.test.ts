import assert from "node:assert/strict";
import { test } from "node:test";
import { tsv } from "../../src/selection/clipboard";

test("fields with tabs, breaks or quotes are quoted", () => {
  assert.equal(
    tsv([
      ["a", null, true],
      ['"', "b\tc", "d\ne"],
    ]),
    'a\t\ttrue\n""""\t"b\tc"\t"d\ne"',
  );
});
