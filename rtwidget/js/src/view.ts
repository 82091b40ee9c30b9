import { Channel } from "./channel";
import { ColumnsPanel } from "./columnsPanel";
import type { Column, FromKernel, Query, Sort, ToKernel, Traits } from "./contract";
import { Detail } from "./detail";
import { make } from "./dom";
import { emptyText } from "./emptyText";
import { Grid } from "./grid";
import { onVisibility, pageClock } from "./lifetime";
import { keepPlainKeys } from "./ownKeys";
import { nextSort } from "./sorting";
import { Standing } from "./standing";
import { StatusBar } from "./statusBar";
import { describe } from "./statusText";
import { STYLES } from "./styles";
import { textMeasure } from "./textMeasure";
import { Toolbar } from "./toolbar";
import { uuid } from "./uuid";

/** The kernel as a view sees it; whatever carries the messages stays outside. */
export interface Kernel {
  read<Name extends keyof Traits>(name: Name): Traits[Name];
  send(message: ToKernel): void;
  onMessage(listener: (message: FromKernel) => void): void;
  onChange(name: keyof Traits, listener: () => void): void;
  onCommChange(listener: () => void): void;
}

const TICK_MS = 1000;
const DEFAULT_HEIGHT_PX = 400;
/** Two lines of a problem; a longer one stays for good, and deserves room of its own. */
const MOST_LENT_PX = 40;

/** Put one view of the table into an element; it lives until the signal aborts. */
export function mountView(host: HTMLElement, kernel: Kernel, signal: AbortSignal): void {
  const shell = make("div");
  const root = shell.attachShadow({ mode: "open" });
  const box = make("div", { class: "rtwidget" });
  root.append(make("style", {}, ...STYLES), box);
  host.append(shell);

  const clock = pageClock(signal);
  const standing = new Standing(clock, kernel.read("status"));
  let columns: Column[] = [];
  let framesBringColumns = false;
  let query: Query = { sort: null, filters: [], search: "" };

  const channel = new Channel(
    uuid(),
    {
      send: (message) => kernel.send(message),
      beat(beat) {
        standing.take(beat);
        show();
      },
      frame(frame, isLast) {
        standing.takeFrame(frame);
        if (frame.columns) {
          framesBringColumns = true;
          takeColumns(frame.columns);
        }
        grid.setFrame(frame, isLast);
        detail.follow(frame);
        if (frame.selected) {
          grid.picker.select(frame.selected);
        }
        show();
      },
      row: (row) => detail.show(row, columns),
      values: ({ column, values }) => grid.table.filters.offer(column, values),
      refusal(answer) {
        standing.refusal = answer;
        show();
      },
      link(now) {
        standing.link = now;
        show();
      },
    },
    clock,
  );
  const bar = new StatusBar(() => channel.tell({ kind: "retry" }), signal);
  const grid = new Grid(
    {
      ask: (wish) => channel.ask(wish),
      sort: (column, adds) => ask({ sort: nextSort(sortNow(), column, adds) }),
      filter: (filters) => ask({ filters }),
      offer: (column) => channel.tell({ kind: "values", column }),
      selected: (keys) => channel.tell({ kind: "select", keys }),
      open: (key) => detail.open(key),
      painted: (seq) => channel.painted(seq),
      now: () => standing.now,
    },
    clock,
    textMeasure(box),
    signal,
  );
  const toolbar = new Toolbar(
    {
      search: (search) => ask({ search }),
      hold: (held) => channel.tell({ kind: "hold", held }),
      toggleFilters: (shown) => grid.showFilters(shown),
      clear() {
        grid.table.filters.clear();
        ask({ search: "", filters: [] });
      },
    },
    clock,
    signal,
  );
  const askRow = (key: string) => channel.tell({ kind: "row", key });
  const current = () => grid.picker.current;
  const detail = new Detail({ ask: askRow, current }, clock, signal);
  const panel = new ColumnsPanel(grid.table.columns.layout, () => grid.table.fitAll(), signal);
  toolbar.add(panel.button, detail.button);
  box.append(toolbar.element, panel.element, grid.element, detail.element, bar.element);

  function sortNow(): readonly Sort[] {
    return query.sort ?? kernel.read("sort");
  }

  /** Ask for other rows or another order, from the first row on. */
  function ask(news: Partial<Query>): void {
    query = { ...query, ...news };
    toolbar.setNarrowed(isNarrowed(query));
    grid.table.setSort(sortNow());
    grid.viewport.toTop();
    channel.query(query, grid.want());
    show();
  }

  function show(): void {
    const situation = standing.situation(isNarrowed(query));
    const line = describe(situation);
    if (bar.show(line)) {
      lendRoom();
    }
    toolbar.setHeld(standing.waiting);
    grid.setStale(line.stale, line.calm);
    grid.setEmptyText(emptyText(situation, columns.length, standing.total));
  }

  /** A problem comes and goes with every outage, and must not move the notebook below. */
  function lendRoom(): void {
    grid.viewport.lend(Math.min(bar.problemPx, MOST_LENT_PX));
  }

  function takeColumns(news: Column[]): void {
    // Setting them again would estimate the widths again.
    if (JSON.stringify(news) !== JSON.stringify(columns)) {
      columns = news;
      grid.setColumns(columns, sortNow(), kernel.read("settings"));
      panel.setColumns(columns);
      show();
    }
  }

  function showSettings(): void {
    const { title, height, follow = false } = kernel.read("settings");
    grid.setFollowing(follow);
    bar.setTitle(title);
    grid.viewport.element.ariaLabel = title || "Table";
    grid.viewport.setHeight(height > 0 ? height : DEFAULT_HEIGHT_PX);
  }

  function tick(): void {
    show();
    lendRoom();
    clock.after(TICK_MS, tick);
  }

  kernel.onMessage((message) => channel.receive(message));
  kernel.onChange("status", () => {
    standing.takeStatus(kernel.read("status"));
    show();
  });
  // The trait travels by another way than frames, and would not fit the rows for a moment.
  kernel.onChange("columns", () => framesBringColumns || takeColumns(kernel.read("columns")));
  // Who sets it in Python means every view, whatever was clicked there before.
  kernel.onChange("sort", () => ask({ sort: null }));
  kernel.onChange("settings", () => {
    showSettings();
    grid.table.relook(kernel.read("settings"));
  });
  kernel.onCommChange(() => channel.commChanged());
  keepPlainKeys(shell, signal);
  onVisibility(shell, signal, (visible) => channel.setVisible(visible));
  signal.addEventListener("abort", () => {
    channel.bye();
    shell.remove();
  });

  showSettings();
  takeColumns(kernel.read("columns"));
  channel.start(grid.want());
  tick();
}

const isNarrowed = ({ filters, search }: Query) => filters.length > 0 || search !== "";
