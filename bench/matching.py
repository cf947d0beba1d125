"""Finding names: how many are found, how fast, beside RapidFuzz and scikit-learn.

Run: python -m bench.matching [names] [registrations.csv]. Names are those of an
invented city; with a file, its names (column 企业名称) are put among them and
misspelt in seven ways (tests/misspelling.py): recall is the share whose subject is
among the first ten hits. Peers search the same names for the same queries.
"""

import csv
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow.csv as arrow_csv
from rapidfuzz.process import cdist
from sklearn.feature_extraction.text import TfidfVectorizer

from analytics.matching.searching import Matcher, query_of
from graph.batch import Batch
from graph.records import Profile, tables_of
from graph.snapshot import Facts, Snapshot, day_of
from graph.snapshot.intake import Trial
from loaders.synthetic import synthesize
from tests.misspelling import WAYS

NAMES = 1_000_000
ASKED = 1_000
DAY = day_of(date(2026, 11, 22))


def invented(count: int) -> list[str]:
    """Return names of an invented city, as its registrations spell them."""
    with tempfile.TemporaryDirectory() as folder:
        synthesize(
            Path(folder), organizations=count, seed=7, reference=date(2026, 11, 22)
        )
        table = arrow_csv.read_csv(Path(folder) / "registrations.csv")
        return [str(name) for name in table.column(0).to_pylist()][:count]


def facts_of(names: list[str]) -> Snapshot:
    trial = Trial(Facts())
    for start in range(0, len(names), 50_000):
        profiles = [
            Profile(subject=f"org:{n:018}", name=name)
            for n, name in enumerate(names[start : start + 50_000], start)
        ]
        trial.append(
            Batch(
                batch=f"b{start}", source="s", file="f.csv", tables=tables_of(profiles),
                recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
            )
        )  # fmt: skip
    return trial.facts.snapshot()


def recall(matcher: Matcher, snapshot: Snapshot, names: dict[int, str]) -> None:
    """Print the share found of the names misspelt in each way."""
    every = []
    for way, change in WAYS.items():
        dice = random.Random(20261122)
        first = ten = asked = 0
        for number, name in names.items():
            text = change(name, dice)
            hits = matcher.find(snapshot, query_of(text), text=text, day=DAY)
            found = [hit.name for hit in hits]
            asked += 1
            first += found[:1] == [name]
            ten += any(hit.subject == f"org:{number:018}" for hit in hits)
        every.append(ten / asked)
        print(
            f"  {way:15} recall@10 {ten / asked:.4f}   first {first / asked:.4f}   of {asked:,}"
        )
    print(f"  {'all':15} recall@10 {statistics.mean(every):.4f}")


def speed(matcher: Matcher, snapshot: Snapshot, texts: list[str]) -> float:
    """Return queries a second, asked as a batch asks."""
    begun = time.perf_counter()
    for text in texts:
        query = query_of(text)
        matcher.find(snapshot, query, text=text, day=DAY, most=15, others=False)
    return len(texts) / (time.perf_counter() - begun)


def peers(names: list[str], texts: list[str]) -> dict[str, float]:
    """Return seconds a query of searching all the names."""
    few = texts[:20]
    begun = time.perf_counter()
    scores = cdist(few, names, workers=1)
    np.argpartition(-scores, 10, axis=1)
    rapid = (time.perf_counter() - begun) / len(few)
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), dtype=np.float32)
    begun = time.perf_counter()
    matrix = vectors.fit_transform(names)
    transposed = matrix.T.tocsr()
    built = time.perf_counter() - begun
    begun = time.perf_counter()
    for text in texts[:200]:
        row = (vectors.transform([text]) @ transposed).toarray().ravel()
        np.argpartition(-row, 10)
    tfidf = (time.perf_counter() - begun) / 200
    return {
        "RapidFuzz cdist": rapid,
        f"scikit-learn TF-IDF (built in {built:.0f} s)": tfidf,
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NAMES
    names, real = invented(count), dict[int, str]()
    if len(sys.argv) > 2:
        with Path(sys.argv[2]).open(encoding="utf-8-sig") as file:
            found = list(dict.fromkeys(row["企业名称"] for row in csv.DictReader(file)))
        real = dict(enumerate(found, len(names)))
        names += found
    snapshot, matcher = facts_of(names), Matcher()
    matcher.find(snapshot, query_of("预热"), text="预热", day=DAY)  # compiles
    matcher = Matcher()
    begun = time.perf_counter()
    matcher.prepare(snapshot)
    built = time.perf_counter() - begun
    print(f"{len(names):,} names, index {built:.1f} s, {matcher.nbytes / 1e6:.0f} MB")
    if real:
        recall(matcher, snapshot, real)
    dice = random.Random(1)
    asked = dice.sample(range(count), min(ASKED, count))
    ways = list(WAYS.values())
    texts = [ways[i % len(ways)](names[n], dice) for i, n in enumerate(asked)]
    spent = []
    for text in texts:
        begun = time.perf_counter()
        matcher.find(snapshot, query_of(text), text=text, day=DAY)
        spent.append(time.perf_counter() - begun)
    spent.sort()
    print(
        f"  one at a time: median {spent[len(spent) // 2] * 1e3:.2f} ms, "
        f"p95 {spent[int(len(spent) * 0.95)] * 1e3:.2f} ms, worst {spent[-1] * 1e3:.1f} ms"
    )
    rate = speed(matcher, snapshot, texts)
    written = [names[n] for n in asked]
    exact = speed(matcher, snapshot, written)
    mixed = [
        t if i % 10 == 0 else w
        for i, (t, w) in enumerate(zip(texts, written, strict=True))
    ]
    print(
        f"  in a batch: all misspelt {rate:,.0f}, one in ten {speed(matcher, snapshot, mixed):,.0f}, none {exact:,.0f} queries/s"
    )
    for peer, seconds in peers(names, texts).items():
        print(f"  {peer:45} {seconds * 1e3:8.1f} ms a query   × {seconds * rate:.0f}")


if __name__ == "__main__":
    main()
