"""What the database holds, and whether a value that an export gave is that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

NUMBERS = ("int2", "int8", "oid", "numeric", "float4", "float8", "amount", "count")
DOCUMENTS = (
    "json",
    "jsonb",
    "int8_array",
    "numeric_array",
    "float8_array",
    "text_array",
    "date_array",
    "json_array",
    "pair",
)
MOMENTS = ("date", "timestamp")


def begins(name: str, some: Iterable[str]) -> bool:
    return any(name == one or name.startswith(f"{one}_") for one in some)


def sort_of(name: str) -> str:
    """Return as what a column's values are compared: number, moment, document, bool or text."""
    if begins(name, DOCUMENTS):
        return "document"
    if begins(name, NUMBERS):
        return "number"
    if begins(name, (*MOMENTS, "timestamptz")):
        return "moment"
    return "bool" if name == "bool" else "text"


def true_value(name: str, text: str | None, as_json: str | None) -> Any:  # noqa: PLR0911  (one for each sort)
    """Return a value of the database exactly.

    Args:
        name: The column's name, which says its type.
        text: The value as `::text`.
        as_json: The value as JSON, for documents.
    """
    if text is None:
        return None
    match sort_of(name):
        case "number" if name.startswith("float8") and float(text) == float(text):
            # PostgreSQL and Python write some floats by different digits of the same float.
            return exact(float(text))
        case "number":
            return Decimal(text)
        case "bool":
            return text == "true"
        case "moment":
            return iso(text)
        case "document":
            floats = name.startswith(("float8_array", "numeric_array"))
            return exact(json_value(str(as_json)), floats=floats)
        case _:
            return text


def iso(text: str) -> str:
    """Return a moment of PostgreSQL as JSON has it, in UTC."""
    day, space, rest = text.partition(" ")
    if not space or rest == "BC":
        return text
    time, bc, _ = rest.partition(" BC")
    if time.endswith("+00"):
        time += ":00"
    return f"{day}T{time}{bc}"


def json_value(text: str) -> Any:
    """Parse JSON with every digit and every member: an object is a list of pairs."""
    return json.loads(
        text,
        parse_float=Decimal,
        parse_int=Decimal,
        object_pairs_hook=lambda pairs: ("object", *pairs),
    )


def exact(value: Any, *, floats: bool = False) -> Any:
    """Return a value of JSON or of Python so that equal ones are equal: numbers as Decimals."""
    if isinstance(value, str) and floats and value in ("NaN", "Infinity", "-Infinity"):
        return exact(Decimal(value))
    if isinstance(value, dict):
        return ("object", *((key, exact(one)) for key, one in value.items()))
    if isinstance(value, tuple):
        return tuple((one[0], exact(one[1])) if isinstance(one, tuple) else one for one in value)
    if isinstance(value, list):
        return [exact(one, floats=floats) for one in value]
    return exact_scalar(value)


def exact_scalar(value: Any) -> Any:
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, float | np.floating):
        value = Decimal(repr(float(value)))
    if isinstance(value, int | np.integer):
        value = Decimal(int(value))
    if isinstance(value, Decimal):
        return "NaN" if value.is_nan() else value
    return value


def is_null(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT


def given_value(name: str, value: Any) -> Any:  # noqa: PLR0911  (one for each sort)
    """Return a value that an export gave so that it can be compared with the true one."""
    if is_null(value):
        return None
    match sort_of(name):
        case "number" if name.startswith("float8"):
            return exact(float(value))
        case "number":
            return exact(Decimal(value) if isinstance(value, str) else value)
        case "moment":
            return value if isinstance(value, str) else python_iso(value)
        case "document":
            floats = name.startswith(("float8_array", "numeric_array"))
            return exact(json_value(value) if isinstance(value, str) else value, floats=floats)
        case "bool":
            return value == "true" if isinstance(value, str) else bool(value)
        case _:
            # Text of unknown type that looks like a day is one.
            return python_iso(value) if isinstance(value, date) else value


def python_iso(value: Any) -> str:
    """Return a moment of Python, numpy or pandas as JSON has it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    moment = pd.Timestamp(value)
    text = str(moment).replace(" ", "T")
    main, zone = (text[:-6], "+00:00") if moment.tz is not None else (text, "")
    main = main.rstrip("0") if "." in main else main
    return f"{main}{zone}"
