"""Posts, shares, branches, links and contacts as answers show them."""

from collections.abc import Mapping
from typing import Any

from api.access import Sight
from api.schemas.relations import (
    BranchItem,
    ContactItem,
    Fraction,
    HoldingItem,
    LinkItem,
)
from api.schemas.subjects import TieItem
from api.showing import words
from graph.records import Branch, Contact, Fact, Holding, Link, Tie
from graph.snapshot import OPEN, day_of
from graph.vocabulary import FactKind

Details = Mapping[str, Any]
"""Columns that the snapshot does not hold, read from the store."""


def show_tie(row: int, seen: Sight, _: Details | None = None) -> TieItem:
    """Return one post."""
    fact = seen.snapshot.fact(FactKind.TIE, row)
    assert isinstance(fact, Tie)  # noqa: S101  # kind of the table
    return TieItem(
        key=seen.snapshot.key(FactKind.TIE, row).hex(),
        person=words.subject(fact.person, seen),
        organization=words.subject(fact.organization, seen),
        role=words.word(fact.role),
        period=words.period_of(fact),
        held=holds(fact, seen.day),
        source=words.source(FactKind.TIE, row, seen),
    )


def show_holding(row: int, seen: Sight, _: Details | None = None) -> HoldingItem:
    """Return one shareholding."""
    fact = seen.snapshot.fact(FactKind.HOLDING, row)
    assert isinstance(fact, Holding)  # noqa: S101  # kind of the table
    return HoldingItem(
        key=seen.snapshot.key(FactKind.HOLDING, row).hex(),
        holder=words.subject(fact.holder, seen),
        organization=words.subject(fact.organization, seen),
        share=_fraction(fact.share_num, fact.share_den),
        share_to=_fraction(fact.share_to_num, fact.share_to_den),
        votes=_fraction(fact.votes_num, fact.votes_den),
        votes_to=_fraction(fact.votes_to_num, fact.votes_to_den),
        direct=fact.direct,
        period=words.period_of(fact),
        held=holds(fact, seen.day),
        source=words.source(FactKind.HOLDING, row, seen),
    )


def show_branch(row: int, seen: Sight, _: Details | None = None) -> BranchItem:
    """Return one branch."""
    fact = seen.snapshot.fact(FactKind.BRANCH, row)
    assert isinstance(fact, Branch)  # noqa: S101  # kind of the table
    return BranchItem(
        key=seen.snapshot.key(FactKind.BRANCH, row).hex(),
        branch=words.subject(fact.branch, seen),
        parent=words.subject(fact.parent, seen),
        period=words.period_of(fact),
        held=holds(fact, seen.day),
        source=words.source(FactKind.BRANCH, row, seen),
    )


def show_link(row: int, seen: Sight, texts: Details | None = None) -> LinkItem:
    """Return one relation between two subjects."""
    fact = seen.snapshot.fact(FactKind.LINK, row)
    assert isinstance(fact, Link)  # noqa: S101  # kind of the table
    return LinkItem(
        key=seen.snapshot.key(FactKind.LINK, row).hex(),
        subject=words.subject(fact.subject, seen),
        relation=words.word(fact.relation),
        other=words.subject(fact.other, seen),
        about=words.subject(fact.about, seen) if fact.about else None,
        document=fact.document,
        amount_yuan=words.money(fact.amount_yuan),
        content=texts.get("content") if texts else None,
        period=words.period_of(fact),
        held=holds(fact, seen.day),
        source=words.source(FactKind.LINK, row, seen),
    )


def show_contact(row: int, seen: Sight, texts: Details | None = None) -> ContactItem:
    """Return one address or number, and how many subjects share it."""
    fact = seen.snapshot.fact(FactKind.CONTACT, row)
    assert isinstance(fact, Contact)  # noqa: S101  # kind of the table
    return ContactItem(
        key=seen.snapshot.key(FactKind.CONTACT, row).hex(),
        subject=words.subject(fact.subject, seen),
        kind=words.word(fact.kind),
        anchor=fact.anchor,
        text=texts.get("text") if texts and seen.may_locate(fact.subject) else None,
        shared_by=_sharing(fact.anchor, seen),
        period=words.period_of(fact),
        held=holds(fact, seen.day),
        source=words.source(FactKind.CONTACT, row, seen),
    )


def _sharing(anchor: str, seen: Sight) -> int:
    """Return how many subjects are reached at the anchor on the day."""
    snapshot, kind = seen.snapshot, FactKind.CONTACT
    return len(
        {
            snapshot.text(kind, row, "subject")
            for row in snapshot.rows(kind, "anchor", anchor)
            if holds(snapshot.fact(kind, row), seen.day)
        }
    )


def _fraction(numerator: int | None, denominator: int | None) -> Fraction | None:
    if numerator is None or not denominator:
        return None
    decimal = round(numerator / denominator, 6)
    return Fraction(numerator=numerator, denominator=denominator, decimal=decimal)


def holds(fact: Fact, day: int) -> bool:
    """Return whether a fact is true on a day."""
    begins = day_of(fact.valid_from, absent=-OPEN)
    return begins <= day < day_of(fact.valid_to)
