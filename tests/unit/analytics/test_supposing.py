"""An effect supposed without an identity link: where there was one party, are two."""

from typing import Any

import pytest

from analytics.propagation.counterfactual import Counterfactual, counterfactual
from analytics.propagation.effects import Effect
from analytics.propagation.engine import Derivation, derive
from graph.law.model import Rule
from graph.records import IdentityLink, Sanction, Tie
from graph.snapshot import day_of
from graph.vocabulary import FactKind, Judgement, Role
from tests.journal import Journal
from tests.strategies import day
from tests.strategies_law import book_of

DAY = day_of(day(8))
LINK = IdentityLink(
    left="org:x", right="org:y", document="同", authority="局", judgement=Judgement.SAME
)
OFFICE = Tie(
    person="per:a", organization="org:y", role=Role.LEGAL_REPRESENTATIVE,
    valid_from=day(8),
)  # fmt: skip


def rule(key: str, on: str, measures: tuple[str, ...], role: str, effect: str) -> Rule:
    """Return a rule of the small book in its plainest form."""
    version: dict[str, Any] = {
        "in_force_from": day(0),
        "trigger": {
            "on": on, "subject": "organization", "lists": (), "measures": measures,
            "fields": (), "thresholds": (),
        },
        "bearers": [{"role": role, "finding": "none", "sticky": False}],
        "anchor": "current",
        "act_check": False,
        "effect": {
            "measure": effect, "scope_fields": (), "scope_zh": "全", "scope_en": "all"
        },
        "term": {"length": "as_trigger", "starts": "trigger"},
        "ended_by": ["own_term"],
        "version_at": "listing",
        "jurisdiction_by": "authority",
        "finding_effect_from": "trigger",
        "exceptions": (),
        "evidence": "read",
        "basis": [
            {"instrument": "LAW", "article": "一", "gist": "条文", "gist_en": "gist"}
        ],
    }  # fmt: skip
    return Rule.model_validate(
        {
            "key": key, "title": "条文", "title_en": "gist", "topic": "t",
            "jurisdiction": "CN", "versions": [version],
        }
    )  # fmt: skip


LAW = book_of(
    [
        rule("R0", "sanction", ("ma",), "self", "ea"),
        rule("R1", "effect", ("ea",), "legal_representative", "eb"),
    ]
)


def sanction(subject: str, document: str) -> Sanction:
    return Sanction(
        authority="机关", document_number=document, subject=subject, list="",
        measures=("ma",), field="fa", decided_on=day(8), valid_from=day(8),
    )  # fmt: skip


def lifted(*sanctions: Sanction) -> tuple[Counterfactual, Derivation]:
    """Return what would lift the officer's effect, where the parties are one."""
    derivation = derive(Journal(LINK, OFFICE, *sanctions).now(), LAW)
    effect: Effect = next(e for e in derivation.effects.values() if e.bearer == "per:a")
    found = counterfactual(effect, derivation, day=DAY)
    assert found is not None
    return found, derivation


def kinds(found: Counterfactual) -> list[list[FactKind]]:
    return [[c.fact[0] for c in lifting.changes] for lifting in found.voiding]


@pytest.mark.parametrize("subject", ["org:x", "org:y"])
def test_a_chain_through_a_party_of_two_names_stands_or_falls_with_the_link(
    subject: str,
) -> None:
    """He answers for y: a sanction on x reaches him by the link, one on y without."""
    found, derivation = lifted(sanction(subject, "一"))
    without = derivation.snapshot.without([(FactKind.IDENTITY_LINK, 0)])
    stays = found.effect.id in derive(without, LAW).effects
    assert stays == (subject == "org:y")
    assert ([FactKind.IDENTITY_LINK] in kinds(found)) == (not stays)
    assert kinds(found)[0] == [FactKind.SANCTION]


def test_both_parties_sanctioned_the_link_is_part_of_no_lifting_alone() -> None:
    found, _ = lifted(sanction("org:x", "一"), sanction("org:y", "二"))
    assert [FactKind.IDENTITY_LINK] not in kinds(found)
    both = {FactKind.SANCTION, FactKind.IDENTITY_LINK}
    assert any(set(one) == both for one in kinds(found))
