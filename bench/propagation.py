"""Seconds to derive what follows from all sanctions, milliseconds after one more.

Run: python -m bench.propagation [dense:100000 province:1000000 …]. Beside it in the same process: the
simplest rule alone (list entry → representative in office that day), once with dicts
and once on a NetworkX graph, on the same facts. All three must name the same persons.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

import networkx as nx
import numpy as np
import pyarrow as pa

from analytics.propagation.engine import Derivation, derive
from graph.batch import DECISION, Batch
from graph.law.book import LawBook
from graph.records import Sanction, tables_of
from graph.snapshot import Facts, Snapshot, day_of
from graph.snapshot.intake import Trial
from graph.vocabulary import EndReason, FactKind, Role

SIMPLEST = "SEVERE-LIST-PERSON-RECORD-CN"
START = datetime(2026, 1, 1, tzinfo=UTC)
STEPS = 400
HUB = 1_000
"""Posts of one kind that each of two persons holds."""

ROLES = ("legal_representative", "director", "supervisor", "actual_controller")
KINDS = ("company", "company", "company", "sole_trader", "partnership", "branch")
LISTS = (
    "market_supervision",
    "work_safety",
    "judgment_defaulter",
    "major_tax_violation",
)
Tables = dict[FactKind, pa.Table]
T = TypeVar("T")
Answer = set[tuple[str, str]]


def names(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pa.array([f"{prefix}{n:09}" for n in numbers.tolist()])


def days(numbers: np.ndarray, *, absent: np.ndarray | None = None) -> pa.Array:
    return pa.array(numbers.astype(np.int32), pa.date32(), mask=absent)


class Size(NamedTuple):
    """How large a city is, and what is found in it."""

    organizations: int
    persons: int
    sanctions: int
    posts: Mapping[str, float]
    turnover: float

    def __str__(self) -> str:
        return (
            f"{self.organizations:,} organizations, {self.persons:,} persons, "
            f"{self.sanctions:,} sanctions"
        )


def dense(organizations: int) -> Size:
    """Four posts in every organization, a third of them handed on."""
    n = organizations
    return Size(n, n, n // 5, dict.fromkeys(ROLES, 1.0), 1 / 3)


def province(organizations: int) -> Size:
    """Posts as small companies have them; two thirds of the persons hold one."""
    posts = dict(zip(ROLES, (1.0, 0.5, 0.5, 0.2), strict=True))
    n = organizations
    return Size(n, n * 3 // 2, n // 5, posts, 0.2)


def invented(size: Size, seed: int = 0) -> Tables:
    """Return facts: profiles, posts, sanctions. Two persons hold a thousand posts."""
    rng = np.random.default_rng(seed)
    n = size.organizations
    yes = pa.array(np.ones(n, np.bool_))
    every = np.arange(n)
    first = day_of(date(2012, 1, 1)) + rng.integers(0, 2_000, n)
    profiles = pa.table(
        {
            "subject": names("org:", every),
            "name": names("单位", every),
            "organization_kind": pa.array(KINDS).take(pa.array(every % len(KINDS))),
            "region": pa.array(("230717", "140400")).take(pa.array(every % 2)),
            "valid_from": days(first),
            "public": yes,
        }
    )
    posts = [post(rng, size, role, first) for role in size.posts]
    return {
        FactKind.PROFILE: profiles,
        FactKind.TIE: pa.concat_tables(posts),
        FactKind.SANCTION: sanctions(rng, n, size.sanctions),
    }


def post(
    rng: np.random.Generator, size: Size, role: str, first: np.ndarray
) -> pa.Table:
    """Return the holders of one post, and the successors of some."""
    n = size.organizations
    has = np.flatnonzero(rng.random(n) < size.posts[role])
    change = day_of(date(2020, 1, 1)) + rng.integers(0, 2_000, len(has))
    leaves = rng.random(len(has)) < size.turnover
    holders, next_ = rng.integers(0, size.persons, (2, len(has)))
    holders[: 2 * HUB : 2], holders[1 : 2 * HUB : 2] = 0, 1
    organization = np.concatenate([has, has[leaves]])
    begins = np.concatenate([first[has], change[leaves]])
    ends = np.concatenate([change, change[leaves]])
    still = np.concatenate([~leaves, np.ones(int(leaves.sum()), np.bool_)])
    return pa.table(
        {
            "person": names("per:", np.concatenate([holders, next_[leaves]])),
            "organization": names("org:", organization),
            "role": pa.array([role] * len(organization)),
            "valid_from": days(begins),
            "valid_to": days(ends, absent=still),
            "public": pa.array(np.ones(len(organization), np.bool_)),
        }
    )


def sanctions(rng: np.random.Generator, n: int, count: int) -> pa.Table:
    """Return list entries, and every tenth time a revoked licence instead."""
    listed = day_of(date(2021, 1, 1)) + rng.integers(0, 1_800, count)
    numbers = np.arange(count)
    is_list = numbers % 10 != 0
    open_ = rng.random(count) < 0.5
    return pa.table(
        {
            "authority": pa.array(["机关"] * count),
            "document_number": names("文", numbers),
            "list": pa.array(
                [LISTS[i % 4] if of else "" for i, of in enumerate(is_list.tolist())]
            ),
            "subject": names("org:", rng.integers(0, n, count)),
            "measures": pa.array(
                [[] if of else ["business_licence_revoked"] for of in is_list.tolist()],
                pa.list_(pa.string()),
            ),
            "decided_on": days(listed),
            "listed_on": days(listed, absent=~is_list),
            "valid_from": days(listed),
            "valid_to": days(listed + 1_095, absent=open_),
            "region": pa.array(["230717"] * count),
            "public": pa.array(np.ones(count, np.bool_)),
        }
    )


def loaded(tables: Tables) -> Trial:
    trial = Trial(Facts())
    trial.append(Batch(batch="all", source="s", recorded_at=START, tables=tables))
    return trial


# ---- peers ---------------------------------------------------------------


def with_dicts(tables: Tables) -> Answer:
    """Return (person, document) of the simplest rule, by dicts of lists."""
    law = LawBook.load()
    kinds = dict(columns(tables[FactKind.PROFILE], "subject", "organization_kind"))
    posts: dict[str, list[tuple[str, str, int, int | None]]] = {}
    wanted = ("organization", "person", "role", "valid_from", "valid_to")
    for organization, *rest in columns(tables[FactKind.TIE], *wanted):
        posts.setdefault(organization, []).append(tuple(rest))
    answering = {kind: set(rule.answering) for kind, rule in law.roles.items()}
    found: Answer = set()
    wanted = ("subject", "list", "document_number", "listed_on")
    for subject, listed, document, day in columns(tables[FactKind.SANCTION], *wanted):
        if listed:
            roles = answering[kinds[subject]] | {Role.ACTUAL_CONTROLLER}
            for person, role, begins, ends in posts.get(subject, ()):
                if role in roles and begins <= day and (ends is None or day < ends):
                    found.add((person, document))
    return found


def columns(table: pa.Table, *wanted: str) -> Iterator[tuple]:
    arrays = [table[name] for name in wanted]
    plain = [a.cast(pa.int32()) if pa.types.is_date(a.type) else a for a in arrays]
    return zip(*(a.to_pylist() for a in plain), strict=True)


def as_graph(tables: Tables) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for subject, kind in columns(
        tables[FactKind.PROFILE], "subject", "organization_kind"
    ):
        graph.add_node(subject, kind=kind)
    wanted = ("person", "organization", "role", "valid_from", "valid_to")
    for person, organization, role, begins, ends in columns(
        tables[FactKind.TIE], *wanted
    ):
        graph.add_edge(person, organization, role=role, begins=begins, ends=ends)
    wanted = ("document_number", "subject", "list", "listed_on")
    for document, subject, listed, day in columns(tables[FactKind.SANCTION], *wanted):
        graph.add_edge(document, subject, listed=listed, day=day)
    return graph


def on_graph(graph: nx.MultiDiGraph) -> Answer:
    """Return (person, document) of the simplest rule, by walking the graph."""
    roles = {k: set(rule.answering) for k, rule in LawBook.load().roles.items()}
    found: Answer = set()
    for document, subject, sanction in graph.edges(data=True):
        if sanction.get("listed"):
            answering = roles[graph.nodes[subject]["kind"]] | {Role.ACTUAL_CONTROLLER}
            for person, _, tie in graph.in_edges(subject, data=True):
                if (
                    tie.get("role") in answering
                    and tie["begins"] <= sanction["day"]
                    and (tie["ends"] is None or sanction["day"] < tie["ends"])
                ):
                    found.add((person, document))
    return found


def simplest(derivation: Derivation, documents: dict[str, str]) -> Answer:
    return {
        (ground.bearer, documents[key])
        for key, grounds in derivation.causes.items()
        for ground in grounds
        if ground.rule == SIMPLEST
    }


def documents_of(snapshot: Snapshot) -> dict[str, str]:
    rows = snapshot.all_rows(FactKind.SANCTION)
    keys = snapshot.keys(FactKind.SANCTION, rows)
    values = snapshot.values(FactKind.SANCTION, rows, ("document_number",))
    return {k.hex(): d for k, (d,) in zip(keys, values, strict=True)}


# ---- measuring -----------------------------------------------------------


def timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def one_by_one(
    trial: Trial, derivation: Derivation, n: int
) -> list[tuple[float, float]]:
    """Return seconds, by the wall and of the processor, per sanction added or ended.

    Every fifth falls on a company that somebody with a thousand posts represents.
    """
    rng = np.random.default_rng(7)
    spent = []
    for step in range(STEPS):
        if step % 2 == 0:
            subject = rng.integers(0, 2 * HUB if step % 10 == 0 else n)
            sanction = Sanction(
                authority="机关", document_number=f"新{step}", list="work_safety",
                subject=f"org:{subject:09}", listed_on=date(2026, 1, 10),
                valid_from=date(2026, 1, 10), region="230717",
            )  # fmt: skip
        else:
            sanction = replace(
                sanction, valid_to=date(2026, 6, 1), end_reason=EndReason.REPAIR
            )
        before = derivation.seq
        trial.append(
            Batch(
                batch=f"step{step}", source="s" if step % 2 == 0 else DECISION,
                recorded_at=START + timedelta(seconds=step),
                tables=tables_of([sanction]),
            )
        )  # fmt: skip
        begun, cpu = time.perf_counter(), time.thread_time()
        changes = trial.facts.changes(before)
        derivation = derivation.advance(trial.facts.snapshot(), changes)
        spent.append((time.perf_counter() - begun, time.thread_time() - cpu))
    assert len(derivation.effects) == len(
        derive(trial.facts.snapshot(), derivation.law).effects
    )
    return spent


def memory() -> float:
    """Return the megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def measure(size: Size) -> None:
    n = size.organizations
    tables = invented(size)
    total = sum(t.num_rows for t in tables.values())
    load, trial = timed(lambda: loaded(tables))
    snapshot, law = trial.facts.snapshot(), LawBook.load()
    before = memory()
    full, derivation = timed(lambda: derive(snapshot, law))
    again, _ = timed(lambda: derive(snapshot, law))
    full = min(full, again)
    print(f"\n{size}, {total:,} facts")
    print(f"  facts from tables                    {load:8.2f} s")
    print(f"  all rules, {len(derivation.effects):>9,} effects        {full:8.2f} s")
    print(
        f"  memory: facts and process {before:.0f} MB, with effects {memory():.0f} MB"
    )
    against_peers(tables, simplest(derivation, documents_of(snapshot)), full)
    spent = np.array(one_by_one(trial, derivation, n)) * 1000
    for clock, row in zip(("wall", "processor"), spent.T, strict=True):
        median, p99 = np.percentile(row, [50, 99])
        print(
            f"  one sanction added or ended, {clock:9} {median:6.2f} ms median, "
            f"{p99:.2f} ms p99, {row.max():.2f} ms worst"
        )


def against_peers(tables: Tables, own: Answer, full: float) -> None:
    """Print the peers' seconds; they must name the same persons."""
    dicts, answer = timed(lambda: with_dicts(tables))
    build, graph = timed(lambda: as_graph(tables))
    walk, other = timed(lambda: on_graph(graph))
    assert own == answer == other, (len(own), len(answer), len(other))
    print(
        f"  simplest rule alone, dicts           {dicts:8.2f} s  × {full / dicts:.2f}"
    )
    print(
        f"  simplest rule alone, NetworkX        {build + walk:8.2f} s  "
        f"× {full / (build + walk):.2f} (building {build:.2f})"
    )


def main() -> None:
    sizes = [_size(word) for word in sys.argv[1:]]
    for size in sizes or [dense(100_000), province(1_000_000)]:
        measure(size)


def _size(word: str) -> Size:
    kind, _, count = word.rpartition(":")
    return (province if kind == "province" else dense)(int(count))


if __name__ == "__main__":
    main()
