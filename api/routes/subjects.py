"""Subjects: looking them up, and the facts and effects about them."""

from collections.abc import Callable, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from api.access import Sight
from api.dependencies import (
    Asked,
    Paging,
    Question,
    Seen,
    Served,
    Slice,
    Texts,
    json_answer,
    meta,
    page,
    run_if,
)
from api.errors import described
from api.finding import bearer_of, search, subject_of
from api.finding import similar as similar_to
from api.schemas.acts import PRINTABLE
from api.schemas.base import Answer, Page
from api.schemas.effects import EffectItem
from api.schemas.relations import BranchItem, ContactItem, HoldingItem, LinkItem
from api.schemas.subjects import (
    RecordItem,
    SanctionItem,
    SubjectHit,
    SubjectItem,
    TieItem,
)
from api.service import Service
from api.showing.cursors import read_cursor, write_cursor
from api.showing.effects import Statuses, borne, show_effect, standing
from api.showing.facts import (
    details,
    show_hit,
    show_record,
    show_sanction,
    show_subject,
)
from api.showing.order import (
    BRANCHES,
    CONTACTS,
    HOLDINGS,
    LARGE,
    LINKS,
    RECORDS,
    SANCTIONS,
    TIES,
    FactsOf,
    degree,
    fact_page,
)
from api.showing.relations import (
    Details,
    show_branch,
    show_contact,
    show_holding,
    show_link,
    show_tie,
)

router = APIRouter(prefix="/v1/subjects", tags=["subjects"])

_SEARCHED = described("bad_input")
_FOUND = described("not_found")
_LISTED = described("not_found", "bad_input")

_SIMILAR: Final = 10

Named = Annotated[
    str,
    Path(
        min_length=1,
        max_length=200,
        pattern=PRINTABLE,
        description="统一社会信用代码、注册号或主体标识。"
        "Unified social credit code, registration number or identifier.",
        examples=["91230700MA00000000"],
    ),
]


@router.get("", response_model=Page[SubjectHit], responses=_SEARCHED)
def search_subjects(
    asked: Asked,
    paging: Paging,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=100,
            pattern=PRINTABLE,
            description="代码、标识或名称开头。Code, identifier or beginning of a name.",
            examples=["伊春"],
        ),
    ],
    *,
    similar: Annotated[
        bool, Query(description="Similar names too, after those that begin so.")
    ] = True,
) -> Response:
    """按代码、标识或名称查找主体；先列开头相同的，后列相近的。Find subjects.

    Find subjects by code, identifier or name: those whose name begins so in the order
    of names, then, on the last page, similar ones, the best first: typing errors, a
    missing place, traditional characters, homophones, former names. A person is found
    by name only where the caller may see the name.
    """
    request, service, seen = asked
    found = search(service, seen, q, limit=paging.limit, cursor=paging.cursor)
    items = [show_hit(subject, name, seen) for subject, name in found.hits]
    if similar and found.next_cursor is None:
        items += _similar(service, seen, q, items)[: paging.limit - len(items)]
    return json_answer(
        page(
            request,
            seen,
            items,
            next_cursor=found.next_cursor,
            total=None,
            truncated=found.truncated,
        )
    )


def _similar(
    service: Service, seen: Sight, text: str, items: Sequence[SubjectHit]
) -> list[SubjectHit]:
    """Return subjects of similar names that are not among the items."""
    there = {item.subject.id for item in items}
    return [
        show_hit(hit.subject, hit.name, seen, score=round(hit.score.value, 4))
        for hit in similar_to(service, seen, text, most=_SIMILAR)
        if hit.subject not in there and hit.score.verdict != "unlikely"
    ]


@router.get("/{subject}", response_model=Answer[SubjectItem], responses=_FOUND)
async def read_subject(
    request: Request,
    service: Served,
    seen: Seen,
    subject: Named,
    *,
    texts: Texts = False,
) -> Response:
    """主体在基准日的概况。Read one subject.

    How a subject is described on the day, and how many facts there are about it.
    """
    found = subject_of(service, seen, subject)

    def work() -> SubjectItem:
        effects = standing(seen, borne(seen, found), None)
        store = service.store if texts else None
        return show_subject(found, seen, effects=len(effects), store=store)

    large = texts or any(degree(seen, of, found) > LARGE for of in (TIES, RECORDS))
    item = await run_if(large, work)
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.get("/{subject}/records", response_model=Page[RecordItem], responses=_LISTED)
async def list_records(
    asked: Asked, paging: Paging, subject: Named, *, texts: Texts = False
) -> Response:
    """主体的信用记录，最近的在前。Credit record of a subject.

    The credit record of a subject, latest decision first.
    """
    return await _facts(asked, paging, subject, RECORDS, show_record, texts=texts)


