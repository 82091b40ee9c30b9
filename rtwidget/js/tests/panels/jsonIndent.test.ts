import assert from "node:assert/strict";
import { test } from "node:test";
import { indentJson } from "../../src/panels/jsonIndent";

test("JSON is put into lines and keeps every digit", () => {
  assert.equal(
    indentJson('{"a":[1.10, 12345678901234567890],"b":{}}'),
    ["{", '  "a": [', "    1.10,", "    12345678901234567890", "  ],", '  "b": {}', "}"].join("\n"),
  );
  assert.equal(indentJson('"a, {b\\" c"'), '"a, {b\\" c"');
});
