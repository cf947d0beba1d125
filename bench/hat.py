"""Our features beside another implementation's on 13,489 real companies, same folds.

Run: python -m bench.hat [FOLDER] [--markdown FILE]. FOLDER holds the research data set
of PAKDD 2021 (three relations, 89 attributes, failures); it is not ours to pass on.
Known: who failed before 2019. Target: who of the others failed in 2019 and 2020. The
folds are those of docs/evaluation/hat-folds.txt; the run stops where they differ.
Differences have intervals by drawing components again, both models on the same draws.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from rich.progress import track
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from analytics.kernels.components import weak_components
from analytics.kernels.cores import core_numbers, triangles
from analytics.kernels.csr import build_csr
from analytics.validation.bootstrap import Interval, difference, interval
from analytics.validation.ranking import (
    auc,
    auc_by_weight,
    average_precision,
    average_precision_by_weight,
    lift_at,
)

Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]
Fit = Callable[[Float64, Flags, Float64], Float64]
"""From training rows, their targets and test rows to scores of the test rows."""

FOLDER: Final = Path("../shared/data/hat")
FOLDS: Final = Path(__file__).parents[1] / "docs" / "evaluation" / "hat-folds.txt"
RELATIONS: Final = ("company_company", "shared_shareholder", "shared_board_member")
COUNT, GROUPS, SMOOTHING, BUDGET = 5, 50, 2, 0.1
DAMPING, ROUNDS = 0.85, 60
BAG: Final = 5


@dataclass(frozen=True)
class Sample:
    """The companies.

    Args:
        attributes: of each, 0 or 1: float64[n, 89].
        relations: symmetric matrices of 0 and 1.
        early: failed before 2019, which is known.
        failed: failed at all.
    """

    attributes: Float64
    relations: tuple[sp.csr_matrix, ...]
    early: Flags
    failed: Flags

    @property
    def open(self) -> Int64:
        """Return the companies about which there is something to say."""
        return np.flatnonzero(~self.early)

    @property
    def target(self) -> Flags:
        """Return who of them failed."""
        found: Flags = self.failed[self.open]
        return found

    @property
    def union(self) -> sp.csr_matrix:
        """Return which companies any relation links."""
        return _ones(sum(self.relations[1:], self.relations[0]))

    @property
    def component(self) -> Int64:
        """Return the number of the component of each company."""
        near, far = self.union.nonzero()
        size = len(self.failed)
        found = weak_components(size, near.astype(np.int32), far.astype(np.int32))
        return np.unique(found, return_inverse=True)[1].astype(np.int64)


def read(folder: Path) -> Sample:
    """Return the data set of a folder; end with a message where there is none."""
    if not (folder / "bankrupt.npy").is_file():
        sys.exit(f"{folder}: no bankrupt.npy; name the folder of the data set.")
    failed = np.load(folder / "bankrupt.npy").astype(np.bool_)
    early = np.zeros(len(failed), np.bool_)
    early[np.load(folder / "bankrupt_before_2019_ids.npy")] = True
    return Sample(
        sp.load_npz(folder / "company_features.npz").toarray().astype(np.float64),
        tuple(_ones(sp.load_npz(folder / f"{name}.npz")) for name in RELATIONS),
        early,
        failed,
    )


def _ones(matrix: sp.spmatrix) -> sp.csr_matrix:
    found = sp.csr_matrix(matrix).astype(np.float64)
    found.data[:] = 1
    return found


# ---- features --------------------------------------------------------------


def degrees(sample: Sample) -> Float64:
    """Return how many neighbours each company has by relation: float64[n, 3]."""
    return np.stack([_sums(r) for r in sample.relations], 1)


def neighbours(sample: Sample, known: Flags) -> Float64:
    """Return what the reference tells of failed neighbours: float64[n, 10].

    Args:
        sample: the companies.
        known: whose failure may be seen.
    """
    base, said = known.mean(), known.astype(np.float64)
    degree = degrees(sample)
    counts = np.stack([r @ said for r in sample.relations], 1)
    rates = (counts + SMOOTHING * base) / (degree + SMOOTHING)
    component = sample.component
    size = np.bincount(component)
    rate = np.bincount(component, said) / size
    near = _page_rank(sample.union, said)
    anybody = _page_rank(sample.union, np.ones(len(said)))
    alone = np.stack(
        [size[component], rate[component], near, near / np.maximum(anybody, 1e-12)], 1
    )
    return np.hstack([counts, rates, alone])


def shape(sample: Sample, known: Flags) -> Float64:
    """Return what we add: second steps, overlap, cores, who the neighbours are.

    All of it is known before 2019; the neighbours' attributes are means over them.
    """
    union = sample.union
    degree = _sums(union)
    some = np.maximum(degree, 1)
    said = known.astype(np.float64)
    second = _ones(union @ union).tolil()
    second.setdiag(0)
    second = _ones(second.tocsr() - second.tocsr().multiply(union))
    second.eliminate_zeros()
    far = _sums(second)
    far_known = second @ said
    csr = _csr(union)
    ring = triangles(csr)
    pairs = ((0, 1), (0, 2), (1, 2))
    both = [_sums(sample.relations[a].multiply(sample.relations[b])) for a, b in pairs]
    size = [r @ np.log1p(degree) / np.maximum(_sums(r), 1) for r in sample.relations]
    columns = [
        degree,
        far,
        far_known,
        (far_known + SMOOTHING * known.mean()) / (far + SMOOTHING),
        core_numbers(csr).astype(np.float64),
        ring.closed.astype(np.float64),
        ring.clustering,
        sample.attributes.sum(1),
        *both,
        *size,
    ]
    alike = union @ sample.attributes / some[:, None]
    return np.hstack([np.stack(columns, 1), alike])


def _sums(matrix: sp.csr_matrix) -> Float64:
    return np.asarray(matrix.sum(1), np.float64).ravel()


def _csr(union: sp.csr_matrix):  # type: ignore[no-untyped-def]
    near, far = sp.triu(union, 1).nonzero()
    near, far = near.astype(np.int32), far.astype(np.int32)
    return build_csr(union.shape[0], near, far, both=True)


def _page_rank(union: sp.csr_matrix, start: Float64) -> Float64:
    """Return the personalised PageRank by power iteration, as the reference did."""
    step = sp.diags(1 / np.maximum(_sums(union), 1)) @ union
    start = start / start.sum()
    found = start
    for _ in range(ROUNDS):
        found = (1 - DAMPING) * start + DAMPING * (step.T @ found)
    return np.asarray(found)


def rewired(sample: Sample, seed: int) -> Sample:
    """Return the sample with every link's ends dealt out anew; degrees stay nearly so.

    Loops and pairs that were dealt twice are dropped (configuration model).
    """
    rng = np.random.default_rng(seed)
    dealt = []
    for relation in sample.relations:
        near, far = sp.triu(relation, 1).nonzero()
        far = rng.permutation(far)
        apart = near != far
        one = sp.csr_matrix(
            (np.ones(int(apart.sum())), (near[apart], far[apart])), relation.shape
        )
        dealt.append(_ones(one + one.T))
    return Sample(sample.attributes, tuple(dealt), sample.early, sample.failed)


# ---- models and folds --------------------------------------------------------


def reference(train: Float64, target: Flags, test: Float64) -> Float64:
    """Return scores by the model of the published figures."""
    return _boosted(train, target, test, 0)


def bagged(train: Float64, target: Flags, test: Float64) -> Float64:
    """Return the mean of five such models, each split looking at 3 in 10 columns."""
    many = [_boosted(train, target, test, s, share=0.3) for s in range(BAG)]
    return np.asarray(np.mean(many, axis=0))


def _boosted(
    train: Float64, target: Flags, test: Float64, seed: int, share: float = 1.0
) -> Float64:
    model = HistGradientBoostingClassifier(
        max_depth=4,
        learning_rate=0.05,
        max_iter=150,
        random_state=seed,
        max_features=share,
    )
    model.fit(train, target)
    return np.asarray(model.predict_proba(test)[:, 1])


def folds(sample: Sample) -> dict[str, Int64]:
    """Return both assignments of companies to folds: by chance, by component."""
    size = len(sample.open)
    groups = {
        "random": np.random.default_rng(0).integers(0, GROUPS, size),
        "component": sample.component[sample.open],
    }
    found = {}
    for kind, group in groups.items():
        fold = np.zeros(size, np.int64)
        split = GroupKFold(COUNT, shuffle=True, random_state=0)
        for number, (_, test) in enumerate(split.split(fold, groups=group)):
            fold[test] = number
        found[kind] = fold
    return found


def published(found: dict[str, Int64]) -> str:
    """Return the folds as they are published: a digit for each company, by number."""
    lines = [f"{kind} {''.join(map(str, fold))}\n" for kind, fold in found.items()]
    return "".join(lines)


def scores(matrix: Float64, target: Flags, fold: Int64, fit: Fit) -> Float64:
    """Return the score of each company by the model that did not see its fold."""
    found = np.zeros(len(target))
    for number in range(COUNT):
        test = fold == number
        found[test] = fit(matrix[~test], target[~test], matrix[test])
    return found


def shuffled(matrix: Float64, target: Flags, fold: Int64, fit: Fit) -> Float64:
    """Return scores by models that learnt from targets dealt out anew."""
    rng = np.random.default_rng(0)
    return scores(matrix, target, fold, lambda a, _, c: fit(a, rng.permutation(_), c))


# ---- the table ----------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """One row of the table: which features, which model, what it scored."""

    label: str
    score: Float64


def runs(sample: Sample, fold: Int64, kind: str) -> list[Run]:
    """Return every row for one assignment to folds."""
    rows, target = sample.open, sample.target
    own, known = sample.attributes, sample.early
    chance = rewired(sample, 0)
    theirs = np.hstack([own, degrees(sample), neighbours(sample, known)])
    ours = np.hstack([theirs, shape(sample, known)])
    dealt = np.hstack(
        [own, degrees(chance), neighbours(chance, known), shape(chance, known)]
    )
    leak = np.hstack([theirs, neighbours(sample, sample.failed)])
    todo: list[tuple[str, Float64, Callable[..., Float64], Fit]] = [
        ("reference: own", own, scores, reference),
        ("reference: own + degrees", theirs[:, : own.shape[1] + 3], scores, reference),
        ("reference: all", theirs, scores, reference),
        ("ours: own", own, scores, bagged),
        ("ours: the reference's features", theirs, scores, bagged),
        ("ours: all", ours, scores, bagged),
        ("control: shuffled targets", ours, shuffled, bagged),
        ("control: links dealt out anew", dealt, scores, bagged),
        ("warning: neighbours' targets seen", leak, scores, bagged),
    ]
    return [
        Run(label, work(matrix[rows], target, fold, fit))
        for label, matrix, work, fit in track(todo, description=kind)
    ]


def told(one: Interval, places: int = 3) -> str:
    """Return a figure with its interval."""
    return f"{one.value:.{places}f} [{one.low:.{places}f}, {one.high:.{places}f}]"


def table(sample: Sample, found: list[Run], fold: Int64) -> list[str]:
    """Return the rows as Markdown."""
    target = sample.target
    groups = np.unique(sample.component[sample.open], return_inverse=True)[1]
    lines = [
        "| features and model | ROC-AUC | AP | mean of folds | lift@10 % |",
        "|---|---|---|---|---|",
    ]
    for one in found:
        by_fold = [
            (
                auc(one.score[fold == f], target[fold == f]),
                average_precision(one.score[fold == f], target[fold == f]),
            )
            for f in range(COUNT)
        ]
        means = np.mean(by_fold, axis=0)
        a = interval(auc_by_weight(one.score, target), groups)
        p = interval(average_precision_by_weight(one.score, target), groups)
        lift = lift_at(one.score, target, BUDGET)
        lines.append(
            f"| {one.label} | {told(a)} | {told(p)} | {means[0]:.3f} / {means[1]:.3f} "
            f"| {lift:.2f} |"
        )
    return lines


def compared(sample: Sample, found: list[Run]) -> list[str]:
    """Return ours minus the reference's, paired by component."""
    named = {one.label: one.score for one in found}
    target = sample.target
    groups = np.unique(sample.component[sample.open], return_inverse=True)[1]
    first, second = named["reference: all"], named["ours: all"]
    lines = []
    for name, by in (("AUC", auc_by_weight), ("AP", average_precision_by_weight)):
        gain = difference(by(first, target), by(second, target), groups)
        lines.append(f"ours − reference, {name}: {told(gain)}")
    return lines


def main() -> None:
    """Print the tables of both assignments, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--markdown", type=Path, help="write the tables to this file")
    parser.add_argument("--publish", action="store_true", help="write the folds anew")
    asked = parser.parse_args()
    sample = read(asked.folder)
    assigned = folds(sample)
    if asked.publish:
        FOLDS.write_text(published(assigned), "ascii")
    if FOLDS.read_text("ascii") != published(assigned):
        sys.exit(f"{FOLDS}: these are other folds; another release of scikit-learn?")
    size, rate = len(sample.open), sample.target.mean()
    lines = [f"{size:,} companies, {sample.target.sum():,} failed ({rate:.3f})", ""]
    for kind, fold in assigned.items():
        found = runs(sample, fold, kind)
        lines += [f"Folds by {kind}", "", *table(sample, found, fold), ""]
        lines += [f"- {line}" for line in compared(sample, found)] + [""]
    print("\n".join(lines))
    if asked.markdown:
        asked.markdown.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
