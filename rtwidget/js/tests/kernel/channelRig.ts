import { Channel } from "../../src/kernel/channel";
import type { Link } from "../../src/kernel/channelHooks";
import type { Query, ShownAs, Status, Wish } from "../../src/kernel/contract";
import type { Frame } from "../../src/kernel/fromKernel";
import type { ToKernel } from "../../src/kernel/toKernel";
import { FakeClock } from "../fakeClock";
import { FRAME } from "../samples";

/** What a view asks for that nobody touched. */
export const PLAIN: Query = { sort: null, filters: [], search: "" };
/** How the view draws its cells. */
export const SHOWN_AS: ShownAs = { zone: "America/Sao_Paulo", formats: {}, floats: [] };
/** Forty rows from there on. */
export const wish = (first: number): Wish => ({ first, count: 40, anchor: null });

/** Start a channel whose kernel is the test. */
export function start(send?: (message: ToKernel) => void, shownAs = () => SHOWN_AS) {
  const clock = new FakeClock();
  const sent: ToKernel[] = [];
  const links: Link[] = [];
  const frames: Frame[] = [];
  const lasts: boolean[] = [];
  const statuses: Status[] = [];
  const channel = new Channel(
    "v",
    {
      send: send ?? ((message) => sent.push(message)),
      shownAs,
      link: (link) => links.push(link),
      frame: (frame, isLast) => {
        frames.push(frame);
        lasts.push(isLast);
      },
      beat: ({ status }) => statuses.push(status),
      refusal: () => undefined,
      values: () => undefined,
      row: () => undefined,
      copied: () => undefined,
    },
    clock,
  );
  channel.start(PLAIN, wish(0));
  const answer = (answers: number) => channel.receive({ ...FRAME, answers });
  const kinds = () => sent.splice(0).map(({ kind }) => kind);
  return { clock, sent, links, frames, lasts, statuses, channel, answer, kinds };
}
