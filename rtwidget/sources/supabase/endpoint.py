"""Where a project answers: its URL checked once, and the two addresses that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from rtwidget.errors import CredentialsError
from rtwidget.sources.connections.loopback import is_loopback
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.input_mistakes import EXAMPLE
from rtwidget.sources.supabase.realtime.realtime_frames import VERSION

_EXAMPLES = {
    "url": EXAMPLE,
    "realtime_url": "A right one is `wss://<host>/socket/websocket`.",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A project's addresses.

    Args:
        url: The project's URL without a slash at its end.
        socket: The websocket URL without key and version; secret, as it may hold a key of its own.
        host: The host and port, for people.
        is_local: Whether it is this machine, where no proxy is to be asked.
    """

    url: str
    socket: Secret
    host: str
    is_local: bool

    @property
    def rest(self) -> str:
        """The address of the REST API, with a slash at its end."""
        return f"{self.url}/rest/v1/"

    @property
    def socket_key(self) -> Secret | None:
        """The key that the websocket's own URL holds, which then stands for the project's; None without one."""
        query = parse_qsl(urlsplit(self.socket.reveal()).query)
        return next((Secret(value) for name, value in query if name == "apikey"), None)

    def socket_url(self, key: Secret) -> Secret:
        """Return the whole websocket URL, key and protocol version added where missing."""
        parts = urlsplit(self.socket.reveal())
        named = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        query = [parts.query] if parts.query else []
        if "apikey" not in named:
            # A browser cannot set headers of a websocket, so Realtime reads the key from the address.
            query.append(f"apikey={quote(key.reveal(), safe='')}")
        if "vsn" not in named:
            query.append(f"vsn={VERSION}")
        # The whole address is a secret from here on, since the key is in it.
        return Secret(parts._replace(query="&".join(query)).geturl())


def checked_endpoint(url: str, realtime_url: Secret | None, *, insecure: bool) -> Endpoint:
    """Return the addresses of a project (any thread).

    Args:
        url: The project's URL; `/rest/v1` at its end is forgiven.
        realtime_url: The whole websocket URL of a self-hosted server, or None.
        insecure: Whether keys may travel in the clear to other machines.

    Raises:
        CredentialsError: When a URL cannot work, or would send the key in the clear.
    """
    # The dashboard shows the API's address with `/rest/v1`, and people copy that.
    base = url.strip().rstrip("/").removesuffix("/rest/v1").rstrip("/")
    parts = _checked(Secret(base), "url", {"http", "https"}, insecure=insecure)
    if "?" in base or parts.fragment:
        raise CredentialsError("url has something after its path.", EXAMPLE)
    if realtime_url is None:
        scheme = {"http": "ws", "https": "wss"}[parts.scheme]
        path = f"{parts.path}/realtime/v1/websocket"
        socket = Secret(parts._replace(scheme=scheme, path=path).geturl())
    else:
        socket = _websocket(realtime_url)
        _checked(socket, "realtime_url", {"ws", "wss"}, insecure=insecure)
    return Endpoint(base, socket, parts.netloc, is_loopback(parts.hostname or ""))


def _websocket(url: Secret) -> Secret:
    """Return a websocket's URL; browsers' tools and settings show it with http, which means the same."""
    scheme, colon, rest = url.reveal().strip().partition("://")
    scheme = {"http": "ws", "https": "wss"}.get(scheme.lower(), scheme)
    return Secret(f"{scheme}{colon}{rest}")


def _checked(url: Secret, argument: str, schemes: set[str], *, insecure: bool) -> SplitResult:
    try:
        # The query may hold a key, so it stands in no variable that a traceback can show.
        parts = urlsplit(url.reveal().partition("?")[0])
        host, _ = parts.hostname, parts.port  # reading the port checks it
    except ValueError:
        raise CredentialsError(f"{argument} is no URL.", _EXAMPLES[argument]) from None
    if parts.scheme not in schemes or not host:
        wanted = " or ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise CredentialsError(
            f"{argument} must begin with {wanted} and a host.", _EXAMPLES[argument]
        )
    if parts.username is not None or parts.password is not None:
        raise CredentialsError(f"{argument} holds a user or a password.", "Pass `key=` instead.")
    if parts.scheme in {"http", "ws"} and not insecure and not is_loopback(host):
        raise CredentialsError(
            f"{argument} would send the key to {host} in the clear.",
            f"Use {parts.scheme}s://, or pass `insecure=True` where the network is your own.",
        )
    return parts
