"""Which subject a caller means, and which subjects a search may show."""

import re
from dataclasses import dataclass
from typing import Final

from analytics.matching.searching import Hit as Likely
from analytics.matching.searching import query_of
from api.access import Sight, kind_of
from api.acts import parse_key
from api.lookup import Hit
from api.service import Service
from api.showing.cursors import read_cursor, write_cursor
from api.showing.effects import borne
from graph.errors import BadInput, NotFound
from graph.vocabulary import FactKind, SubjectKind

_IDENTIFIER: Final = re.compile(r"(org:|per:|anc:).+|[0-9A-Za-z]{18}|[0-9]{15}")
_MASKED: Final = 5
"""Times as many are looked at, because persons whose names are masked fall out."""
_LOOKED_AT: Final = 5_000
"""So many names are looked at for one page; among masked persons few may be shown."""


def subject_of(service: Service, seen: Sight, text: str) -> str:
    """Return the identifier of the subject that a code or an identifier names.

    Names are for searching: one name may belong to many.

    Raises:
        NotFound: nothing the caller may see has it.
    """
    if not _IDENTIFIER.fullmatch(text):
        raise NotFound(
            f"“{text}”既不是代码，也不是标识。",
            f"{text!r} is neither a code nor an identifier.",
            hint_zh="请按名称开头查找：/v1/subjects?q=…",
            hint_en="Search by the beginning of the name: /v1/subjects?q=…",
        )
    found = service.find_subject(text, view=seen.view, scope=seen.scope)
    by_name = kind_of(found) is SubjectKind.PERSON and not text.startswith("per:")
    if by_name and not seen.may_name(found):
        raise NotFound(
            f"没有代码为“{text}”的主体。", f"No subject has the code {text!r}."
        )
    return found


def bearer_of(service: Service, seen: Sight, text: str) -> str:
    """Return the identifier of a subject that may only be known by its effects.

    Raises:
        NotFound: the caller may see no fact about it and it bears no effect.
    """
    try:
        return subject_of(service, seen, text)
    except NotFound:
        if borne(seen, text):
            return text
        raise


@dataclass(frozen=True, slots=True)
class Found:
    """Subjects of one page with the name that matched."""

    hits: list[tuple[str, str]]
    next_cursor: str | None
    truncated: bool = False


def search(
    service: Service, seen: Sight, text: str, *, limit: int, cursor: str | None
) -> Found:
    """Return a page of the subjects that a code, identifier or name beginning means.

    Raises:
        BadInput: the cursor is not one of such a list.
    """
    if cursor is None and _IDENTIFIER.fullmatch(text):
        try:
            found = subject_of(service, seen, text)
        except NotFound:
            pass
        else:
            return Found([(found, seen.named(found).name or found)], None)
    after = _position(seen, cursor) if cursor else ("", -1)
    return _by_name(service, seen, text, limit=limit, after=after)


def _by_name(
    service: Service, seen: Sight, text: str, *, limit: int, after: tuple[str, int]
) -> Found:
    """Return the next page after a position; a long search stops half-way."""
    hits: list[tuple[str, str]] = []
    for _ in range(0, _LOOKED_AT, limit + 1):
        batch = service.search(
            text, view=seen.view, scope=seen.scope, limit=limit + 1, after=after
        )
        for hit in batch:
            if _shown(seen, hit, text):
                if len(hits) == limit:
                    return Found(hits, _cursor(seen, after[1]))
                hits.append((seen.snapshot.identities.canonical(hit.subject), hit.name))
            after = hit.position
        if len(batch) <= limit:
            return Found(hits, None)
    return Found(hits, _cursor(seen, after[1]), truncated=True)


def _shown(seen: Sight, hit: Hit, text: str) -> bool:
    """Return whether a hit is shown: it may be, and is the subject's first."""
    if not _may_find(seen, hit.subject):
        return False
    snapshot = seen.snapshot
    names = (
        (snapshot.text(FactKind.PROFILE, row, "name"), row)
        for row in snapshot.rows(FactKind.PROFILE, "subject", hit.subject)
    )
    return hit.position == min(pair for pair in names if pair[0].startswith(text))


def _cursor(seen: Sight, row: int) -> str:
    """Return a position as a fact's key.

    A row number would tell of hidden rows, a name of a person whose name is masked.
    """
    return write_cursor(seen.snapshot.key(FactKind.PROFILE, row).hex())


def _position(seen: Sight, cursor: str) -> tuple[str, int]:
    (text,) = read_cursor(cursor, str)
    row = seen.last_row(FactKind.PROFILE, parse_key(text))
    if row is None:
        raise BadInput("游标不属于这个清单。", "The cursor is not one of this list.")
    return seen.snapshot.text(FactKind.PROFILE, row, "name"), row


def similar(
    service: Service,
    seen: Sight,
    name: str,
    *,
    code: str = "",
    region: str = "",
    most: int,
    others: bool = True,
) -> list[Likely]:
    """Return the subjects that fit best and that the caller may find by name.

    Args:
        service: keeps the index.
        seen: the caller's sight.
        name: as it was written; empty for none.
        code: a code or a part of one.
        region: GB/T 2260 prefix.
        most: at most so many.
        others: similar names too where one sounds the same as a whole.
    """
    found = service.matcher.find(
        seen.snapshot,
        query_of(name, code=code, region=region),
        text=name,
        day=seen.day,
        most=most * _MASKED,
        others=others,
    )
    return [hit for hit in found if _may_find(seen, hit.subject)][:most]


def _may_find(seen: Sight, subject: str) -> bool:
    is_person = kind_of(subject) is SubjectKind.PERSON
    return not is_person or seen.may_name(subject)
