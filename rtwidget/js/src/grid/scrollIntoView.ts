import { make } from "../page/dom";

/** A part of a box, in pixels from its corner. */
export interface Area {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

/** Have whatever scrolls around a box, such as a notebook, scroll as little as needed to show a part of it. */
export function scrollPartIntoView(box: HTMLElement, part: Area): void {
  // The cell itself may not be there yet: it is painted later.
  const mark = make("div");
  Object.assign(mark.style, {
    height: `${part.heightPx}px`,
    left: `${part.leftPx}px`,
    position: "absolute",
    top: `${part.topPx}px`,
    width: `${part.widthPx}px`,
  });
  box.append(mark);
  mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  mark.remove();
}
