import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../../src/cells/columnFormat";
import { formatFloat } from "../../src/cells/formatNumber";
import { column } from "../samples";

test("numbers that name something have no separators", () => {
  const show = (name: string, key: boolean) =>
    new ColumnFormat({ name, kind: "int", key }).show("41200").text;
  assert.equal(show("number", true), "41200");
  assert.equal(show("id", false), "41200");
  assert.equal(show("customer_id", false), "41200");
  assert.equal(show("amount", false), "41,200");
});

test("floats show six digits that count, and never a false nought", () => {
  const shown = {
    "0.8492286814938597": "0.849229",
    "0.5": "0.5",
    "0.30000000000000004": "0.3",
    "12345.678": "12,345.7",
    "12345.25": "12,345.3",
    "1234567.89": "1,234,568",
    "999999.7": "1,000,000",
    "0.0001": "0.0001",
    "0.000099999999": "0.0001",
    "0.000012345678": "1.23457e-5",
    "1.5e-9": "1.5e-9",
    "5e-324": "5e-324",
    "6.02214076e23": "6.02214e+23",
    "999999999999999": "999,999,999,999,999",
    "0": "0",
    "-0": "0",
    "-0.25": "-0.25",
  };
  for (const [text, expected] of Object.entries(shown)) {
    assert.equal(formatFloat(text), expected);
  }
});

test("decimal points are in line, also when shorter numbers come later", () => {
  const format = new ColumnFormat({ name: "x", kind: "float", key: false });
  const ends = (...cells: string[]) => cells.map((cell) => format.show(cell).lacking);
  assert.equal(format.learn(["0.5", "12", null, "NaN"]), true);
  assert.deepEqual(ends("0.5", "12", "NaN"), ["", ".0", ""]);
  assert.equal(format.learn(["1e-9", "0.849228"]), true);
  const all = ends("0.5", "12", "1e-9", "0.849228");
  assert.deepEqual(all, ["e-000000", ".e-0000000", ".000000", "e-0"]);
  assert.equal(format.learn(["1.5e+20"]), true);
  assert.deepEqual(ends("1e-9", "1.5e+20", "0.849228"), [".+0000000", "-00000", "e-+00"]);
  assert.equal(format.learn(["1", "0.25"]), false);
  assert.equal(format.show(null).lacking, undefined);
});

test("numbers of unknown type are floats once one of them is", () => {
  const told = { name: "x", kind: "numeric", key: false } as const;
  const format = new ColumnFormat({ ...told, untyped: true });
  format.learn(["1234.5678901"]);
  assert.equal(format.show("1234.5678901").text, "1,234.5678901");
  assert.equal(format.learn(["0.8492286814938597"]), true);
  assert.equal(format.show("1234.5678901").text, "1,234.57");
  assert.equal(format.isTakenForFloats, true);
  for (const other of [told, { ...told, untyped: true, name: "x_id" }]) {
    const exact = new ColumnFormat(other);
    exact.learn(["0.8492286814938597"]);
    assert.equal(exact.show("0.8492286814938597").text, "0.8492286814938597");
    assert.equal(exact.isTakenForFloats, false);
  }
});

test("exact shows every digit", () => {
  const format = new ColumnFormat(
    { name: "x", kind: "float", key: false },
    { formats: { x: "exact" }, styles: {} },
  );
  format.learn(["1234.8492286814938597"]);
  assert.equal(format.show("1234.8492286814938597").text, "1,234.8492286814938597");
  assert.equal(format.spec, "exact");
});

test("floats that are no numbers are named", () => {
  assert.equal(formatFloat("NaN"), "NaN");
  assert.equal(formatFloat("Infinity"), "∞");
  assert.equal(formatFloat("-Infinity"), "-∞");
  assert.equal(formatFloat(`1${"0".repeat(400)}`), `1${"0".repeat(400)}`);
});

test("null, empty text and the text null differ", () => {
  const format = new ColumnFormat(column("text"));
  assert.deepEqual(format.show(null), { text: "null", style: "null" });
  assert.deepEqual(format.show("null"), { text: "null", style: "" });
  assert.deepEqual(format.show(""), { text: '""', style: "empty-text" });
  assert.deepEqual(format.show("  "), { text: '"  "', style: "empty-text" });
  assert.equal(format.full(null), "null (no value)");
  assert.equal(format.full(""), "empty text");
});

test("booleans have shapes, not only colours", () => {
  const format = new ColumnFormat(column("bool"));
  assert.deepEqual(format.show(true), { text: "✓", style: "yes" });
  assert.deepEqual(format.show(false), { text: "✗", style: "no" });
  assert.equal(format.full(false), "false");
});

test("the tooltip has the whole value", () => {
  const format = new ColumnFormat(column("float"));
  assert.equal(format.full("0.1234567890123"), "0.1234567890123");
});

test("a column says when known values look different", () => {
  const format = new ColumnFormat(column("float"));
  assert.equal(format.learn(["1", null, undefined]), false);
  assert.equal(format.learn(["2.5"]), true);
  assert.equal(format.learn(["3.5"]), false);
  assert.equal(new ColumnFormat(column("text")).learn(["2.5"]), false);
});

test("a uuid is shown by its two ends, and what is none is shown whole", () => {
  const format = new ColumnFormat(column("uuid"));
  const value = "018f6d2a-7c11-7abc-8def-0123456789ab";
  assert.deepEqual(format.show(value), { text: "018f6d2a…89ab", style: "uuid" });
  assert.equal(format.full(value), value);
  assert.deepEqual(format.show("018f6d2a"), { text: "018f6d2a", style: "" });
  assert.equal(format.show(null).style, "null");
});

test("text that is read from the right begins there, by its first letter", () => {
  const format = new ColumnFormat(column("text"));
  const styles = ["שלום 1", "12. مرحبا", "a שלום", "日本", "123"].map(
    (text) => format.show(text).style,
  );
  assert.deepEqual(styles, ["rtl", "rtl", "", "", ""]);
});
