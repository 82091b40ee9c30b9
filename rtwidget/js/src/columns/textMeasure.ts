import { make } from "../page/dom";
import type { Measure } from "./widthEstimate";

/** Measure text in the fonts that the box has at that moment. */
export function textMeasure(box: HTMLElement): Measure {
  const context = make("canvas").getContext("2d");
  return (text, face) => {
    const style = getComputedStyle(box);
    const family = face === "code" ? style.getPropertyValue("--rt-code-font") : style.fontFamily;
    if (context === null) {
      return text.length * 8;
    }
    context.font = `${face === "heading" ? 600 : 400} ${style.fontSize} ${family}`;
    return context.measureText(text).width;
  };
}
