"""Folds: at random, or by whole groups so that no neighbour sits on the other side."""

import hashlib

import numpy as np
import numpy.typing as npt

from graph.errors import BadInput

Int64 = npt.NDArray[np.int64]


def grouped_folds(groups: Int64, count: int, seed: int = 0) -> Int64:
    """Return the fold of each row: int64[n] in 0 … count − 1.

    The largest group goes to the emptiest fold, and so on; equal ones in an order that
    the seed decides. One group larger than a fold's share makes that fold larger.

    Raises:
        BadInput: there are fewer groups than folds.
    """
    sizes = np.bincount(groups)
    if int((sizes > 0).sum()) < count:
        raise BadInput(
            f"只有 {int((sizes > 0).sum())} 个连通部分，分不成 {count} 折。",
            f"{int((sizes > 0).sum())} components do not make {count} folds.",
        )
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.permutation(len(sizes)), -sizes))
    rows, fold = np.zeros(count, np.int64), np.zeros(len(sizes), np.int64)
    for group in order.tolist():
        emptiest = int(rows.argmin())
        fold[group] = emptiest
        rows[emptiest] += sizes[group]
    return fold[groups]


def digest(folds: Int64) -> str:
    """Return what names an assignment of rows to folds."""
    return hashlib.sha256(folds.astype("<i8").tobytes()).hexdigest()[:16]
