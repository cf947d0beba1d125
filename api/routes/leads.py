"""Leads by pattern, and what officers say of them."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from analytics.leads.detecting import Leads
from analytics.leads.lead import Lead
from api.access import Sight
from api.changes import ChangeLog
from api.dependencies import (
    Asked,
    Paging,
    Present,
    Question,
    Served,
    Slice,
    Writer,
    json_answer,
    meta,
    page,
)
from api.errors import described
from api.finding import subject_of
from api.lead_notes import LeadNotes, Note
from api.leads import LeadBook, Wanted, at_load, find_lead, known_pattern, news
from api.schemas.base import Answer, Page
from api.schemas.leads import LeadItem, LeadRow, NewNote, PatternItem
from api.showing import leads as showing
from api.showing.cursors import bad_cursor, read_cursor, write_cursor
from graph.vocabulary import Section

router = APIRouter(prefix="/v1", tags=["leads"])

_READ: Final = described("not_found", "bad_input")
LeadId = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$", description="Of a lead.")]
Verdicts = Literal["none", "useful", "not_useful", "known"]


def _book(request: Request) -> LeadBook:
    found: LeadBook = request.app.state.leads
    return found


def _notes(request: Request) -> LeadNotes:
    found: LeadNotes = request.app.state.lead_notes
    return found


async def _wanted(
    asked: Asked,
    pattern: Annotated[
        str | None, Query(max_length=50, description="Name of a pattern.")
    ] = None,
    region: Annotated[
        str | None, Query(pattern=r"^\d{2,4}$", description="Digits it begins with.")
    ] = None,
    sector: Annotated[Section | None, Query(description="Letter A–T.")] = None,
    subject: Annotated[
        str | None, Query(max_length=200, description="It has a part in them.")
    ] = None,
    verdict: Annotated[
        Verdicts | None, Query(description="Last said of it; none: nothing yet.")
    ] = None,
) -> Wanted:
    request, service, seen = asked
    return Wanted(
        pattern=None if pattern is None else known_pattern(pattern),
        region=region,
        sector=sector,
        subject=None if subject is None else subject_of(service, seen, subject),
        verdict=verdict,
        notes=_notes(request).by_lead(),
    )


Filters = Annotated[Wanted, Depends(_wanted)]
Load = Annotated[int, Query(ge=1, le=10**9, description="载入的序号。Its number.")]


@router.get("/leads", response_model=Page[LeadRow], responses=_READ)
def list_leads(
    asked: Asked, paging: Paging, wanted: Filters, since: Load | None = None
) -> Response:
    """线索：可按模式、地区、行业、主体、反馈筛选；只列某次载入以来新增的。Leads.

    What the patterns found on the day, by pattern, the latest first. With `since` only
    those that were not there after that load, or rest on a fact that came later.
    """
    request, _, seen = asked
    now = _book(request).of(seen)
    every = tuple(wanted.of(now))
    if since is not None:
        fresh = {x.id for x in news(now, _after(asked, since)[1], since)}
        every = tuple(lead for lead in every if lead.id in fresh)
    taken, following = _taken(every, paging)
    items = [showing.row(x, now, wanted.notes, seen) for x in taken]
    return json_answer(
        page(request, seen, items, next_cursor=following, total=len(every))
    )


@router.get("/leads/closed", response_model=Page[LeadRow], responses=_READ)
def list_closed(asked: Asked, paging: Paging, wanted: Filters, since: Load) -> Response:
    """某次载入以来消失的线索：所依据的事实已终止、撤回或者更改。Leads that are gone.

    Those that were there after a load, on its day, and are no longer, because their
    facts ended, were withdrawn or changed.
    """
    request, _, seen = asked
    now = _book(request).of(seen)
    then, before = _after(asked, since)
    every = tuple(x for x in wanted.of(before) if x.id not in now.by_id)
    taken, following = _taken(every, paging)
    items = [showing.row(x, before, wanted.notes, then, still=False) for x in taken]
    return json_answer(
        page(request, seen, items, next_cursor=following, total=len(every))
    )


def _after(asked: Question, load: int) -> tuple[Sight, Leads]:
    """Return what the reader could see after a load, and the leads of then."""
    log: ChangeLog = asked.request.app.state.changes
    then = at_load(asked.service, log, asked.seen, load)
    return then, _book(asked.request).of(then)


def _taken(
    every: tuple[Lead, ...], paging: Slice
) -> tuple[tuple[Lead, ...], str | None]:
    """Return a page of the list, and the cursor of the next."""
    start = 0
    if paging.cursor is not None:
        (last,) = read_cursor(paging.cursor, str)
        ids = [lead.id for lead in every]
        if last not in ids:
            raise bad_cursor()
        start = ids.index(last) + 1
    taken = every[start : start + paging.limit]
    more = start + len(taken) < len(every)
    return taken, write_cursor(taken[-1].id) if more else None


@router.get("/leads/patterns", response_model=Page[PatternItem], responses=_READ)
def list_patterns(asked: Asked) -> Response:
    """线索模式：找什么、为何要紧、不能据以认定什么、参数及理由、反馈。Patterns.

    What each pattern looks for, why it matters, what must not be concluded from it, its
    parameters with their reasons, how many leads it has and what officers said of them.
    """
    request, _, seen = asked
    leads = _book(request).of(seen)
    items = showing.patterns(leads, _notes(request).by_lead())
    return json_answer(page(request, seen, items, next_cursor=None, total=len(items)))


@router.get("/leads/{lead}", response_model=Answer[LeadItem], responses=_READ)
def read_lead(asked: Asked, lead: LeadId) -> Response:
    """一条线索：各主体的角色、所依据的事实构成的子图、反馈。A lead.

    Who has which part in it, the facts it rests on as a graph with their sources, why
    it matters, what it is not, and what was said of it.
    """
    request, _, seen = asked
    leads = _book(request).of(seen)
    item = showing.lead(find_lead(leads, lead), leads, _notes(request).by_lead(), seen)
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.post(
    "/leads/{lead}/notes",
    response_model=Answer[LeadItem],
    responses=_READ,
    status_code=201,
)
def add_note(
    request: Request,
    service: Served,
    caller: Writer,
    seen: Present,
    lead: LeadId,
    body: NewNote,
) -> Response:
    """对线索的反馈：有用、无用、已知；只增不改。What an officer says of it.

    Useful, not useful or already known. Notes are only added, never changed; they
    change nothing about anybody, and the lead is told again only when it has grown.
    """
    leads = _book(request).of(seen)
    found = find_lead(leads, lead)
    notes = _notes(request)
    notes.add(
        Note(
            lead=lead,
            pattern=found.pattern,
            verdict=body.verdict,
            text=body.text,
            by=caller.actor(body.officer),
            load=seen.snapshot.seq,
            at=service.clock.now(),
        )
    )
    item = showing.lead(found, leads, notes.by_lead(), seen)
    return json_answer(Answer(meta=meta(request, seen), item=item), status=201)
