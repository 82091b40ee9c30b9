"""From a `postgres_changes` frame to the keys that it names, in one pass over its bytes.

Only the key columns of the two records are built; everything else is skipped by the decoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from rtwidget.abc import Notification
from rtwidget.replica.keys import Key
from rtwidget.sources.query.key_parts import can_be_announced
from rtwidget.sources.supabase.rest.row_decoder import can_be_field
from rtwidget.sources.values.sql_types import is_exact_key_type

_Part = int | str | bool | None | msgspec.UnsetType


class _Column(msgspec.Struct, frozen=True):
    name: str
    type: str


_PART = msgspec.json.Decoder(int | str | bool | None)
_COLUMNS = msgspec.json.Decoder(list[_Column])


class Doubtful(msgspec.Struct, frozen=True):
    """What is read of a change whose keys cannot be."""

    schema: str
    table: str


class _DoubtfulPayload(msgspec.Struct, frozen=True):
    data: Doubtful


_DOUBTFUL = msgspec.json.Decoder(_DoubtfulPayload)


class ChangeDecoder:
    """Reads the changes of one table.

    Args:
        schema: Its schema; the server takes names as patterns, so others' changes can come too.
        table: Its name.
        key: The key columns.
    """

    def __init__(self, schema: str, table: str, key: Sequence[str]) -> None:
        self._names = (schema, table)
        self._key = tuple(key)
        self._decode = msgspec.json.Decoder(_frame_type(self._key)).decode
        self._checked: bytes | None = None
        self._exact = True
        self._types: list[str | None] = []

    def read(self, data: bytes | str) -> tuple[str | None, str, Notification | None]:
        """Return a frame's join reference, its topic, and what it announces of our table.

        Raises:
            msgspec.MsgspecError: When it is another frame, or its keys are no plain values.
        """
        frame: Any = self._decode(data)
        change = frame.payload.data
        if (change.schema, change.table) != self._names:
            return frame.join_ref, frame.topic, None
        return frame.join_ref, frame.topic, self._notification(change)

    def read_doubtful(self, payload: msgspec.Raw) -> Notification | None:
        """Return what a change announces whose records could not be read.

        Raises:
            msgspec.MsgspecError: When even its table cannot be read.
        """
        data = _DOUBTFUL.decode(payload).data
        return Notification(everything=True) if (data.schema, data.table) == self._names else None

    def _notification(self, change: Any) -> Notification:  # noqa: ANN401  (its type is made at run time)
        committed = change.commit_timestamp
        committed_at = None if committed is None else committed.timestamp()
        keys: tuple[Key, ...] | None
        if change.type == "UPDATE":
            new, old = self._key_of(change.record), self._key_of(change.old_record)
            keys = None if new is None or old is None else (new,) if new == old else (new, old)
        else:
            only = self._key_of(change.old_record if change.type == "DELETE" else change.record)
            keys = None if only is None else (only,)
        if keys is None or not self._are_exact(bytes(change.columns)) or not self._can_be(keys):
            return Notification(everything=True, committed_at=committed_at)
        return Notification(keys, committed_at=committed_at)

    def _are_exact(self, columns: bytes) -> bool:
        """Whether keys can be taken from records; the columns hardly ever change between frames."""
        if columns != self._checked:
            types = {one.name: one.type for one in _COLUMNS.decode(columns)}
            self._types = [types.get(name) for name in self._key]
            self._exact = all(map(is_exact_key_type, self._types))
            self._checked = columns
        return self._exact

    def _can_be(self, keys: Sequence[Key]) -> bool:
        """Whether the columns can hold these keys, so that asking for them is no mistake."""
        return all(all(map(can_be_announced, key, self._types)) for key in keys)

    def _key_of(self, record: Any) -> Key | None:  # noqa: ANN401  (its type is made at run time)
        if record is None:
            return None
        key: tuple[Any, ...]
        if isinstance(record, dict):
            if not record.keys() >= set(self._key):
                return None
            key = tuple(_PART.decode(record[name]) for name in self._key)
        else:
            key = msgspec.structs.astuple(record)
        return None if msgspec.UNSET in key or None in key else key


def _record_type(names: Sequence[str]) -> Any:  # noqa: ANN401  (a type that is made at run time)
    if not all(map(can_be_field, names)):
        return dict[str, msgspec.Raw]
    fields = [
        (f"part_{place}", _Part, msgspec.field(default=msgspec.UNSET, name=name))
        for place, name in enumerate(names)
    ]
    return msgspec.defstruct("Record", fields, frozen=True)


def _frame_type(names: Sequence[str]) -> type[msgspec.Struct]:
    record = _record_type(names)
    data = msgspec.defstruct(
        "Change",
        [
            ("schema", str),
            ("table", str),
            ("type", Literal["INSERT", "UPDATE", "DELETE"]),
            ("columns", msgspec.Raw),
            ("commit_timestamp", datetime | None, None),
            ("record", record | None, None),
            ("old_record", record | None, None),
        ],
        frozen=True,
    )
    payload = msgspec.defstruct("Payload", [("data", data)], frozen=True)
    return msgspec.defstruct(
        "ChangeFrame",
        [
            ("join_ref", str | None),
            ("ref", str | None),
            ("topic", str),
            ("event", Literal["postgres_changes"]),
            ("payload", payload),
        ],
        array_like=True,
        frozen=True,
    )
