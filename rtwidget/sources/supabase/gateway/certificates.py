"""Why a connection could not be made, in words: certificates, encryption, names, proxies. Pure.

The verify codes are those of OpenSSL's `X509_V_ERR_*`.
"""

from __future__ import annotations

import re
import socket
import ssl
from errno import errorcode
from os import strerror

import httpx
from websockets.exceptions import InvalidProxyStatus

from rtwidget.errors import ErrorKind, SourceError, UnreachableError
from rtwidget.sources.supabase.gateway.gateway_statuses import gateway_error

# Names and addresses that differ; not yet valid and expired.
_HOST, _DATES = frozenset({62, 64}), frozenset({9, 10})
_PLAIN = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"})
_STATUS = re.compile(r"[1-5]\d\d(?=\s|$)")
_TRUST = (
    "Behind a company's proxy that opens TLS, set `SSL_CERT_FILE` to a file in PEM format with its authority's certificate "
    "(and the usual ones), then open the table again; else check the URL."
)
_NAMED = (
    "Check the host in the URL; where a network wants a login first, open the URL in a browser. The certificate has to name "
    "the host, and `SSL_CERT_FILE` cannot change that."
)
_DATE = "Check this machine's date; else whoever runs the server has to renew the certificate. It is tried again."
_CHECK = "Check the network, and that the URL is the project's, as in `https://<ref>.supabase.co`."
_UNKNOWN = "nobody knows this name"
_PROJECT = re.compile(r"\.supabase\.(co|in|red|green)(:\d+)?$")
_NO_NAME = (
    "Check the network and the project's reference in the URL. A project that was deleted, or paused for long, has no address: "
    "look for it in the dashboard of Supabase."
)


def connection_error(
    host: str, error: BaseException, *, worked: bool = False, who: str = ""
) -> SourceError:
    """Return the error of a connection that could not be made, or broke (any thread).

    Args:
        host: The host and port, for people.
        error: What was raised.
        worked: Whether a connection to it worked before: then a wrong certificate is the network's of now, and passes.
        who: What was to be reached there, where it needs saying.
    """
    chain = list(_chain(error))
    for one in chain:
        # Anywhere in the chain, because httpx and anyio wrap it in errors of their own.
        if isinstance(one, ssl.SSLCertVerificationError):
            return _certificate_error(host, one, worked=worked)
    refused = _proxy_status(error)
    proxied = None if refused is None else gateway_error(refused, {}, b"", who=who or host)
    if proxied is None and refused is not None:
        return unreachable(host, f"the proxy before it answered HTTP {refused}")
    return proxied or unreachable(host, _reason(chain, who))


def unreachable(host: str, reason: str) -> UnreachableError:
    """Return the error of a request without an answer; the reason holds no URL (any thread)."""
    unknown = reason == _UNKNOWN and _PROJECT.search(host)
    return UnreachableError(f"No answer from {host} ({reason}).", _NO_NAME if unknown else _CHECK)


def _certificate_error(
    host: str, error: ssl.SSLCertVerificationError, *, worked: bool
) -> SourceError:
    # A certificate that was good a minute ago is a hotel's or a proxy's now, and the right one comes back.
    kind = ErrorKind.TRANSIENT if worked else ErrorKind.NEEDS_USER
    said = (error.verify_message or "").rstrip(".")
    what, hint = "is signed by an authority that is not trusted here", _TRUST
    if error.verify_code in _HOST:
        what, hint = "is for another host", _NAMED
    elif error.verify_code in _DATES:
        what, hint, kind = "is out of date", _DATE, ErrorKind.TRANSIENT
    return UnreachableError(f"The certificate of {host} {what} ({said}).", hint, kind=kind)


def _reason(chain: list[BaseException], who: str) -> str:
    about = f"the {who} failed with " if who else ""
    for one in chain:
        # By type and not by text, which is in the system's language.
        if isinstance(one, socket.gaierror):
            return _UNKNOWN
        if isinstance(one, ConnectionRefusedError):
            return "the connection was refused"
        if isinstance(one, ssl.SSLError):
            reason = getattr(one, "reason", None)  # errors that Python made itself have none
            if reason in _PLAIN:
                return "it does not speak TLS at this port"
            return f"the encryption failed: {reason or type(one).__name__}"
    # What the system says of a network or a host that is not there; the words around it may hold an address.
    for one in chain:
        if isinstance(one, OSError) and one.errno is not None and one.errno in errorcode:
            return f"{about}{strerror(one.errno)}"
    return f"{about}{type(chain[0]).__name__}"


def _proxy_status(error: BaseException) -> int | None:
    """Return the status with which a proxy refused to connect: httpx says it in words, websockets has it in the answer."""
    if isinstance(error, InvalidProxyStatus):
        return error.response.status_code
    found = _STATUS.match(str(error)) if isinstance(error, httpx.ProxyError) else None
    return int(found[0]) if found else None


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = error
    # A chain may lead back to itself.
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or one.__context__
    return found
