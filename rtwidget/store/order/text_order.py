"""What Arrow sorts many texts by: numbers that stand in the order of their keys, because comparing texts takes several times as long."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.order.text_key import text_buffers, text_keys

Words = npt.NDArray[np.uint64]

_SAMPLE_ROWS: Final = 4_096
_FEW_DISTINCT: Final = 0.9
"""A sample with a smaller share of distinct texts is of some 20,000 at most, of which ranks are soon made."""
_TELLING: Final = 0.5
"""The share of a sample that words must tell apart to be worth making."""
_WORD_BYTES: Final = 8
_MIXER: Final = np.uint64(0x9E3779B97F4A7C15)
"""Makes one number of two, and different ones of different pairs but for a rare accident."""


def sortable_arrays(texts: pa.Array) -> list[pa.Array]:
    """Return arrays that stand in the order of some texts when compared one after another (any thread).

    Args:
        texts: An array of the type `TEXT`.
    """
    # So few are sorted before anything better could be made of them.
    if len(texts) < _SAMPLE_ROWS:
        return [text_keys(texts), texts]
    sample = texts.take(pa.array(_sample(len(texts))))
    if len(sample.unique()) < _FEW_DISTINCT * len(sample):
        return [_ranks(texts)]
    keys = text_keys(texts)
    return [*_words(keys), keys, texts]


def _sample(rows: int) -> npt.NDArray[np.int64]:
    """Return places all over an array; the same ones each time."""
    return np.unique(np.linspace(0, max(0, rows - 1), min(rows, _SAMPLE_ROWS)).astype(np.int64))


def _ranks(texts: pa.Array) -> pa.Array:
    """Return the place of each text among the distinct ones."""
    encoded = pc.dictionary_encode(texts)
    distinct = encoded.dictionary
    arrays = [text_keys(distinct), distinct]
    order = pc.sort_indices(
        pa.table(arrays, ["key", "text"]), sort_keys=[("key", "ascending"), ("text", "ascending")]
    )
    ranks = np.empty(len(distinct), np.int32)
    ranks[np.asarray(order)] = np.arange(len(distinct), dtype=np.int32)
    return pa.array(ranks).take(encoded.indices)


def _words(keys: pa.Array) -> list[pa.Array]:
    """Return two numbers for each key, of the bytes behind those that all keys begin with; none where they tell little."""
    starts, data = text_buffers(keys)
    ends, starts = starts[1:], starts[:-1] + _shared_bytes(keys)
    # First of a sample, because words that tell little cost more than they save.
    sample = _sample(len(keys))
    padded = np.concatenate([data, np.zeros(_WORD_BYTES, np.uint8)])
    first, second = (_word(padded, starts[sample], ends[sample], place) for place in (0, 1))
    if len(np.unique(first * _MIXER + second)) < _TELLING * len(sample):
        return []
    return [pa.array(_word(padded, starts, ends, place)) for place in (0, 1)]


def _shared_bytes(keys: pa.Array) -> int:
    """Return how many bytes all keys begin with."""
    ends = pc.min_max(keys)
    least, most = (ends[name].as_py().encode() for name in ("min", "max"))
    pairs = zip(least, most, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), len(least))


def _word(
    padded: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    at: int,
) -> Words:
    """Return eight bytes of each key as a number, the first byte the greatest; what is behind its end counts as zero."""
    begins = np.minimum(starts + at * _WORD_BYTES, ends)
    view = np.lib.stride_tricks.as_strided(
        padded, (len(padded) - _WORD_BYTES + 1, _WORD_BYTES), (1, 1)
    )
    words = view[begins].view(">u8").ravel().astype(np.uint64)
    beyond = np.maximum(0, begins + _WORD_BYTES - ends).astype(np.uint64) * np.uint64(8)
    # A shift by all the bits is none.
    return np.where(beyond < _WORD_BYTES * 8, words >> beyond << beyond, np.uint64(0))
