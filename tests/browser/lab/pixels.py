"""What colour the screen really has at a point."""

from __future__ import annotations

import zlib

from playwright.sync_api import Page

_SIGNATURE_BYTES = 8
_CHUNK_BYTES = 12


def colour_at(page: Page, x: float, y: float) -> tuple[int, int, int]:
    """Return the colour of one pixel: red, green and blue from 0 to 255."""
    picture = page.screenshot(clip={"x": round(x), "y": round(y), "width": 1, "height": 1})
    place, packed = _SIGNATURE_BYTES, b""
    while place < len(picture):
        length = int.from_bytes(picture[place : place + 4], "big")
        if picture[place + 4 : place + 8] == b"IDAT":
            packed += picture[place + 8 : place + 8 + length]
        place += _CHUNK_BYTES + length
    # A filter's byte, and then the pixel: no filter changes the first one of the first line.
    red, green, blue = zlib.decompress(packed)[1:4]
    return red, green, blue
