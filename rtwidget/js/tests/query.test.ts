import assert from "node:assert/strict";
import { test } from "node:test";
import type { Query } from "../src/contract";
import { PLAIN, start, wish } from "./channelRig";

const SORTED: Query = { ...PLAIN, sort: [{ column: "a", descending: true }], search: "b" };

test("a query goes out at once with the latest wish, and hello brings it again", () => {
  const { clock, sent, channel, answer } = start();
  answer(1);
  sent.length = 0;
  channel.ask(wish(7));
  channel.query(SORTED, wish(0));
  assert.deepEqual(sent, [{ kind: "query", view: "v", id: 2, ...wish(0), ...SORTED }]);
  clock.pass(100);
  assert.equal(sent.length, 1);
  clock.pass(4900);
  assert.deepEqual(sent.at(-1), { kind: "hello", view: "v", id: 3, ...wish(0), ...SORTED });
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
