import { ROW_PX } from "./scrollMap";

/** How far a key scrolls: by pixels, or to an end. */
export interface Move {
  down?: number | "start" | "end";
  right?: number | "start" | "end";
}

const COLUMN_STEP_PX = 64;

/** What a key does in the grid, or null where the key is not ours. */
export function moveFor(key: string, control: boolean, bodyPx: number): Move | null {
  const pagePx = Math.max(ROW_PX, bodyPx - ROW_PX);
  switch (key) {
    case "ArrowDown":
      return { down: ROW_PX };
    case "ArrowUp":
      return { down: -ROW_PX };
    case "ArrowRight":
      return { right: COLUMN_STEP_PX };
    case "ArrowLeft":
      return { right: -COLUMN_STEP_PX };
    case "PageDown":
      return { down: pagePx };
    case "PageUp":
      return { down: -pagePx };
    case "Home":
      return control ? { down: "start", right: "start" } : { right: "start" };
    case "End":
      return control ? { down: "end", right: "end" } : { right: "end" };
    default:
      return null;
  }
}
