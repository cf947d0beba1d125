"""Columns of facts as small numbers, for arrays to compute with."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from graph.snapshot import Snapshot
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, Term


def term_codes(
    snapshot: Snapshot, kind: FactKind, column: str, rows: Rows, terms: Sequence[Term]
) -> npt.NDArray[np.int8]:
    """Return the place of each row's word among the terms; -1: another, or none."""
    table = np.full(len(snapshot.words.texts), -1, np.int8)
    for place, term in enumerate(terms):
        if (code := snapshot.words.known(term.value)) > 0:
            table[code] = place
    found: npt.NDArray[np.int8] = table[snapshot.numbers(kind, column, rows)]
    return found


def judged(
    snapshot: Snapshot,
    kind: FactKind,
    column: str,
    rows: Rows,
    holds: Callable[[str], bool],
) -> npt.NDArray[np.bool_]:
    """Return for which rows the word says so; each word is judged once."""
    codes = snapshot.numbers(kind, column, rows)
    table = np.zeros(len(snapshot.words.texts), np.bool_)
    for code in np.unique(codes).tolist():
        table[code] = holds(snapshot.words.texts[code])
    found: npt.NDArray[np.bool_] = table[codes]
    return found


def places_of(
    codes: npt.NDArray[np.int32], among: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    """Return the place of each code in the sorted `among`; -1: not there."""
    at = np.searchsorted(among, codes)
    at = np.minimum(at, max(len(among) - 1, 0))
    there = among[at] == codes if len(among) else np.zeros(len(codes), np.bool_)
    return np.where(there, at, -1).astype(np.int32)
