import type { Grid } from "../grid/grid";
import type { OrderHold } from "../panels/orderHold";
import type { Toolbar } from "../panels/toolbar";
import type { ConnectionStatus } from "../status/connectionStatus";
import { emptyText } from "../status/emptyText";
import type { StatusBar } from "../status/statusBar";
import { describe } from "../status/statusLine";

/** Two lines of a problem; a longer one stays for good, and deserves room of its own. */
const MOST_LENT_PX = 40;

/** The parts of a view that say how fresh its rows are. */
export interface Displays {
  bar: StatusBar;
  grid: Grid;
  toolbar: Toolbar;
  orderHold: OrderHold;
}

/** Show how fresh the rows are: in words, over the rows, and where rows would stand. */
export function freshness(
  connection: ConnectionStatus,
  { bar, grid, toolbar, orderHold }: Displays,
) {
  /** A problem comes and goes with every outage, and must not move the notebook below. */
  const lendRoom = () => grid.viewport.lend(Math.min(bar.problemPx, MOST_LENT_PX));
  /** Show what is known now, of a view with so many columns. */
  const show = (isNarrowed: boolean, columns: number) => {
    const situation = connection.situation(isNarrowed, orderHold.isHeld);
    const line = describe(situation);
    if (bar.show(line)) {
      lendRoom();
    }
    toolbar.setHeld(connection.waiting);
    grid.setStale(line.stale, line.calm);
    grid.setEmptyText(emptyText(situation, columns, connection.total));
  };
  return { show, lendRoom };
}
