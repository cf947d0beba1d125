"""Words, labels, periods and references, as answers show them."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from api.access import Sight
from api.schemas.base import BasisRef, Label, Period, SourceRef, SubjectRef, Word
from graph.law.base import Basis
from graph.law.book import LawBook
from graph.records import Fact
from graph.snapshot import date_of
from graph.vocabulary import FactKind, Term

WITHHELD: Final = Label(zh="依据不予披露", en="grounds not disclosed")


def word(term: Term) -> Word:
    """Return a term with its labels."""
    return Word(value=term.value, zh=term.zh, en=term.en)


def word_or_none(term: Term | None) -> Word | None:
    """Return a term with its labels, None for None."""
    return None if term is None else word(term)


def money(amount: Decimal | None) -> Decimal | None:
    """Return an amount without the zeros that its column adds."""
    return None if amount is None else Decimal(f"{amount.normalize():f}")


def measure(key: str, law: LawBook) -> Word:
    """Return a measure of the book; one it does not know is labelled by its key."""
    found = law.measures.get(key)
    return Word(value=key, zh=found.zh if found else key, en=found.en if found else key)


def field(key: str, law: LawBook) -> Word:
    """Return a regulated field of the book."""
    found = law.fields.get(key)
    return Word(value=key, zh=found.zh if found else key, en=found.en if found else key)


def period(begins: int, ends: int) -> Period:
    """Return a half-open period of day numbers."""
    first, end = date_of(begins), date_of(ends)
    last = end - timedelta(days=1) if end else None
    return Period(valid_from=first, valid_to=end, last_day=last)


def period_of(fact: Fact) -> Period:
    """Return while a fact is true."""
    end = fact.valid_to
    last = end - timedelta(days=1) if end else None
    return Period(valid_from=fact.valid_from, valid_to=end, last_day=last)


def subject(identifier: str, seen: Sight) -> SubjectRef:
    """Return a subject with the name the caller may see."""
    named = seen.named(identifier)
    return SubjectRef(
        id=named.id, kind=named.kind.value, name=named.name, masked=named.masked
    )


def source(kind: FactKind, row: int, seen: Sight) -> SourceRef:
    """Return where a fact came from."""
    found = seen.snapshot.source(kind, row)
    return SourceRef(
        dataset=found.dataset,
        file=found.file,
        file_digest=found.file_digest,
        line=found.line,
        load=found.load,
        recorded_at=found.recorded_at,
    )


def basis(found: Basis, law: LawBook) -> BasisRef:
    """Return a provision with the title of its instrument."""
    return BasisRef(
        instrument=found.instrument,
        title=law.instruments[found.instrument].title,
        article=found.article,
        gist=Label(zh=found.gist, en=found.gist_en),
    )
