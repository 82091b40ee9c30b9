/** More text than a cell can show costs layout and helps nobody. */
const LONGEST_SHOWN = 300;

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;
// From \u202a on they turn the direction of text, and could hide what it says.
// biome-ignore lint/suspicious/noControlCharactersInRegex: making these visible is the point
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
/** The first letter says where a reader begins; without it they would see the end of a long text. */
const RIGHT_TO_LEFT = /^\P{L}*[\p{sc=Arab}\p{sc=Hebr}\p{sc=Nkoo}\p{sc=Syrc}\p{sc=Thaa}]/u;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One line of text in which nothing is invisible. */
export function oneLine(text: string): string {
  const cut = text.length > LONGEST_SHOWN ? shortened(text) : text;
  return cut.replace(LINE_BREAK, "⏎").replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    if (character === "\t") {
      return " ";
    }
    // Unicode has a picture of each control character, in their own order; those left get that of DEL.
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
  });
}

/** The beginning of a long text; the kernel cuts it at the same character to find what is shown. */
function shortened(text: string): string {
  // Whole characters, because a cut between code units could leave half of one. So many units
  // hold at least one character more than is shown.
  const characters = [...text.slice(0, 2 * LONGEST_SHOWN + 2)];
  return characters.length > LONGEST_SHOWN
    ? `${characters.slice(0, LONGEST_SHOWN).join("")}…`
    : text;
}

/** Does a text begin, for a reader, at its right end? */
export const isRightToLeft = (text: string) => RIGHT_TO_LEFT.test(text);

/**
 * A uuid by its beginning and its end, or null for what is none.
 *
 * Those of version 7 that were made within a minute begin alike, and only their ends tell them apart.
 */
export function shortUuid(text: string): string | null {
  return UUID.test(text) ? `${text.slice(0, 8)}…${text.slice(-4)}` : null;
}
