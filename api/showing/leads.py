"""Leads as one caller may see them."""

from collections.abc import Iterable, Mapping
from typing import Final

from analytics.leads.detecting import BY_NAME, PATTERNS, Leads, read_numbers
from analytics.leads.lead import Lead, Row
from analytics.leads.words import Verdict
from api.access import Sight
from api.lead_notes import Note
from api.leads import is_later, last_verdict
from api.schemas.base import Word
from api.schemas.leads import (
    NO_CONSEQUENCE,
    FigureItem,
    LeadFact,
    LeadItem,
    LeadRow,
    NoteItem,
    ParameterItem,
    PartItem,
    PatternItem,
)
from api.showing import words
from api.showing.risk import label
from graph.schema import SCHEMAS
from graph.snapshot import date_of
from graph.vocabulary import FactKind, Section, Term

_PARTS: Final = 5
_TITLES: Final = {
    FactKind.TIE: "role",
    FactKind.LINK: "relation",
    FactKind.CONTACT: "kind",
    FactKind.RECORD: "kind",
}
_DECIDED: Final = (FactKind.RECORD, FactKind.SANCTION)
Notes = Mapping[str, list[Note]]


def patterns(leads: Leads, notes: Notes) -> list[PatternItem]:
    """Return the table of patterns, with how many leads each has."""
    numbers = read_numbers()
    last = [(said[-1].pattern, last_verdict(said)) for said in notes.values() if said]
    return [
        PatternItem(
            name=one.name,
            title=label(one.title),
            text=label(one.text),
            why=label(one.why),
            is_not=label(one.is_not),
            parameters=[
                ParameterItem(name=name, value=number.value, why=number.why)
                for name, number in numbers[one.name].items()
            ],
            open=sum(lead.pattern == one.name for lead in leads.every),
            useful=last.count((one.name, Verdict.USEFUL)),
            not_useful=last.count((one.name, Verdict.NOT_USEFUL)),
            known=last.count((one.name, Verdict.KNOWN)),
        )
        for one in PATTERNS
    ]


def row(
    lead: Lead, leads: Leads, notes: Notes, seen: Sight, *, still: bool = True
) -> LeadRow:
    """Return a lead in a list.

    Args:
        lead: one of `leads`.
        leads: of the day.
        notes: on all leads.
        seen: what the caller may see.
        still: it is there today.
    """
    found, said = lead.found, notes.get(lead.id, [])
    return LeadRow(
        kind="lead",
        id=lead.id,
        pattern=lead.pattern,
        title=label(BY_NAME[lead.pattern].title),
        group=_group(found.group) if found.group else None,
        parts=_parts(lead, seen, _PARTS),
        parts_total=len(found.subjects),
        since=date_of(found.since),
        figures=[
            FigureItem(figure=words.word(figure), value=round(value, 4))
            for figure, value in found.figures.items()
        ],
        open=still,
        load=leads.newest(lead),
        verdict=words.word_or_none(last_verdict(said)),
        grown=bool(said) and is_later(said[-1], leads, lead),
    )


def _parts(lead: Lead, seen: Sight, most: int | None = None) -> list[PartItem]:
    return [
        PartItem(subject=words.subject(subject, seen), part=words.word(part))
        for subject, part in lead.found.subjects[:most]
    ]


def _group(group: str) -> Word:
    kind, _, value = group.partition(":")
    if kind == "sector":
        return words.word(Section(value))
    return Word(value=value, zh=value, en=value)


def lead(found: Lead, leads: Leads, notes: Notes, seen: Sight) -> LeadItem:
    """Return a lead with the graph it rests on."""
    pattern = BY_NAME[found.pattern]
    facts = [_fact(one, seen) for one in found.found.facts]
    return LeadItem(
        lead=row(found, leads, notes, seen),
        text=label(pattern.text),
        why=label(pattern.why),
        is_not=label(pattern.is_not),
        parts=_parts(found, seen),
        nodes=[words.subject(one, seen) for one in _nodes(found, facts)],
        facts=facts,
        notes=[note(one) for one in notes.get(found.id, [])],
        note=NO_CONSEQUENCE,
    )


def note(found: Note) -> NoteItem:
    """Return what somebody said of a lead."""
    return NoteItem(
        verdict=words.word(found.verdict),
        text=found.text,
        by=found.by,
        at=found.at,
        load=found.load,
    )


def _nodes(found: Lead, facts: Iterable[LeadFact]) -> list[str]:
    named = [subject for subject, _ in found.found.subjects]
    for fact in facts:
        named += [fact.near, *([fact.far] if fact.far else [])]
    return list(dict.fromkeys(named))


def _fact(found: Row, seen: Sight) -> LeadFact:
    kind, place = found
    snapshot = seen.snapshot
    canonical = snapshot.identities.canonical
    near, *far = [
        canonical(snapshot.text(kind, place, column.name))
        for column in SCHEMAS[kind].subject_columns
    ]
    begins, ends = (snapshot.day(kind, place, c) for c in ("valid_from", "valid_to"))
    decided = kind in _DECIDED
    return LeadFact(
        key=snapshot.key(kind, place).hex(),
        fact=words.word(kind),
        title=_title(kind, place, seen),
        near=near,
        far=far[0] if far and far[0] else None,
        document_number=(
            snapshot.text(kind, place, "document_number") if decided else None
        ),
        decided_on=(
            date_of(snapshot.day(kind, place, "decided_on")) if decided else None
        ),
        period=words.period(begins, ends),
        source=words.source(kind, place, seen),
    )


def _title(kind: FactKind, place: int, seen: Sight) -> Word | None:
    fact = seen.snapshot.fact(kind, place)
    if kind in _TITLES:
        term = getattr(fact, _TITLES[kind])
        assert isinstance(term, Term)  # noqa: S101  # columns of words
        return words.word(term)
    if kind is FactKind.SANCTION:
        key = seen.snapshot.text(kind, place, "list")
        found = seen.view.law.lists.get(key)
        return Word(value=key, zh=found.zh, en=found.en) if found else None
    return None
