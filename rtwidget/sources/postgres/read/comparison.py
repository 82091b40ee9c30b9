"""How values of a type are compared: by the operators of its default btree operator class, which is what ORDER BY goes by.

An operator that is only named is searched for along the reader's search path, where it may be missing, so that another
type's stands in for it, or where somebody else's of the same name comes first. So every comparison names its operator
with the schema. The search path itself stays as it is: functions in policies and views may rely on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Symbol = Literal["lt", "lte", "eq", "gte", "gt"]

SYMBOLS: Mapping[Symbol, str] = {"lt": "<", "lte": "<=", "eq": "=", "gte": ">=", "gt": ">"}
"""In the order of the strategies of a btree operator class, 1 to 5."""

_DEFAULT = """
    select oc.oid from pg_catalog.pg_opclass oc
    where oc.opcdefault and oc.opcmethod = (select am.oid from pg_catalog.pg_am am where am.amname = 'btree')"""

CLASS_OF_TYPE = f"""
  coalesce(({_DEFAULT} and oc.opcintype = t.oid), ({_DEFAULT} and oc.opcintype =
    case when t.typtype = 'e' then 'pg_catalog.anyenum'::pg_catalog.regtype
      when t.typtype = 'r' then 'pg_catalog.anyrange'::pg_catalog.regtype
      when t.typtype = 'm' then 'pg_catalog.anymultirange'::pg_catalog.regtype
      when t.typtype = 'c' then 'pg_catalog.record'::pg_catalog.regtype
      when t.typcategory = 'A' then 'pg_catalog.anyarray'::pg_catalog.regtype end), (
    select oc.oid from pg_catalog.pg_cast c
    join pg_catalog.pg_type input on input.oid = c.casttarget
    cross join lateral ({_DEFAULT} and oc.opcintype = input.oid) as oc
    where c.castsource = t.oid and c.castmethod = 'b' and c.castcontext = 'i'
    order by input.typispreferred and input.typcategory = t.typcategory desc limit 1))"""  # noqa: S608  (of constants)
"""The default btree class of the type `t`: its own, that of all types of its kind, or that of a type it can stand for.

As `GetDefaultOpClass` of the server finds it.
"""

COMPARISON = f"""(
  select pg_catalog.json_build_object(
    'over', (select input.typname from pg_catalog.pg_type input
      where input.oid = class.opcintype and class.opcintype <> t.oid),
    'reachable', (
      select coalesce(pg_catalog.bool_and(pg_catalog.has_schema_privilege(o.oprnamespace, 'usage')), true)
      from pg_catalog.pg_amop ao join pg_catalog.pg_operator o on o.oid = ao.amopopr
      where ao.amopfamily = class.opcfamily and ao.amoppurpose = 's'
        and ao.amoplefttype = class.opcintype and ao.amoprighttype = class.opcintype),
    'operators', (
      select pg_catalog.json_agg(pg_catalog.json_build_array(opn.nspname, o.oprname) order by ao.amopstrategy)
      from pg_catalog.pg_amop ao
      join pg_catalog.pg_operator o on o.oid = ao.amopopr
      join pg_catalog.pg_namespace opn on opn.oid = o.oprnamespace
      where ao.amopfamily = class.opcfamily and ao.amoppurpose = 's'
        and ao.amoplefttype = class.opcintype and ao.amoprighttype = class.opcintype))
  from pg_catalog.pg_opclass class where class.oid = {CLASS_OF_TYPE})"""  # noqa: S608
"""A `Comparison` of the type `t` as JSON; null for a type without one."""

SAME_EQUALITY = f"""exists (
  select from pg_catalog.pg_opclass class
  join pg_catalog.pg_amop own on own.amopfamily = class.opcfamily and own.amopstrategy = 3
    and own.amoplefttype = class.opcintype and own.amoprighttype = class.opcintype
  join pg_catalog.pg_opclass given on given.oid = i.indclass[k.place - 1]
  join pg_catalog.pg_amop ao on ao.amopfamily = given.opcfamily and ao.amopstrategy = 3 and ao.amopopr = own.amopopr
  where class.oid = {CLASS_OF_TYPE}
) and (i.indcollation[k.place - 1] = a.attcollation
  or not exists (select from pg_catalog.pg_collation c where c.oid = a.attcollation and not c.collisdeterministic))"""  # noqa: S608
"""Whether the column `k` of the index `i`, the attribute `a` of the type `t`, is unique by what its type calls equal.

An index may have a class or a collation of its own that tells apart what the column's does not.
"""

OF_ALL_TYPES = frozenset({"anyarray", "anyenum", "anyrange", "anymultirange"})
"""What operators take that are for all types of a kind."""


class Operator(msgspec.Struct, frozen=True, array_like=True):
    """An operator.

    Args:
        schema: Where it is.
        name: Its name.
    """

    schema: str
    name: str


class Comparison(msgspec.Struct, frozen=True):
    """The operators of a type.

    Args:
        operators: Those for less, less or equal, equal, greater or equal, and greater.
        over: The type whose values they take, when that is another one.
        reachable: Whether the role may name them; else values are compared as arrays of one, which use them and need no name.
    """

    operators: tuple[Operator, Operator, Operator, Operator, Operator]
    over: str | None = None
    reachable: bool = True

    def operator(self, symbol: Symbol) -> Operator:
        """Return the operator for a comparison (any thread)."""
        # Arrays of it are compared by the operators of arrays, which are in `pg_catalog`.
        if not self.reachable:
            return Operator("pg_catalog", SYMBOLS[symbol])
        return self.operators[list(SYMBOLS).index(symbol)]

    @property
    def gives_type(self) -> bool:
        """Whether the server takes a value beside a column for one of the column's type."""
        return not self.reachable or self.over is None or self.over in OF_ALL_TYPES

    @property
    def one_by_one(self) -> bool:
        """Whether values of a list are compared one after the other: a list of arrays would be one array of more dimensions."""
        return self.of_arrays or not self.reachable

    @property
    def of_arrays(self) -> bool:
        """Whether it compares arrays."""
        return self.over == "anyarray"

    @property
    def of_rows(self) -> bool:
        """Whether it compares values that have columns themselves."""
        return self.over == "record"
