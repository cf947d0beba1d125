"""The law book: rules and their versions, lists, measures."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.dependencies import Asked, json_answer, meta, page
from api.errors import described
from api.schemas.base import Answer, Day, Label, Page
from api.schemas.eligibility import PurposeItem
from api.schemas.law import (
    BoundsItem,
    ListItem,
    MeasureItem,
    RuleItem,
    RuleVersionItem,
    ThresholdItem,
)
from api.showing import words
from api.showing.eligibility import show_purpose
from graph.errors import NotFound
from graph.law.book import LawBook
from graph.law.model import ListDefinition, Measure, Rule, RuleVersion, Threshold

router = APIRouter(prefix="/v1", tags=["law"])

_LISTED = described()
_READ = described("not_found")

At = Annotated[
    Day | None,
    Query(description="只要该日有效的版本。Only the version in force on this day."),
]


Key = Annotated[
    str,
    Path(
        pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$",
        max_length=100,
        description="规则键。Key of the rule.",
        examples=["PERSON-DEFAULTER-OFFICE-BAN"],
    ),
]
Version = Annotated[Day, Path(description="施行之日。The first day of the version.")]


@router.get("/rules", response_model=Page[RuleItem], responses=_LISTED)
async def list_rules(asked: Asked, at: At = None) -> Response:
    """责任规则及其各版本；at 只取某日有效的版本。List the rules.

    Liability rules with their versions, or only with the version of a day.
    """
    law = asked.seen.view.law
    rules = (_rule(law.rules[key], law, at) for key in sorted(law.rules))
    return _whole(asked, [r for r in rules if r.versions])


@router.get("/rules/{key}", response_model=Answer[RuleItem], responses=_READ)
async def read_rule(asked: Asked, key: Key, at: At = None) -> Response:
    """一条责任规则：触发、责任人、起算、期限、终止、例外、依据。Read one rule.

    One rule: trigger, bearers, anchor, term, ends, exceptions and basis of each version.
    """
    law = asked.seen.view.law
    item = _rule(_found(key, law), law, at)
    return json_answer(Answer(meta=meta(asked.request, asked.seen), item=item))


@router.get(
    "/rules/{key}/versions/{version}",
    response_model=Answer[RuleVersionItem],
    responses=_READ,
)
async def read_rule_version(asked: Asked, key: Key, version: Version) -> Response:
    """规则的一个版本：依据、原文要点、存疑之处与全部字段。Read one version of a rule.

    One version: basis with its gist, evidence, doubts and every field; named by the day
    on which it came into force, as grounds name it.
    """
    law = asked.seen.view.law
    rule = _found(key, law)
    kept = next((v for v in rule.versions if v.in_force_from == version), None)
    if kept is None:
        days = "、".join(v.in_force_from.isoformat() for v in rule.versions)
        raise NotFound(
            f"规则 {key} 没有 {version} 起的版本。",
            f"The rule {key!r} has no version from {version}.",
            hint_zh=f"有：{days}。",
            hint_en=f"It has: {days.replace('、', ', ')}.",
        )
    item = _version(rule, kept, law)
    return json_answer(Answer(meta=meta(asked.request, asked.seen), item=item))


@router.get("/lists", response_model=Page[ListItem], responses=_LISTED)
async def list_lists(asked: Asked) -> Response:
    """名单目录：由谁认定、是否严重失信、可采取的措施与依据。List the lists.

    Lists of dishonest subjects: owner, whether severe, measures and basis.
    """
    law = asked.seen.view.law
    return _whole(asked, [_list(law.lists[key], law) for key in sorted(law.lists)])


@router.get("/measures", response_model=Page[MeasureItem], responses=_LISTED)
async def list_measures(asked: Asked) -> Response:
    """惩戒措施目录。List the measures.

    Measures that may be imposed or follow by law.
    """
    law = asked.seen.view.law
    keys = sorted(law.measures)
    return _whole(asked, [_measure(law.measures[key], law) for key in keys])


@router.get("/purposes", response_model=Page[PurposeItem], responses=_LISTED)
async def list_purposes(asked: Asked) -> Response:
    """用途目录：任职、许可、采购等各受哪些措施、名单限制。List the purposes.

    What one may apply for, and which measures and lists stand in the way.
    """
    law = asked.seen.view.law
    return _whole(asked, [show_purpose(p, law) for p in law.purposes.values()])


def _whole(asked: Asked, items: list[object]) -> Response:
    """Return a list that is short enough for one page."""
    return json_answer(
        page(asked.request, asked.seen, items, next_cursor=None, total=len(items))
    )


def _found(key: str, law: LawBook) -> Rule:
    found = law.rules.get(key)
    if found is None:
        raise NotFound(
            f"法规库中没有规则 {key}。",
            f"The law book has no rule {key!r}.",
            hint_zh="/v1/rules 列出各条规则。",
            hint_en="/v1/rules lists the rules.",
        )
    return found


def _rule(rule: Rule, law: LawBook, at: Day | None) -> RuleItem:
    kept = [v for v in rule.versions if at is None or v.in_force_on(at)]
    return RuleItem(
        key=rule.key,
        title=Label(zh=rule.title, en=rule.title_en),
        topic=rule.topic,
        jurisdiction=rule.jurisdiction,
        versions=[_version(rule, version, law) for version in kept],
    )


def _version(rule: Rule, version: RuleVersion, law: LawBook) -> RuleVersionItem:
    end = version.in_force_to
    return RuleVersionItem(
        id=rule.version_id(version),
        in_force_from=version.in_force_from,
        in_force_to=end,
        last_day=end - timedelta(days=1) if end else None,
        active=version.is_active,
        evidence=words.word(version.evidence),
        checked_on=version.checked_on,
        doubts=list(version.doubts),
        basis=[words.basis(b, law) for b in version.basis],
        bounds=_bounds(law.measures[version.effect.measure]),
        thresholds=[
            _threshold(law.thresholds[key], law) for key in version.trigger.thresholds
        ],
        definition=version.model_dump(mode="json"),
    )


def _list(found: ListDefinition, law: LawBook) -> ListItem:
    return ListItem(
        key=found.key,
        label=Label(zh=found.zh, en=found.en),
        owner=found.owner,
        subjects=str(found.subjects),
        severe=found.severe,
        sanctions=found.sanctions,
        measures=[words.measure(key, law) for key in found.measures],
        basis=[words.basis(b, law) for b in found.legal_basis],
        aliases=list(found.aliases),
        evidence=words.word(found.evidence),
        term=found.term,
    )


def _measure(found: Measure, law: LawBook) -> MeasureItem:
    return MeasureItem(
        key=found.key,
        code=found.code,
        label=Label(zh=found.zh, en=found.en),
        measure_class=str(found.measure_class),
        targets=[words.word(kind) for kind in found.targets],
        needs_statute=found.needs_statute,
        bounds=_bounds(found),
        basis=[words.basis(b, law) for b in found.basis],
    )


def _bounds(measure: Measure) -> BoundsItem | None:
    if not measure.relevance:
        return None
    return BoundsItem(
        relevance=Label(zh=measure.relevance, en=measure.relevance_en),
        proportionality=Label(
            zh=measure.proportionality, en=measure.proportionality_en
        ),
    )


def _threshold(found: Threshold, law: LawBook) -> ThresholdItem:
    return ThresholdItem(
        key=found.key,
        label=Label(zh=found.zh, en=found.en),
        value=found.value,
        unit=words.word(found.unit),
        within=found.within,
        active=found.is_active,
        evidence=words.word(found.evidence),
        checked_on=found.checked_on,
        basis=[words.basis(b, law) for b in found.basis],
    )
