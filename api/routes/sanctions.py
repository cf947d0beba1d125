"""Sanctions: reading one, who was examined for it, ending and voiding it."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response

from analytics.propagation.engine import compare, derive
from analytics.propagation.explain import examine
from api.access import Caller, Sight
from api.acts import Act, End, Void, parse_key
from api.dependencies import Asked, Served, Texts, Writer, json_answer, meta
from api.errors import OutsideScope, described
from api.idempotency import (
    Answers,
    IdempotencyKey,
    RequestName,
    journaled,
    name_request,
)
from api.schemas.acts import ActItem, ActRequest, EndRequest, VoidRequest
from api.schemas.base import Answer
from api.schemas.effects import ExplanationItem
from api.schemas.subjects import SanctionItem
from api.service import Change, Service
from api.showing.effects import show_changes
from api.showing.explanations import (
    ALL_FORMS,
    Language,
    answer_explanation,
    show_explanation,
)
from api.showing.facts import details, show_sanction
from graph.batch import Load, Receipt
from graph.snapshot import day_of
from graph.vocabulary import FactKind

router = APIRouter(prefix="/v1/sanctions", tags=["sanctions"])

_READ = described("not_found")
_ACT = described(
    "outside_scope",
    "not_found",
    "conflict",
    "already_voided",
    "idempotency_key_missing",
    "idempotency_reused",
    "bad_input",
    "too_large",
    "store_unavailable",
    "unsupported_media_type",
)

FactKey = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{32}$",
        description="惩戒的键，32 位十六进制。Key of the sanction, 32 hex digits.",
        examples=["0d6a1c1f9b7e4a52c3d85e900d6a1c1f"],
    ),
]


@router.get("/{key}", response_model=Answer[SanctionItem], responses=_READ)
def read_sanction(asked: Asked, key: FactKey, *, texts: Texts = False) -> Response:
    """一项惩戒。Read one sanction.

    With the document that ended it, where it has ended.
    """
    request, service, seen = asked
    row = seen.row(FactKind.SANCTION, parse_key(key))
    read = details(service.store, seen, FactKind.SANCTION, [row]) if texts else {}
    item = show_sanction(row, seen, read.get(row))
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.get(
    "/{key}/examination",
    response_model=Answer[ExplanationItem],
    responses=_READ | described("not_acceptable") | ALL_FORMS,
)
def read_examination(asked: Asked, key: FactKey, lang: Language = "zh") -> Response:
    """逐人说明：谁因此承担后果，谁不承担，为什么。Who answers, who does not.

    Everybody who was considered for the sanction: who answers, who does not, and why.
    A limited key sees the examination of the facts it may see.
    """
    request, _, seen = asked
    seen.row(FactKind.SANCTION, parse_key(key))
    tree = examine(key, seen.snapshot, seen.view.law, day=seen.day)
    partial = not seen.scope.sees_all
    shown = show_explanation(key, tree, seen, language=lang, partial=partial)
    return answer_explanation(request, seen, shown, language=lang)


@router.post(
    "/{key}:end", response_model=Answer[ActItem], responses=_ACT, status_code=200
)
def end_sanction(
    request: Request,
    service: Served,
    caller: Writer,
    key: FactKey,
    body: EndRequest,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """终止一项惩戒：信用修复、移出名单、履行完毕、期限届满或法院解除。End a sanction.

    What follows from it has changed when the answer arrives.
    """
    name = _name(request, caller, idempotency_key, body)
    act = End(
        key=key,
        document=body.document,
        authority=body.authority,
        actor=caller.actor(body.officer),
        request=name.text if name else "preview",
        on=body.on or service.clock.today(),
        reason=body.reason,
    )
    return _carry_out(request, service, caller, act, name)


@router.post(
    "/{key}:void", response_model=Answer[ActItem], responses=_ACT, status_code=200
)
def void_sanction(
    request: Request,
    service: Served,
    caller: Writer,
    key: FactKey,
    body: VoidRequest,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """撤销一项自始错误的惩戒：视为从未发生。Void a sanction.

    It was wrong from the start: all that followed from it goes.
    """
    name = _name(request, caller, idempotency_key, body)
    act = Void(
        key=key,
        document=body.document,
        authority=body.authority,
        actor=caller.actor(body.officer),
        request=name.text if name else "preview",
        reason=body.reason,
    )
    return _carry_out(request, service, caller, act, name)


def _name(
    request: Request, caller: Caller, key: str | None, body: ActRequest
) -> RequestName | None:
    """Return the name of the request; a preview writes nothing and needs none."""
    if body.preview:
        return None
    content = orjson.dumps(body.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)
    path = request.url.path
    return name_request(caller, key, method=request.method, path=path, body=content)


def _carry_out(
    request: Request,
    service: Service,
    caller: Caller,
    act: Act,
    name: RequestName | None,
) -> Response:
    if name is None:
        _refuse_foreign(service, caller, act)
        return _answer(request, service, caller, act, service.preview(act))
    answers: Answers = request.app.state.answers
    with answers.alone(name):
        given = answers.given(name)
        if given is None:
            service.refresh()  # the first attempt may have been somebody else's
            prefix = act.batch.removesuffix(name.text)
            done = journaled(name, service.store.facts.loads, prefix=prefix)
            if done is None:
                _refuse_foreign(service, caller, act)
                answer = _answer(request, service, caller, act, service.perform(act))
                answers.keep(name, bytes(answer.body))
                return answer
            change = _repeated(service, done)
            given = bytes(_answer(request, service, caller, act, change).body)
    return Response(
        given,
        media_type="application/json",
        headers={"Idempotent-Replay": "true"},
    )


def _refuse_foreign(service: Service, caller: Caller, act: Act) -> None:
    """Refuse an act on a sanction that the caller may only read, or not even that.

    Raises:
        NotFound: no such sanction, or not visible.
        OutsideScope: it belongs to another department, sector or region.
    """
    seen = Sight(service.view(), caller.scope)
    row = seen.row(FactKind.SANCTION, parse_key(act.key))
    if not seen.may_change(seen.snapshot.fact(FactKind.SANCTION, row)):
        raise OutsideScope(
            "该惩戒属于另一部门、行业或地区。",
            "The sanction belongs to another department, sector or region.",
            hint_zh="请由作出惩戒的部门办理。",
            hint_en="Ask the department that imposed it.",
        )


def _repeated(service: Service, load: Load) -> Change:
    """Return what an act did that was carried out before its answer arrived."""
    facts, law = service.view().snapshot, service.law
    before = derive(facts.pinned(load.seq - 1), law)
    after_facts = facts.pinned(load.seq)
    after = derive(after_facts, law)
    day = day_of(service.clock.today())
    changes = compare(before, after, day_before=day, day_after=day)
    receipt = Receipt(load.seq, 0, 0, 0, 0, repeated=True)
    return Change(receipt, changes, after_facts.digest, law.digest, after_facts)


def _answer(
    request: Request, service: Service, caller: Caller, act: Act, change: Change
) -> Response:
    seen = Sight(service.view(), caller.scope)
    item = ActItem(
        sanction=act.key,
        preview=change.receipt is None,
        load=change.receipt.seq if change.receipt else None,
        effects=show_changes(change.effects, seen),
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))
