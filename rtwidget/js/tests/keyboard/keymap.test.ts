import assert from "node:assert/strict";
import { test } from "node:test";
import { Keymap, type Pressed } from "../../src/keyboard/keymap";

/** A key as people write it: "Ctrl+Shift+z", "AltGr+q". */
function press(text: string, more: Partial<Pressed> = {}): Pressed {
  const parts = text.split("+");
  const key = parts.at(-1) ?? "";
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return {
    key,
    code: "",
    altKey: has("Alt"),
    ctrlKey: has("Ctrl"),
    metaKey: has("Cmd"),
    shiftKey: has("Shift"),
    isComposing: false,
    getModifierState: (name) => name === "AltGraph" && has("AltGr"),
    ...more,
  };
}

const [pc, mac] = [new Keymap(false), new Keymap(true)];
const own = (rule: Keymap, isTyping: boolean, keys: readonly string[]) =>
  keys.filter((key) => rule.isOwn(press(key), isTyping));

test("keys that type, edit, move or press are a view's own, in a text field or not", () => {
  const all = ["a", "Shift+A", "é", "Dead", "Process", "0", " ", "Enter", "Delete", "Shift+Insert"];
  const control = ["a", "c", "x", "v", "z", "y", "Z", "Shift+Z", "Shift+v", "Backspace", "Enter"];
  const moves = ["Ctrl+ArrowLeft", "Ctrl+Shift+End", "Alt+Backspace", "Alt+Enter", "Shift+Enter"];
  const keys = [...all, ...control.map((key) => `Ctrl+${key}`), ...moves, "AltGr+q", "AltGr+["];
  for (const isTyping of [true, false]) {
    assert.deepEqual(own(pc, isTyping, keys), keys);
  }
});

test("all others are the application's", () => {
  const control = ["s", "Shift+C", "Shift+X", "f", "b", "Shift+-", "Alt+a", "1"];
  const keys = ["Tab", "Shift+Tab", "Escape", "F1", "F11", "Alt+1", "Control", "Alt", "Meta"];
  for (const isTyping of [true, false]) {
    assert.deepEqual(own(pc, isTyping, [...keys, ...control.map((key) => `Ctrl+${key}`)]), []);
  }
});

test("a Mac types with Option, moves with Ctrl and commands with Cmd", () => {
  const typing = ["Alt+å", "Alt+Dead", "Ctrl+k", "Ctrl+y", "Alt+Ctrl+f"];
  assert.deepEqual(own(mac, true, typing), typing);
  assert.deepEqual(own(mac, false, ["Ctrl+k", "Alt+å", "Alt+Dead"]), ["Alt+Dead"]);
  assert.deepEqual(own(mac, true, ["Cmd+s", "Cmd+Shift+c", "Cmd+f", "Cmd+b", "Cmd+Alt+a"]), []);
  const edits = ["Cmd+a", "Cmd+c", "Cmd+x", "Cmd+v", "Cmd+z", "Cmd+Shift+z", "Cmd+Backspace"];
  assert.deepEqual(own(mac, true, edits), edits);
  assert.deepEqual(own(mac, false, edits), edits);
  assert.equal(mac.edit(press("Ctrl+a")), null);
  assert.equal(mac.edit(press("Cmd+y")), null);
  assert.equal(pc.edit(press("Ctrl+y")), "redo");
});

test("while somebody composes a character every key is part of it", () => {
  for (const key of ["Escape", "Tab", "Enter", "Ctrl+s"]) {
    assert.equal(pc.isOwn(press(key, { isComposing: true }), true), true);
  }
});

test("a shortcut goes by its letter, and by its place where a keyboard has no such letters", () => {
  assert.equal(pc.edit(press("Ctrl+я", { code: "KeyZ" })), "undo");
  assert.equal(pc.edit(press("Ctrl+z", { code: "KeyY" })), "undo");
  assert.equal(pc.edit(press("Ctrl+Z", { code: "KeyZ" })), "undo");
  assert.equal(pc.command(press("Ctrl+ы", { code: "KeyS" })), "s");
  assert.equal(pc.command(press("Ctrl+Alt+s")), "");
});
