"""Changes whose way to an effect is easily forgotten: through a person's offices."""

from datetime import date

import pytest

from analytics.propagation.engine import derive
from graph.law.base import Basis
from graph.law.book import LawBook
from graph.law.model import (
    EffectClause,
    FindingEffectFrom,
    OrganizationsClause,
    Rule,
    RuleVersion,
    Subjects,
    Term,
    TermStart,
    Trigger,
    TriggerOn,
)
from graph.records import Fact, Profile, Sanction, Suspension, Tie
from graph.vocabulary import (
    Anchor,
    EndedBy,
    Evidence,
    JurisdictionBy,
    OrganizationKind,
    Role,
    VersionAt,
)
from tests.journal import Journal
from tests.strategies_law import book_of

DAY = date(2024, 3, 1)


@pytest.fixture(scope="module")
def companies_answer() -> LawBook:
    """A book in which the companies that a listed person represents answer."""
    version = RuleVersion(
        in_force_from=date(2020, 1, 1),
        trigger=Trigger(
            on=TriggerOn.SANCTION,
            subject=Subjects.PERSON,
            lists=(),
            measures=("ma",),
            fields=(),
        ),
        bearers=(
            OrganizationsClause(
                organizations_of=(Role.LEGAL_REPRESENTATIVE,),
                organization_kinds=(OrganizationKind.COMPANY,),
            ),
        ),
        anchor=Anchor.CURRENT,
        act_check=False,
        effect=EffectClause(measure="ea", scope_fields=(), scope_zh="—", scope_en="—"),
        term=Term(length="as_trigger", starts=TermStart.TRIGGER),
        ended_by=(EndedBy.LIST_EXIT,),
        version_at=VersionAt.AS_OF,
        jurisdiction_by=JurisdictionBy.AUTHORITY,
        finding_effect_from=FindingEffectFrom.TRIGGER,
        exceptions=(),
        evidence=Evidence.READ,
        basis=(Basis(instrument="LAW", article="一", gist="—", gist_en="—"),),
    )
    rule = Rule(
        key="R", title="—", title_en="—", topic="t", jurisdiction="CN",
        versions=(version,),
    )  # fmt: skip
    return book_of([rule])


@pytest.mark.parametrize(
    "change",
    [
        Profile(
            subject="org:x", name="甲", organization_kind=OrganizationKind.BRANCH,
            valid_from=DAY,
        ),
        Suspension(
            subject="org:x", organization="org:x", about_document="d1", document="s",
            authority="法院", valid_from=DAY,
        ),
    ],
    ids=["the company becomes something else", "the company is suspended"],
)  # fmt: skip
def test_a_fact_about_a_company_reaches_what_follows_for_it_from_a_person(
    companies_answer: LawBook, change: Fact
) -> None:
    journal = Journal(
        Profile(
            subject="org:x", name="甲", organization_kind=OrganizationKind.COMPANY,
            valid_from=date(2020, 1, 1),
        ),
        Tie(
            person="per:a", organization="org:x", role=Role.LEGAL_REPRESENTATIVE,
            valid_from=date(2020, 1, 1),
        ),
        Sanction(
            authority="法院", document_number="d1", subject="per:a",
            measures=("ma",), valid_from=date(2024, 1, 1), region="230700",
        ),
    )  # fmt: skip
    before = derive(journal.now(), companies_answer)
    assert [e.bearer for e in before.effects.values()] == ["org:x"]
    journal.add(change)
    after = before.advance(journal.now(), journal.changes(before.snapshot))
    full = derive(journal.now(), companies_answer)
    assert dict(full.effects) != dict(before.effects)
    assert dict(after.effects) == dict(full.effects)
