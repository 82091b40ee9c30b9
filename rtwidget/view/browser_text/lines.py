"""Text as the browser draws it: one line of bounded length in which nothing is invisible (`js/src/cells/formatText.ts`)."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.view.browser_text.digits import joined

LONGEST_SHOWN: Final = 300
"""Characters of a cell that are drawn."""
MARKS: Final = frozenset(' "…⏎␡' + "".join(map(chr, range(0x2400, 0x2420))))
"""What may stand on the screen where the database has something else."""
_BREAK: Final = r"\r\n|[\n\r\x{2028}\x{2029}]"
_CONTROL: Final = r"[\x00-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}]"
# What JavaScript takes for space: to Arrow, that of ASCII alone is `\s`.
_BLANK: Final = (
    r"^[\s\v\x{a0}\x{feff}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]*$"
)


def one_line(texts: pa.Array) -> pa.Array:
    """Return texts as they are drawn; null stays null (any thread)."""
    is_long = pc.greater(pc.utf8_length(texts), LONGEST_SHOWN)
    if pc.any(is_long).as_py():
        cut = joined(pc.utf8_slice_codeunits(texts, 0, LONGEST_SHOWN), "…")
        texts = pc.if_else(is_long, cut, texts)
    # Asked before breaks become visible: a text of nothing but breaks is blank, too.
    is_blank = pc.match_substring_regex(texts, _BLANK)
    # A mask must not be null, and a null cell has nothing to replace.
    odd = pc.fill_null(pc.match_substring_regex(texts, f"{_BREAK}|{_CONTROL}"), False)  # noqa: FBT003
    # Few columns have any, and each step that is left out saves a pass over all of their text.
    if pc.any(odd).as_py():
        texts = pc.replace_with_mask(texts, odd, _visible(texts.filter(odd)))
    if not pc.any(is_blank).as_py():
        return texts
    return pc.if_else(is_blank, joined('"', texts, '"'), texts)


def composed(texts: pa.Array) -> pa.Array:
    """Return texts with one spelling of what looks the same: `é` may be a letter and an accent (any thread).

    Which one, nobody sees; file names of Macs have two characters where keyboards type one.
    """
    is_wide = pc.invert(pc.string_is_ascii(texts))
    if not pc.any(is_wide).as_py():
        return texts
    return pc.replace_with_mask(texts, is_wide, pc.utf8_normalize(texts.filter(is_wide), "NFC"))


def _visible(texts: pa.Array) -> pa.Array:
    texts = pc.replace_substring_regex(texts, _BREAK, "⏎")
    # Before the other control characters, as it is drawn as a space and not as a sign.
    texts = pc.replace_substring(texts, "\t", " ")
    for code in range(0x20):
        texts = pc.replace_substring(texts, chr(code), chr(0x2400 + code))
    return pc.replace_substring_regex(texts, _CONTROL, "␡")


def short_uuid(texts: pa.Array) -> pa.Array:
    """Return uuids by their beginning and their end, as they are drawn; null stays null (any thread)."""
    is_uuid = pc.match_substring_regex(
        texts, r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", ignore_case=True
    )
    ends = pc.utf8_slice_codeunits(texts, 0, 8), pc.utf8_slice_codeunits(texts, -4, None)
    return pc.if_else(is_uuid, joined(ends[0], "…", ends[1]), texts)
