"""The header `Prefer`. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rtwidget.local.rest.rest_errors import RestError

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHOICES = {
    "resolution": ("merge-duplicates", "ignore-duplicates"),
    "missing": ("default", "null"),
    "return": ("representation", "minimal", "headers-only"),
    "count": ("exact", "planned", "estimated"),
    "tx": ("commit", "rollback"),
    "handling": ("strict", "lenient"),
}
_OPEN = ("timezone", "max-affected")
# Their order in `Preference-Applied`. `tx` is not among them: overriding how a transaction ends is not allowed by default.
_READ = ("count", "handling", "timezone")
_UPDATE = ("missing", "return", *_READ, "max-affected")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a request prefers; of what is given twice the first counts."""

    chosen: dict[str, str]
    unknown: tuple[str, ...]

    @property
    def is_strict(self) -> bool:
        """Whether what is not known is an error, and `max-affected` counts."""
        return self.chosen.get("handling") == "strict"

    @property
    def count(self) -> str | None:
        """How rows are counted: `exact`, `planned` or `estimated`."""
        return self.chosen.get("count")

    @property
    def max_affected(self) -> int | None:
        """How many rows a change may reach."""
        text = self.chosen.get("max-affected")
        return int(text) if self.is_strict and text is not None else None

    def check(self) -> None:
        """Refuse what is not known, if the request is strict.

        Raises:
            RestError: PGRST122.
        """
        if self.unknown and self.is_strict:
            raise RestError(
                400,
                "PGRST122",
                "Invalid preferences given with handling=strict",
                f"Invalid preferences: {', '.join(self.unknown)}",
            )

    def applied(self, *, to_update: bool) -> str | None:
        """Write the header `Preference-Applied`, None for no header."""
        known = [
            f"{name}={self.chosen[name]}"
            for name in (_UPDATE if to_update else _READ)
            if name in self.chosen and (name != "max-affected" or self.is_strict)
        ]
        return ", ".join(known) or None


def parse_preferences(headers: Iterable[str]) -> Preferences:
    """Read the header.

    Args:
        headers: Its values; it may be sent several times.
    """
    chosen: dict[str, str] = {}
    unknown: list[str] = []
    for part in (part.strip() for header in headers for part in header.split(",")):
        name, _, value = part.partition("=")
        if name in _OPEN and "=" in part:
            # A number that cannot be read is as if it were not there.
            if name == "timezone" or value.strip().lstrip("-").isdecimal():
                chosen.setdefault(name, value)
        elif value in _CHOICES.get(name, ()):
            chosen.setdefault(name, value)
        else:
            # With its value, because a known name with another value is unknown too.
            unknown.append(part)
    return Preferences(chosen, tuple(unknown))
