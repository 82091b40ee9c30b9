// A model and a kernel small enough to see through: what anywidget gives a view, without Jupyter.
import { audit } from "./audit.js";

const STATUS = {
  state: "live",
  since: 1000,
  rows: 1000,
  verified_at: 1000,
  lag_ms: 42,
  attempt: null,
  retry_at: null,
  expected_rows: null,
  error: null,
  sent_at: 1012,
  poll_every_s: null,
};

class MockModel {
  state = { status: null, columns: [], sort: [], settings: { title: "", height: 300 } };
  sent = [];
  closed = false;
  listeners = [];

  get = (name) => this.state[name];
  set = (name, value) => {
    this.state[name] = value;
    this.emit(`change:${name}`);
  };
  send = (message) => {
    if (this.closed) {
      throw new Error("Cannot send");
    }
    this.sent.push(message);
    kernel.take(message);
  };
  on = (name, listener) => this.listeners.push({ name, listener });
  off = (name, listener) => {
    this.listeners = this.listeners.filter(
      (each) => each.name !== name || each.listener !== listener,
    );
  };
  emit = (name, payload) => {
    for (const each of this.listeners.filter((candidate) => candidate.name === name)) {
      each.listener(payload, []);
    }
  };
}

class MockKernel {
  answering = true;
  total = 1000;
  status = STATUS;
  view = null;
  seq = 0;
  answers = 0;
  range = { first: 0, count: 0 };
  makeRow = (index) => [String(index), `row ${index}`];
  wholeRow = (key) => this.makeRow(Number(key));
  wholeCell = (key, column) => `whole ${column} of ${key}`;
  /** Rows that came above the first one; each row is named by its place without them. */
  above = 0;
  changed = [];
  changes = 0;
  held = false;
  /** More fields for the next frame only. */
  more = {};

  take({ kind, view, id, first, count, anchor, key, held, keys, columns, start, end }) {
    if (kind === "span") {
      const [low, high] = [Number(start), end.place].sort((one, other) => one - other);
      const selected = Array.from({ length: high - low + 1 }, (_, offset) => String(low + offset));
      this.more = { selected };
      this.push();
    }
    if (kind === "copy" && this.answering) {
      const rows = keys.map((each) => columns.map((column) => this.wholeCell(each, column)));
      this.deliver({ kind: "copied", view, id, rows });
    }
    if (kind === "hold") {
      this.held = held;
      this.push();
    }
    if (kind === "row") {
      this.deliver({ kind, view, id, key, cells: this.wholeRow(key) });
    }
    if (kind === "hello" || kind === "query" || kind === "window") {
      this.view = view;
      this.answers = id;
      // As the real one: the window moves with the anchor row, which the request knows by its old place.
      const moved = anchor?.key == null ? 0 : Number(anchor.key) + this.above - anchor.place;
      this.range = { first: first + moved, count, anchored: anchor !== null };
      if (this.answering) {
        this.push();
      }
    }
  }

  push() {
    const { first } = this.range;
    const count = Math.max(0, Math.min(this.range.count, this.total - first));
    const indexes = Array.from({ length: count }, (_, offset) => first + offset - this.above);
    this.seq += 1;
    const { view, seq, answers, total, changed, changes, status, more } = this;
    this.more = {};
    more.held = this.held;
    this.deliver({
      ...{ kind: "frame", view, seq, ack: true, answers, first, total, changed, changes, status, ...more },
      rows: indexes.map((index) => this.makeRow(index)),
      keys: indexes.map(String),
    });
  }

  /** Rows come above the first one. */
  come(count) {
    this.above += count;
    this.total += count;
    if (this.range.anchored) {
      this.range.first += count;
    }
    this.push();
  }

  beat() {
    this.deliver({ kind: "beat", view: this.view, changes: this.changes, status: this.status });
  }

  deliver(message) {
    // As from a socket: later, and never the same object.
    const copy = JSON.stringify(message);
    queueMicrotask(() => model.emit("msg:custom", JSON.parse(copy)));
  }
}

const model = new MockModel();
const kernel = new MockKernel();
const controller = new AbortController();

async function mount({ columns, traits = {}, rows = null, ...options }) {
  Object.assign(kernel, options);
  Object.assign(model.state, { columns, ...traits });
  kernel.status = { ...STATUS, rows: kernel.total, ...options.status };
  if (rows !== null) {
    kernel.makeRow = (index) => rows[index];
  }
  const { default: widget } = await import("./widget.js");
  const el = document.querySelector("#cell");
  widget.render({ model: window.rig.wrap(model), el, signal: controller.signal });
}

/** `wrap` may watch what a view does with its model. */
window.rig = { model, kernel, controller, mount, audit, wrap: (whole) => whole };
