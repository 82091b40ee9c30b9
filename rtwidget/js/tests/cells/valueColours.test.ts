import assert from "node:assert/strict";
import { test } from "node:test";
import { ColumnFormat } from "../../src/cells/columnFormat";
import { ValueColours } from "../../src/cells/valueColours";
import { column } from "../samples";

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

test("a cell that has no colour of its own gets none", () => {
  assert.deepEqual(new ColumnFormat(column("text")).show("a"), { text: "a", style: "" });
  const styles = { value: { kind: "values", tones: { a: "good" } } } as const;
  const coloured = new ColumnFormat(column("text"), { styles }).show("a");
  assert.equal(coloured.text, "a");
  assert.equal(coloured.colour?.value, "var(--rt-good)");
});
