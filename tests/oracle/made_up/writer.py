"""Random transactions, and whether somebody cannot hear of what they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.oracle.made_up.plan import ADA, BOB, BY_TEAM, NO_POLICY, TEAMS, USERS, TablePlan

MOST_STATEMENTS = 12


@dataclass
class Batch:
    """What one batch does.

    Args:
        transactions: The statements of each.
        unheard: Whether some view hears nothing of it even from a perfect server: a row that leaves a policy,
            TRUNCATE, another table that a policy reads (reference 3.3, L11 and L12).
        policy_changed: Whether another table changed that a policy reads.
    """

    transactions: list[list[str]] = field(default_factory=list)
    unheard: bool = False
    policy_changed: bool = False


class Writer:
    """Makes batches for one table.

    Args:
        plan: The table.
        chance: Where the choices come from.
        allowed: For each user the teams that the user has ever belonged to; it adds to them in time.
    """

    def __init__(self, plan: TablePlan, chance: Random, allowed: dict[str, set[str]]) -> None:
        self._plan = plan
        self._chance = chance
        self._allowed = allowed

    def first_rows(self, count: int) -> list[str]:
        joined = [self._join(user, TEAMS[place % 2]) for place, user in enumerate((ADA, BOB))]
        return joined + [self._upsert() for _ in range(count)]

    def batch(self) -> Batch:
        chance, batch = self._chance, Batch()
        for _ in range(chance.randrange(1, 4)):
            count = chance.randrange(1, MOST_STATEMENTS)
            statements = [self._statement(batch) for _ in range(count)]
            if chance.random() < 0.1:
                statements.append("rollback; begin")
            batch.transactions.append(statements)
        return batch

    def _statement(self, batch: Batch) -> str:
        choices = (
            (35, self._upsert),
            (27, self._update),
            (18, lambda: f"delete from {self._plan.name} where {self._where()}"),
            (10, self._move_key),
            (6, self._give_away),
            (2, self._change_members),
            (1, self._delete_half),
            (1, lambda: f"truncate {self._plan.name}"),
        )
        (choice,) = self._chance.choices(range(len(choices)), [weight for weight, _ in choices])
        make = choices[choice][1]
        guarded = self._plan.policy != NO_POLICY
        # A key that is changed and then gone before the server looks is named to nobody under a policy.
        batch.unheard |= guarded and make in (self._move_key, self._give_away)
        batch.policy_changed |= self._plan.policy == BY_TEAM and make == self._change_members
        batch.unheard |= batch.policy_changed
        batch.unheard |= choice == len(choices) - 1
        return make()

    def _update(self) -> str:
        return f"update {self._plan.name} set {self._changes()} where {self._where()}"

    def _give_away(self) -> str:
        column = self._chance.choice(["owner", "team"])
        value = self._plan.row_literals(self._chance)[column]
        return f"update {self._plan.name} set {column} = {value} where {self._where()}"

    def _delete_half(self) -> str:
        return f"delete from {self._plan.name} where score % 2 = {self._chance.randrange(2)}"

    def _where(self) -> str:
        pairs = zip(self._plan.key, self._plan.key_literals(self._chance), strict=True)
        return " and ".join(f"{name} = {value}" for name, value in pairs)

    def _changes(self) -> str:
        row = self._plan.row_literals(self._chance)
        del row["owner"], row["team"]
        names = self._chance.sample(sorted(row), self._chance.randrange(1, 3))
        return ", ".join(f"{name} = {row[name]}" for name in names)

    def _upsert(self) -> str:
        plan, row = self._plan, self._plan.row_literals(self._chance)
        names = ", ".join([*plan.key, *row])
        values = ", ".join([*plan.key_literals(self._chance), *row.values()])
        # Who a row belongs to changes in `_give_away` only, which not everybody can hear.
        changed = [name for name in row if name not in {"owner", "team"}]
        both = ", ".join(f"{name} = excluded.{name}" for name in changed)
        return (
            f"insert into {plan.name} ({names}) values ({values}) "
            f"on conflict ({', '.join(plan.key)}) do update set {both}"
        )

    def _move_key(self) -> str:
        plan = self._plan
        target = plan.key_literals(self._chance)
        pairs = [f"{name} = {value}" for name, value in zip(plan.key, target, strict=True)]
        return (
            f"update {plan.name} set {', '.join(pairs)} where {self._where()} "
            f"and not exists (select from {plan.name} where {' and '.join(pairs)})"
        )

    def _change_members(self) -> str:
        user, team = self._chance.choice(USERS), self._chance.choice(TEAMS)
        if self._chance.random() < 0.5:
            return f"delete from {self._plan.members} where member = '{user}' and team = '{team}'"
        return self._join(user, team)

    def _join(self, user: str, team: str) -> str:
        # Before the statement runs: from then on the user may see the team's rows.
        self._allowed.setdefault(user, set()).add(team)
        return (
            f"insert into {self._plan.members} values ('{user}', '{team}') on conflict do nothing"
        )
