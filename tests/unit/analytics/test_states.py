"""Death, minority and want of capacity: ended by verified text, else only marked."""

import json
from datetime import date

import pytest

from analytics.proof.building import prove
from analytics.proof.checking import check
from analytics.propagation.engine import Derivation, derive
from analytics.propagation.explain import explain
from graph.law.book import LawBook
from graph.records import Fact, Profile, Record, Sanction, Tie
from graph.snapshot import OPEN, day_of
from graph.vocabulary import Category, OrganizationKind, Outcome, RecordKind, Role
from tests.journal import Journal

LAW = LawBook.load()
DIED = date(2024, 6, 1)
FACTS: tuple[Fact, ...] = (
    Profile(
        subject="org:a", name="甲", organization_kind=OrganizationKind.COMPANY,
        region="110100",
    ),
    Profile(subject="per:a", name="张三"),
    Tie(
        person="per:a", organization="org:a", role=Role.LEGAL_REPRESENTATIVE,
        valid_from=date(2018, 1, 1),
    ),
    Sanction(
        authority="法院", document_number="限一", subject="org:a", list="",
        measures=("consumption_restriction",), decided_on=date(2024, 5, 1),
        valid_from=date(2024, 5, 1),
    ),
)  # fmt: skip
DEATH = Record(
    kind=RecordKind.PERSON_STATE, outcome=Outcome.DECEASED, authority="公安",
    document_number="证明", subject="per:a", category=Category.REGISTRATION,
    valid_from=DIED,
)  # fmt: skip


@pytest.fixture(scope="module")
def verified() -> LawBook:
    """The shipped book after a jurist read the article on death."""
    content = json.loads(LAW.to_payload())
    for state in content["person_states"]:
        if state["key"] == "deceased":
            state["evidence"] = "read"
    return LawBook.from_payload(json.dumps(content).encode())


def derived(law: LawBook, *facts: Fact) -> Derivation:
    return derive(Journal(*FACTS, *facts).now(), law)


def test_what_no_verified_text_ends_is_only_marked_from_that_day_on() -> None:
    found = derived(LAW, DEATH)
    (effect,) = found.of_bearer("per:a")
    before, after = sorted(effect.grounds, key=lambda g: g.valid_from)
    assert before.flags == ()
    assert (before.valid_to, before.ended_by) == (day_of(DIED), "state_changed")
    assert after.flags == ("bearer_deceased",)
    assert after.valid_to == OPEN
    tree = explain(effect, found, found.snapshot, LAW, day=day_of(DIED))
    said = json.dumps(tree.as_dict(), ensure_ascii=False)
    assert "承担者已经死亡" in said
    assert "第十三条" in said


def test_verified_text_ends_it_on_the_day_and_the_proof_says_so(
    verified: LawBook,
) -> None:
    found = derived(verified, DEATH)
    (effect,) = found.of_bearer("per:a")
    (ground,) = effect.grounds
    assert (ground.valid_to, ground.ended_by) == (day_of(DIED), "deceased")
    proof = prove(effect, found, day=day_of(DIED) - 1)
    assert proof is not None
    assert check(proof) == []
    assert prove(effect, found, day=day_of(DIED)) is None


def test_what_begins_after_death_is_never_borne(verified: LawBook) -> None:
    late = Sanction(
        authority="法院", document_number="限二", subject="org:a", list="",
        measures=("consumption_restriction",), decided_on=DIED, valid_from=DIED,
    )  # fmt: skip
    found = derived(verified, DEATH, late)
    assert {g.valid_to for e in found.of_bearer("per:a") for g in e.grounds} == {
        day_of(DIED)
    }


@pytest.mark.parametrize("in_order", [True, False])
def test_a_death_that_is_told_later_or_voided_changes_the_effects_of_all_posts(
    verified: LawBook, *, in_order: bool
) -> None:
    journal = Journal(*FACTS) if in_order else Journal(*FACTS, DEATH)
    before = derive(journal.now(), verified)
    if in_order:
        journal.add(DEATH)
    else:
        journal.void(DEATH)
    after = journal.now()
    moved = before.advance(after, journal.changes(before.snapshot))
    assert dict(moved.effects) == dict(derive(after, verified).effects)
    assert dict(moved.effects) != dict(before.effects)


def test_another_book_counts_a_state_anew(verified: LawBook) -> None:
    found = derived(LAW, DEATH).under(verified)
    assert dict(found.effects) == dict(derived(verified, DEATH).effects)
