"""Random small worlds: facts with cycles, and law books that the engine must obey.

Everything happens within some forty days and among a handful of subjects, so that
what is rare in a city (a tie that ends on the day of the act, a ring of effects, two
rules in conflict) is common here. Terms are days, so that they end within sight.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from graph.records import (
    Fact,
    Finding,
    Holding,
    IdentityLink,
    Profile,
    Record,
    Release,
    Sanction,
    Suspension,
    Tie,
)
from graph.schema import SCHEMAS
from graph.vocabulary import (
    Category,
    EndReason,
    Judgement,
    OrganizationKind,
    Outcome,
    RecordKind,
    ReleaseReason,
    Role,
)
from tests.journal import key_of

FIRST_DAY = date(2024, 1, 1)
LAST = 40
"""Facts and rules begin and end within so many days; terms reach a little further."""

ORGANIZATIONS = ("org:x", "org:y", "org:z", "org:scoped:w")
PERSONS = ("per:a", "per:b", "per:c", "per:scoped:d")
DOCUMENTS = ("d1", "d2")
ROLES = (
    Role.LEGAL_REPRESENTATIVE,
    Role.ACTUAL_CONTROLLER,
    Role.PRINCIPAL_IN_CHARGE,
    Role.OPERATOR,
    Role.DIRECTLY_RESPONSIBLE,
)


def day(number: int) -> date:
    """Return a day of the small world."""
    return FIRST_DAY + timedelta(days=number)


def often(*choices: Any) -> st.SearchStrategy[Any]:
    """Return a choice; the earlier ones come much more often than the last."""
    weighted = [
        c for n, c in enumerate(choices) for _ in range(2 ** (len(choices) - n))
    ]
    return st.sampled_from(weighted)


def numbers(last: int) -> st.SearchStrategy[int]:
    """Return a number of a day, half of the time one of a few.

    Boundaries show only where things fall on one day or on neighbouring ones.
    """
    few = st.sampled_from([n for n in (8, 9, 15, 20, 30) if n <= last])
    return st.one_of(few, st.integers(0, last))


days = numbers(LAST).map(day)
early = numbers(LAST // 2).map(day)
maybe_days = st.one_of(early, early, days, st.none())
organizations = often(*ORGANIZATIONS)
persons = often(*PERSONS)
subjects = often(
    "org:x", "org:y", "per:a", "per:b", "org:z", "per:scoped:d", "org:scoped:w"
)
documents = st.sampled_from(DOCUMENTS)
regions = often("230700", "140400", "")


@st.composite
def periods(draw: st.DrawFn, *, known: bool = False) -> dict[str, Any]:
    """Return valid_from and valid_to in order; often open, sometimes unknown."""
    begins = draw(early if known else maybe_days)
    ends = draw(st.one_of(st.none(), st.none(), days))
    if begins and ends and ends <= begins:
        ends = begins + timedelta(days=1)
    return {"valid_from": begins, "valid_to": ends}


# ---- facts ---------------------------------------------------------------

_KINDS = (
    OrganizationKind.COMPANY,
    None,
    OrganizationKind.BRANCH,
    OrganizationKind.SOLE_TRADER,
    OrganizationKind.ORGAN,
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    return Profile(
        subject=draw(organizations),
        name="某",
        organization_kind=draw(often(*_KINDS)),
        region=draw(regions),
        **draw(st.one_of(st.just({"valid_from": FIRST_DAY}), periods())),
    )


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    return Tie(
        person=draw(persons),
        organization=draw(organizations),
        role=draw(often(*ROLES)),
        **draw(periods()),
    )


@st.composite
def acts(draw: st.DrawFn) -> dict[str, Any]:
    begins, ends = draw(maybe_days), draw(st.one_of(st.none(), early))
    return {"act_from": begins, "act_to": ends}


@st.composite
def sanctions(draw: st.DrawFn) -> Sanction:
    period = draw(periods())
    return Sanction(
        authority="机关",
        document_number=draw(documents),
        subject=draw(subjects),
        list=draw(often("la", "", "lb", "lc")),
        measures=tuple(
            sorted({draw(often("ma", "ja", "mb")), draw(often("ma", "jb"))})
        ),
        field=draw(often("fa", None, "fb")),
        decided_on=draw(maybe_days),
        listed_on=draw(st.one_of(st.none(), days)),
        region=draw(regions),
        end_reason=draw(st.sampled_from((None, *EndReason)))
        if period["valid_to"]
        else None,
        **draw(acts()),
        **period,
    )


_OUTCOMES = (Outcome.DECEASED, Outcome.MINOR, Outcome.NO_CAPACITY)


@st.composite
def records(draw: st.DrawFn) -> Record:
    kinds = (
        RecordKind.CONVICTION,
        RecordKind.INSOLVENCY,
        RecordKind.PENALTY,
        RecordKind.PENALTY,
        RecordKind.PERSON_STATE,
    )
    kind = draw(st.sampled_from(kinds))
    state = kind is RecordKind.PERSON_STATE
    return Record(
        kind=kind,
        outcome=draw(st.sampled_from(_OUTCOMES)) if state else None,
        authority="法院",
        document_number=draw(st.sampled_from((*DOCUMENTS, "r1", "r2"))),
        subject=draw(subjects),
        category=Category.JUDICIAL,
        field=draw(st.sampled_from((None, "fa"))),
        decided_on=draw(maybe_days),
        amount_yuan=draw(st.sampled_from((None, Decimal(99), Decimal(100)))),
        region=draw(regions),
        **draw(acts()),
        **draw(periods()),
    )


_concerned = often("org:x", "org:y", "", "org:z", "org:scoped:w")
_about = often(*DOCUMENTS, "r1")


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    return Finding(
        person=draw(st.one_of(persons, subjects)),
        organization=draw(_concerned),
        about_document=draw(_about),
        document=draw(st.sampled_from(("f1", "f2"))),
        authority="机关",
        role=draw(often(*ROLES)),
        responsible=draw(st.booleans()),
        **draw(periods()),
    )


@st.composite
def releases(draw: st.DrawFn) -> Release:
    return Release(
        person=draw(st.one_of(persons, subjects)),
        organization=draw(_concerned),
        about_document=draw(st.sampled_from((*DOCUMENTS, ""))),
        document="s1",
        authority="机关",
        reason=draw(st.sampled_from(ReleaseReason)),
        **draw(periods()),
    )


@st.composite
def suspensions(draw: st.DrawFn) -> Suspension:
    return Suspension(
        subject=draw(subjects),
        organization=draw(_concerned),
        about_document=draw(st.sampled_from((*DOCUMENTS, ""))),
        document="s2",
        authority="机关",
        **draw(periods()),
    )


@st.composite
def links(draw: st.DrawFn) -> IdentityLink:
    group = draw(st.sampled_from((ORGANIZATIONS, PERSONS)))
    return IdentityLink(
        left=draw(st.sampled_from(group)),
        right=draw(st.sampled_from(group)),
        document=draw(st.sampled_from(("i1", "i2"))),
        authority="机关",
        judgement=draw(st.sampled_from(Judgement)),
    )


@st.composite
def holdings(draw: st.DrawFn) -> Holding:
    return Holding(
        holder=draw(subjects),
        organization=draw(organizations),
        share_num=1,
        share_den=2,
        **draw(periods()),
    )


def business_key(fact: Fact) -> tuple[object, ...]:
    """Return what makes two facts the same one."""
    columns = SCHEMAS[fact.kind_of_fact].key_columns
    return (fact.kind_of_fact, *(getattr(fact, c.name) for c in columns))


def _several(
    kind: st.SearchStrategy[Any], most: int, *, least: int = 0
) -> st.SearchStrategy[list[Any]]:
    return st.lists(kind, min_size=least, max_size=most, unique_by=business_key)


@st.composite
def worlds(draw: st.DrawFn) -> list[Fact]:
    """Return facts with every business key once."""
    ties_ = draw(_several(ties(), 10, least=5))
    imposed = draw(_several(sanctions(), 5, least=2))
    entered = draw(_several(records(), 3))
    if entered and draw(st.booleans()):
        record = key_of(entered[0]).hex()
        imposed[0] = replace(imposed[0], record_key=record)
    return [
        *draw(_several(profiles(), 4, least=1)),
        *ties_,
        *imposed,
        *entered,
        *draw(_several(findings(), 4, least=1)),
        *draw(_several(releases(), 2)),
        *draw(_several(suspensions(), 2)),
        *draw(_several(links(), 2)),
    ]
