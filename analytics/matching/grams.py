"""Which of a million names share most with one: an inverted index of sound pairs.

A name is its sequence of symbols (analytics.matching.symbols) with a mark at either
end. Its grams are neighbouring pairs in whatever order, and pairs with one symbol
between, so that a letter too few, too many, wrong or misplaced leaves most of them; the
sound stands for the letter, so that a homophone leaves all. Latin letters make triples besides. Rarer grams weigh more (Robertson, J. Doc. 60, 2004);
those of more than MANY names are passed over: they are legal forms and places.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

from analytics.matching.symbols import LETTERS, PLANE, SYMBOLS, sounds

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Float32 = npt.NDArray[np.float32]

MANY: Final = 30_000
_PAIRS: Final = 2 * SYMBOLS * SYMBOLS
_LETTERS: Final = LETTERS + 1
_KEYS: Final = _PAIRS + _LETTERS**3
_EDGE: Final = SYMBOLS - 1
_AT_LEAST: Final = 3
_SIDES: Final = ("left", "right")
LOOKED_AT: Final = 100_000
"""So many entries of the index are looked at for one search; rare grams have few."""
LONGEST: Final = 200


@dataclass(frozen=True)
class GramIndex:
    """Names by their grams.

    Args:
        indptr: int64[keys + 1], where the names of each gram begin.
        names: int32, the number of a name once for each of its grams.
        weight: float32[keys], of a gram; 0 for one of too many names.
        total: float32[names], weight of all grams of a name.
        heard: int64[names], ascending: digests of how names sound as a whole.
        by_heard: int32[names], the names in that order.
    """

    indptr: Int64
    names: Int32
    weight: Float32
    total: Float32
    heard: Int64
    by_heard: Int32

    @property
    def nbytes(self) -> int:
        """Return the bytes its arrays take."""
        arrays = (self.indptr, self.names, self.weight, self.total, self.heard)
        return sum(array.nbytes for array in arrays)

    def nearest(
        self, text: str, open_: npt.NDArray[np.bool_], most: int, scratch: "Scratch"
    ) -> Int32:
        """Return the numbers of the names that share most with a text, best first.

        Args:
            text: as it was written.
            open_: bool[names], which may be found.
            most: at most so many.
            scratch: buffers for one search at a time.
        """
        codes = _codes([text[:LONGEST]])[0]
        grams = np.unique(_grams_of(codes, sounds()))
        if not len(grams):
            return np.empty(0, np.int32)
        # The rarest first; common ones only as far as they cost little.
        many = self.indptr[grams + 1] - self.indptr[grams]
        order = np.argsort(many, kind="stable")
        cheap = int(np.searchsorted(np.cumsum(many[order]), LOOKED_AT, "right"))
        grams = grams[order[: max(_AT_LEAST, cheap)]]
        found: Int32 = _nearest(
            self.indptr, self.names, self.weight, self.total, grams, open_, most,
            scratch.share, scratch.touched,
        )  # fmt: skip
        return found

    def same(self, text: str, open_: npt.NDArray[np.bool_], most: int) -> Int32:
        """Return the numbers of the names that sound as a whole like a text.

        Args:
            text: as it was written.
            open_: bool[names], which may be found.
            most: at most so many.
        """
        codes, starts = _codes([text[:LONGEST]])
        key = _digests(codes, starts, sounds())[0]
        if not key:
            return np.empty(0, np.int32)
        low, high = (np.searchsorted(self.heard, key, side) for side in _SIDES)
        found = self.by_heard[low:high]
        return found[open_[found]][:most]


class Scratch:
    """Buffers of a search over so many names; all zero between searches."""

    def __init__(self, names: int) -> None:
        self.share = np.zeros(names, np.float32)
        self.touched = np.empty(names, np.int32)


def build(texts: pa.Array | pa.ChunkedArray) -> GramIndex:
    """Return the index of names as they are written; null has no grams."""
    codes, starts = _codes(texts.to_pylist())
    indptr, names = _postings(codes, starts, sounds(), _KEYS)
    many = np.diff(indptr)
    count = max(1, len(starts) - 1)
    weight = np.log1p(count / np.maximum(many, 1)).astype(np.float32)
    weight[(many > MANY) | (many == 0)] = 0
    digests = _digests(codes, starts, sounds())
    order = np.argsort(digests, kind="stable").astype(np.int32)
    totals = _totals(indptr, names, weight, count)
    return GramIndex(indptr, names, weight, totals, digests[order], order)


def _codes(texts: list[str | None]) -> tuple[npt.NDArray[np.uint16], Int64]:
    """Return the characters of all texts, those past the plane as 0, and the starts."""
    kept = [(text or "")[:LONGEST] for text in texts]
    joined = "".join(kept).encode("utf-32-le", "replace")
    wide = np.frombuffer(joined, np.uint32)
    starts = np.zeros(len(kept) + 1, np.int64)
    np.cumsum([len(text) for text in kept], out=starts[1:])
    return np.where(wide < PLANE, wide, 0).astype(np.uint16), starts


@njit(cache=True, nogil=True)
def _grams_of(codes, table):  # type: ignore[no-untyped-def]
    """Return the grams of one name, with repetitions."""
    symbols = np.empty(len(codes) + 2, np.int64)
    size = 1
    symbols[0] = _EDGE
    for code in codes:
        if table[code]:
            symbols[size] = table[code]
            size += 1
    if size == 1:
        return np.empty(0, np.int32)
    symbols[size] = _EDGE
    grams = np.empty(3 * size, np.int32)
    at = 0
    for i in range(size):
        low, high = symbols[i], symbols[i + 1]
        grams[at] = min(low, high) * SYMBOLS + max(low, high)
        at += 1
        if i + 2 > size:
            continue
        a, b, c = symbols[i], symbols[i + 1], symbols[i + 2]
        grams[at] = (SYMBOLS + a) * SYMBOLS + c
        at += 1
        if max(a, b, c) < _LETTERS:
            grams[at] = _PAIRS + (a * _LETTERS + b) * _LETTERS + c
            at += 1
    return grams[:at]


@njit(cache=True, nogil=True)
def _digests(codes, starts, table):  # type: ignore[no-untyped-def]
    """Return a digest of each name's symbols (FNV-1a), 0 for one without any."""
    found = np.zeros(len(starts) - 1, np.int64)
    for i in range(len(found)):
        digest = np.uint64(0xCBF29CE484222325)
        size = 0
        for at in range(starts[i], starts[i + 1]):
            symbol = table[codes[at]]
            if symbol:
                digest = (digest ^ np.uint64(symbol)) * np.uint64(0x100000001B3)
                size += 1
        if size:
            found[i] = np.int64(digest >> np.uint64(1)) + 1
    return found


