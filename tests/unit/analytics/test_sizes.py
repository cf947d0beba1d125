"""The size of a difference counts nothing that its reader may not see."""

from datetime import date

from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import compare, derive
from analytics.propagation.reasons import sizes
from graph.law.book import LawBook
from graph.records import Profile, Sanction, Tie
from graph.snapshot import day_of
from graph.vocabulary import OrganizationKind, Role
from tests.journal import Journal, key_of

DAY = day_of(date(2025, 6, 1))
LAW = LawBook.load()


def listing(number: str, region: str, sector: str) -> Sanction:
    return Sanction(
        authority="法院", document_number=number, subject="per:a",
        list="judgment_defaulter", listed_on=date(2025, 1, 1),
        valid_from=date(2025, 1, 1), region=region, sector=sector,
    )  # fmt: skip


def test_of_a_chain_only_grounds_that_may_be_read_are_followed() -> None:
    journal = Journal(
        Profile(subject="org:b", name="乙", organization_kind=OrganizationKind.COMPANY),
        Tie(person="per:a", organization="org:b", role=Role.DIRECTOR),
    )
    before = derive(journal.facts.snapshot(), LAW)
    hidden = listing("密一号", "140400", "X")
    journal.add(listing("一号", "230700", "C"), hidden)
    after = derive(journal.facts.snapshot(), LAW)
    changes = compare(before, after, day_before=DAY, day_after=DAY)
    assert "removal_duty" in {c.effect.measure for c in changes.gained}

    def readable(ground: Ground, effect: Effect) -> bool:
        return ground.cause != key_of(hidden).hex()

    counted = sizes(changes, before, after, readable=readable)
    assert set(counted["region"]) == {"230700"}
    assert set(counted["sector"]) == {"C"}
    everything = sizes(changes, before, after)
    assert set(everything["region"]) == {"140400", "230700"}
