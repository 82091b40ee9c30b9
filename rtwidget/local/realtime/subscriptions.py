"""Who wants to hear about which table. Belongs to the servers' event loop."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rtwidget.local.realtime.joining.binding import Binding


class Subscriber(Protocol):
    """A joined channel, as far as change capture knows it."""

    def deliver(self, ids: list[int], data: str) -> None:
        """Send one `postgres_changes` event.

        Args:
            ids: The bindings that matched.
            data: The `data` member of the payload, already JSON.
        """
        ...

    def resubscribe(self) -> None:
        """Subscribe again, because the publication has changed."""
        ...


@dataclass(frozen=True, slots=True)
class Identity:
    """On whose behalf rows are judged: a database role and the claims that policies read."""

    role: str
    claims_json: str

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> Identity:
        """Make the identity of a token's claims."""
        # Sorted, so that equal claims are one identity, whose rows are looked up once.
        return cls(str(claims.get("role", "")), json.dumps(dict(claims), sort_keys=True))

    @property
    def claims(self) -> dict[str, Any]:
        """The claims as an object."""
        claims: dict[str, Any] = json.loads(self.claims_json)
        return claims


@dataclass(frozen=True, slots=True, eq=False)
class Subscription:
    """One binding of one channel on one table.

    A binding for several tables (`*`) becomes several subscriptions. They are compared by identity,
    because a channel may have two equal ones.
    """

    subscriber: Subscriber
    table_oid: int
    binding: Binding
    identity: Identity


class Subscriptions:
    """All live subscriptions of the server. Belongs to its event loop."""

    def __init__(self) -> None:
        self._of_subscriber: dict[Subscriber, list[Subscription]] = {}
        # By table, because change capture asks for each changed table and joins are rare.
        self._of_table: dict[int, list[Subscription]] = {}

    def __len__(self) -> int:
        return sum(len(held) for held in self._of_subscriber.values())

    def replace(self, subscriber: Subscriber, subscriptions: Iterable[Subscription]) -> None:
        """Set what a channel is subscribed to; an empty iterable removes the channel."""
        wanted = list(subscriptions)
        if wanted:
            self._of_subscriber[subscriber] = wanted
        else:
            self._of_subscriber.pop(subscriber, None)
        # Made anew, so that the bindings of one channel stay together and in their order.
        tables: dict[int, list[Subscription]] = defaultdict(list)
        for held in self._of_subscriber.values():
            for subscription in held:
                tables[subscription.table_oid].append(subscription)
        self._of_table = dict(tables)

    def clear(self) -> None:
        """Forget everybody; nobody is told."""
        self._of_subscriber.clear()
        self._of_table = {}

    def of_table(self, oid: int) -> list[Subscription]:
        """Return the subscriptions on a table, grouped by channel."""
        return self._of_table.get(oid, [])

    def subscribers(self) -> list[Subscriber]:
        """Return the channels that hold a subscription."""
        return list(self._of_subscriber)
