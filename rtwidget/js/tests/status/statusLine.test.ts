import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyText } from "../../src/status/emptyText";
import { describe, type Situation } from "../../src/status/statusLine";
import { LIVE } from "../samples";
import { situation } from "./situation";

const text = (given: Situation) => {
  const { word, details } = describe(given);
  return [word, ...details].join(" · ");
};

test("live says how fresh", () => {
  assert.equal(text(situation({})), "Live · 12,345 rows · verified 12 s ago · lag 120 ms");
  assert.equal(
    text(situation({ rows: 1, lag_ms: 1234, verified_at: null })),
    "Live · 1 row · not yet verified · lag 1.2 s",
  );
});

test("an age is not shown while the kernel's clock is unknown", () => {
  assert.equal(text(situation({}, { now: null })), "Live · 12,345 rows · lag 120 ms");
});

test("loading shows how far", () => {
  const line = describe(
    situation({ state: "loading", rows: 3000, expected_rows: 12_000, verified_at: null }),
  );
  assert.deepEqual(line.details, ["3,000 of about 12,000 rows"]);
  assert.equal(line.progress, 0.25);
  const unknown = describe(situation({ state: "loading", rows: 3000, verified_at: null }));
  assert.deepEqual(unknown.details, ["3,000 rows"]);
  assert.equal(unknown.progress, null);
});

test("polling says how often", () => {
  assert.equal(
    text(situation({ state: "polling", poll_every_s: 5 })),
    "Polling · every 5 s · 12,345 rows · verified 12 s ago",
  );
});

test("offline counts down and can be hurried", () => {
  const offline = { state: "offline", retry_at: 1016, attempt: 3 } as const;
  const line = describe(situation(offline));
  assert.deepEqual(line.details.slice(0, 2), ["next try in 4 s", "attempt 3"]);
  assert.ok(line.canRetry && line.stale);
  assert.equal(describe(situation(offline, { now: 1016.5 })).details[0], "trying now");
  assert.ok(line.details.includes("last verified 12 s ago"));
});

test("what needs the user says what to do", () => {
  const error = { message: "No such table.", hint: "Create it." };
  const line = describe(situation({ state: "failed", error, rows: null }));
  assert.deepEqual(line.problem, error);
  assert.deepEqual(line.details, []);
  assert.ok(line.stale);
});

test("a refused request is told before the table's own error", () => {
  const refusal = { message: "No such column.", hint: null };
  assert.deepEqual(describe(situation({}, { refusal })).problem, refusal);
});

test("a lost kernel is never fresh, whatever its last words were", () => {
  for (const link of ["silent", "closed"] as const) {
    const line = describe(situation({}, { link }));
    assert.ok(line.stale);
    assert.equal(line.tone, "bad");
    assert.ok(line.details.includes("last verified 12 s ago"));
    assert.match(line.word, /Kernel/);
  }
});

test("a busy kernel is named, and the rows still count as fresh", () => {
  const line = describe(situation({}, { link: "busy" }));
  assert.equal(line.details[0], "kernel busy");
  assert.equal(line.tone, "warn");
  assert.equal(line.stale, false);
});

test("before the first word the kernel is waited for", () => {
  const start = {
    status: null,
    link: "asking",
    now: null,
    refusal: null,
    changes: 0,
    matching: null,
    waiting: null,
  } as const;
  assert.equal(text(start), "Connecting · waiting for the kernel");
  assert.equal(emptyText(start, 0, null), "Connecting…");
  assert.equal(text(situation({}, { link: "asking" })), "Connecting · waiting for the kernel");
});

test("long ages use larger units", () => {
  const age = (seconds: number) =>
    describe(situation({}, { now: 1000 + seconds })).details.find((each) => /ago/.test(each));
  assert.equal(age(59), "verified 59 s ago");
  assert.equal(age(150), "verified 2 min ago");
  assert.equal(age(7200), "verified 2 h ago");
  assert.equal(age(86_400), "verified 1 day ago");
  assert.equal(age(-3), "verified 0 s ago");
});

test("a paused table says that it shows no changes, and is no alarm", () => {
  const error = { message: "Asleep, because nobody has looked for a while.", hint: null };
  const line = describe(situation({ state: "paused", error }));
  assert.ok(line.stale && line.calm);
  assert.deepEqual(line.details.slice(1), ["last verified 12 s ago", "changes are not shown"]);
  const refusal = { message: "No such column.", hint: null };
  assert.equal(describe(situation({ state: "paused" }, { refusal })).calm, false);
});

test("missed rows are caught up with, not loaded", () => {
  const line = describe(situation({ state: "loading", expected_rows: 20_000 }));
  assert.equal(line.word, "Catching up");
  assert.deepEqual(line.details, ["12,345 rows"]);
  assert.equal(line.progress, null);
  assert.ok(line.stale && !line.calm);
});

test("a held picture says so, and is no alarm", () => {
  const line = describe(situation({}, { waiting: 3 }));
  assert.equal(line.details[0], "picture held");
  assert.ok(line.stale && line.calm);
  const offline = describe(situation({ state: "offline" }, { waiting: 3 }));
  assert.ok(offline.stale && !offline.calm);
});

test("a state that nobody confirmed yet is not shown as one", () => {
  const situation = {
    ...{ status: LIVE, now: 1010, refusal: null, changes: 0, waiting: null, matching: null },
    ...{ isOrderHeld: false },
  };
  assert.equal(describe({ ...situation, link: "open" }).word, "Live");
  assert.equal(describe({ ...situation, link: "asking" }).word, "Connecting");
  assert.equal(describe({ ...situation, status: null, link: "open" }).word, "Connecting");
});
