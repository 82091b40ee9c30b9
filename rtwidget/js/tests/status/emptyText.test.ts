import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyText } from "../../src/status/emptyText";
import { situation } from "./situation";

test("no rows is told apart from not there yet", () => {
  assert.match(emptyText(situation({}), 3, 0) ?? "", /^No rows match/);
  assert.equal(emptyText(situation({ state: "loading" }), 3, 0), "Loading…");
  assert.equal(emptyText(situation({}), 3, null), "Loading…");
  assert.equal(emptyText(situation({ state: "connecting" }), 3, 0), "Connecting…");
  assert.equal(emptyText(situation({}, { link: "asking" }), 3, 0), "Connecting…");
  const offline = { state: "offline", verified_at: null } as const;
  assert.equal(emptyText(situation(offline), 0, 0), "Nothing to show yet.");
  assert.equal(emptyText(situation({ state: "failed" }), 0, null), "Nothing to show.");
  assert.equal(emptyText(situation({}, { link: "silent" }), 0, null), "Nothing to show.");
  assert.equal(emptyText(situation({}), 3, 5), null);
});

test("an empty table without columns does not connect for ever", () => {
  for (const state of ["live", "polling", "paused", "closed"] as const) {
    assert.match(emptyText(situation({ state }), 0, 0) ?? "", /^No rows match/);
    assert.match(emptyText(situation({ state, rows: 0 }), 0, null) ?? "", /^No rows match/);
  }
});
