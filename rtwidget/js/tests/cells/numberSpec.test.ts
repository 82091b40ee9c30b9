import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../../src/cells/columnFormat";
import { parseNumberSpec } from "../../src/cells/numberSpec";
import { column } from "../samples";

test("numbers are written as somebody asked for, with every digit", () => {
  const cases: [spec: string, text: string, shown: string][] = [
    [",.2f", "1234567.891", "1,234,567.89"],
    [",.2f", "12345678901234567890.125", "12,345,678,901,234,567,890.13"],
    [".0f", "2.5", "3"],
    [",d", "1234.9", "1,235"],
    ["$,.2f", "-5", "-$5.00"],
    [".1%", "0.1234", "12.3%"],
    ["s", "1234567", "1.23M"],
    [",", "1234.5678", "1,234.5678"],
    [",.2f", "NaN", "NaN"],
    [",.2f", "x", "x"],
    ["+.2f", "5", "+5.00"],
    ["+.2f", "-5", "-5.00"],
    ["+.2f", "-0.001", "-0.00"],
    ["+$,.1f", "1234.56", "+$1,234.6"],
    ["-d", "7", "7"],
    [".2f", "-0.001", "0.00"],
    ["$d", "-0.4", "$0"],
    [".0%", "-0", "0%"],
  ];
  for (const [spec, text, shown] of cases) {
    assert.equal(parseNumberSpec(spec)?.(text), shown, `${spec} of ${text}`);
  }
  for (const spec of ["nonsense", "(,.2f", "~s", "<d", "++d"]) {
    assert.equal(parseNumberSpec(spec), null, spec);
  }
});

test("a format is for numbers only", () => {
  const formats = { value: ",.2f" };
  assert.equal(new ColumnFormat(column("numeric"), { formats }).show("1000").text, "1,000.00");
  assert.equal(new ColumnFormat(column("text"), { formats }).show("1000").text, "1000");
});
