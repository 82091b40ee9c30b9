"""Which media type a request gets: the header `Accept`, as PostgREST reads it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rtwidget.local.rest.rest_errors import RestError

_KIND = re.compile(r"([A-Za-z0-9.*]+)/([A-Za-z0-9.*+-]+)(.*)", re.DOTALL)
_PARAMETER = re.compile(r"""\s*;\s*([A-Za-z0-9-]+)\s*=\s*(?:"([^"]*)"|([A-Za-z0-9|-]+))""")
_QUALITY = ";q="


@dataclass(frozen=True, slots=True)
class Media:
    """A media type that is served.

    Args:
        body: What the answer's text is made of: `json`, `object`, `csv` or `geojson`.
        mime: Its name in `Content-Type`.
        strips_nulls: Whether columns that are null are left out.
    """

    body: str
    mime: str
    strips_nulls: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it is one object instead of a list."""
        return self.body == "object"


JSON = Media("json", "application/json")
_STRIPPED = Media("json", "application/vnd.pgrst.array+json;nulls=stripped", strips_nulls=True)
_OBJECT = Media("object", "application/vnd.pgrst.object+json")
_STRIPPED_OBJECT = Media("object", f"{_OBJECT.mime};nulls=stripped", strips_nulls=True)
_SERVED = {
    "*/*": JSON,
    "application/json": JSON,
    "text/csv": Media("csv", "text/csv"),
    "application/geo+json": Media("geojson", "application/geo+json"),
}


def negotiate(header: str | None) -> Media:
    """Choose the first of the accepted types that is served; plans are not, as is the default.

    Args:
        header: The header; None accepts everything.

    Raises:
        RestError: PGRST107.
    """
    if header is None:
        return JSON
    wanted = accepted_types(header)
    for one in wanted:
        media = _media(one)
        if media is not None:
            return media
    raise not_acceptable(wanted)


def not_acceptable(wanted: list[str]) -> RestError:
    """Refuse types none of which is served."""
    names = ", ".join(map(_named, wanted))
    return RestError(406, "PGRST107", f"None of these media types are available: {names}")


def accepted_types(header: str) -> list[str]:
    """Return the types of the header, the preferred first."""
    parts = []
    for part in header.replace(" ", "").split(","):
        name, _, quality = part.partition(_QUALITY)
        # Between equal qualities the more exact type wins: parameters count for it, stars against it.
        exactness = name.count(";") - name.count("*")
        parts.append((name, _quality(quality), exactness))
    # Python's sort is stable, so equals stay in the order of the header.
    parts.sort(key=lambda part: part[1:], reverse=True)
    return [name for name, _, _ in parts]


def media_type_name(name: str) -> str:
    """Return a type in small letters and without its parameters."""
    found = _KIND.fullmatch(name)
    return f"{found[1]}/{found[2]}".lower() if found else name


def _quality(text: str) -> float:
    try:
        return float(text.partition(";")[0] or 1)
    except ValueError:
        return 1.0


def _media(name: str) -> Media | None:
    kind = media_type_name(name)
    if kind in ("application/vnd.pgrst.object+json", "application/vnd.pgrst.object"):
        return _STRIPPED_OBJECT if _strips(name) else _OBJECT
    if kind in ("application/vnd.pgrst.array+json", "application/vnd.pgrst.array"):
        return _STRIPPED if _strips(name) else JSON
    return _SERVED.get(kind)


def _strips(name: str) -> bool:
    found = _KIND.fullmatch(name)
    pairs = _PARAMETER.findall(found[3]) if found else []
    return {key.lower(): quoted or plain for key, quoted, plain in pairs}.get("nulls") == "stripped"


def _named(name: str) -> str:
    """Name a type as PostgREST does, which fills in what a plan is made for."""
    kind = media_type_name(name)
    plan = re.fullmatch(r"application/vnd\.pgrst\.plan(\+text|\+json)?", kind)
    if plan is None:
        return name if kind not in _SERVED else kind
    found = _KIND.fullmatch(name)
    pairs = _PARAMETER.findall(found[3]) if found else []
    parameters = {key.lower(): quoted or plain for key, quoted, plain in pairs}
    target = parameters.get("for", "application/json")
    # In PostgREST's order, whatever the header's is.
    known = ("analyze", "verbose", "settings", "buffers", "wal")
    given = parameters.get("options", "").split("|")
    options = "|".join(option for option in known if option in given)
    suffix = f"; options={options}" if options else ""
    return f'application/vnd.pgrst.plan{plan[1] or "+text"}; for="{target}"{suffix}'
