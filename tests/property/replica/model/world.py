"""A replica between a simulated database and a network that loses, delays, duplicates and reorders."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica.keys import Key
from rtwidget.replica.reads_in_flight import Chain, KeyRead, PageRead
from rtwidget.replica.rules import Replica
from tests.property.replica.model import events as e
from tests.property.replica.model.database import KEYS, USERS, Answer, Database, page
from tests.property.replica.model.dict_rows import DictRows


@dataclass(eq=False)
class Flight:
    """A read under way: it asks as one user, and sees the database at one moment before its answer comes."""

    read: KeyRead | PageRead
    user: str
    after: Key | None = None
    seen: Answer | None = None
    taken: frozenset[Key] = frozenset()


class World:
    """Everything around a replica; each method is one step and adds what happened to `log`."""

    def __init__(self) -> None:
        self.database = Database()
        self.rows = DictRows()
        self.replica = Replica(self.rows)
        self.user = USERS[0]
        self.pending: list[tuple[Key, int]] = []
        self.unnamed: dict[Key, int] = {}
        self.flights: list[Flight] = []
        self.moments: dict[int, int] = {0: 0}
        self.verified = False
        self.log: list[e.Happened] = []

    def picture(self) -> e.Picture:
        """Return what the replica holds now."""
        held, rule = self.rows, self.replica
        return e.Picture(
            rows=dict(held.rows),
            stamps=dict(held.stamps),
            dirty=dict(rule.dirty),
            gone=dict(rule.gone),
            floor=rule.floor,
            want=rule.want,
            running=rule.running,
        )

    def deliver(self, place: int) -> None:
        """Deliver any pending notification, not only the oldest."""
        keys = {self.pending.pop(place)[0]}
        before = self.picture()
        self.replica.invalidate(keys)
        self.log.append(e.Notified(before, self.picture(), keys))

    def lose(self, place: int) -> None:
        """Lose a notification without a word."""
        key, moment = self.pending.pop(place)
        self.unnamed[key] = max(moment, self.unnamed.get(key, 0))

    def see_gap(self) -> None:
        """Learn that notifications may be missing."""
        before = self.picture()
        self.replica.invalidate_all("gap")
        self.log.append(e.GapSeen(before, self.picture()))

    def read_keys(self, most: int) -> None:
        """Begin a read of dirty keys."""
        keys = self.replica.dirty_keys(most, 10_000)
        if keys:
            before = self.picture()
            self._began(before, Flight(self.replica.begin_keys(keys), self.user))

    def begin_pass(self) -> None:
        """Begin a pass up to the greatest key of this moment."""
        before = self.picture()
        begun = self.replica.begin_pass()
        begun.chains[0].until = next(reversed(self.database.answer(self.user)), None)
        self.moments[begun.start] = self.database.moment
        self.log.append(e.Began(before, self.picture(), begun))

    def split(self, number: int) -> None:
        """Go on with the running pass in several chains, cut at any keys in any order."""
        running = self.replica.running
        if running is None or len(running.chains) > 1 or self._pages():
            return
        rest, bounds = running.chains[0], [KEYS[number % len(KEYS)], KEYS[number // 7 % len(KEYS)]]
        if not rest.ended:
            running.split(bounds, self.rows.areas(4)[:-1])

    def next_page(self, number: int = 0) -> None:
        """Begin the next page of a chain of the running pass, unless one is under way."""
        running = self.replica.running
        places = [] if running is None else self._waiting(running.chains)
        if running is not None and places:
            before, place = self.picture(), places[number % len(places)]
            read = self.replica.begin_page(running, place)
            self._began(before, Flight(read, self.user, after=read.chain.after))

    def proceed_with_pass(self, number: int = 0) -> None:
        """Begin a pass, or the next page of a chain, or answer a page that is under way."""
        running = self.replica.running
        if running is None:
            self.begin_pass()
        elif self._waiting(running.chains) and number % 2:
            self.next_page(number)
        elif pages := [flight for flight, read in self._pages() if read.of is running]:
            self.answer(pages[number % len(pages)])
        else:
            self.next_page(number)

    def _pages(self) -> list[tuple[Flight, PageRead]]:
        flights = [(flight, flight.read) for flight in self.flights]
        return [(flight, read) for flight, read in flights if isinstance(read, PageRead)]

    def _waiting(self, chains: list[Chain]) -> list[int]:
        under_way = [read.chain for _, read in self._pages()]
        return [at for at, one in enumerate(chains) if not one.ended and one not in under_way]

    def look(self, flight: Flight) -> Answer:
        """Let a read see the database: at this moment, unless it did so before."""
        if flight.seen is None:
            flight.seen = self.database.answer(flight.user)
        return flight.seen

    def answer(self, flight: Flight, cap: int | None = None) -> None:
        """Answer a read; a cap cuts the answer off and says nothing."""
        self.flights.remove(flight)
        if isinstance(flight.read, KeyRead):
            self._answer_keys(flight.read, self.look(flight), cap)
        else:
            self._answer_page(flight.read, self._rows_of(flight, cap or 2), flight)

    def take_first(self, flight: Flight) -> None:
        """Take the first row of a page before the others."""
        if isinstance(flight.read, PageRead):
            first = self._rows_of(flight, 1)
            self.replica.take_rows(flight.read, first)
            flight.taken = frozenset(first)

    def fail(self, flight: Flight) -> None:
        """Let a read end without an answer."""
        self.flights.remove(flight)
        before = self.picture()
        self.replica.fail(flight.read)
        self.log.append(e.Failed(before, self.picture(), flight.read))

    def give_up(self) -> None:
        """Give up the running pass."""
        running = self.replica.running
        if running is not None:
            before = self.picture()
            self.replica.give_up(running)
            self.log.append(e.GivenUp(before, self.picture()))

    def reset(self) -> None:
        """Become the other user, while reads of the first may be under way."""
        before = self.picture()
        self.replica.reset("identity")
        self.user = USERS[1 - USERS.index(self.user)]
        self.moments[self.replica.floor] = self.database.moment
        self.verified = False
        self.log.append(e.WasReset(before, self.picture()))

    def _began(self, before: e.Picture, flight: Flight) -> None:
        self.flights.append(flight)
        self.moments[flight.read.start] = self.database.moment
        self.log.append(e.Began(before, self.picture(), flight.read))

    def _answer_keys(self, read: KeyRead, seen: Answer, cap: int | None) -> None:
        before, whole = self.picture(), cap is None
        rows = dict([item for item in seen.items() if item[0] in read.keys][:cap])
        delta = self.replica.complete_keys(read, rows, whole=whole)
        self.log.append(e.Answered(before, self.picture(), read, rows, whole, delta))

    def _rows_of(self, flight: Flight, cap: int) -> Answer:
        assert isinstance(flight.read, PageRead)
        return page(self.look(flight), flight.after, flight.read.chain.until, cap)

    def _answer_page(self, read: PageRead, rows: Answer, flight: Flight) -> None:
        before, last = self.picture(), next(reversed(rows), None)
        rest = {key: row for key, row in rows.items() if key not in flight.taken}
        delta = self.replica.complete_page(read, rest, last)
        after, following = self.picture(), read.chain.after
        self.log.append(
            e.PageAnswered(before, after, read, rest, delta, flight.after, last, following)
        )
        if read.of.ended:
            self._complete_pass(read)

    def _complete_pass(self, read: PageRead) -> None:
        before = self.picture()
        self.verified = self.verified or read.of is before.running
        delta = self.replica.complete_pass(read.of)
        self.log.append(e.PassCompleted(before, self.picture(), read.of, delta))