@router.get(
    "/{subject}/sanctions", response_model=Page[SanctionItem], responses=_LISTED
)
async def list_sanctions(
    asked: Asked, paging: Paging, subject: Named, *, texts: Texts = False
) -> Response:
    """主体所受的惩戒，最近的在前；已终止的也在其中。Sanctions on a subject.

    Sanctions on a subject, latest first, ended ones included.
    """
    return await _facts(asked, paging, subject, SANCTIONS, show_sanction, texts=texts)


@router.get("/{subject}/ties", response_model=Page[TieItem], responses=_LISTED)
async def list_ties(asked: Asked, paging: Paging, subject: Named) -> Response:
    """任职：组织由何人任职，或自然人在何处任职；含已卸任的。Posts.

    Posts held in an organization, or by a person, former ones included.
    """
    return await _facts(asked, paging, subject, TIES, show_tie)


@router.get("/{subject}/holdings", response_model=Page[HoldingItem], responses=_LISTED)
async def list_holdings(asked: Asked, paging: Paging, subject: Named) -> Response:
    """持股：主体持有的与被持有的，含已转让的。Shares.

    Shares a subject holds and shares held in it, former ones included.
    """
    return await _facts(asked, paging, subject, HOLDINGS, show_holding)


@router.get("/{subject}/branches", response_model=Page[BranchItem], responses=_LISTED)
async def list_branches(asked: Asked, paging: Paging, subject: Named) -> Response:
    """分支机构：主体的分支与所属的组织，含已注销的。Branches.

    Branches of an organization and the one it is a branch of, former ones included.
    """
    return await _facts(asked, paging, subject, BRANCHES, show_branch)


@router.get("/{subject}/links", response_model=Page[LinkItem], responses=_LISTED)
async def list_links(
    asked: Asked, paging: Paging, subject: Named, *, texts: Texts = False
) -> Response:
    """其他关系：担保、一致行动、控制、会员等，双向，含已终止的。Other relations.

    Guarantees, concerted action, declared control, membership and the like, from both
    sides, former ones included.
    """
    return await _facts(asked, paging, subject, LINKS, show_link, texts=texts)


@router.get("/{subject}/contacts", response_model=Page[ContactItem], responses=_LISTED)
async def list_contacts(
    asked: Asked, paging: Paging, subject: Named, *, texts: Texts = False
) -> Response:
    """地址与联系方式；给出地址或号码的标识时，列出共用它的主体。Contacts.

    Addresses and numbers of a subject; asked for the identifier of an address or
    number (`anchor`), the subjects that share it.
    """
    return await _facts(asked, paging, subject, CONTACTS, show_contact, texts=texts)


@router.get("/{subject}/effects", response_model=Page[EffectItem], responses=_LISTED)
async def list_subject_effects(
    asked: Asked, paging: Paging, subject: Named, status: Statuses = None
) -> Response:
    """主体依法承担的后果；不写 status 时不含已终止的。Effects a subject bears.

    What the subject bears by law; ended effects only when asked for by `status`.
    """
    request, service, seen = asked
    found = bearer_of(service, seen, subject)
    (after,) = read_cursor(paging.cursor, str) if paging.cursor else ("",)
    kept = standing(seen, borne(seen, found), status)
    rest = [pair for pair in kept if pair[0].id > after]
    taken = rest[: paging.limit]
    following = write_cursor(taken[-1][0].id) if len(rest) > len(taken) else None
    items = [show_effect(effect, seen, held) for effect, held in taken]
    return json_answer(
        page(request, seen, items, next_cursor=following, total=len(kept))
    )


async def _facts(
    asked: Question,
    paging: Slice,
    subject: str,
    of: FactsOf,
    show: Callable[[int, Sight, Details | None], object],
    *,
    texts: bool = False,
) -> Response:
    """Return a page of the facts of one kind about a subject."""
    request, service, seen = asked
    found = subject_of(service, seen, subject)

    def work() -> Response:
        taken = fact_page(seen, of, found, limit=paging.limit, cursor=paging.cursor)
        read = details(service.store, seen, of.kind, taken.rows) if texts else {}
        items = [show(row, seen, read.get(row)) for row in taken.rows]
        return json_answer(
            page(
                request,
                seen,
                items,
                next_cursor=taken.next_cursor,
                total=taken.total,
            )
        )

    return await run_if(texts or degree(seen, of, found) > LARGE, work)
