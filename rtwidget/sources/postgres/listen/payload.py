"""From a notification's payload to keys. Any role may send one on the channel, so nothing in it is believed.

A key is only ever asked for, and read as the role that reads; the worst that a forged one can do is a read.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rtwidget.abc import Notification
from rtwidget.replica.keys import Key
from rtwidget.sources.query.key_parts import can_be
from rtwidget.sources.values.json_cells import cell_of

_BROKEN = (msgspec.MsgspecError, ValueError)
_EVERYTHING = Notification(everything=True)


class _Payload(msgspec.Struct):
    everything: bool = False
    columns: list[str] = []
    keys: list[list[msgspec.Raw]] = []


_DECODER = msgspec.json.Decoder(_Payload)


class PayloadReader:
    """Reads the payloads of one table.

    Args:
        key: The key columns of the reads, in their order.
        types: The internal types of these columns.
    """

    def __init__(self, key: Sequence[str], types: Sequence[str]) -> None:
        self._key = tuple(key)
        self._types = tuple(types)

    def read(self, payload: str) -> Notification | None:
        """Return what a payload announces, or None when it is none of ours (any thread).

        Keys of other columns or types than ours announce everything: the table was altered, or
        `primary_key=` names other columns than the trigger. The server bounds a payload to 8,000 bytes.
        """
        try:
            given = _DECODER.decode(payload)
            if given.everything:
                return _EVERYTHING
            if not given.keys:
                return None
            if sorted(given.columns) != sorted(self._key):
                return _EVERYTHING
            places = [given.columns.index(name) for name in self._key]
            width = len(given.columns)
            keys = [self._key_of(one, places) for one in given.keys if len(one) == width]
        except RecursionError:
            # A key that is nested deeper than the decoder goes: something happened to it.
            return _EVERYTHING
        except _BROKEN:
            return None
        whole = len(keys) == len(given.keys) and None not in keys
        named = tuple(dict.fromkeys(key for key in keys if key is not None))
        return Notification(named) if whole else _EVERYTHING

    def _key_of(self, parts: Sequence[msgspec.Raw], places: Sequence[int]) -> Key | None:
        key = tuple(cell_of(bytes(parts[place]).strip()) for place in places)
        fits = all(map(can_be, key, self._types))
        return key if fits else None
