"""Effects: what follows by law, looked up from any side, and why."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from analytics.explanation import Explanation
from analytics.proof.building import prove
from analytics.proof.canonical import Algorithm, canonical
from analytics.propagation.counterfactual import counterfactual
from analytics.propagation.effects import Effect
from analytics.propagation.explain import explain
from analytics.propagation.lifting import tell
from api.access import Sight
from api.dependencies import Asked, Paging, json_answer, meta, run_if
from api.effect_lists import Filtered, Listing, listed
from api.errors import described
from api.schemas.base import Answer, Page
from api.schemas.effects import EffectItem, ExplainedEffect, ExplanationItem
from api.schemas.proofs import ProofDocument
from api.showing import words
from api.showing.effects import Statuses, show_effect
from api.showing.explanations import (
    ALL_FORMS,
    Language,
    answer_explanation,
    show_explanation,
)
from graph.errors import NotFound

router = APIRouter(prefix="/v1/effects", tags=["effects"])

_LISTED = described("not_found", "bad_input")
_READ = described("not_found")

EffectId = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{24}$",
        description="后果的标识，24 位十六进制。Id of the effect, 24 hex digits.",
        examples=["0d6a1c1f9b7e4a52c3d85e90"],
    ),
]


@router.get("", response_model=Page[EffectItem], responses=_LISTED)
def list_effects(
    asked: Asked, paging: Paging, filters: Filtered, status: Statuses = None
) -> Response:
    """后果清单：可按承担者、起因、规则、措施、地区、行业、状态与变化筛选。List effects.

    Effects, by bearer, organization, rule, cause, measure, place, change and standing;
    ended ones only when asked for by `status`. Filters by ground see the grounds that
    the caller may see.
    """
    request, _, seen = asked
    listing = Listing(asked.service, seen, filters, log=request.app.state.changes)
    found = listing.page(
        listing.candidates(),
        paging,
        lambda effect, held: show_effect(effect, seen, held),
        wanted=status,
    )
    return json_answer(listed(request, seen, found))


@router.get("/{effect}", response_model=Answer[ExplainedEffect], responses=_READ)
async def read_effect(
    asked: Asked,
    effect: EffectId,
    *,
    explain: Annotated[bool, Query(description="With its explanation.")] = False,
    lang: Language = "zh",
) -> Response:
    """一项后果；explain=true 时附说明。Read one effect.

    One effect, with its explanation where asked for.
    """
    request, _, seen = asked
    found = _effect(seen, effect)

    def work() -> Response:
        tree = _explained(found, seen, lang).explanation if explain else None
        item = ExplainedEffect(effect=show_effect(found, seen), explanation=tree)
        return json_answer(Answer(meta=meta(request, seen), item=item))

    return await run_if(explain, work)


@router.get(
    "/{effect}/explanation",
    response_model=Answer[ExplanationItem],
    responses=_READ | described("not_acceptable") | ALL_FORMS,
)
def read_explanation(asked: Asked, effect: EffectId, lang: Language = "zh") -> Response:
    """后果的说明：事实、条款、时间，逐层到来源；可要 JSON 或文字。Explain an effect.

    Why the effect holds: facts, articles and days down to the sources, as JSON or words.
    """
    request, _, seen = asked
    shown = _explained(_effect(seen, effect), seen, lang)
    return answer_explanation(request, seen, shown, language=lang)


@router.get(
    "/{effect}/counterfactual",
    response_model=Answer[ExplanationItem],
    responses=_READ | described("not_acceptable") | ALL_FORMS,
)
def read_counterfactual(
    asked: Asked, effect: EffectId, lang: Language = "zh"
) -> Response:
    """什么会使后果终止：最小的事实组合，及其自行终止之日。What would lift an effect.

    The smallest sets of facts whose end or voiding lifts it, and the day it ends by
    itself; withheld where the caller may not see every ground.
    """
    request, _, seen = asked
    found = _effect(seen, effect)
    _, partial = seen.grounds(found)
    tree = _withheld() if partial else _lifting(found, seen)
    shown = show_explanation(effect, tree, seen, language=lang, partial=partial)
    return answer_explanation(request, seen, shown, language=lang)


def _lifting(effect: Effect, seen: Sight) -> Explanation:
    view = seen.view
    lifting = counterfactual(effect, view.derivation, day=view.day)
    if lifting is None:
        raise _over(effect, seen)
    return tell(lifting, seen.snapshot, view.law)


@router.get("/{effect}/proof", response_model=ProofDocument, responses=_READ)
def read_proof(
    asked: Asked,
    effect: EffectId,
    algorithm: Annotated[
        Algorithm, Query(description="sha256 or sm3 (GB/T 32905)")
    ] = "sha256",
) -> Response:
    """证明：事实、条文、步骤及其摘要，可离线核验。A proof, checkable offline.

    The facts, provisions and steps from which the effect follows, as canonical JSON;
    `creditgraph proof check` verifies it without a store.
    """
    _, _, seen = asked
    found = _effect(seen, effect)
    _, partial = seen.grounds(found)
    if partial:
        raise NotFound(
            "该后果的依据不予披露，不能出具证明。",
            "Grounds of this effect are not disclosed, so there is no proof of it.",
        )
    proof = prove(found, seen.view.derivation, day=seen.day, algorithm=algorithm)
    if proof is None:
        raise _over(found, seen)
    return Response(canonical(proof), media_type="application/json")


def _over(effect: Effect, seen: Sight) -> NotFound:
    return NotFound(
        f"后果 {effect.id} 在 {seen.view.as_of} 已经终止。",
        f"The effect {effect.id} has ended by {seen.view.as_of}.",
        hint_zh="用 as_of 指定它仍然有效的一天。",
        hint_en="Name a day on which it held with as_of.",
    )


def _effect(seen: Sight, effect: str) -> Effect:
    """Return an effect that has begun; whoever may read may know that it exists.

    Raises:
        NotFound: no such effect on the day.
    """
    found = seen.view.derivation.effects.get(effect)
    if found is None or found.status_on(seen.day) is None:
        raise NotFound(
            f"在 {seen.view.as_of} 没有标识为 {effect} 的后果。",
            f"No effect has the id {effect!r} on {seen.view.as_of}.",
            hint_zh="已撤销或者尚未开始的后果不在其中；可用 `known_at` 查询当时的情形。",
            hint_en="What was voided or has not begun is not there; ask with "
            "`known_at`.",
        )
    return found


def _explained(effect: Effect, seen: Sight, language: str) -> ExplanationItem:
    """Return the explanation of the grounds that the caller may see."""
    grounds, withheld = seen.grounds(effect)
    if grounds:
        kept, derivation = seen.readable(effect)
        law, day = seen.view.law, seen.day
        tree = explain(kept, derivation, seen.snapshot, law, day=day)
        if withheld:
            tree = replace(tree, children=(*tree.children, _withheld()))
    else:
        tree = _withheld()
    return show_explanation(effect.id, tree, seen, language=language, partial=withheld)


def _withheld() -> Explanation:
    text = words.WITHHELD
    return Explanation(kind="withheld", zh=text.zh, en=text.en)
