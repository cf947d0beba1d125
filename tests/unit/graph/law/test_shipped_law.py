"""What must hold of the law files that ship with the package."""

from pathlib import Path

import pytest

from graph.law.book import ActiveVersion, LawBook
from graph.law.model import (
    Basis,
    BearerClause,
    EffectClause,
    ExceptionOutcome,
    FindingEffectFrom,
    FindingNeed,
    LawModel,
    MeasureClass,
    OrganizationsClause,
    Rule,
    RuleException,
    RuleVersion,
    Subjects,
    Term,
    TermStart,
    Trigger,
    TriggerOn,
    When,
)
from graph.vocabulary import (
    Anchor,
    EndedBy,
    Evidence,
    JurisdictionBy,
    OrganizationKind,
    PenaltyKind,
    Rank,
    Role,
    VersionAt,
)
from graph.vocabulary import Term as Vocabulary

BOOK = LawBook.load()
VERSIONS = [
    ActiveVersion(rule.version_id(v), rule, v)
    for rule in BOOK.rules.values()
    for v in rule.versions
]
ROOT = Path(__file__).parents[4]
README = (ROOT / "graph" / "law" / "README.md").read_text("utf-8")


def bases() -> list[Basis]:
    return [
        *(b for v in VERSIONS for b in v.version.basis),
        *(b for v in VERSIONS for e in v.version.exceptions for b in e.basis),
        *(b for m in BOOK.measures.values() for b in m.basis),
        *(b for entry in BOOK.lists.values() for b in entry.legal_basis),
        *(b for role in BOOK.roles.values() for b in role.basis),
    ]


def test_the_shipped_book_has_no_faults() -> None:
    assert LawBook.check() == []


@pytest.mark.parametrize("found", VERSIONS, ids=[v.version_id for v in VERSIONS])
def test_every_version_speaks_both_languages(found: ActiveVersion) -> None:
    effect = found.version.effect
    for english in (found.rule.title_en, effect.scope_en):
        assert english.isascii() or "—" in english
    for chinese in (found.rule.title, effect.scope_zh):
        assert any("一" <= c <= "鿿" for c in chinese)


def test_every_gist_is_said_in_our_own_words_in_both_languages() -> None:
    for basis in bases():
        assert 5 <= len(basis.gist) <= 120, basis
        assert basis.gist_en.isascii(), basis
        assert len(basis.gist_en.split()) >= 3, basis


def test_no_version_claims_to_be_checked_by_a_jurist() -> None:
    assert [v.version_id for v in VERSIONS if v.version.checked_on] == []


def test_every_kind_of_organization_has_a_role_rule() -> None:
    assert set(BOOK.roles) == set(OrganizationKind)


def test_the_operator_is_the_party_only_where_nobody_else_exists() -> None:
    himself = {k for k, r in BOOK.roles.items() if r.party_himself}

    assert himself == {
        OrganizationKind.SOLE_TRADER,
        OrganizationKind.SOLE_PROPRIETORSHIP,
    }


def test_all_26_lists_are_defined_and_every_severe_one_has_a_basis() -> None:
    assert len(BOOK.lists) == 26
    assert all(entry.legal_basis for entry in BOOK.lists.values() if entry.severe)
    assert {k for k, v in BOOK.lists.items() if not v.severe} == {
        "internet_information"
    }


def test_penalties_that_trigger_are_named_as_in_the_vocabulary() -> None:
    penalties = {
        key
        for key, m in BOOK.measures.items()
        if m.measure_class is MeasureClass.PENALTY
    }

    other = {
        "registration_revoked",
        "outlawed",
        "permit_withdrawn",
        "removed_from_post",
        "dismissed",
    }
    assert penalties - other <= {p.value for p in PenaltyKind}


