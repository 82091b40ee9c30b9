import cells from "./cells.css";
import copying from "./copying.css";
import detail from "./detailsPanel.css";
import forced from "./forcedColors.css";
import grid from "./grid.css";
import rows from "./rows.css";
import status from "./status.css";
import theme from "./theme.css";
import toolbar from "./toolbar.css";

/** The stylesheets of a view, for its shadow root; forced colours come last, because they override all others. */
export const STYLES = [theme, toolbar, grid, cells, rows, copying, detail, status, forced];
