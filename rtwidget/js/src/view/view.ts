import { nextSort } from "../columns/sorting";
import { Grid } from "../grid/grid";
import { Channel, viewName } from "../kernel/channel";
import { ALL_ROWS, type Column, isNarrowed, type Query, type Sort } from "../kernel/contract";
import type { Kernel } from "../kernel/kernel";
import { pageClock } from "../page/clock";
import { SessionStorage } from "../page/sessionStorage";
import { ColumnsPanel } from "../panels/columnsPanel";
import { DetailsPanel } from "../panels/detailsPanel";
import { OrderHold } from "../panels/orderHold";
import { Toolbar } from "../panels/toolbar";
import { ConnectionStatus } from "../status/connectionStatus";
import { StatusBar } from "../status/statusBar";
import { freshness } from "./freshness";
import { restoreSetup, setupOf, showSettings } from "./setup";

/** Ages are told in seconds. */
const TICK_MS = 1000;

/** Put the parts of one view into a box, and have them talk to each other and to the kernel; return its channel. */
export function fillView(box: HTMLElement, kernel: Kernel, signal: AbortSignal): Channel {
  const clock = pageClock(signal);
  const connection = new ConnectionStatus(clock, kernel.read("status"));
  let columns: Column[] = [];
  let framesBringColumns = false;
  let query: Query = ALL_ROWS;
  const shownAs = () => grid.table.columns.shownAs;

  const channel = new Channel(
    viewName(),
    {
      send: (message) => kernel.send(message),
      shownAs,
      beat(beat) {
        connection.take(beat);
        show();
      },
      frame(frame, isLast) {
        connection.takeFrame(frame);
        // The columns come first, because the rows of the same frame fit them alone.
        if (frame.columns) {
          framesBringColumns = true;
          takeColumns(frame.columns);
        }
        grid.setFrame(frame, isLast);
        details.follow(frame);
        // After the rows, from which the choice takes its cells.
        if (frame.selected) {
          grid.picker.select(frame.selected);
        }
        show();
      },
      row: (row) => details.show(row, columns),
      copied: (copied) => grid.copier.take(copied),
      values: ({ column, values }) => grid.table.filters.offer(column, values),
      refusal(answer) {
        connection.refusal = answer;
        show();
      },
      link(now) {
        connection.link = now;
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
      offer: (column) => channel.tell({ kind: "values", column, shown_as: shownAs() }),
      selected: (keys) => channel.tell({ kind: "select", keys }),
      extended: (start, end) => channel.tell({ kind: "span", start, end }),
      copy: (keys, columns) => channel.tell({ kind: "copy", keys, columns }),
      open: (key) => details.open(key),
      painted: (seq) => channel.painted(seq),
      now: () => connection.now,
    },
    clock,
    box,
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
  const details = new DetailsPanel({ ask: askRow, current }, clock, signal);
  const { columns: set, filters } = grid.table;
  const panel = new ColumnsPanel(set.layout, () => grid.table.fitAll(), signal);
  const orderHold = new OrderHold((held) => channel.tell({ kind: "still", still: held }), clock);
  orderHold.during(panel.element, signal, panel.button);
  orderHold.during(filters.element, signal);
  const fresh = freshness(connection, { bar, grid, toolbar, orderHold });
  const name = kernel.read("settings").id ?? "";
  const storage = new SessionStorage(name, () => setupOf(query, grid.table), signal);
  toolbar.add(panel.button, details.button);
  box.append(toolbar.element, panel.element, grid.element, details.element, bar.element);

  function sortNow(): readonly Sort[] {
    return query.sort ?? kernel.read("sort");
  }

  /** Ask for other rows or another order, from the first row on. */
  function ask(news: Partial<Query>): void {
    query = { ...query, ...news };
    toolbar.setNarrowed(isNarrowed(query));
    grid.table.setSort(sortNow());
    // Before the wish, which is for what is in sight.
    grid.viewport.toTop();
    channel.query(query, grid.want());
    show();
  }

  function show(): void {
    // A value may have shown that a column is of floats; then other text is looked for.
    channel.redrawn();
    fresh.show(isNarrowed(query), columns.length);
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

  function tick(): void {
    show();
    // Now and then too, because a page that crashes says nothing at its end.
    storage.write();
    // The same problem needs more lines once the page gets narrower.
    fresh.lendRoom();
    clock.after(TICK_MS, tick);
  }

  kernel.onMessage((message) => channel.receive(message));
  kernel.onChange("status", () => {
    connection.takeStatus(kernel.read("status"));
    show();
  });
  // The trait travels by another way than frames, and would not fit the rows for a moment.
  kernel.onChange("columns", () => framesBringColumns || takeColumns(kernel.read("columns")));
  kernel.onChange("sort", () => ask({ sort: null })); // whatever was clicked in a view before
  kernel.onChange("settings", () => {
    showSettings(kernel.read("settings"), grid, bar);
    grid.table.setFormats(kernel.read("settings"));
  });
  kernel.onCommChange(() => channel.commChanged());

  // Before the columns, which go to the places where they were.
  query = restoreSetup(storage.read(), grid.table, toolbar);
  showSettings(kernel.read("settings"), grid, bar);
  takeColumns(kernel.read("columns"));
  channel.start(query, grid.want());
  tick();
  return channel;
}
