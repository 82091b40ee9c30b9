"""The key by which texts are ordered: Unicode's own data, one character at a time."""

from __future__ import annotations

import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.order.text_key import text_keys
from rtwidget.store.order.text_order import sortable_arrays


def key(text: str) -> str:
    """Return what the documentation says that the key of a text is."""
    return "".join(map(key_of_character, text))


def key_of_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", character.casefold())
    kept = "".join(one for one in decomposed if not unicodedata.combining(one))
    return kept if len(kept.encode()) <= len(character.encode()) else character


def folded_list(texts: list[str | None]) -> list[str]:
    found: list[str] = text_keys(pa.array(texts, TEXT)).to_pylist()
    return found


@pytest.mark.slow
def test_the_key_of_every_character_is_as_unicode_has_it() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert folded_list(list(every)) == list(map(key_of_character, every))


letters = st.text(
    st.sampled_from("aZ é\u0301ßẞÅø\u017fİ\u0131日本한が😀\U0001d518\0\n")
    | st.characters(codec="utf-8")
)


@given(st.lists(st.none() | letters, max_size=20), st.integers(0, 5))
def test_texts_have_the_keys_of_their_characters(texts: list[str | None], skipped: int) -> None:
    expected = ["" if text is None else key(text) for text in texts]
    assert folded_list(texts) == expected
    part = pa.array(texts, TEXT)[skipped:]
    assert text_keys(part).to_pylist() == expected[skipped:]


def in_order(texts: list[str]) -> list[str]:
    """Return texts in the order of the arrays that stand for them."""
    arrays = [array.to_pylist() for array in sortable_arrays(pa.array(texts, TEXT))]
    places = range(len(texts))
    return [texts[place] for place in sorted(places, key=lambda at: [one[at] for one in arrays])]


WORDS = ["Zebra", "apple", "élan", "Banana", "apple", "\0", "", "Apfel", "zebra", "é", "e", "ea"]
MANY = 6_000


@pytest.mark.parametrize(
    "texts",
    [
        WORDS,
        [f"{WORDS[place % len(WORDS)]}{place % 50}" for place in range(MANY)],
        [f"https://example.com/{(place * 7919) % MANY:05}é" for place in range(MANY)],
        [f"{'É' * (place % 40)}{(place * 7919) % MANY}" for place in range(MANY)],
        [f"{'x' * 30}{WORDS[place % 12]}{(place * 7919) % MANY}" for place in range(MANY)],
        [f"12345678{chr(0) * (place % 9)}{place if place % 2 else ''}" for place in range(MANY)],
        ["", *map(str, range(MANY))],
    ],
    ids=["few", "repeated", "one beginning", "long", "the same words", "noughts", "numbers"],
)
def test_what_is_sorted_by_stands_in_the_order_of_keys_and_then_of_bytes(texts: list[str]) -> None:
    expected = sorted(texts, key=lambda text: (key(text).encode(), text.encode()))
    assert in_order(texts) == expected
