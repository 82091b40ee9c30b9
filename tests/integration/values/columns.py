"""Columns of every kind with ordinary values and with those that some library cannot hold, as SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Values:
    """A column.

    Args:
        type: Its SQL type.
        some: Values that may stand in it, as SQL.
        more: Makes one more of them.
    """

    type: str
    some: tuple[str, ...]
    more: Callable[[Random], str] | None = None

    def one(self, chance: Random) -> str:
        """Return one value as SQL."""
        if chance.random() < 0.15:
            return "null"
        if self.more is not None and chance.random() < 0.6:
            return f"'{self.more(chance)}'"
        return chance.choice(self.some)


def digits(chance: Random, most: int) -> str:
    return str(chance.randrange(10 ** chance.randrange(1, most)))


def number(chance: Random, whole: int, fraction: int) -> str:
    return f"{chance.choice(['', '-'])}{digits(chance, whole)}.{chance.randrange(10**fraction):0{fraction}}"


def any_float(chance: Random) -> str:
    return repr(chance.choice([-1, 1]) * chance.random() * 10 ** chance.randrange(-300, 300))


def any_small(chance: Random) -> str:
    return f"{chance.random():.6f}"


def moment(chance: Random) -> str:
    return f"20{chance.randrange(10, 99)}-0{chance.randrange(1, 9)}-1{chance.randrange(9)} 0{chance.randrange(9)}:00:00.{digits(chance, 6)}"


TYPES = """create type t_mood as enum ('sad', '2024-01-01'); create domain t_amount as numeric;
create domain t_count as int8; create type t_pair as (n int8, word text)"""

COLUMNS = {
    "int2": Values("int2", ("-32768", "32767")),
    "int8": Values(
        "int8", ("9007199254740993", "-9223372036854775808", "9223372036854775807", "0")
    ),
    "oid": Values("oid", ("4294967295", "0")),
    "numeric_plain": Values("numeric(12,2)", ("1.50", "0.00"), lambda c: number(c, 9, 2)),
    "numeric_long": Values("numeric", ("0.1",), lambda c: number(c, 12, 25)),
    "numeric_huge": Values("numeric", ("1e400", "'1e-400'", "0.1", "1e20", "-0.0")),
    "numeric_great": Values(
        "numeric", ("1e400", "0.1", "-1e38", "99999999999999999999999999999999999999.5")
    ),
    "numeric_full": Values(
        "numeric",
        ("99999999999999999999999999999999999999", "-99999999999999999999999999999999999999"),
    ),
    "numeric_wide": Values(
        "numeric(60,20)", ("12345678901234567890123456789.12345678901234567890", "1")
    ),
    "numeric_odd": Values(
        "numeric", ("'NaN'", "'Infinity'", "'-Infinity'", "1.10", "9007199254740993")
    ),
    "numeric_whole": Values(
        "numeric(30,0)", ("9223372036854775808", "1", "99999999999999999999999999")
    ),
    "numeric_deep": Values("numeric(30,0)", ("1", "2"), lambda c: digits(c, 20)),
    "numeric_tiny": Values("numeric", ("0.00000000000000000000000000000000000000000001", "1")),
    "float4": Values("float4", ("0.1", "16777216", "3.4e38", "1e-45", "'NaN'", "'-0'"), any_small),
    "float8": Values(
        "float8", ("0.1", "1e300", "5e-324", "'Infinity'", "'-0'", "1e15", "1e16"), any_float
    ),
    "float8_calm": Values("float8", ("0.5", "1e2"), lambda c: repr(c.random())),
    "float8_nan": Values("float8", ("'NaN'", "1.5")),
    "bool": Values("bool", ("true", "false")),
    "text": Values(
        "text", ("''", "'NaN'", "'1'", "'true'", "'null'", "'ü\u0085\ufeff✓'", "E'\\x01a\\tb'")
    ),
    "text_dates": Values("text", ("'2024-01-01'", "'0000-01-01'", "'2024-02-30'")),
    "text_numbers": Values("text", ("'1'", "'2.50'")),
    "uuid": Values("uuid", ("'00000000-0000-4000-8000-000000000001'", "gen_random_uuid()")),
    "date": Values("date", ("'2024-02-29'", "'0001-01-01'", "'9999-12-31'")),
    "date_far": Values("date", ("'10000-01-01'", "'0044-03-15 BC'", "'infinity'", "'2024-02-29'")),
    "timestamp": Values(
        "timestamp", ("'2024-02-29 24:00'", "'0001-01-01'", "'9999-12-31 23:59:59.999999'"), moment
    ),
    "timestamp_far": Values(
        "timestamp",
        ("'294276-12-31 23:59:59.999999'", "'-infinity'", "'0044-03-15 10:00 BC'", "'2024-01-01'"),
    ),
    "timestamp_years": Values("timestamp", ("'10000-01-01'", "'2024-01-01'")),
    "timestamptz": Values(
        "timestamptz", ("'2024-02-29 10:00+05:30'", "'1890-01-01 00:00+00'"), moment
    ),
    "timestamptz_far": Values(
        "timestamptz", ("'infinity'", "'12000-01-01 00:00+00'", "'2024-01-01 00:00+00'")
    ),
    "time": Values("time", ("'24:00'", "'10:00:00.5'")),
    "timetz": Values("timetz", ("'24:00+00'", "'10:00+05:30'")),
    "interval": Values("interval", ("'1 year 2 mons -3 days 04:05:06.5'", "'0'")),
    "money": Values("money", ("'1234567.50'", "'-0.01'")),
    "bytea": Values("bytea", (r"'\x00ff'", "''")),
    "bit": Values("bit(5)", ("B'00101'",)),
    "varbit": Values("bit varying", ("B''", "B'1'")),
    "json": Values(
        "json",
        (
            "'1e400'",
            "'1E5'",
            "'-0'",
            "'-0.0'",
            '\'{"a":1,"a":2}\'',
            "'[1.10, {\"b\": 12345678901234567890}]'",
            "'\"x\"'",
            "'true'",
            "'[\"\\ud800\"]'",
            "'{\"\\u0000\": 1}'",
        ),
    ),
    "jsonb": Values(
        "jsonb", ("'{\"a\": 1.50}'", "'[]'", "'\"5\"'", "'5'", "'\"true\"'", "'true'", "'1e400'")
    ),
    "jsonb_scalars": Values(
        "jsonb", ("'\"5\"'", "'5'", "'true'", "'\"true\"'", "'1.5'", "'1e400'")
    ),
    "jsonb_numbers": Values("jsonb", ("'5'", "'1.50'", "'12345678901234567890'", "'1e30'")),
    "jsonb_texts": Values("jsonb", ("'\"5\"'", "'\"a\"'", "'\"NaN\"'")),
    "int8_array": Values("int8[]", ("'{9007199254740993,null,1}'", "'{}'", "'{{1,2},{3,4}}'")),
    "numeric_array": Values(
        "numeric[]",
        ("'{1.10,NaN,null}'", "'{Infinity}'", "'{1e400}'", "'{0.12345678901234567890123}'"),
    ),
    "numeric_array_calm": Values("numeric[]", ("'{1.10,2}'", "'{{1.5,NaN},{-Infinity,null}}'")),
    "float8_array": Values(
        "float8[]", ("'{0.1,NaN,null,-Infinity,1}'", "'{{1e300,5e-324},{-0,2}}'", "'{}'")
    ),
    "text_array": Values("text[]", ('\'{NaN,1,null,"null","a,b"}\'', "'{}'")),
    "date_array": Values("date[]", ("'{infinity,2024-01-01}'",)),
    "json_array": Values(
        "json[]",
        ("array['{\"a\": 1e400}', '-0', '1.0']::json[]", 'array[\'{"a":1,"a":2}\']::json[]'),
    ),
    "int4range": Values("int4range", ("'[1,5)'", "'empty'")),
    "mood": Values("t_mood", ("'sad'", "'2024-01-01'")),
    "amount": Values("t_amount", ("5", "1.50", "12345678901234567.125")),
    "count": Values("t_count", ("5", "9007199254740993")),
    "pair": Values("t_pair", ("row(1, 'a')", "row(9007199254740993, null)")),
}
