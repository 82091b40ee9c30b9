import assert from "node:assert/strict";
import { test } from "node:test";
import { TextHistory } from "../../src/keyboard/textHistory";

const at = (value: string) => ({ value, start: value.length, end: value.length });

test("what was typed is taken back word by word and done again", () => {
  const history = new TextHistory(at(""));
  history.note(at("a"), false);
  history.note(at("ab"), true);
  history.note(at("ab"), true);
  history.note(at("ab c"), false);
  assert.deepEqual(history.step(-1), at("ab"));
  assert.deepEqual(history.step(-1), at(""));
  assert.equal(history.step(-1), null);
  assert.deepEqual(history.step(1), at("ab"));
  history.note(at("other"), false);
  assert.equal(history.step(1), null);
  assert.deepEqual(history.step(-1), at("ab"));
});

test("going on never changes what the field held first", () => {
  const history = new TextHistory(at("restored"));
  history.note(at("restored!"), true);
  assert.deepEqual(history.step(-1), at("restored"));
});

test("a history does not grow without end", () => {
  const history = new TextHistory(at("0"));
  for (let change = 1; change <= 1000; change++) {
    history.note(at(String(change)), false);
  }
  let steps = 0;
  while (history.step(-1) !== null) {
    steps++;
  }
  assert.equal(steps, 199);
});
