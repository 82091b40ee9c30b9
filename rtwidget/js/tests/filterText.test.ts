import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kind } from "../src/contract";
import { parseFilter } from "../src/filterText";

const between = (low: string | null, high: string | null) => ({ test: "between", low, high });

function parses(kind: Kind, cases: Record<string, unknown>): void {
  for (const [typed, wanted] of Object.entries(cases)) {
    assert.deepEqual(parseFilter(typed, kind), wanted, `${kind}: ${typed}`);
  }
}

test("text is looked for inside values", () => {
  parses("text", {
    "": null,
    "  ": null,
    " ab c ": { test: "contains", text: "ab c" },
    "1..2": { test: "contains", text: "1..2" },
    "is null": { test: "null" },
    "is not null": { test: "not_null" },
    "=a | b c": { test: "one_of", values: ["a", "b c"] },
    "=": { test: "one_of", values: [""] },
  });
});

test("numbers are ranges, with their separators or without", () => {
  parses("numeric", {
    "5": between("5", "5"),
    "-1.50..2": between("-1.50", "2"),
    "1,000..": between("1000", null),
    "..9,007,199,254,740,993": between(null, "9007199254740993"),
    ">= 5": between("5", null),
    "≤5": between(null, "5"),
    abc: { test: "contains", text: "abc" },
    "=1,000|2": { test: "one_of", values: ["1000", "2"] },
  });
});

test("days and moments are ranges in the reader's zone", () => {
  parses("date", {
    "2026-11-22..": between("2026-11-22", null),
    "2026-11": { test: "contains", text: "2026-11" },
  });
  parses("timestamp", {
    "2026-11-22": between("2026-11-22T00:00:00", "2026-11-22T23:59:59.999999"),
    "2026-11-22 10:00..": between("2026-11-22 10:00", null),
  });
  // The tests run three hours west of Greenwich.
  parses("timestamptz", {
    "2026-11-22": between("2026-11-22T03:00:00.000Z", "2026-11-23T02:59:59.999Z"),
    ">=2026-11-22 10:00": between("2026-11-22T13:00:00.000Z", null),
  });
});

test("a truth value is one of two", () => {
  parses("bool", {
    true: { test: "one_of", values: [true] },
    no: { test: "one_of", values: [false] },
    "=true|false": { test: "one_of", values: [true, false] },
    "is null": { test: "null" },
  });
});
