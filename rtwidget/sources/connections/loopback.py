"""Whether a host is this machine, to which nothing travels over a network."""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a name or address can only mean this machine (any thread)."""
    # RFC 6761 keeps these names for this machine, whatever a resolver says.
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, which may lead anywhere
        return False
