"""Whether a client may join a topic, checked in the order of the real server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rtwidget.local.realtime import token_refusals
from rtwidget.local.realtime.joining.join_refusals import JoinRefused, TopicRefused
from rtwidget.local.realtime.joining.private_topics import check_topic
from rtwidget.local.realtime.phoenix_frames import TOPIC_PREFIX
from rtwidget.local.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rtwidget.local.realtime.joining.join_config import JoinConfig
    from rtwidget.local.realtime.phoenix_frames import Push
    from rtwidget.local.realtime.realtime_services import RealtimeServices


async def admit(
    services: RealtimeServices, push: Push, config: JoinConfig, key: str, channels: int
) -> dict[str, Any]:
    """Return the claims of a join that is allowed.

    Args:
        services: Of the server.
        push: The join.
        config: What its payload asks for.
        key: The key its socket was opened with.
        channels: How many channels the socket has already.

    Raises:
        JoinRefused: It is not; the message is the reply's reason.
    """
    if push.topic == TOPIC_PREFIX:
        raise JoinRefused("TopicNameRequired: You must provide a topic name")
    reason = services.faults.sockets.take_refusal()
    if reason is not None:
        raise JoinRefused(reason)
    if channels >= services.settings.max_channels:
        raise JoinRefused("ChannelRateLimitReached: Too many channels")
    try:
        claims = services.claims(join_token(push.payload, key), key)
        if config.is_private:
            topic = push.topic.removeprefix(TOPIC_PREFIX)
            await check_topic(services.database, claims, topic)
    except TokenError as problem:
        raise JoinRefused(token_refusals.at_join(problem)) from None
    except TopicRefused as refusal:
        raise JoinRefused(str(refusal)) from None
    # Last, because the real server knows nothing of what the local one does not do.
    if config.refusal is not None:
        raise JoinRefused(config.refusal)
    return claims


def join_token(payload: Mapping[str, Any], key: str) -> str:
    """Return the token that a join acts with.

    Args:
        payload: The join's; both `access_token` and the older `user_token` are read.
        key: What the socket was opened with; it stands in for a missing token and for `sb_` keys,
            which are no tokens.
    """
    access, user = payload.get("access_token"), payload.get("user_token")
    first = user if access in (None, False) else access
    if isinstance(first, str) and first.startswith("sb_"):
        return key
    # The older name wins where both are given.
    return next((token for token in (user, access) if isinstance(token, str)), key)
