import assert from "node:assert/strict";
import { test } from "node:test";
import { choice, parseFilter } from "../../src/filters/filterText";
import type { Kind } from "../../src/kernel/contract";

const isOneOf = (...values: string[]) => ({ test: "one_of", values });
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
    "-1.50..2": between("-1.50", "2"),
    "1,000..": between("1000", null),
    "..9,007,199,254,740,993": between(null, "9007199254740993"),
    ">= 5": between("5", null),
    "≤5": between(null, "5"),
    "=1,000|2": { test: "one_of", values: ["1,000", "2"] },
  });
});

test("a whole number is itself, and what is none begins a number", () => {
  const numbers = ["5", "-1,234.50", "1234567", "1e+21", "-1.5e-9", ".5", "0"];
  parses("float", Object.fromEntries(numbers.map((text) => [text, isOneOf(text)])));
  const beginnings = [
    "1,2",
    "1,",
    "12.",
    "-",
    "$1,234.50",
    "12.5%",
    "1.2M",
    "∞",
    "NaN",
    "abc",
    "0x1",
  ];
  const begins = (text: string) => ({ test: "starts_with", text });
  parses("float", Object.fromEntries(beginnings.map((text) => [text, begins(text)])));
});

test("moments are ranges by the reader's clock, filled up to the second", () => {
  parses("date", {
    "2026-11-22..": between("2026-11-22", null),
    "2026-11": { test: "contains", text: "2026-11" },
    "2026-02..2026-02": between("2026-02-01", "2026-02-28"),
    "..2028-02": between(null, "2028-02-29"),
    "2026..2026-03-01 10:00": between("2026-01-01", "2026-03-01"),
  });
  for (const kind of ["timestamp", "timestamptz"] as const) {
    parses(kind, {
      "2026-11-22": between("2026-11-22T00:00:00", "2026-11-22T23:59:59.999999"),
      "2026-11-22 10": { test: "contains", text: "2026-11-22 10" },
      "2026-11-22 10:00..": between("2026-11-22T10:00:00", null),
      "2026-11-22 10..2026-11-22 10": between("2026-11-22T10:00:00", "2026-11-22T10:59:59.999999"),
      "<=2026-11-22 10:30:15": between(null, "2026-11-22T10:30:15.999999"),
      "<=2026-11-22T10:30:15.5": between(null, "2026-11-22T10:30:15.5"),
      "2025..2026": between("2025-01-01T00:00:00", "2026-12-31T23:59:59.999999"),
      "=2026-11-22 10:00:00": isOneOf("2026-11-22 10:00:00"),
      ">=yesterday": between("yesterday", null),
    });
  }
  parses("timestamptz", {
    ">=2026-11-22 10:00Z": between("2026-11-22T10:00:00+00:00", null),
    "<=2026-11-22T10:00:00-03": between(null, "2026-11-22T10:00:00.999999-03:00"),
  });
  parses("time", {
    "9..11:30": between("09:00:00", "11:30:59.999999"),
    ">=22:15:30": between("22:15:30", null),
    "..22:15:30+05:30": between(null, "22:15:30.999999+05:30"),
    "22:15": { test: "contains", text: "22:15" },
  });
});

test("a value that is chosen from the list is itself, whatever characters it has", () => {
  for (const value of ["open", "a|b", "=x", " end ", '"quoted"', "C:\\dir", "is null", "a\\|b"]) {
    const test = parseFilter(choice(value), "text");
    assert.ok(test?.test === "one_of" && test.values[0] === value, `${value}: ${choice(value)}`);
  }
  // A blank text is drawn in quotes.
  parses("text", { '=""': { test: "one_of", values: ["", '""'] } });
  parses("text", { '="  "': { test: "one_of", values: ["  ", '"  "'] } });
  assert.equal(choice(true), "=true");
});

test("a truth value is one of two", () => {
  parses("bool", {
    true: { test: "one_of", values: [true] },
    no: { test: "one_of", values: [false] },
    "✗": { test: "one_of", values: [false] },
    "✓": { test: "one_of", values: [true] },
    tru: { test: "contains", text: "tru" },
    maybe: { test: "contains", text: "maybe" },
    "=true|false": { test: "one_of", values: [true, false] },
    "is null": { test: "null" },
  });
});

test("a whole number is itself, whatever separators and exponent it is written with", () => {
  const whole = ["7", "-7", "12,345", "123,456", "1,234,567", "1.5", ".5", "1e5", "1.5e-7", "2E+3"];
  for (const text of whole) {
    assert.deepEqual(parseFilter(text, "numeric"), { test: "one_of", values: [text] }, text);
  }
  for (const text of ["1,23", "1234,567", "1e", "2.5%", "1.", "-", "12,345,67"]) {
    assert.deepEqual(parseFilter(text, "numeric"), { test: "starts_with", text }, text);
  }
});
