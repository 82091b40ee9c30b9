import { Channel } from "./channel";
import type { Link } from "./channelHooks";
import type {
  Column,
  FromKernel,
  Problem,
  Query,
  Sort,
  Status,
  ToKernel,
  Traits,
} from "./contract";
import { make } from "./dom";
import { emptyText } from "./emptyText";
import { Grid } from "./grid";
import gridStyles from "./grid.css";
import { KernelClock } from "./kernelClock";
import { onVisibility, pageClock } from "./lifetime";
import { keepPlainKeys } from "./ownKeys";
import { nextSort } from "./sorting";
import statusStyles from "./status.css";
import { StatusBar } from "./statusBar";
import { describe } from "./statusText";
import { textMeasure } from "./textMeasure";
import theme from "./theme.css";
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
  root.append(make("style", {}, theme, gridStyles, statusStyles), box);
  host.append(shell);

  const clock = pageClock(signal);
  const kernelClock = new KernelClock();
  // A trait may be hours old when a page is opened, so its age is unknown until the kernel speaks.
  let status = kernel.read("status");
  let link: Link = "asking";
  let refusal: (Problem & { id: number }) | null = null;
  let total: number | null = null;
  let changes = 0;
  let columns: Column[] = [];
  let framesBringColumns = false;
  let query: Query = { sort: null, filters: [], search: "" };

  const channel = new Channel(
    uuid(),
    {
      send: (message) => kernel.send(message),
      beat(beat) {
        changes = beat.changes;
        takeStatus(beat.status);
      },
      frame(frame, isLast) {
        total = frame.total;
        changes = frame.changes;
        refusal = refusal !== null && frame.answers > refusal.id ? null : refusal;
        if (frame.columns) {
          framesBringColumns = true;
          takeColumns(frame.columns);
        }
        grid.setFrame(frame, isLast);
        takeStatus(frame.status);
      },
      refusal(answer) {
        refusal = answer;
        show();
      },
      link(now) {
        link = now;
        show();
      },
    },
    clock,
  );
  const bar = new StatusBar(() => channel.retry(), signal);
  const grid = new Grid(
    {
      ask: (wish) => channel.ask(wish),
      sort: (column, adds) => ask({ sort: nextSort(sortNow(), column, adds) }),
      painted: (seq) => channel.painted(seq),
      now: () => kernelClock.at(clock.now()),
    },
    clock,
    textMeasure(box),
    signal,
  );
  box.append(grid.element, bar.element);

  function sortNow(): readonly Sort[] {
    return query.sort ?? kernel.read("sort");
  }

  /** Ask for other rows or another order, from the first row on. */
  function ask(news: Partial<Query>): void {
    query = { ...query, ...news };
    grid.setSort(sortNow());
    grid.toTop();
    channel.query(query, grid.want());
  }

  function takeStatus(news: Status | null): void {
    if (news !== null) {
      kernelClock.note(news.sent_at, clock.now());
    }
    if (news === null || status === null || news.sent_at >= status.sent_at) {
      status = news;
    }
    show();
  }

  function show(): void {
    const situation = { status, link, refusal, changes, now: kernelClock.at(clock.now()) };
    const line = describe(situation);
    if (bar.show(line)) {
      lendRoom();
    }
    grid.setStale(line.stale, line.calm);
    grid.setEmptyText(emptyText(situation, columns.length, total));
  }

  /** A problem comes and goes with every outage, and must not move the notebook below. */
  function lendRoom(): void {
    grid.lend(Math.min(bar.problemPx, MOST_LENT_PX));
  }

  function takeColumns(news: Column[]): void {
    // Setting them again would estimate the widths again.
    if (JSON.stringify(news) !== JSON.stringify(columns)) {
      columns = news;
      grid.setColumns(columns, sortNow());
      show();
    }
  }

  function showSettings(): void {
    const { title, height } = kernel.read("settings");
    bar.setTitle(title);
    grid.setLabel(title);
    grid.setHeight(height > 0 ? height : DEFAULT_HEIGHT_PX);
  }

  function tick(): void {
    show();
    lendRoom();
    clock.after(TICK_MS, tick);
  }

  kernel.onMessage((message) => channel.receive(message));
  kernel.onChange("status", () => takeStatus(kernel.read("status")));
  kernel.onChange("columns", () => {
    // The trait travels by another way than frames, and would not fit the rows for a moment.
    if (!framesBringColumns) {
      takeColumns(kernel.read("columns"));
    }
  });
  // Who sets it in Python means every view, whatever was clicked there before.
  kernel.onChange("sort", () => ask({ sort: null }));
  kernel.onChange("settings", showSettings);
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
