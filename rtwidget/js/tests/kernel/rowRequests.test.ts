import assert from "node:assert/strict";
import { test } from "node:test";
import type { Query } from "../../src/kernel/contract";
import { PLAIN, SHOWN_AS, start, wish } from "./channelRig";

test("of many wishes the latest goes out, at most thirty a second", () => {
  const { clock, sent, channel, answer } = start();
  clock.pass(50);
  answer(1);
  sent.length = 0;
  for (let first = 1; first <= 100; first += 1) {
    channel.ask(wish(first));
    clock.pass(10);
  }
  assert.ok(sent.length >= 25 && sent.length <= 31, `${sent.length} requests in a second`);
  clock.pass(40);
  assert.deepEqual(sent.at(-1), {
    kind: "window",
    view: "v",
    id: sent.length + 1,
    ...wish(100),
  });
});

const SORTED: Query = { ...PLAIN, sort: [{ column: "a", descending: true }], search: "b" };

test("a query goes out at once with the latest wish, and hello brings it again", () => {
  const { clock, sent, channel, answer } = start();
  answer(1);
  sent.length = 0;
  channel.ask(wish(7));
  channel.query(SORTED, wish(0));
  const asked = { view: "v", ...wish(0), ...SORTED, shown_as: SHOWN_AS };
  assert.deepEqual(sent, [{ kind: "query", id: 2, ...asked }]);
  clock.pass(100);
  assert.equal(sent.length, 1);
  clock.pass(4900);
  assert.deepEqual(sent.at(-1), { kind: "hello", id: 3, ...asked });
});

test("only the answer to the last wish is the last", () => {
  const { clock, channel, answer, lasts } = start();
  clock.pass(100);
  channel.ask(wish(1));
  answer(1);
  channel.ask(wish(2));
  answer(2);
  clock.pass(100);
  answer(3);
  assert.deepEqual(lasts, [false, false, true]);
});

test("what is looked for is asked anew when cells are drawn in another way", () => {
  const shown = { ...SHOWN_AS };
  const { sent, channel, kinds } = start(undefined, () => shown);
  kinds();
  channel.redrawn();
  shown.floats = ["x"];
  channel.redrawn();
  assert.deepEqual(kinds(), []);
  channel.query(SORTED, wish(7));
  channel.redrawn();
  assert.deepEqual(kinds(), ["query"]);
  shown.floats = ["x", "y"];
  channel.redrawn();
  channel.redrawn();
  const again = { view: "v", ...wish(7), ...SORTED, shown_as: { ...SHOWN_AS, floats: ["x", "y"] } };
  assert.deepEqual(sent, [{ kind: "query", id: 3, ...again }]);
});

test("a view whose kernel is gone asks for nothing more", () => {
  const { channel, kinds, answer } = start();
  answer(1);
  kinds();
  channel.query({ ...PLAIN, search: "x" }, wish(0));
  assert.deepEqual(kinds(), ["query"]);
  channel.commChanged();
  assert.deepEqual(kinds(), ["hello"]);
  channel.query({ ...PLAIN, search: "y" }, wish(0));
  channel.ask(wish(80));
  assert.deepEqual(kinds(), []);
});

test("a hidden view waits for no answer", () => {
  const { clock, channel, kinds, answer, links } = start();
  answer(1);
  channel.setVisible(false);
  kinds();
  links.length = 0;
  channel.query({ ...PLAIN, search: "x" }, wish(0));
  clock.pass(60_000);
  assert.deepEqual(kinds(), ["query"]);
  assert.deepEqual(links, []);
});
