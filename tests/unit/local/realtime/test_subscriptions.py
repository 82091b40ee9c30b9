"""Who is subscribed to which table."""

from __future__ import annotations

from rtwidget.local.realtime.joining.binding import parse_binding
from rtwidget.local.realtime.subscriptions import Identity, Subscription, Subscriptions

BINDING = parse_binding({"schema": "public", "table": "t"})
ANON = Identity.of({"role": "anon"})


class Listener:
    """A channel that is only asked for by name."""

    def deliver(self, ids: list[int], data: str) -> None: ...

    def resubscribe(self) -> None: ...


def on(listener: Listener, *oids: int) -> list[Subscription]:
    return [Subscription(listener, oid, BINDING, ANON) for oid in oids]


def test_a_channel_replaces_what_it_was_subscribed_to() -> None:
    subscriptions, first, second = Subscriptions(), Listener(), Listener()
    subscriptions.replace(first, on(first, 1, 2))
    subscriptions.replace(second, on(second, 2))
    assert len(subscriptions) == 3
    assert [one.subscriber for one in subscriptions.of_table(2)] == [first, second]
    subscriptions.replace(first, on(first, 3))
    assert subscriptions.of_table(1) == []
    assert [one.subscriber for one in subscriptions.of_table(2)] == [second]
    subscriptions.replace(first, [])
    assert subscriptions.subscribers() == [second]
    subscriptions.clear()
    assert (len(subscriptions), subscriptions.of_table(2)) == (0, [])


def test_claims_in_another_order_are_the_same_identity() -> None:
    one, other = Identity.of({"role": "a", "sub": "1"}), Identity.of({"sub": "1", "role": "a"})
    assert one == other
    assert other.claims == {"role": "a", "sub": "1"}
    assert Identity.of({}).role == ""
