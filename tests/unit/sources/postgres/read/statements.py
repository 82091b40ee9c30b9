"""A table with columns of every kind of comparison, and the SQL of its reads as the tests show it."""

from __future__ import annotations

from rtwidget.sources.postgres.catalog.catalog import Table, TableColumn
from rtwidget.sources.postgres.read.comparison import Comparison, Operator
from rtwidget.sources.postgres.read.query import Query
from rtwidget.sources.postgres.read.statement import Statement
from rtwidget.sources.postgres.read.terms import conditions_of
from rtwidget.sources.query.filters import parse_filter
from rtwidget.sources.query.order import parse_order


def of(schema: str, over: str | None = None, symbols: str = "< <= = >= >") -> Comparison:
    less, least, equal, most, more = (Operator(schema, one) for one in symbols.split())
    return Comparison((less, least, equal, most, more), over)


TABLE = Table(
    oid=1,
    kind="r",
    role="web",
    owner="owner",
    columns=(
        TableColumn("a", "int8", "pg_catalog", of("pg_catalog")),
        TableColumn('b"%', "mood", "my types", of("pg_catalog", "anyenum")),
        TableColumn("c", "text", "pg_catalog", of("pg_catalog")),
        TableColumn("d", "citext", "ext", of("ext"), patterns=True),
        TableColumn("e", "hstore", "ext", of("ext", symbols="#<# #<=# = #>=# #>#")),
        TableColumn("f", "varchar", "pg_catalog", of("pg_catalog", "text")),
        TableColumn("g", "_citext", "ext", of("pg_catalog", "anyarray")),
        TableColumn("h", "point", "pg_catalog"),
    ),
    keys=(("a",),),
)


ROW = '"rtwidget_row"'


FIRST = "select coalesce(pg_catalog.json_agg(rtwidget_page.*), '[]')::pg_catalog.text from ("


LAST = ") as rtwidget_page"


def query(
    key: tuple[str, ...] = ("a",),
    columns: tuple[str, ...] | None = None,
    given: str | list[str] | None = None,
    order: str | None = None,
) -> Query:
    where = conditions_of(parse_filter(given))
    return Query("public", "my.table", TABLE, columns, where, parse_order(order), key)


def text(statement: Statement) -> str:
    shown = statement.text.as_string()
    return shown.removeprefix(FIRST).removesuffix(LAST)


def where(statement: Statement) -> str:
    """Return what stands behind `where`, shortened to what the tests are about."""
    shown = text(statement).partition(" where ")[2].partition(" order by ")[0]
    return shown.replace(f"{ROW}.", "").replace('operator("pg_catalog".', "op(")
