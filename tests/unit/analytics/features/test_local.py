"""One organization after a change: as in a full build, without one."""

import random
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.features import Cut, build
from analytics.features.local import local_row, part_of
from graph.records import Fact
from graph.snapshot import Snapshot, day_of
from graph.vocabulary import OrganizationStatus, Role
from tests.journal import Journal
from tests.unit.analytics.features.facts import (
    CUT,
    D,
    at,
    branch,
    guarantee,
    holding,
    listed,
    org,
    penalty,
    post,
)
from tests.unit.analytics.features.test_cut import city

DAY = day_of(CUT)
NAMES = "ABCDEFGH"


def compare(before: Snapshot, after: Snapshot) -> None:
    """Hold every organization's own row against the full build's."""
    earlier = build(Cut(before, DAY))
    full = build(Cut(after, DAY, given=earlier.cut.base))
    local = [i for i, one in enumerate(full.features) if not one.whole]
    assert len(local) > 60
    for subject in full.subjects:
        found = local_row(earlier, after, subject)
        assert found is not None
        ours, theirs = found.values[local], full.values[full.row[subject]][local]
        different = [
            (full.features[i].name, a, b)
            for i, a, b in zip(local, ours, theirs, strict=True)
            if a != b and not (np.isnan(a) and np.isnan(b))
        ]
        assert not different, (subject, different)


def changes(seed: int) -> list[Fact]:
    """Return some facts of any kind about any of the organizations."""
    lot = random.Random(seed)
    a, b = lot.sample(NAMES, 2)
    number, some = str(100 + seed), lot.choice(["li", "wang", "chen"])
    every: list[Fact] = [
        penalty(a, number),
        listed(b, number),
        post(some, a, valid_from=D("2025-02-01")),
        post(some, b, role=Role.DIRECTOR, valid_from=D("2025-02-01")),
        at(b, "x", valid_from=D("2025-02-01")),
        holding(f"org:{a}", b, lot.randint(1, 99)),
        guarantee(a, b),
        branch(a, b),
        org(a, sector="T", valid_from=D("2025-03-01")),
        org("NEW", valid_from=D("2025-03-01"), established_on=D("2025-03-01")),
        replace(penalty("A"), publicity_to=CUT),
        org(b, status=OrganizationStatus.DEREGISTERED, valid_from=D("2025-03-01")),
    ]
    return lot.sample(every, 3)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_it_is_what_the_full_build_says(seed: int) -> None:
    journal = Journal(*city())
    before = journal.now()
    journal.add(*changes(seed), source="later")
    compare(before, journal.now())


def test_a_hub_makes_no_neighbours_there_either() -> None:
    names = [f"N{i}" for i in range(130)]
    facts = [org(n) for n in names] + [at(n, "agent") for n in names]
    facts += [post("busy", n, role=Role.DIRECTOR) for n in names]
    facts += [post("busy", n) for n in names[:3]]
    journal = Journal(*facts, penalty("N1"))
    before = journal.now()
    journal.add(penalty("N2", "2"), source="later")
    after = journal.now()
    compare(before, after)
    part = part_of(after, Cut(before, DAY), "org:N0")
    assert part.size == 3  # those with the same representative, not all 130


def test_features_of_the_whole_keep_the_build_at_hand() -> None:
    journal = Journal(*city())
    before = build(Cut(journal.now(), DAY))
    journal.add(holding("org:C", "A", 99), source="later")  # closes a ring
    found = local_row(before, journal.now(), "org:A")
    assert found is not None
    column = before.names.index("holding_ring")
    assert (
        found.values[column] == before.column("holding_ring")[before.row["org:A"]] == 0
    )


def test_one_that_is_gone_or_never_was_has_no_row() -> None:
    journal = Journal(*city())
    before = build(Cut(journal.now(), DAY))
    gone = org("A", status=OrganizationStatus.DEREGISTERED, valid_from=D("2025-05-01"))
    journal.add(gone, source="later")
    assert local_row(before, journal.now(), "org:A") is None
    assert local_row(before, journal.now(), "org:never") is None


def test_a_new_one_knows_nothing_yet_of_the_whole() -> None:
    journal = Journal(*city())
    before = build(Cut(journal.now(), DAY))
    journal.add(org("NEW"), source="later")
    found = local_row(before, journal.now(), "org:NEW")
    assert found is not None
    whole = [i for i, one in enumerate(before.features) if one.whole]
    assert np.isnan(found.values[whole]).all()
