"""The law book: rules and their versions, lists, measures."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.dependencies import Asked, json_answer, meta, page
from api.errors import described
from api.schemas.base import Answer, Day, Label, Page
from api.schemas.eligibility import PurposeItem
from api.schemas.law import ListItem, MeasureItem, RuleItem, RuleVersionItem
from api.showing import words
from api.showing.eligibility import show_purpose
from graph.errors import NotFound
from graph.law.book import LawBook
from graph.law.model import ListDefinition, Measure, Rule, RuleVersion

router = APIRouter(prefix="/v1", tags=["law"])

_LISTED = described()
_READ = described("not_found")

At = Annotated[
    Day | None,
    Query(description="只要该日有效的版本。Only the version in force on this day."),
]


@router.get("/rules", response_model=Page[RuleItem], responses=_LISTED)
async def list_rules(asked: Asked, at: At = None) -> Response:
    """责任规则及其各版本；at 只取某日有效的版本。List the rules.

    Liability rules with their versions, or only with the version of a day.
    """
    law = asked.seen.view.law
    rules = (_rule(law.rules[key], law, at) for key in sorted(law.rules))
    return _whole(asked, [r for r in rules if r.versions])


@router.get("/rules/{key}", response_model=Answer[RuleItem], responses=_READ)
async def read_rule(
    asked: Asked,
    key: Annotated[
        str,
        Path(
            pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$",
            max_length=100,
            description="规则键。Key of the rule.",
            examples=["PERSON-DEFAULTER-OFFICE-BAN"],
        ),
    ],
    at: At = None,
) -> Response:
    """一条责任规则：触发、责任人、起算、期限、终止、例外、依据。Read one rule.

    One rule: trigger, bearers, anchor, term, ends, exceptions and basis of each version.
    """
    law = asked.seen.view.law
    found = law.rules.get(key)
    if found is None:
        raise NotFound(
            f"法规库中没有规则 {key}。",
            f"The law book has no rule {key!r}.",
            hint_zh="/v1/rules 列出各条规则。",
            hint_en="/v1/rules lists the rules.",
        )
    item = _rule(found, law, at)
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
        basis=[words.basis(b, law) for b in found.basis],
    )
