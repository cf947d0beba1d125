"""Facts in short, and the network they make."""

from datetime import date

from analytics.network.network import Network, network_of
from graph.records import Branch, Contact, Fact, Link, Tie
from graph.snapshot import day_of
from graph.vocabulary import ContactKind, Relation, Role
from tests.journal import Journal
from tests.unit.analytics.ownership.holding import holds, named

DAY = date(2026, 11, 22)

__all__ = ["DAY", "at", "branch", "guarantees", "holds", "named", "network", "post"]


def post(
    person: str,
    organization: str,
    role: Role = Role.LEGAL_REPRESENTATIVE,
    **more: object,
) -> Tie:
    return Tie(
        person=named(person), organization=named(organization), role=role, **more
    )  # type: ignore[arg-type]


def at(
    subject: str,
    anchor: str,
    kind: ContactKind = ContactKind.REGISTERED_ADDRESS,
    **more: object,
) -> Contact:
    return Contact(subject=named(subject), anchor=f"anc:{anchor}", kind=kind, **more)  # type: ignore[arg-type]


def branch(of: str, parent: str, **more: object) -> Branch:
    return Branch(branch=named(of), parent=named(parent), **more)  # type: ignore[arg-type]


def guarantees(subject: str, other: str, **more: object) -> Link:
    relation = Relation.GUARANTEES
    return Link(subject=named(subject), other=named(other), relation=relation, **more)  # type: ignore[arg-type]


def network(*facts: Fact, day: date = DAY) -> Network:
    return network_of(Journal(*facts).now(), day_of(day))
