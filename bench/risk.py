"""Seconds for all features of a city, for all scores, and for 10,000 of them.

Run: python -m bench.risk [organizations …]. An invented city with posts, holdings,
addresses, telephones, guarantees, penalties, inspections and lists. Beside it, on a
smaller one, some of the features in pandas and NetworkX, as one would write them first;
both must give the same figures.
"""

import resource
import sys
import time
from collections import defaultdict
from datetime import UTC, date, datetime

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa

from analytics.features import Cut, build
from analytics.features.matrix import CATALOGUE, named
from analytics.features.peers import HUB, SMOOTHING
from analytics.scoring.assessing import Scored
from analytics.scoring.scorecard import Scorecard
from graph.batch import Batch
from graph.records import Record, tables_of
from graph.snapshot import Facts, Snapshot, date_of, day_of
from graph.snapshot.intake import Trial
from graph.vocabulary import Category, FactKind, PenaltyKind, RecordKind

SIZES = (100_000, 1_000_000)
PEER = 20_000
DAY = day_of(date(2026, 11, 22))
AT = datetime(2026, 11, 22, tzinfo=UTC)
BATCH = 10_000
CHANGES = 200
COMPARED = (
    "penalties",
    "penalties_last_year",
    "penalty_recency",
    "failed_inspections",
    "sanctions",
    "posts",
    "shared_person_companies",
    "person_rate",
    "address_rate",
    "troubled_in_other_sectors",
    "component_size",
)