@njit(cache=True, nogil=True)
def _postings(codes, starts, table, keys):  # type: ignore[no-untyped-def]
    """Count, then place: each name once for each different gram."""
    count = len(starts) - 1
    indptr = np.zeros(keys + 1, np.int64)
    last = np.full(keys, -1, np.int32)
    for i in range(count):
        for gram in _grams_of(codes[starts[i] : starts[i + 1]], table):
            if last[gram] != i:
                last[gram] = i
                indptr[gram + 1] += 1
    for k in range(keys):
        indptr[k + 1] += indptr[k]
    names = np.empty(indptr[keys], np.int32)
    place = indptr[:-1].copy()
    last[:] = -1
    for i in range(count):
        for gram in _grams_of(codes[starts[i] : starts[i + 1]], table):
            if last[gram] != i:
                last[gram] = i
                names[place[gram]] = i
                place[gram] += 1
    return indptr, names


@njit(cache=True, nogil=True)
def _totals(indptr, names, weight, count):  # type: ignore[no-untyped-def]
    total = np.zeros(count, np.float32)
    for k in range(len(weight)):
        if weight[k] > 0:
            for at in range(indptr[k], indptr[k + 1]):
                total[names[at]] += weight[k]
    return total


@njit(cache=True, nogil=True)
def _nearest(indptr, names, weight, total, grams, open_, most, share, touched):  # type: ignore[no-untyped-def]
    """Add up shared weight, then keep the best by Jaccard, ties by number."""
    size = 0
    asked = np.float32(0)
    for gram in grams:
        w = weight[gram]
        if w == 0:
            continue
        asked += w
        for at in range(indptr[gram], indptr[gram + 1]):
            i = names[at]
            if not open_[i]:
                continue
            if share[i] == 0:
                touched[size] = i
                size += 1
            share[i] += w
    best = np.empty(most, np.int32)
    score = np.empty(most, np.float32)
    kept = 0
    for t in range(size):
        i = touched[t]
        value = share[i] / (asked + total[i] - share[i])
        share[i] = 0
        if kept == most and (
            value < score[most - 1] or (value == score[most - 1] and i > best[most - 1])
        ):
            continue
        at = kept if kept < most else most - 1
        while at > 0 and (
            score[at - 1] < value or (score[at - 1] == value and best[at - 1] > i)
        ):
            score[at], best[at] = score[at - 1], best[at - 1]
            at -= 1
        score[at], best[at] = value, i
        kept = min(kept + 1, most)
    return best[:kept].copy()
