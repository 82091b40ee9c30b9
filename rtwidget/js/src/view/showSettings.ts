import type { Grid } from "../grid/grid";
import type { Settings } from "../kernel/kernel";
import type { StatusBar } from "../status/statusBar";

const DEFAULT_HEIGHT_PX = 400;

/** Give a view the looks that the kernel decided about. */
export function showSettings(settings: Settings, grid: Grid, bar: StatusBar): void {
  const { title, height, follow = false } = settings;
  grid.setFollowing(follow);
  bar.setTitle(title);
  grid.viewport.element.ariaLabel = title || "Table";
  grid.viewport.setHeight(height > 0 ? height : DEFAULT_HEIGHT_PX);
}