def names(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pa.array([f"{prefix}{n:09}" for n in numbers.tolist()])


def days(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers.astype(np.int32), pa.date32())


def pick(words: tuple[str, ...], numbers: np.ndarray) -> pa.Array:
    return pa.array(words).take(pa.array(numbers % len(words)))


def invented(n: int, seed: int = 0) -> Trial:
    """Return the facts of a city of n organizations, about eight for each."""
    rng = np.random.default_rng(seed)
    every = np.arange(n)
    founded = DAY - rng.integers(100, 6_000, n)
    tables = {
        FactKind.PROFILE: pa.table(
            {
                "subject": names("org:", every),
                "name": names("单位", every),
                "status": pa.array(["active"] * n),
                "organization_kind": pa.array(["company"] * n),
                "established_on": days(founded),
                "region": pick(("230717", "230421", "140400"), rng.integers(0, 3, n)),
                "sector": pick(tuple("ACEFGHL"), rng.integers(0, 7, n)),
                "valid_from": days(founded),
            }
        ),
        FactKind.TIE: _posts(rng, n, founded),
        FactKind.HOLDING: _holdings(rng, n, founded),
        FactKind.CONTACT: _contacts(rng, n, founded),
        FactKind.LINK: _guarantees(rng, n),
        FactKind.RECORD: _records(rng, n),
        FactKind.SANCTION: _sanctions(rng, n),
    }
    trial = Trial(Facts())
    for kind, table in tables.items():
        public = pa.array(np.ones(table.num_rows, np.bool_))
        whole = {kind: table.append_column("public", public)}
        trial.append(Batch(kind.value, kind.value, AT, whole))
    return trial


def _posts(rng: np.random.Generator, n: int, founded: np.ndarray) -> pa.Table:
    of = np.concatenate([np.arange(n), rng.integers(0, n, n)])
    person = (1.5 * n * rng.random(len(of)) ** 1.3).astype(np.int64)
    roles = np.where(np.arange(len(of)) < n, 0, 1 + np.arange(len(of)) % 2)
    words = ("legal_representative", "director", "supervisor")
    return pa.table(
        {
            "person": names("per:", person),
            "organization": names("org:", of),
            "role": pa.array(words).take(pa.array(roles)),
            "valid_from": days(founded[of] + rng.integers(0, 90, len(of))),
        }
    )


def _holdings(rng: np.random.Generator, n: int, founded: np.ndarray) -> pa.Table:
    held = np.arange(n)
    by_company = rng.random(n) < 0.15
    holder = np.where(by_company, rng.integers(0, n, n), rng.integers(0, n, n))
    texts = [
        f"{'org' if c else 'per'}:{h:09}"
        for c, h in zip(by_company.tolist(), holder.tolist(), strict=True)
    ]
    return pa.table(
        {
            "holder": pa.array(texts),
            "organization": names("org:", held),
            "share_num": pa.array(rng.integers(20, 100, n)),
            "share_den": pa.array(np.full(n, 100)),
            "valid_from": days(founded),
        }
    )


def _contacts(rng: np.random.Generator, n: int, founded: np.ndarray) -> pa.Table:
    address = (0.8 * n * rng.random(n) ** 1.2).astype(np.int64)
    phone = rng.integers(0, n, n)
    return pa.table(
        {
            "subject": names("org:", np.tile(np.arange(n), 2)),
            "anchor": pa.concat_arrays(
                [names("anc:address:", address), names("anc:phone:", phone)]
            ),
            "kind": pa.array(["registered_address"] * n + ["phone"] * n),
            "valid_from": days(np.tile(founded, 2)),
        }
    )


def _guarantees(rng: np.random.Generator, n: int) -> pa.Table:
    count = n // 20
    a, b = rng.integers(0, n, (2, count))
    return pa.table(
        {
            "subject": names("org:", a),
            "other": names("org:", b),
            "relation": pa.array(["guarantees"] * count),
            "document": names("保", np.arange(count)),
            "valid_from": days(DAY - rng.integers(0, 900, count)),
        }
    )


def _records(rng: np.random.Generator, n: int) -> pa.Table:
    count = n * 3 // 2
    kinds = rng.integers(0, 4, count)
    outcomes = (None, "qualified", "unqualified", None)
    words = ("penalty", "inspection", "inspection", "permit")
    penalty = np.where(kinds == 0, rng.integers(0, 20, count), -1)
    told = {-1: None, 0: ["permit_revoked"]}
    return pa.table(
        {
            "kind": pa.array(words).take(pa.array(kinds)),
            "authority": pa.array(["机关"] * count),
            "document_number": names("文", np.arange(count)),
            "subject": names("org:", rng.integers(0, n, count)),
            "category": pa.array(["C03"] * count),
            "decided_on": days(DAY - rng.integers(0, 1_400, count)),
            "penalty_kinds": pa.array(
                [told.get(p, ["fine"]) for p in penalty.tolist()], pa.list_(pa.string())
            ),
            "field": pick(("food", "work_safety", "registration"), kinds + penalty),
            "outcome": pa.array(outcomes).take(pa.array(kinds)),
        }
    )


def _sanctions(rng: np.random.Generator, n: int) -> pa.Table:
    count = n // 50
    listed = DAY - rng.integers(0, 1_000, count)
    return pa.table(
        {
            "authority": pa.array(["机关"] * count),
            "document_number": names("列", np.arange(count)),
            "list": pick(("market_supervision", "work_safety"), np.arange(count)),
            "subject": names("org:", rng.integers(0, n, count)),
            "listed_on": days(listed),
            "valid_from": days(listed),
        }
    )


# ---- the peer ------------------------------------------------------------


def frames(snapshot: Snapshot) -> dict[FactKind, pd.DataFrame]:
    """Return the facts as the peer takes them; not counted."""
    wanted = {
        FactKind.PROFILE: ("subject", "sector"),
        FactKind.TIE: ("person", "organization"),
        FactKind.HOLDING: ("holder", "organization"),
        FactKind.CONTACT: ("anchor", "subject", "kind"),
        FactKind.LINK: ("subject", "other"),
        FactKind.RECORD: ("subject", "kind", "outcome", "decided_on", "penalty_kinds"),
        FactKind.SANCTION: ("subject",),
    }
    return {
        kind: pd.DataFrame(
            snapshot.values(kind, snapshot.all_rows(kind), columns), columns=columns
        )
        for kind, columns in wanted.items()
    }


def peer(tables: dict[FactKind, pd.DataFrame]) -> pd.DataFrame:
    """Return some features, with pandas and NetworkX."""
    records, posts = tables[FactKind.RECORD], tables[FactKind.TIE]
    contacts = tables[FactKind.CONTACT]
    sector = tables[FactKind.PROFILE].set_index("subject")["sector"]
    found = pd.DataFrame(index=sector.index)
    penalty = records[records["kind"] == "penalty"]
    age = DAY - penalty["decided_on"]
    failed = records[
        (records["kind"] == "inspection") & (records["outcome"] == "unqualified")
    ]
    recent = failed[DAY - failed["decided_on"] < 730]
    found["penalties"] = penalty.groupby("subject").size()
    found["penalties_last_year"] = penalty[age < 365].groupby("subject").size()
    found["penalty_recency"] = np.exp2(-age / 365).groupby(penalty["subject"]).sum()
    found["failed_inspections"] = recent.groupby("subject").size()
    found["sanctions"] = tables[FactKind.SANCTION].groupby("subject").size()
    found["posts"] = posts.groupby("organization").size()
    adverse = set(penalty["subject"]) | set(failed["subject"])
    adverse |= set(tables[FactKind.SANCTION]["subject"])
    base = len(adverse) / len(found)
    graph = nx.Graph()
    graph.add_nodes_from(found.index)
    by_person = shared(graph, posts["person"], posts["organization"])
    addresses = contacts[contacts["kind"] == "registered_address"]
    by_address = shared(graph, addresses["anchor"], addresses["subject"])
    phones = contacts[contacts["kind"] == "phone"]
    shared(graph, phones["anchor"], phones["subject"])
    holdings = tables[FactKind.HOLDING]
    shared(graph, "h" + holdings["holder"], holdings["organization"])
    inside = holdings[holdings["holder"].str.startswith("org:")]
    graph.add_edges_from(zip(inside["holder"], inside["organization"], strict=True))
    links = tables[FactKind.LINK]
    graph.add_edges_from(zip(links["subject"], links["other"], strict=True))
    rows = []
    for one, own in sector.items():
        near, at = by_person.get(one, []), by_address.get(one, [])
        rows.append(
            (
                len(near),
                rate(near, adverse, base),
                rate(at, adverse, base),
                sum(o in adverse and sector[o] != own for o in near),
            )
        )
    found[list(COMPARED[6:10])] = rows
    for part in nx.connected_components(graph):
        mine = [n for n in part if n in found.index]
        found.loc[mine, "component_size"] = len(mine) - 1
    return found.fillna(0.0)


def shared(
    graph: nx.Graph, node: pd.Series, organization: pd.Series
) -> dict[str, list[str]]:
    """Return the others next to each, and connect them in the graph."""
    members = defaultdict(set)
    for a, b in zip(node, organization, strict=True):
        members[a].add(b)
    near = defaultdict(list)
    for a, mine in members.items():
        if 1 < len(mine) <= HUB:
            graph.add_edges_from((a, b) for b in mine)
            for one in mine:
                near[one] += mine - {one}
    return near


def rate(near: list[str], adverse: set[str], base: float) -> float:
    total = sum(o in adverse for o in near)
    return (total + SMOOTHING * base) / (len(near) + SMOOTHING)


def beside_the_peer() -> None:
    snapshot = invented(PEER).facts.snapshot()
    tables = frames(snapshot)
    ours, theirs = [], []
    for _ in range(3):
        begun = time.perf_counter()
        matrix = build(Cut(snapshot, DAY), named(COMPARED))
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        answer = peer(tables)
        theirs.append(time.perf_counter() - begun)
    same = answer.loc[list(matrix.subjects), list(COMPARED)].to_numpy(float)
    assert np.allclose(matrix.values, same), "the peer has other figures"
    mine, other = np.median(ours), np.median(theirs)
    print(
        f"{len(COMPARED)} features of {PEER:,} organizations: {mine:.3f} s; pandas and "
        f"NetworkX {other:.2f} s with the same figures; {other / mine:.0f} x"
    )


def after_changes(trial: Trial, scored: Scored) -> list[float]:
    """Return milliseconds from a new penalty to the score of its subject, explained."""
    rng, spent = np.random.default_rng(2), []
    for number in range(CHANGES):
        subject = scored.matrix.subjects[int(rng.integers(0, scored.cut.size))]
        penalty = Record(
            kind=RecordKind.PENALTY,
            authority="机关",
            document_number=f"新{number}",
            subject=subject,
            category=Category.ADMINISTRATIVE,
            decided_on=date_of(DAY - 1),
            penalty_kinds=(PenaltyKind.FINE,),
        )
        name = f"n{number}"
        trial.append(Batch(name, "s", AT, tables_of([penalty])))
        snapshot = trial.facts.snapshot()
        begun = time.perf_counter()
        found = scored.assess_anew(snapshot, subject)
        spent.append(1000 * (time.perf_counter() - begun))
        assert found is not None
    return spent[1:]


def main(sizes: list[int]) -> None:
    build(
        Cut(invented(1_000).facts.snapshot(), DAY)
    )  # compiled before the clock starts
    beside_the_peer()
    for n in sizes:
        trial = invented(n)
        snapshot = trial.facts.snapshot()
        facts = sum(len(snapshot.all_rows(kind)) for kind in snapshot.tables)
        begun = time.perf_counter()
        matrix = build(Cut(snapshot, DAY))
        built = time.perf_counter() - begun
        begun = time.perf_counter()
        scored = Scored(matrix, Scorecard.load())
        best = scored.order[:10]
        done = time.perf_counter() - begun
        rng = np.random.default_rng(1)
        codes = [matrix.subjects[i] for i in rng.integers(0, matrix.cut.size, BATCH)]
        begun = time.perf_counter()
        answered = [float(scored.scores[matrix.row[code]]) for code in codes]
        batch = time.perf_counter() - begun
        begun = time.perf_counter()
        account = scored.assess(matrix.subjects[best[0]])
        one = time.perf_counter() - begun
        each = after_changes(trial, scored)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{n:,} organizations, {facts:,} facts: {len(CATALOGUE)} features {built:.1f} s, "
            f"all scores in order {done:.2f} s, {len(answered):,} of them {batch:.2f} s, "
            f"one explained ({len(account.parts)} parts) {1000 * one:.0f} ms, "
            f"one explained after a change {np.median(each):.1f} ms, p99 "
            f"{np.quantile(each, 0.99):.1f} ms, "
            f"{peak:,.0f} MB at most"
        )


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or list(SIZES))
