import type { Arrangement } from "../columns/columnLayout";
import type { Typed } from "../filters/filterRow";
import type { Grid } from "../grid/grid";
import type { Table } from "../grid/table";
import { ALL_ROWS, isNarrowed, type Query } from "../kernel/contract";
import type { Settings } from "../kernel/kernel";
import type { Toolbar } from "../panels/toolbar";
import type { StatusBar } from "../status/statusBar";

/** Some fifteen rows, where the kernel names no height. */
const DEFAULT_HEIGHT_PX = 400;

/** How somebody set up a view: the columns, the order, and what narrows the rows. */
export interface Setup {
  arrangement: Arrangement;
  query: Query;
  typed: Typed;
}

/** What a view that asks for this is like now. */
export function setupOf(query: Query, { columns, filters }: Table): Setup {
  return { arrangement: columns.layout.arrangement, query, typed: filters.typed };
}

/** Set a view up as it was before, and return what it asks for. */
export function restoreSetup(kept: Setup | null, table: Table, toolbar: Toolbar): Query {
  if (kept === null) {
    return ALL_ROWS;
  }
  table.columns.layout.restore(kept.arrangement);
  table.filters.restore(kept.typed);
  toolbar.restore(kept.query.search, kept.typed.length > 0);
  toolbar.setNarrowed(isNarrowed(kept.query));
  return kept.query;
}

/** Give a view the looks that the kernel decided about. */
export function showSettings(settings: Settings, grid: Grid, bar: StatusBar): void {
  const { title, height, follow = false } = settings;
  grid.setFollowing(follow);
  bar.setTitle(title);
  grid.viewport.element.ariaLabel = title || "Table";
  grid.viewport.setHeight(height > 0 ? height : DEFAULT_HEIGHT_PX);
}
