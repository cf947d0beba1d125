"""Thresholds told: in explanations, to readers who may not see all, and in proofs."""

from datetime import date

import pytest

from analytics.explanation import Explanation
from analytics.proof.building import prove
from analytics.proof.checking import check
from analytics.propagation.counterfactual import counterfactual
from analytics.propagation.engine import Derivation, derive
from analytics.propagation.explain import examine, explain
from graph.law.book import LawBook
from graph.records import Fact, Profile, Record, Sanction
from graph.scope import ALL, Scope
from graph.snapshot import day_of
from graph.vocabulary import Category, FactKind, OrganizationKind, RecordKind
from tests.journal import Journal, key_of

DAY = day_of(date(2024, 6, 29))
LAW = LawBook.load()


def penalty(number: int, on: date, *, public: bool = True) -> Record:
    return Record(
        kind=RecordKind.PENALTY, authority="局", document_number=f"罚{number}",
        subject="org:a", category=Category.JUDICIAL, field="work_safety", decided_on=on,
        public=public, department="应急",
    )  # fmt: skip


STOPPED = Sanction(
    authority="局", document_number="罚3", subject="org:a", list="",
    measures=("business_stopped",), field="work_safety", decided_on=date(2024, 6, 29),
    valid_from=date(2024, 6, 29),
)  # fmt: skip
PENALTIES = (
    penalty(1, date(2024, 1, 2), public=False),
    penalty(2, date(2024, 3, 1)),
    penalty(3, date(2024, 6, 29)),
)
COMPANY = Profile(
    subject="org:a", name="甲", region="230700",
    organization_kind=OrganizationKind.COMPANY,
)  # fmt: skip


def derived(*penalties: Record) -> Derivation:
    return derive(Journal(COMPANY, STOPPED, *penalties).facts.snapshot(), LAW)


def nodes(tree: Explanation, kind: str) -> list[Explanation]:
    below = [n for child in tree.children for n in nodes(child, kind)]
    return [*([tree] if tree.kind == kind else []), *below]


@pytest.fixture(scope="module")
def reached() -> Derivation:
    return derived(*PENALTIES)


def test_it_says_what_was_counted_and_by_which_article(reached: Derivation) -> None:
    (effect,) = reached.of_bearer("org:a")
    tree = explain(effect, reached, reached.snapshot, LAW, day=DAY)
    (told,) = nodes(tree, "threshold")
    assert told.data["documents"] == ["罚1", "罚2", "罚3"]
    assert "达到 3 次" in told.zh
    assert "第一百一十三条" in told.children[0].zh
    (bounds,) = nodes(tree, "bounds")
    assert "关联" in bounds.zh
    assert "proportionality" in bounds.en


def test_who_may_not_see_the_penalties_is_told_that_something_is_withheld(
    reached: Derivation,
) -> None:
    (effect,) = reached.of_bearer("org:a")
    seen = reached.snapshot.under(Scope(departments=frozenset({"税务"})))
    tree = explain(effect, reached, seen, LAW, day=DAY)
    assert not nodes(tree, "threshold")
    assert nodes(tree, "withheld")


def test_two_are_not_enough_and_the_examination_says_so() -> None:
    below = derived(*PENALTIES[1:])
    assert not below.effects
    tree = examine(key_of(STOPPED).hex(), below.snapshot, LAW, day=DAY)
    told = nodes(tree, "rule_not_applied")
    assert any("没有达到" in n.zh and "YICHUN" in n.zh for n in told)


def test_without_any_one_of_the_penalties_it_would_be_lifted(
    reached: Derivation,
) -> None:
    (effect,) = reached.of_bearer("org:a")
    found = counterfactual(effect, reached, day=DAY)
    assert found is not None
    lifted = {tuple(c.fact[0] for c in one.changes) for one in found.voiding}
    assert lifted == {(FactKind.SANCTION,), (FactKind.RECORD,)}
    assert len(found.voiding) == 4


@pytest.mark.parametrize("altered", ["value", "fact"])
def test_its_proof_holds_the_threshold_and_an_altered_one_is_found(
    reached: Derivation, altered: str
) -> None:
    (effect,) = reached.of_bearer("org:a")
    proof = prove(effect, reached, day=DAY)
    assert proof is not None
    assert check(proof) == []
    if altered == "value":
        (part,) = [
            p for p in proof["law"]
            if p["text"].get("key") == "repeat_work_safety_180_days"
        ]  # fmt: skip
        part["text"]["value"] = "4"
    else:
        (part,) = [
            p for p in proof["facts"] if p["says"].get("document_number") == "罚2"
        ]
        part["says"]["decided_on"] = "2023-03-01"
    assert check(proof)


def test_a_change_of_one_penalty_reaches_it() -> None:
    journal = Journal(COMPANY, STOPPED, *PENALTIES[1:])
    before = derive(journal.facts.snapshot(), LAW)
    late: Fact = PENALTIES[0]
    journal.add(late)
    after = journal.facts.snapshot()
    moved = before.advance(after, journal.changes(before.snapshot))
    assert moved.effects == derive(after, LAW).effects
    assert moved.effects
    assert moved.snapshot.scope == ALL
