"""Answers to applications, as the caller may see them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from analytics.eligibility import Eligibility, Hit
from analytics.propagation.effects import Ground
from api.access import Sight
from api.eligibility import Judged
from api.schemas.base import BasisRef, Label, Word
from api.schemas.effects import RuleRef
from api.schemas.eligibility import (
    BarItem,
    EligibilityAnswers,
    EligibilityItem,
    HitItem,
    PurposeItem,
)
from api.showing import words
from graph.law.base import Basis
from graph.law.book import LawBook
from graph.law.model import Purpose
from graph.snapshot import last_day_of
from graph.vocabulary import FactKind


def show_answers(judged: Sequence[Judged], seen: Sight) -> EligibilityAnswers:
    """Return the answers in their order, and how many of each there are."""
    counts = Counter(one.answer for one in judged)
    return EligibilityAnswers(
        yes=counts[Eligibility.YES],
        no=counts[Eligibility.NO],
        to_check=counts[Eligibility.TO_CHECK],
        answers=[
            _answer(place, one, seen) for place, one in enumerate(judged, start=1)
        ],
    )


def _answer(place: int, one: Judged, seen: Sight) -> EligibilityItem:
    told = one.meant.told
    return EligibilityItem(
        place=place,
        reference=one.applicant.reference,
        subject=words.subject(one.meant.subject, seen) if one.meant.subject else None,
        known=one.known,
        purpose=one.question.purpose.key,
        answer=words.word(one.answer),
        doubts=[words.word(doubt) for doubt in one.doubts],
        told=Label(zh=told.zh, en=told.en) if told else None,
        hits=[_hit(hit, seen) for hit in one.hits],
    )


def _hit(hit: Hit, seen: Sight) -> HitItem:
    law = seen.view.law
    listed = hit.sanction.listed if hit.sanction and not hit.measure else ""
    grounds, withheld = _grounds(hit, seen)
    sanction = None if hit.sanction is None or withheld else hit.sanction.key
    return HitItem(
        effect=hit.effect.id if hit.effect else None,
        sanction=sanction,
        own=hit.sanction is not None,
        measure=words.measure(hit.measure, law) if hit.measure else None,
        on_list=_list(listed, law) if listed else None,
        scope=[words.field(key, law) for key in hit.scope],
        status=words.word(hit.status),
        last_day=last_day_of(hit.until),
        doubts=[words.word(doubt) for doubt in hit.doubts],
        rules=_rules(grounds, law),
        basis=[*_bases(hit.bar.basis, law), *_rested_on(grounds, law)],
        withheld=words.WITHHELD if withheld else None,
    )


def _grounds(hit: Hit, seen: Sight) -> tuple[tuple[Ground, ...], bool]:
    """Return the grounds on the day that may be seen, and whether others are not."""
    if hit.sanction is not None:
        key = bytes.fromhex(hit.sanction.key)
        return (), seen.snapshot.row_of(FactKind.SANCTION, key) is None
    assert hit.effect is not None  # noqa: S101  # one of the two is there
    grounds, withheld = seen.grounds(hit.effect)
    return tuple(g for g in grounds if g.covers(seen.day)), withheld


def _rules(grounds: Iterable[Ground], law: LawBook) -> list[RuleRef]:
    pairs = dict.fromkeys((g.rule, g.version) for g in grounds)
    return [
        RuleRef(
            key=rule,
            version=version,
            title=Label(zh=law.rules[rule].title, en=law.rules[rule].title_en),
        )
        for rule, version in pairs
    ]


def _rested_on(grounds: Iterable[Ground], law: LawBook) -> list[BasisRef]:
    ids = dict.fromkeys(f"{g.rule}@{g.version.isoformat()}" for g in grounds)
    found = (law.version(version) for version in ids)
    return [b for v in found if v for b in _bases(v.version.basis, law)]


def _bases(bases: Iterable[Basis], law: LawBook) -> list[BasisRef]:
    return [words.basis(basis, law) for basis in bases]


def _list(key: str, law: LawBook) -> Word:
    found = law.lists[key]
    return Word(value=key, zh=found.zh, en=found.en)


def show_purpose(purpose: Purpose, law: LawBook) -> PurposeItem:
    """Return what stands in the way of a purpose."""
    return PurposeItem(
        key=purpose.key,
        label=Label(zh=purpose.zh, en=purpose.en),
        applicants=[words.word(kind) for kind in purpose.applicants],
        bars=[
            BarItem(
                measures=[words.measure(key, law) for key in bar.measures],
                lists=[_list(key, law) for key in bar.lists],
                outcome=words.word(bar.outcome),
                by_field=bar.by_field,
                basis=_bases(bar.basis, law),
            )
            for bar in purpose.bars
        ],
    )
