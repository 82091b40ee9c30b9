import { COLUMNS, makeRow } from "./rows.js";

/** Five rows of ours in a frame: a hand that hurries. */
const STEP_PX = 120;

/** Show our own table, from the front end's own mock of a kernel; returns what scrolls. */
export async function mountOurs(rig, total, height) {
  rig.kernel.makeRow = makeRow;
  const columns = COLUMNS.map(([name, kind]) => ({ name, kind, key: name === "id" }));
  await rig.mount({ columns, total, traits: { settings: { title: "bench", height } } });
  return () => document.querySelector("#cell > div").shadowRoot.querySelector(".viewport");
}

/** The same with the columns again and again, until they are so many. */
export async function mountWide(rig, total, height, count) {
  const places = Array.from({ length: count }, (_, place) => place);
  rig.kernel.makeRow = (index) => {
    const row = makeRow(index);
    return places.map((place) => row[place % row.length]);
  };
  const columns = places.map((place) => {
    const [name, kind] = COLUMNS[place % COLUMNS.length];
    return { name: place < COLUMNS.length ? name : `${name}_${place}`, kind, key: place === 0 };
  });
  await rig.mount({ columns, total, traits: { settings: { title: "bench", height } } });
  return () => document.querySelector("#cell > div").shadowRoot.querySelector(".viewport");
}

/** Scroll for a while, and return the times between frames in ms, and how far it went. */
export async function scroll(element, ms) {
  const gaps = [];
  const from = element.scrollTop;
  const frame = () => new Promise(requestAnimationFrame);
  const began = await frame();
  for (let last = began; last - began < ms; ) {
    element.scrollTop += STEP_PX;
    const now = await frame();
    gaps.push(now - last);
    last = now;
  }
  return { gaps, px: element.scrollTop - from, text: shownText(element) };
}

/** The text on the screen: what scrolls may be another element than what shows. */
export function shownText(element) {
  return element.innerText || document.querySelector("#cell").innerText;
}
