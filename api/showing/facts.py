"""Subjects, records and sanctions as answers show them."""

from collections.abc import Sequence
from datetime import timedelta

from api.access import Sight, identity_of, kind_of
from api.schemas.base import Label, Period
from api.schemas.subjects import (
    Counts,
    ListRef,
    RecordItem,
    RecordTexts,
    SanctionEnd,
    SanctionItem,
    SubjectHit,
    SubjectItem,
)
from api.showing import words
from api.showing.relations import Details, holds
from graph.records import Profile, Record, Sanction
from graph.store.bolt import BoltStore
from graph.vocabulary import FactKind, SubjectKind


def details(
    store: BoltStore, seen: Sight, kind: FactKind, rows: Sequence[int]
) -> dict[int, Details]:
    """Return the columns of facts that the snapshot does not hold, by row."""
    keys = {row: seen.snapshot.key(kind, row) for row in rows}
    found = store.details(kind, list(keys.values()), scope=seen.scope)
    return {row: found.get(key, {}) for row, key in keys.items()}


def show_hit(
    identifier: str, matched: str, seen: Sight, *, score: float | None = None
) -> SubjectHit:
    """Return a subject that a search found."""
    profile = seen.profile(identifier)
    return SubjectHit(
        subject=words.subject(identifier, seen),
        uscc=profile.uscc if profile else None,
        matched=matched,
        score=score,
    )


def show_subject(
    identifier: str, seen: Sight, *, effects: int, store: BoltStore | None
) -> SubjectItem:
    """Return how a subject is described on the day.

    Args:
        identifier: of the subject.
        seen: what the caller may see.
        effects: how many it bears.
        store: where to read the long texts; None leaves them out.
    """
    row = seen.profile_row(identifier)
    found = seen.profile(identifier) or Profile(subject=identifier, name="")
    texts: Details = {}
    if store is not None and row is not None:
        texts = details(store, seen, FactKind.PROFILE, [row])[row]
    person = kind_of(identifier) is SubjectKind.PERSON
    members = seen.snapshot.identities.members(identifier)
    return SubjectItem(
        subject=words.subject(identifier, seen),
        aliases=[m for m in members if m != identifier],
        uscc=found.uscc,
        organization_kind=words.word_or_none(found.organization_kind),
        status=words.word_or_none(found.status),
        identity=words.word(identity_of(identifier)) if person else None,
        region=found.region or None,
        sector=found.sector or None,
        established_on=None if person else found.established_on,
        id_masked=texts.get("id_masked") if seen.scope.personal_data else None,
        address=texts.get("address") if seen.may_locate(identifier) else None,
        legal_form=texts.get("legal_form"),
        business_scope=texts.get("business_scope"),
        capital_yuan=texts.get("capital_yuan"),
        period=words.period_of(found),
        source=None if row is None else words.source(FactKind.PROFILE, row, seen),
        counts=_counts(identifier, seen, effects=effects),
    )


def _counts(identifier: str, seen: Sight, *, effects: int) -> Counts:
    def of(kind: FactKind, *columns: str) -> int:
        rows = (seen.snapshot.rows(kind, c, identifier) for c in columns)
        return len({row for found in rows for row in found})

    return Counts(
        records=of(FactKind.RECORD, "subject"),
        sanctions=of(FactKind.SANCTION, "subject"),
        ties=of(FactKind.TIE, "person", "organization"),
        holdings=of(FactKind.HOLDING, "holder", "organization"),
        branches=of(FactKind.BRANCH, "branch", "parent"),
        links=of(FactKind.LINK, "subject", "other"),
        contacts=of(FactKind.CONTACT, "subject", "anchor"),
        effects=effects,
    )


def show_record(row: int, seen: Sight, texts: Details | None = None) -> RecordItem:
    """Return one entry of a credit record."""
    fact = seen.snapshot.fact(FactKind.RECORD, row)
    assert isinstance(fact, Record)  # noqa: S101  # kind of the table
    return RecordItem(
        key=seen.snapshot.key(FactKind.RECORD, row).hex(),
        kind=words.word(fact.kind),
        category=words.word(fact.category),
        subject=words.subject(fact.subject, seen),
        authority=fact.authority,
        authority_name=fact.authority_name,
        document_number=fact.document_number,
        decided_on=fact.decided_on,
        act=_act(fact),
        penalty_kinds=[words.word(kind) for kind in fact.penalty_kinds],
        list_name=fact.list_name,
        field=fact.field,
        publicity_to=fact.publicity_to,
        outcome=words.word_or_none(fact.outcome),
        grade=fact.grade,
        review=words.word_or_none(fact.review),
        capacity=words.word_or_none(fact.capacity),
        due_on=fact.due_on,
        amount_yuan=words.money(fact.amount_yuan),
        period=words.period_of(fact),
        texts=None if texts is None else _record_texts(texts),
        source=words.source(FactKind.RECORD, row, seen),
    )


def _record_texts(texts: Details) -> RecordTexts:
    return RecordTexts(
        title=texts.get("title"),
        content=texts.get("content"),
        facts_text=texts.get("facts_text"),
        basis_text=texts.get("basis_text"),
        licence=texts.get("licence"),
        fine_yuan=texts.get("fine_yuan"),
        forfeited_yuan=texts.get("forfeited_yuan"),
        plan_number=texts.get("plan_number"),
    )


def show_sanction(row: int, seen: Sight, texts: Details | None = None) -> SanctionItem:
    """Return one sanction."""
    fact = seen.snapshot.fact(FactKind.SANCTION, row)
    assert isinstance(fact, Sanction)  # noqa: S101  # kind of the table
    law = seen.view.law
    return SanctionItem(
        key=seen.snapshot.key(FactKind.SANCTION, row).hex(),
        subject=words.subject(fact.subject, seen),
        on_list=_list_ref(fact.list, seen) if fact.list else None,
        measures=[words.measure(key, law) for key in fact.measures],
        authority=fact.authority,
        authority_name=fact.authority_name,
        document_number=fact.document_number,
        field=fact.field,
        decided_on=fact.decided_on,
        listed_on=fact.listed_on,
        act=_act(fact),
        period=words.period_of(fact),
        in_force=holds(fact, seen.day),
        ended=_end(fact),
        record_key=fact.record_key,
        content=texts.get("content") if texts else None,
        source=words.source(FactKind.SANCTION, row, seen),
    )


def _list_ref(key: str, seen: Sight) -> ListRef:
    found = seen.view.law.lists.get(key)
    label = Label(zh=found.zh, en=found.en) if found else Label(zh=key, en=key)
    return ListRef(key=key, label=label)


def _end(fact: Sanction) -> SanctionEnd | None:
    if fact.end_reason is None and fact.end_document is None:
        return None
    return SanctionEnd(
        reason=words.word_or_none(fact.end_reason),
        document=fact.end_document,
        authority=fact.end_authority,
    )


def _act(fact: Record | Sanction) -> Period:
    end = fact.act_to
    last = end - timedelta(days=1) if end else None
    return Period(valid_from=fact.act_from, valid_to=end, last_day=last)
