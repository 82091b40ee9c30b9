import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../../src/cells/columnFormat";
import { parseNumberSpec } from "../../src/cells/numberSpec";
import { ValueColours } from "../../src/cells/valueColours";
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

test("bars begin at nought, heat at the least value, and given bounds go before both", () => {
  const share = (style: ConstructorParameters<typeof ValueColours>[0], value: string | null) => {
    const colours = new ValueColours(style);
    colours.learn(["10", "20", null, "x"]);
    return colours.of(value)?.value ?? null;
  };
  const free = { low: null, high: null };
  assert.equal(share({ kind: "bar", ...free }, "10"), "0.500");
  assert.equal(share({ kind: "heat", ...free }, "10"), "0.000");
  assert.equal(share({ kind: "heat", low: 0, high: 100 }, "25"), "0.250");
  assert.equal(share({ kind: "heat", low: 0, high: 100 }, "250"), "1.000");
  assert.equal(share({ kind: "bar", ...free }, null), null);
  assert.equal(share({ kind: "bar", ...free }, "x"), null);
});

test("new extremes recolour what is shown", () => {
  const format = new ColumnFormat(column("int"), {
    styles: { value: { kind: "heat", low: null, high: null } },
  });
  assert.equal(format.learn(["1", "2"]), true);
  assert.equal(format.learn(["2"]), false);
  assert.equal(format.learn(["9"]), true);
});

test("values have the colour of their name", () => {
  const colours = new ValueColours({ kind: "values", tones: { open: "good", true: "#123456" } });
  assert.equal(colours.of("open")?.value, "var(--rt-good)");
  assert.equal(colours.of(true)?.value, "#123456");
  assert.equal(colours.of("else"), null);
  assert.equal(colours.of(null), null);
});
