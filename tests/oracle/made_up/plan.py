"""A table made up by a seed: key, columns and who may see which row."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from uuid import UUID

from tests.oracle.made_up.cells import KINDS, Kind, odd_text

ADA, BOB, EVE = (str(UUID(int=number * 0x1111_2222_3333)) for number in (1, 2, 3))
USERS = (ADA, BOB, EVE)
TEAMS = ("red", "green", "blue")
STATUSES = ("open", "closed", "on hold, maybe")
NO_POLICY, BY_OWNER, BY_TEAM = "none", "owner", "team"
# How many keys there are to choose from: few, so that writers meet.
KEYS = 120

_REGIONS = ("eu", "us,east", 'a"b')
_KEYS = {
    "bigint": ("id bigint",),
    "composite": ("region text", "no int"),
    "text": ("name text",),
    "uuid": ("ref uuid",),
    # Compared as text these would differ between stream and REST, so notifications name nothing.
    "timestamptz": ("at timestamptz",),
}


@dataclass(frozen=True)
class TablePlan:
    """What the table is.

    Args:
        name: Its name.
        key_kind: One of the kinds of keys.
        columns: Further columns: names and types.
        policy: Who may see a row.
    """

    name: str
    key_kind: str
    columns: tuple[tuple[str, Kind], ...]
    policy: str

    @classmethod
    def made_by(cls, chance: Random, name: str) -> TablePlan:
        kinds = chance.sample(KINDS, chance.randrange(2, 7))
        return cls(
            name,
            chance.choice([*_KEYS, "bigint"]),
            tuple((f"c{number}", kind) for number, kind in enumerate(kinds)),
            chance.choice([BY_OWNER, BY_OWNER, BY_TEAM, NO_POLICY]),
        )

    @property
    def key(self) -> list[str]:
        return [definition.split()[0] for definition in _KEYS[self.key_kind]]

    @property
    def types(self) -> dict[str, str]:
        """The SQL type of every column, in table order."""
        key = dict(definition.split() for definition in _KEYS[self.key_kind])
        fixed = {"owner": "uuid", "team": "text", "status": "text", "score": "int4"}
        return {**key, **fixed, **{name: kind.sql for name, kind in self.columns}}

    @property
    def members(self) -> str:
        """The table that says who belongs to which team."""
        return f"{self.name}_members"

    def ddl(self) -> str:
        columns = ", ".join(f"{name} {kind}" for name, kind in self.types.items())
        lines = [
            f"create table {self.name} ({columns}, primary key ({', '.join(self.key)}))",
            f"create table {self.members} (member uuid, team text, primary key (member, team))",
            f"grant select on {self.name}, {self.members} to anon, authenticated, service_role",
            f"alter publication supabase_realtime add table {self.name}",
        ]
        if self.policy != NO_POLICY:
            seen = {
                BY_OWNER: "owner = auth.uid()",
                BY_TEAM: f"team in (select team from {self.members} where member = auth.uid())",
            }[self.policy]
            lines += [
                f"alter table {self.name} enable row level security",
                f"create policy seen on {self.name} for select to authenticated using ({seen})",
            ]
        return "; ".join(lines)

    def key_literals(self, chance: Random) -> list[str]:
        """Return one key's values in SQL; the same number is always the same key."""
        number = chance.randrange(KEYS)
        if self.key_kind == "composite":
            region = _REGIONS[number % len(_REGIONS)]
            return [f"'{region}'", str(number)]
        if self.key_kind == "text":
            odd = odd_text(Random(number))
            return [f"{odd} || '{number}'"]
        if self.key_kind == "uuid":
            return [f"'{UUID(int=number + 2**100)}'"]
        if self.key_kind == "timestamptz":
            return [f"timestamptz '2024-01-01Z' + interval '{number} seconds 250 microseconds'"]
        return [str(number if number % 2 else 2**60 + number)]

    def row_literals(self, chance: Random) -> dict[str, str]:
        """Return the other columns' values in SQL, nulls among them."""
        row = {
            "owner": f"'{chance.choice(USERS)}'",
            "team": f"'{chance.choice(TEAMS)}'",
            "status": f"'{chance.choice(STATUSES)}'",
            "score": str(chance.randrange(50)) if chance.random() > 0.1 else "null",
        }
        for name, kind in self.columns:
            row[name] = kind.write(chance) if chance.random() > 0.15 else "null"
        return row
