"""What people paste as a URL, a key or a token instead of one: told at once, in words that hold none of it. Pure.

A wrong host is otherwise asked again for ever, and a wrong key for a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rtwidget.sources.input_shapes import POSTGRES_URL, QUOTES, Shape, first_shape
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.bearer import is_opaque_key
from rtwidget.sources.supabase.credentials.identity import claims_of

EXAMPLE = "A right one is `https://<ref>.supabase.co`."
_BRACKETS = r"<.*>|\{.*\}|\[[a-z_ -]+\]"
_NO_SCHEME = "must begin with http:// or https:// and a host."
# A project's reference has twenty small letters.
_REF = re.compile(r"[a-z]{20}")
_PROJECT = re.compile(r"https?://([a-z]{20})\.supabase\.(co|in|red|green)(/|:|$)", re.IGNORECASE)
# Their documentation shows addresses of single services, which people copy.
_SERVICE = re.compile(r"/(rest|auth|storage|realtime|functions|graphql)/v\d+.*$")
_HOST = re.compile(r"(?![^/?#:]*\.\.)[^\s/?#:@<>%*,;()\\^|\"'`]+|\[[0-9A-Fa-f:.%\w]+\]")
_BARE = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+)(:\d+)?(/[\w/.-]*)?", re.ASCII)


class Mistake(NamedTuple):
    """What is wrong.

    Args:
        message: What happened.
        hint: What to do.
    """

    message: str
    hint: str


_QUOTED = Shape(rf"^[{QUOTES}]|[{QUOTES}]$", "Leave them out.", "stands in quotes.")
_DASHBOARD = r"^(?:https?://)?(?:www\.|app\.)?supabase\.(?:com|io)"
# The first that fits counts.
_URL_SHAPES = (
    _QUOTED,
    Shape(
        r"^(?:sb_(?:publishable|secret)_|eyJ[\w-]+\.)",
        f"Pass it as `key=` (or `SUPABASE_KEY`), and the project's URL as `url=` (or `SUPABASE_URL`). {EXAMPLE}",
        "is a key.",
    ),
    Shape(
        rf"^{POSTGRES_URL}",
        f"Pass it as `source=`, without url and key, or the project's URL here. {EXAMPLE}",
        "is the connection string of a database.",
    ),
    Shape(
        rf"{_DASHBOARD}/.*\bproject/([a-z]{{20}})\b",
        "Pass `https://{0}.supabase.co`.",
        "leads to the dashboard of Supabase.",
    ),
    Shape(rf"{_DASHBOARD}(?:/|$)", EXAMPLE, "leads to Supabase's own site."),
    Shape(
        r"^(?:https?://)?db\.(\w+)\.supabase\.(?:co|in|red|green)(?::|/|$)",
        "Pass `https://{0}.supabase.co`, or a connection string as `source=`.",
        "names the database's own host, not the API's.",
    ),
    Shape(
        r"^(?:https?://)?[\w.-]+\.pooler\.supabase\.com(?::|/|$)",
        f"Pass a connection string as `source=`, or the project's URL here. {EXAMPLE}",
        "names a pooler of databases, not an API.",
    ),
    Shape(
        # Names only of Supabase's own hosts: somebody may really have a project of that name elsewhere.
        rf"{_BRACKETS}|\b(?![a-z]{{20}}\.)(?:your|my)[-_]?\w*[-_]?\w*\.supabase\.",
        "Copy the project's URL from its dashboard (Settings, API).",
        "still holds a placeholder.",
    ),
    Shape(r"^([a-z]{20})$", "Pass `https://{0}.supabase.co`.", _NO_SCHEME),
    Shape(r"://[^/?#]*@", "Pass `key=` instead.", "holds a user or a password."),
    Shape(r"://[^?#]*[?#]", EXAMPLE, "has something after its path."),
)
_KEY_SHAPES = (
    _QUOTED,
    Shape(r"^bearer\s", "Leave it out: pass what follows.", "begins with the word Bearer."),
    Shape(r"\s|[^\x00-\x7f]", "Copy it again.", "holds spaces or odd characters."),
    Shape(
        rf"^{POSTGRES_URL}", "Pass it as `source=`, without url and key.", "is a connection string."
    ),
    Shape(r"://", "Pass it as `url=`, and a key of the project here.", "is a URL."),
    Shape(
        rf"^(?:{_BRACKETS}|your[-_])",
        "Copy the key from the project's dashboard (Settings, API keys).",
        "still holds a placeholder.",
    ),
)


def url_mistake(name: str, url: Secret) -> Mistake | None:
    """Return what is wrong with a project's URL, or None where it may be one (any thread).

    Args:
        name: The argument or variable that it comes from.
        url: What was given.
    """
    text = url.reveal().strip()
    known = _shaped(name, text, _URL_SHAPES)
    if known is not None:
        return known
    scheme, has_scheme, rest = text.partition("://")
    if has_scheme:
        return _host_mistake(name, scheme, rest)
    here = text.startswith(("localhost", "127."))
    right = f"Pass `{'http' if here else 'https'}://{text}`." if _BARE.fullmatch(text) else EXAMPLE
    return Mistake(f"{name} {_NO_SCHEME}", right)


def key_mistake(name: str, key: Secret) -> Mistake | None:
    """Return what is wrong with a key or a token, or None where it may be one (any thread).

    Args:
        name: The argument or variable that it comes from.
        key: What was given; not empty.
    """
    if name == "access_token" and is_opaque_key(key):
        said = "access_token is a project's key, and no user's token."
        return Mistake(said, "Pass it as `key=`.")
    return _shaped(name, key.reveal().strip(), _KEY_SHAPES)


def foreign_key(url: str, key: Secret) -> Mistake | None:
    """Return what is wrong where a key says that it is another project's (any thread).

    Args:
        url: The project's URL.
        key: Its key.
    """
    # Legacy keys are tokens that name their project; those of the new kind do not.
    here, claims = _PROJECT.match(url), claims_of(key) or {}
    of = claims.get("ref")
    if here is None or not isinstance(of, str) or not _REF.fullmatch(of) or of == here[1].lower():
        return None
    said = f"The key is of the project {of}, and the URL of {here[1].lower()}."
    return Mistake(said, "Take both from the same project's dashboard (Settings, API).")


def _host_mistake(name: str, scheme: str, rest: str) -> Mistake | None:
    if scheme.lower() not in {"http", "https"} or not re.split(r"[/:]", rest)[0]:
        return Mistake(f"{name} {_NO_SCHEME}", EXAMPLE)
    # Refused here, in words of ours: each library below would say it in another way, or show what was pasted.
    host = _HOST.match(rest)
    if host is None or rest[host.end() : host.end() + 1] not in {"", "/", ":"}:
        return Mistake(f"{name} holds no name that a host can have.", f"Copy it again. {EXAMPLE}")
    if re.search(r"\s", rest):
        return Mistake(f"{name} holds spaces.", f"Copy it again. {EXAMPLE}")
    path = _SERVICE.search(rest.rstrip("/"))
    if path is not None and path[0] != "/rest/v1":
        return Mistake(
            f"{name} is the address of one of the project's services.",
            f"Leave out its path, from `/{path[1]}` on. {EXAMPLE}",
        )
    if path is None and _PROJECT.match(f"{scheme}://{rest}") and "/" in rest.rstrip("/"):
        return Mistake(f"{name} has a path after its host.", f"Leave it out. {EXAMPLE}")
    return None


def _shaped(name: str, text: str, shapes: Iterable[Shape]) -> Mistake | None:
    known = first_shape(text, shapes)
    if known is None:
        return None
    shape, found = known
    # No example has braces, and the groups hold letters of a host only.
    return Mistake(f"{name} {shape.is_what}", shape.hint.format(*found.groups()))
