"""A replica between a simulated database and a network that loses, delays, duplicates and reorders."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica.keys import Key
from rtwidget.replica.reads import KeyRead, PageRead
from rtwidget.replica.rules import Replica
from tests.property.replica import events as e
from tests.property.replica.database import USERS, Answer, Database, page
from tests.property.replica.dict_rows import DictRows


@dataclass(eq=False)
class Flight:
    """A read under way: it asks as one user, and sees the database at one moment before its answer comes."""

    read: KeyRead | PageRead
    user: str
    after: Key | None = None
    seen: Answer | None = None


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
        begun.until = next(reversed(self.database.answer(self.user)), None)
        self.moments[begun.start] = self.database.moment
        self.log.append(e.Began(before, self.picture(), begun))

    def next_page(self) -> None:
        """Begin the next page of the running pass, unless one is under way."""
        running = self.replica.running
        pages = [flight.read.of for flight in self.flights if isinstance(flight.read, PageRead)]
        if running is not None and running not in pages:
            before = self.picture()
            read = self.replica.begin_page(running)
            self._began(before, Flight(read, self.user, after=running.after))

    def proceed_with_pass(self) -> None:
        """Begin a pass, or its next page, or answer the page that is under way."""
        running = self.replica.running
        if running is None:
            self.begin_pass()
            return
        for flight in self.flights:
            if isinstance(flight.read, PageRead) and flight.read.of is running:
                self.answer(flight)
                return
        self.next_page()

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
            rows = page(self.look(flight), flight.after, flight.read.of.until, cap or 2)
            self._answer_page(flight.read, rows, flight.after)

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

    def _answer_page(self, read: PageRead, rows: Answer, asked: Key | None) -> None:
        before = self.picture()
        delta = self.replica.complete_page(read, rows, next(reversed(rows), None))
        after = self.picture()
        self.log.append(e.PageAnswered(before, after, read, rows, delta, asked, read.of.after))
        if not rows:
            self._complete_pass(read)

    def _complete_pass(self, read: PageRead) -> None:
        before = self.picture()
        self.verified = self.verified or read.of is before.running
        delta = self.replica.complete_pass(read.of)
        self.log.append(e.PassCompleted(before, self.picture(), read.of, delta))
