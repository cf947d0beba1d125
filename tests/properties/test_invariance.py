"""What must not matter: order, names, later loads, strangers, and who is looking."""

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.propagation.engine import derive
from graph.records import Fact, IdentityLink
from graph.schema import SCHEMAS
from graph.scope import Scope
from graph.snapshot import Snapshot
from tests.journal import Journal
from tests.properties.cases import Case, cases
from tests.properties.worlds import everything, named, perform, steps, told
from tests.strategies import ORGANIZATIONS, PERSONS, worlds

FEWER = settings.default.max_examples // 2  # type: ignore[union-attr]
SUBJECTS = (*ORGANIZATIONS, *PERSONS)


@settings(max_examples=FEWER)
@given(cases, st.data())
def test_the_order_of_facts_does_not_matter(case: Case, data: st.DataObject) -> None:
    # Of two judgements on one pair the later counts, so links keep their order.
    links = [f for f in case.facts if isinstance(f, IdentityLink)]
    others = [f for f in case.facts if not isinstance(f, IdentityLink)]
    shuffled = [*data.draw(st.permutations(others)), *links]
    one, other = (derive(Journal(*f).now(), case.law) for f in (case.facts, shuffled))
    assert everything(one) == everything(other)


def renamed(fact: Fact, names: dict[str, str]) -> Fact:
    """Return the fact with other names for its subjects."""
    columns = {c.name for c in SCHEMAS[fact.kind_of_fact].subject_columns}
    found = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name in columns}
    return replace(fact, **{k: names.get(v, v) for k, v in found.items()})


@settings(max_examples=FEWER)
@given(cases, st.permutations(range(3)), st.permutations(range(3)))
def test_renaming_subjects_renames_answers(
    case: Case, places: list[int], people: list[int]
) -> None:
    names = {
        **{a: ORGANIZATIONS[n] for a, n in zip(ORGANIZATIONS, places, strict=False)},
        **{a: PERSONS[n] for a, n in zip(PERSONS, people, strict=False)},
        "per:scoped:d": "per:scoped:e",
        "org:scoped:w": "org:scoped:v",
    }
    # A sanction that names its record by key would have to be renamed by key.
    facts = [_unkeyed(f) for f in case.facts]
    one = derive(Journal(*facts).now(), case.law)
    other = derive(Journal(*(renamed(f, names) for f in facts)).now(), case.law)
    canonical = other.snapshot.identities.canonical

    def new(subject: str) -> str:
        return canonical(names.get(subject, subject))

    expected = _listed(
        (
            (new(e.bearer), *named(e)[1:]),
            {**told(g), "bearer": new(g.bearer), "organization": new(g.organization)},
        )
        for e in one.effects.values()
        for g in e.grounds
    )
    found = _listed(
        (named(e), told(g)) for e in other.effects.values() for g in e.grounds
    )
    assert found == expected


def _unkeyed(fact: Fact) -> Fact:
    return replace(fact, record_key=None) if hasattr(fact, "record_key") else fact


def _listed(rows: Any) -> list[str]:
    return sorted(repr((name, sorted(ground.items()))) for name, ground in rows)


@settings(max_examples=FEWER)
@given(cases, st.data())
def test_an_answer_for_an_earlier_load_never_changes(
    case: Case, data: st.DataObject
) -> None:
    journal, answers = Journal(), []
    for step in data.draw(steps(case.facts)):
        perform(journal, step)
        answer = everything(derive(journal.now(), case.law))
        # A withdrawal of what the source does not assert makes no load.
        answers.append((journal.facts.seq, answer))
    for seq, answer in answers:
        again = derive(journal.now().pinned(seq), case.law)
        assert everything(again) == answer


def strangers(facts: list[Fact]) -> list[Fact]:
    """Return the same story among others, with the same document numbers."""
    names = {name: f"{name}:far" for name in SUBJECTS}
    return [_unkeyed(renamed(f, names)) for f in facts]


@settings(max_examples=FEWER)
@given(cases, worlds())
def test_facts_that_do_not_reach_me_never_change_me(
    case: Case, others: list[Fact]
) -> None:
    alone = derive(Journal(*case.facts).now(), case.law)
    among = derive(Journal(*case.facts, *strangers(others)).now(), case.law)
    mine = {name: e for name, e in among.effects.items() if e.bearer in SUBJECTS}
    assert mine == dict(alone.effects)


# ---- who is looking ----------------------------------------------------------

scopes = st.builds(
    Scope,
    departments=st.one_of(st.none(), st.just(frozenset({"d1"}))),
    regions=st.one_of(st.none(), st.just(("2307",))),
)


@st.composite
def marked(draw: st.DrawFn, facts: list[Fact]) -> list[Fact]:
    """Return the facts with departments; some are not public."""
    department = st.sampled_from(("d1", "d2"))
    return [
        replace(f, public=draw(st.booleans()), department=draw(department))
        for f in facts
    ]


@settings(max_examples=FEWER)
@given(cases, scopes, st.data())
def test_hiding_facts_never_changes_effects(
    case: Case, scope: Scope, data: st.DataObject
) -> None:
    snapshot = Journal(*data.draw(marked(case.facts))).now()
    open_, hidden = derive(snapshot, case.law), derive(snapshot.under(scope), case.law)
    assert everything(open_) == everything(hidden)


def visible(snapshot: Snapshot) -> dict[Any, list[str]]:
    """Return everything that can be read, by kind, column and subject."""
    return {
        (kind, column, subject): sorted(
            repr(snapshot.fact(kind, row))
            for row in snapshot.rows(kind, column, subject)
        )
        for kind, table in snapshot.tables.items()
        for column in table.by_subject
        for subject in SUBJECTS
    }


@settings(max_examples=FEWER)
@given(worlds(), scopes, st.data())
def test_what_is_hidden_leaves_every_read_as_it_is(
    facts: list[Fact], scope: Scope, data: st.DataObject
) -> None:
    everyone = data.draw(marked(facts))
    # Links join identities for all readers; they are not what a scope hides.
    seen = [f for f in everyone if isinstance(f, IdentityLink) or _allows(scope, f)]
    full, bare = (Journal(*f).now().under(scope) for f in (everyone, seen))
    assert visible(full) == visible(bare)
    for kind in full.tables:
        one, other = (
            sorted(repr(view.fact(kind, row)) for row in view.all_rows(kind).tolist())
            for view in (full, bare)
        )
        assert one == other


def _allows(scope: Scope, fact: Fact) -> bool:
    return scope.allows(
        public=fact.public,
        department=fact.department,
        sector=fact.sector,
        region=fact.region,
    )
