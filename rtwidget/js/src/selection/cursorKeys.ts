/** How far a key moves the cursor: by cells, or to an end. */
export interface Move {
  down?: number | "start" | "end";
  right?: number | "start" | "end";
}

/** What a key does in the grid, or null where the key is not ours. */
export function moveFor(key: string, control: boolean, pageRows: number): Move | null {
  switch (key) {
    case "ArrowDown":
      return { down: 1 };
    case "ArrowUp":
      return { down: -1 };
    case "ArrowRight":
      return { right: 1 };
    case "ArrowLeft":
      return { right: -1 };
    case "PageDown":
      return { down: pageRows };
    case "PageUp":
      return { down: -pageRows };
    case "Home":
      return control ? { down: "start", right: "start" } : { right: "start" };
    case "End":
      return control ? { down: "end", right: "end" } : { right: "end" };
    default:
      return null;
  }
}
