"""Answers to applications, as the caller may see them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, partial

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
from graph.law.book import LawBook
from graph.law.model import Bar, Purpose
from graph.snapshot import last_day_of
from graph.vocabulary import FactKind


def show_answers(judged: Sequence[Judged], seen: Sight) -> EligibilityAnswers:
    """Return the answers in their order, and how many of each there are."""
    counts = Counter(one.answer for one in judged)
    showing = _Showing(seen)
    return EligibilityAnswers(
        yes=counts[Eligibility.YES],
        no=counts[Eligibility.NO],
        to_check=counts[Eligibility.TO_CHECK],
        answers=[showing.answer(n, one) for n, one in enumerate(judged, start=1)],
    )


class _Showing:
    """Shows many answers, the same words and provisions once."""

    def __init__(self, seen: Sight) -> None:
        self._seen, self._law = seen, seen.view.law
        self._word = cache(words.word)
        self._measure = cache(partial(words.measure, law=self._law))
        self._list = cache(partial(_list, law=self._law))
        self._provisions: dict[tuple[object, ...], list[BasisRef]] = {}

    def answer(self, place: int, one: Judged) -> EligibilityItem:
        told, subject = one.meant.told, one.meant.subject
        named = subject and one.answer is not Eligibility.YES  # a name costs the most
        return EligibilityItem(
            place=place,
            reference=one.applicant.reference,
            subject=subject or None,
            named=words.subject(subject, self._seen) if named else None,
            known=one.known,
            purpose=one.question.purpose.key,
            answer=self._word(one.answer),
            doubts=[self._word(doubt) for doubt in one.doubts],
            told=Label(zh=told.zh, en=told.en) if told else None,
            hits=[self._hit(hit) for hit in one.hits],
        )

    def _hit(self, hit: Hit) -> HitItem:
        listed = hit.sanction.listed if hit.sanction and not hit.measure else ""
        grounds, withheld = self._grounds(hit)
        return HitItem(
            effect=hit.effect.id if hit.effect else None,
            sanction=hit.sanction.key if hit.sanction and not withheld else None,
            own=hit.sanction is not None,
            measure=self._measure(hit.measure) if hit.measure else None,
            on_list=self._list(listed) if listed else None,
            scope=[words.field(key, self._law) for key in hit.scope],
            status=self._word(hit.status),
            last_day=last_day_of(hit.until),
            doubts=[self._word(doubt) for doubt in hit.doubts],
            rules=_rules(grounds, self._law),
            basis=self._basis(hit.bar, grounds),
            withheld=words.WITHHELD if withheld else None,
        )

    def _grounds(self, hit: Hit) -> tuple[tuple[Ground, ...], bool]:
        """Return the grounds on the day that may be seen, and whether others are not."""
        seen = self._seen
        if hit.sanction is not None:
            row, table = hit.sanction.row, seen.snapshot.tables[FactKind.SANCTION]
            return (), not seen.snapshot.holds(table, row)
        assert hit.effect is not None  # noqa: S101  # one of the two is there
        grounds, withheld = seen.grounds(hit.effect)
        return tuple(g for g in grounds if g.covers(seen.day)), withheld

    def _basis(self, bar: Bar, grounds: Iterable[Ground]) -> list[BasisRef]:
        versions = dict.fromkeys(f"{g.rule}@{g.version.isoformat()}" for g in grounds)
        name = (id(bar), *versions)
        if name not in self._provisions:
            rested = (self._law.version(version) for version in versions)
            bases = [bar.basis, *(found.version.basis for found in rested if found)]
            self._provisions[name] = [
                words.basis(b, self._law) for part in bases for b in part
            ]
        return self._provisions[name]


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
                basis=[words.basis(b, law) for b in bar.basis],
            )
            for bar in purpose.bars
        ],
    )
