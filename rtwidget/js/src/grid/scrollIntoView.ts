import { make } from "../page/dom";

/** A part of a box, in pixels from its corner. */
export interface Area {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

/** Have whatever scrolls around a box, such as a notebook, scroll as little as needed to show a part of it. */
export function scrollPartIntoView(box: HTMLElement, area: Area): void {
  // The cell itself may not be there yet: it is painted later.
  const target = make("div");
  Object.assign(target.style, {
    height: `${area.heightPx}px`,
    left: `${area.leftPx}px`,
    position: "absolute",
    top: `${area.topPx}px`,
    width: `${area.widthPx}px`,
  });
  box.append(target);
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
  target.remove();
}
