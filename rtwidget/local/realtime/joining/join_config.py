"""What a join asks for besides its token, as the real server reads it; and what of it is not done here. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_HERE = "LocalBackend: the local backend of rtwidget does not do {}"
_REPLAY_IN_PUBLIC = "UnableToReplayMessages: Replay is not allowed for public channels"


@dataclass(frozen=True, slots=True)
class JoinConfig:
    """The payload of a join.

    Args:
        changes: The entries of `postgres_changes`.
        is_private: Whether policies on `realtime.messages` decide who may join.
        refusal: Why the join is refused, because it wants what there is not.
    """

    changes: list[Mapping[str, Any]]
    is_private: bool
    refusal: str | None = None


def read_config(payload: Mapping[str, Any]) -> JoinConfig:
    """Read a join's payload; nulls and other shapes count as nothing, as on the real server."""
    # The older protocol, which names the table by the topic.
    if "config" not in payload:
        wanted = "joins without `config`, whose topic names a table"
        return JoinConfig([], is_private=False, refusal=_NOT_HERE.format(wanted))
    config = _object(payload["config"])
    broadcast, presence = _object(config.get("broadcast")), _object(config.get("presence"))
    is_private = _is_true(config.get("private"))
    refusal = None
    # The real server's own refusal comes before what is only missing here.
    if broadcast.get("replay") is not None and not is_private:
        refusal = _REPLAY_IN_PUBLIC
    elif broadcast.get("replay") is not None or _is_true(broadcast.get("replication_ready")):
        refusal = _NOT_HERE.format("broadcast from the database")
    elif _is_true(presence.get("enabled")):
        refusal = _NOT_HERE.format("presence")
    entries = config.get("postgres_changes")
    listed = entries if isinstance(entries, list) else []
    changes: list[Mapping[str, Any]] = [one for one in listed if isinstance(one, dict)]
    return JoinConfig(changes, is_private, refusal)


def event_refusal(event: str) -> str | None:
    """Return why a client's event on a joined channel is refused; None for one that nobody answers."""
    return _NOT_HERE.format(f"`{event}`") if event in ("broadcast", "presence") else None


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")
