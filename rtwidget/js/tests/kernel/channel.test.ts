import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAME, LIVE } from "../samples";
import { PLAIN, SHOWN_AS, start, wish } from "./channelRig";

test("a view says hello again until it is answered", () => {
  const { clock, sent, answer, kinds } = start();
  assert.deepEqual(sent, [
    { kind: "hello", view: "v", id: 1, ...wish(0), ...PLAIN, shown_as: SHOWN_AS },
  ]);
  clock.pass(5000);
  assert.deepEqual(kinds(), ["hello", "hello"]);
  answer(2);
  clock.pass(11_000);
  assert.deepEqual(kinds(), []);
});

test("frames for other views are not ours", () => {
  const { channel, frames } = start();
  channel.receive({ ...FRAME, view: "other" });
  assert.deepEqual(frames, []);
});

test("a request without answer for 300 ms means a busy kernel", () => {
  const { clock, links, channel, answer } = start();
  answer(1);
  assert.deepEqual(links, ["open"]);
  clock.pass(1000);
  channel.ask(wish(50));
  clock.pass(299);
  answer(1);
  assert.deepEqual(links, ["open"]);
  clock.pass(1);
  assert.deepEqual(links, ["open", "busy"]);
  answer(2);
  assert.deepEqual(links, ["open", "busy", "open"]);
});

test("an answer in time to an older request keeps the kernel from counting as busy", () => {
  const { clock, links, channel, answer } = start();
  answer(1);
  for (let id = 2; id < 30; id += 1) {
    channel.ask(wish(id));
    clock.pass(100);
    answer(id - 1);
  }
  assert.deepEqual(links, ["open"]);
});

test("twelve silent seconds mean that the kernel is not answering", () => {
  const { clock, links, channel, answer, kinds } = start();
  answer(1);
  kinds();
  clock.pass(11_000);
  channel.receive({ kind: "beat", view: "v", changes: 0, status: LIVE });
  clock.pass(11_999);
  assert.deepEqual(links, ["open"]);
  clock.pass(1);
  assert.deepEqual(links, ["open", "silent"]);
  assert.deepEqual(kinds(), ["hello"]);
  answer(2);
  assert.deepEqual(links, ["open", "silent", "open"]);
});

test("a dead kernel is asked less and less often", () => {
  const { clock, sent } = start();
  clock.pass(600_000);
  assert.ok(sent.length < 20, `${sent.length} messages in ten minutes`);
});

test("a hidden view expects nothing", () => {
  const { clock, links, channel, answer, kinds } = start();
  answer(1);
  channel.setVisible(false);
  channel.setVisible(false);
  assert.deepEqual(kinds(), ["hello", "visible"]);
  clock.pass(60_000);
  assert.deepEqual(links, ["open"]);
  channel.setVisible(true);
  assert.deepEqual(kinds(), ["visible", "hello"]);
  answer(2);
  clock.pass(12_000);
  assert.deepEqual(links, ["open", "silent"]);
});

test("a page that is left says bye and nothing more, and hello when it comes back", () => {
  const { clock, links, channel, answer, kinds } = start();
  answer(1);
  channel.receive({ ...FRAME, answers: 1, seq: 7, ack: true });
  channel.painted(7);
  kinds();
  channel.bye();
  clock.pass(120_000);
  assert.deepEqual(kinds(), ["bye"]);
  assert.deepEqual(links, ["open"]);
  channel.back();
  assert.deepEqual(kinds(), ["hello"]);
  answer(2);
  clock.pass(12_000);
  assert.deepEqual(links, ["open", "silent"]);
});

test("a comm that changed is taken for closed until the kernel speaks", () => {
  const { clock, links, channel, answer, kinds } = start();
  answer(1);
  kinds();
  channel.commChanged();
  assert.deepEqual(links, ["open", "closed"]);
  assert.deepEqual(kinds(), ["hello"]);
  channel.ask(wish(9));
  clock.pass(60_000);
  assert.deepEqual(
    kinds().filter((kind) => kind === "window"),
    [],
  );
  answer(2);
  assert.equal(links.at(-1), "open");
});

test("a send that throws means a closed comm", () => {
  const { links } = start(() => {
    throw new Error("Cannot send");
  });
  assert.deepEqual(links, ["closed"]);
});

test("an error answers its request", () => {
  const { clock, links, channel } = start();
  channel.receive({ kind: "error", view: "v", id: 1, message: "no", hint: null });
  clock.pass(5000);
  assert.deepEqual(links, ["open"]);
});

test("what a page tells stands in the message, with its view and a number", () => {
  const { channel, sent, answer } = start();
  answer(1);
  sent.length = 0;
  channel.tell({ kind: "select", keys: ["1", "2"] });
  channel.tell({ kind: "retry" });
  assert.deepEqual(sent, [
    { kind: "select", keys: ["1", "2"], view: "v", id: 2 },
    { kind: "retry", view: "v", id: 3 },
  ]);
});