def test_the_measures_named_in_the_contract_exist() -> None:
    assert set(BOOK.measures) >= {
        "personal_record",
        "office_ban",
        "occupation_ban",
        "market_access_ban",
        "consumption_restriction",
        "exit_ban",
        "fiscal_project_limit",
        "honours_limit",
        "facilitation_limit",
        "key_supervision",
        "prudent_credit",
        "business_licence_revoked",
        "permit_revoked",
        "closure",
        "occupation_restricted",
        "business_stopped",
        "grade_lowered",
        "registration_revoked",
        "removal_duty",
    }


def test_a_ban_never_rests_on_a_document_alone() -> None:
    documents = {Rank.NORMATIVE_DOCUMENT, Rank.CITY_DOCUMENT, Rank.DEPARTMENT_RULE}
    for found in VERSIONS:
        if BOOK.measures[found.version.effect.measure].needs_statute:
            assert BOOK.leading_text(found.version).rank not in documents


def test_every_trigger_and_the_anchors_the_law_gives_are_used() -> None:
    assert {v.version.trigger.on for v in VERSIONS} == set(TriggerOn)
    assert {v.version.anchor for v in VERSIONS} >= {
        Anchor.VIOLATION,
        Anchor.LISTING,
        Anchor.REVOCATION,
        Anchor.BANKRUPTCY,
        Anchor.CURRENT,
    }


def test_effects_that_trigger_end_with_their_trigger() -> None:
    chained = [v for v in VERSIONS if v.version.trigger.on is TriggerOn.EFFECT]

    assert chained
    assert all(v.version.term.follows_trigger for v in chained)
    assert all(v.version.term.starts is TermStart.TRIGGER for v in chained)


def test_only_a_general_office_ban_makes_a_company_remove_anybody() -> None:
    rule = BOOK.rules["OFFICE-BAN-REMOVAL-DUTY"]

    assert {m for v in rule.versions for m in v.trigger.measures} == {"office_ban"}


def test_a_text_that_is_only_common_knowledge_founds_no_rule() -> None:
    for found in VERSIONS:
        text = BOOK.leading_text(found.version)
        assert text.evidence is not Evidence.UNVERIFIED or not found.version.is_active


def test_a_repealed_text_and_its_successor_do_not_overlap() -> None:
    old, new = (
        BOOK.instruments["COMPANY-LAW-2018"],
        BOOK.instruments["COMPANY-LAW-2023"],
    )

    assert old.repealed_from == new.in_force_from


def test_every_doubt_of_a_rule_stands_in_the_list_of_doubts() -> None:
    told = (ROOT / "docs" / "law" / "doubts.md").read_text("utf-8")
    for found in VERSIONS:
        for doubt in found.version.doubts:
            assert f"{found.version.in_force_from} 版本：{doubt}" in told, doubt


@pytest.mark.parametrize(
    "model",
    [
        Rule,
        RuleVersion,
        Trigger,
        BearerClause,
        OrganizationsClause,
        EffectClause,
        Term,
        RuleException,
        When,
        Basis,
    ],
)
def test_every_field_of_a_rule_is_explained_to_jurists(model: type[LawModel]) -> None:
    for name in model.model_fields:
        assert f"`{name}`" in README, name


@pytest.mark.parametrize(
    "words",
    [
        Role,
        Anchor,
        TermStart,
        EndedBy,
        VersionAt,
        JurisdictionBy,
        Evidence,
        Rank,
        OrganizationKind,
        MeasureClass,
        TriggerOn,
        Subjects,
        FindingNeed,
        ExceptionOutcome,
        FindingEffectFrom,
    ],
)
def test_every_word_of_a_rule_is_listed_for_jurists(words: type[Vocabulary]) -> None:
    for word in words:
        assert f"`{word.value}`" in README, word


def test_the_walked_through_example_is_the_shipped_rule() -> None:
    key = "INTERNET-CAFE-PERMIT-REVOKED-OFFICE-BAN"
    shipped = (ROOT / "graph" / "law" / "liability" / f"{key}.yaml").read_text("utf-8")
    without_comments = "".join(
        line for line in shipped.splitlines(keepends=True) if "#" not in line
    )

    assert without_comments in README
