"""What people paste as a URL, a key or a token instead of one: told at once, in words that hold none of it. Pure.

A wrong host is otherwise asked again for ever, and a wrong key for a minute.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.bearer import is_opaque_key
from rtwidget.sources.supabase.identity import claims_of

EXAMPLE = "A right one is `https://<ref>.supabase.co`."
_QUOTES = "\"'`\u201c\u201d\u2018\u2019"
_BRACKETS = r"<.*>|\{.*\}|\[[a-z_ -]+\]"
# Only of Supabase's own hosts: somebody may really have a project of that name elsewhere.
_NO_HOST = re.compile(rf"{_BRACKETS}|\b(your|my)[-_]?\w*[-_]?\w*\.supabase\.", re.IGNORECASE)
_NO_KEY = re.compile(rf"{_BRACKETS}|your[-_]", re.IGNORECASE)
_REF = re.compile(r"[a-z]{20}")
_PROJECT = re.compile(r"https?://([a-z]{20})\.supabase\.(co|in|red|green)(/|:|$)", re.IGNORECASE)
_DASHBOARD = re.compile(r"(https?://)?(www\.|app\.)?supabase\.(com|io)(/|$)", re.IGNORECASE)
_DATABASE = re.compile(r"(https?://)?db\.(\w+)\.supabase\.(co|in|red|green)(:|/|$)", re.IGNORECASE)
_POOLER = re.compile(r"(https?://)?[\w.-]+\.pooler\.supabase\.com(:|/|$)", re.IGNORECASE)
_SERVICE = re.compile(r"/(rest|auth|storage|realtime|functions|graphql)/v\d+.*$")
_HOST = re.compile(r"(?![^/?#:]*\.\.)[^\s/?#:@<>%*,;()\\^|\"'`]+|\[[0-9A-Fa-f:.%\w]+\]")
_BARE = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+)(:\d+)?(/[\w/.-]*)?", re.ASCII)
_KEY = re.compile(r"sb_(publishable|secret)_|eyJ[\w-]+\.")


class Mistake(NamedTuple):
    """What is wrong.

    Args:
        message: What happened.
        hint: What to do.
    """

    message: str
    hint: str


def url_mistake(name: str, url: Secret) -> Mistake | None:
    """Return what is wrong with a project's URL, or None where it may be one (any thread).

    Args:
        name: The argument or variable that it comes from.
        url: What was given.
    """
    text = url.reveal().strip()
    scheme, has_scheme, rest = text.partition("://")
    if text[:1] in _QUOTES or text[-1:] in _QUOTES:
        return Mistake(f"{name} stands in quotes.", f"Leave them out. {EXAMPLE}")
    if _KEY.match(text):
        hint = f"Pass it as `key=` (or `SUPABASE_KEY`), and the project's URL as `url=` (or `SUPABASE_URL`). {EXAMPLE}"
        return Mistake(f"{name} is a key.", hint)
    if re.match(r"postgres(ql)?(\+\w+)?://", text):
        hint = f"Pass it as `source=`, without url and key, or the project's URL here. {EXAMPLE}"
        return Mistake(f"{name} is the connection string of a database.", hint)
    if _DASHBOARD.match(text):
        return Mistake(
            f"{name} leads to the dashboard of Supabase.",
            _project(re.search(r"/project/(\w+)", text)),
        )
    if found := _DATABASE.match(text):
        return Mistake(
            f"{name} names the database's own host, not the API's.",
            f"Pass `https://{found[2]}.supabase.co`, or a connection string as `source=`.",
        )
    if _POOLER.match(text):
        return Mistake(
            f"{name} names a pooler of databases, not an API.",
            f"Pass a connection string as `source=`, or the project's URL here. {EXAMPLE}",
        )
    if _NO_HOST.search(text):
        return Mistake(
            f"{name} still holds a placeholder.",
            "Copy the project's URL from its dashboard (Settings, API).",
        )
    if not has_scheme:
        return Mistake(
            f"{name} must begin with http:// or https:// and a host.", _with_scheme(text)
        )
    if "@" in re.split(r"[/?#]", rest)[0]:
        return Mistake(f"{name} holds a user or a password.", "Pass `key=` instead.")
    if "?" in rest or "#" in rest:
        return Mistake(f"{name} has something after its path.", EXAMPLE)
    return _host_mistake(name, scheme, rest)


def key_mistake(name: str, key: Secret) -> Mistake | None:
    """Return what is wrong with a key or a token, or None where it may be one (any thread).

    Args:
        name: The argument or variable that it comes from.
        key: What was given; not empty.
    """
    text = key.reveal().strip()
    if text[0] in _QUOTES or text[-1] in _QUOTES:
        return Mistake(f"{name} stands in quotes.", "Leave them out.")
    if re.match(r"bearer\s", text, re.IGNORECASE):
        return Mistake(f"{name} begins with the word Bearer.", "Leave it out: pass what follows.")
    if not text.isascii() or len(text.split()) > 1:
        return Mistake(f"{name} holds spaces or odd characters.", "Copy it again.")
    if "://" in text:
        argument = "source" if text.startswith("postgres") else "url"
        return Mistake(
            f"{name} is a URL.", f"Pass it as `{argument}=`, and a key of a project here."
        )
    if _NO_KEY.match(text):
        return Mistake(
            f"{name} still holds a placeholder.",
            "Copy the key from the project's dashboard (Settings, API keys).",
        )
    if name == "access_token" and is_opaque_key(key):
        return Mistake(
            "access_token is a project's key, and no user's token.", "Pass it as `key=`."
        )
    return None


def foreign_key(url: str, key: Secret) -> Mistake | None:
    """Return what is wrong where a key says that it is another project's (any thread).

    Args:
        url: The project's URL.
        key: Its key.
    """
    here, claims = _PROJECT.match(url), claims_of(key) or {}
    of = claims.get("ref")
    if here is None or not isinstance(of, str) or not _REF.fullmatch(of) or of == here[1].lower():
        return None
    said = f"The key is of the project {of}, and the URL of {here[1].lower()}."
    return Mistake(said, "Take both from the same project's dashboard (Settings, API).")


def _host_mistake(name: str, scheme: str, rest: str) -> Mistake | None:
    if scheme.lower() not in {"http", "https"} or not re.split(r"[/:]", rest)[0]:
        return Mistake(f"{name} must begin with http:// or https:// and a host.", EXAMPLE)
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


def _project(found: re.Match[str] | None) -> str:
    ref = found[1] if found and _REF.fullmatch(found[1]) else "<ref>"
    return f"Pass `https://{ref}.supabase.co`, which the dashboard shows under Settings, API."


def _with_scheme(text: str) -> str:
    if _REF.fullmatch(text):
        return f"Pass `https://{text}.supabase.co`."
    if not _BARE.fullmatch(text):
        return EXAMPLE
    here = text.startswith(("localhost", "127."))
    return f"Pass `{'http' if here else 'https'}://{text}`."
