import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAME } from "../samples";
import { start } from "./channelRig";

test("a frame is acknowledged where the kernel asks, once it is painted", () => {
  const { sent, channel } = start();
  sent.length = 0;
  channel.receive({ ...FRAME, answers: 1, seq: 6 });
  channel.painted(6);
  channel.receive({ ...FRAME, answers: 1, seq: 7, ack: true });
  assert.deepEqual(sent, []);
  channel.painted(7);
  assert.deepEqual(sent, [{ kind: "ack", view: "v", seq: 7 }]);
  channel.painted(7);
  channel.receive({ ...FRAME, answers: 1, seq: 8 });
  channel.painted(8);
  assert.equal(sent.length, 1);
});

test("a later frame that was painted instead acknowledges the one that asked", () => {
  const { sent, channel } = start();
  sent.length = 0;
  channel.receive({ ...FRAME, answers: 1, seq: 3, ack: true });
  channel.receive({ ...FRAME, answers: 1, seq: 4 });
  channel.painted(4);
  assert.deepEqual(sent, [{ kind: "ack", view: "v", seq: 4 }]);
});

test("a kernel that began anew is acknowledged by its own numbers", () => {
  const { sent, channel } = start();
  channel.receive({ ...FRAME, answers: 1, seq: 70, ack: true });
  channel.receive({ ...FRAME, answers: 1, seq: 1, ack: true });
  channel.painted(1);
  assert.deepEqual(sent.at(-1), { kind: "ack", view: "v", seq: 1 });
});

test("a view that is never asked says now and then that it is there", () => {
  const { clock, sent, channel, answer, kinds } = start();
  answer(1);
  channel.receive({ ...FRAME, answers: 1, seq: 7, ack: true });
  channel.painted(7);
  kinds();
  for (let seq = 8; seq < 108; seq += 1) {
    channel.receive({ ...FRAME, answers: 1, seq });
    channel.painted(seq);
    clock.pass(200);
  }
  assert.deepEqual(sent, [{ kind: "ack", view: "v", seq: 107 }]);
  channel.setVisible(false);
  kinds();
  // One that was on its way.
  channel.receive({ ...FRAME, answers: 1, seq: 108, ack: true });
  channel.painted(108);
  assert.deepEqual(kinds(), ["ack"]);
  clock.pass(60_000);
  assert.deepEqual(kinds(), []);
});
