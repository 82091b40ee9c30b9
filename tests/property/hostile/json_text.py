"""JSON as somebody writes it who wishes us ill: too deep, too long, too big, not quite JSON, or of another type."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

LITERALS = [
    "null",
    "true",
    "0",
    "-0",
    "7",
    "1.5",
    "1e400",
    "-1e400",
    "1e-400",
    "9" * 19,
    "9" * 400,
    "-" + "9" * 4_300,
    "9" * 5_000,
    "NaN",
    "-Infinity",
    '""',
    '"text"',
    '"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"',
    '"2024-02-29T00:00:00Z"',
    '"9999-12-31T23:59:59.999999-14:00"',
    '"\\u0000"',
    '"\\ud800"',
    '"' + "x" * 20_000 + '"',
    "[" * 900 + "]" * 900,
    "[" * 100_000 + "]" * 100_000,
    '{"a":' * 100_000,
    "[" * 100_000,
    '"',
    "",
]
NAMES = ["id", "schema", "table", "type", "name", "status", "message", "a.b", "", "\\ud800"]


def object_text(members: Mapping[str, str]) -> str:
    """Return an object whose members are JSON texts, names as they stand in the text."""
    return "{" + ",".join(f'"{name}":{text}' for name, text in members.items()) + "}"


json_texts = st.recursive(
    st.sampled_from(LITERALS),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda parts: f"[{','.join(parts)}]")
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4).map(object_text)
    ),
    max_leaves=6,
)
"""Values, good and bad, whole and broken."""


def objects(members: Mapping[str, list[str]]) -> st.SearchStrategy[str]:
    """Return objects with these members: each one of its good texts, or anything, or missing."""
    parts = {name: st.sampled_from(good) | json_texts for name, good in members.items()}
    return st.fixed_dictionaries({}, optional=parts).map(object_text) | st.fixed_dictionaries(
        {name: st.sampled_from(good) for name, good in members.items()}
    ).map(object_text)


@st.composite
def damaged(draw: st.DrawFn, good: st.SearchStrategy[str]) -> bytes:
    """Return bytes that were good once: some of them replaced, cut out or doubled."""
    data = bytearray(draw(good), "utf-8", "surrogatepass")
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(data)))
        end = place + draw(st.integers(0, 8))
        data[place:end] = draw(st.binary(max_size=4) | st.just(bytes(data[place:end]) * 2))
    return bytes(data)
