"""The evaluation beside another implementation, on a sample small enough to count."""

from collections import Counter

import numpy as np
import scipy.sparse as sp

from bench.hat import (
    FOLDS,
    Sample,
    degrees,
    neighbours,
    rewired,
    scores,
    shape,
)


def sample(size: int = 6) -> Sample:
    """Return 0–1–2–3 linked in the first relation, 0–2 in the second, 4 and 5 alone."""

    def matrix(*pairs: tuple[int, int]) -> sp.csr_matrix:
        near, far = np.array(pairs or [(0, 0)][:0], np.int64).reshape(-1, 2).T
        one = sp.csr_matrix((np.ones(len(near)), (near, far)), (size, size))
        return sp.csr_matrix(one + one.T)

    early = np.zeros(size, np.bool_)
    early[1] = True
    attributes = np.zeros((size, 2))
    attributes[2] = 1, 0
    relations = (matrix((0, 1), (1, 2), (2, 3)), matrix((0, 2)), matrix())
    return Sample(attributes, relations, early, early)


def test_rates_of_failed_neighbours_are_drawn_to_the_base() -> None:
    one = sample()
    assert degrees(one)[:, 0].tolist() == [1, 2, 2, 1, 0, 0]
    counts, rates, rest = np.split(neighbours(one, one.early), [3, 6], axis=1)
    assert counts[:, 0].tolist() == [1, 0, 1, 0, 0, 0]
    base = 1 / 6
    assert np.allclose(rates[0], [(1 + 2 * base) / 3, 2 * base / 3, base])
    assert rest[:, 0].tolist() == [4, 4, 4, 4, 1, 1]
    assert np.allclose(rest[:, 1], [0.25] * 4 + [0, 0])


def test_what_we_add_is_counted_right() -> None:
    one = sample()
    found = shape(one, one.early)
    assert found[:, 0].tolist() == [2, 2, 3, 1, 0, 0]  # of any relation
    assert found[:, 1].tolist() == [1, 1, 0, 2, 0, 0]  # two steps away
    assert found[:, 2].tolist() == [0, 0, 0, 1, 0, 0]  # failed early, two steps away
    assert found[:, 5].tolist() == [1, 1, 1, 0, 0, 0]  # triangles
    assert np.allclose(found[:, -2], [1 / 2, 1 / 2, 0, 1, 0, 0])  # as attribute 0


def test_links_dealt_out_anew_join_others() -> None:
    size = 200
    rng = np.random.default_rng(1)
    near, far = rng.integers(0, size, (2, 900))
    apart = near != far
    one = sp.csr_matrix((np.ones(apart.sum()), (near[apart], far[apart])), (size, size))
    both = sp.csr_matrix(((one + one.T) > 0).astype(np.float64))
    none = np.zeros(size, np.bool_)
    before = Sample(np.zeros((size, 1)), (both,), none, none)
    after = rewired(before, 0)
    same = both.multiply(after.relations[0]).nnz / both.nnz
    assert same < 0.2
    assert 0.9 < after.relations[0].nnz / both.nnz <= 1
    assert np.corrcoef(degrees(before)[:, 0], degrees(after)[:, 0])[0, 1] > 0.5


def test_no_model_sees_the_fold_it_scores() -> None:
    fold = np.arange(20) % 5
    matrix, target = fold[:, None].astype(np.float64), fold > 2

    def fit(train: np.ndarray, _: np.ndarray, test: np.ndarray) -> np.ndarray:
        assert not np.isin(test, train).any()
        return np.full(len(test), test[0, 0])

    assert scores(matrix, target, fold, fit).tolist() == fold.tolist()


def test_the_folds_are_published() -> None:
    lines = dict(line.split() for line in FOLDS.read_text("ascii").splitlines())
    assert set(lines) == {"random", "component"}
    for digits in lines.values():
        assert len(digits) == 11_057
        assert set(Counter(digits)) == set("01234")
    assert max(Counter(lines["component"]).values()) > 5_000  # the large component
