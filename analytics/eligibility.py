"""May somebody have what he applies for on a day: yes, no, or to be checked.

The law book says which measures and lists stand in the way of a purpose. Counted are
the effects that somebody bears and the sanctions imposed on himself. What is not
settled (a finding or an identity is missing, rules disagree, a court suspended it) is
never a no and never a yes.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from analytics.propagation.effects import Effect
from analytics.propagation.engine import Derivation
from analytics.propagation.reading import Reader
from analytics.propagation.triggers import Cause, Causes
from graph.law.model import Bar, BarOutcome, Purpose
from graph.vocabulary import EffectStatus, Term

_UNNAMED_FIELD = "general"
"""A sanction filed under it does not say which regulated field it is about."""


class Eligibility(Term):
    """The answer; the value is stable."""

    YES = "yes", "可以", "nothing on record stands in the way"
    NO = "no", "不可以", "barred"
    TO_CHECK = "to_check", "须核实", "to be checked by the deciding authority"


class Doubt(Term):
    """Why something on record is not simply a no; the value is stable."""

    PENDING_FINDING = "pending_finding", "尚待责任认定", "a finding is missing"
    PENDING_IDENTITY = (
        "pending_identity",
        "尚待身份核验",
        "the person is known by name only",
    )
    SUSPENDED = "suspended", "已中止，目前不执行", "suspended, not carried out now"
    CONFLICT = "conflict", "规则冲突，有待裁决", "rules in conflict, to be decided"
    BY_PROVISION = (
        "by_provision",
        "条文未写一律不可以，由办理机关依法判断",
        "the provision leaves it to the deciding authority",
    )
    FIELD_NOT_GIVEN = (
        "field_not_given",
        "只限于某些领域，申请未写领域",
        "it reaches certain fields, and the application names none",
    )
    FIELD_NOT_KNOWN = (
        "field_not_known",
        "惩戒未写明领域",
        "the sanction does not say which field it is about",
    )
    PLACE_NOT_GIVEN = (
        "place_not_given",
        "只在某地施行，申请未写地区或者地区更大",
        "it holds in one region, and the application does not lie within it",
    )
    NAME_ONLY = (
        "name_only",
        "只有姓名或名称，无法确定是谁",
        "known by name only: it cannot be told who is meant",
    )
    UNREADABLE = "unreadable", "代码或号码有误", "the code or number is wrong"
    NUMBER_NOT_OPEN = (
        "number_not_open",
        "密钥无权按身份证件号码查询",
        "the key may not ask by document number",
    )
    OTHER_KIND = (
        "other_kind",
        "此用途不由这类主体申请",
        "subjects of this kind do not apply for it",
    )


_DOUBTS = {
    EffectStatus.PENDING_FINDING: Doubt.PENDING_FINDING,
    EffectStatus.PENDING_IDENTITY: Doubt.PENDING_IDENTITY,
    EffectStatus.SUSPENDED: Doubt.SUSPENDED,
    EffectStatus.CONFLICT: Doubt.CONFLICT,
}
_COUNTED = frozenset((EffectStatus.IN_FORCE, *_DOUBTS))
"""What is reported to a superior body instead, or has ended, bars nobody."""


class Question(NamedTuple):
    """What is applied for.

    Args:
        field: the regulated field it belongs to; None where not said.
        region: where, as a GB/T 2260 code or prefix; empty where not said.
    """

    purpose: Purpose
    field: str | None = None
    region: str = ""


class Hit(NamedTuple):
    """Something on record that stands in the way, or may.

    Args:
        effect: what is borne; None where `sanction` is set.
        sanction: what was imposed on himself, with its key.
        measure: the measure; empty where the list alone counts.
        until: the first day without it.
        doubts: why it is not simply a no; none where it bars.
    """

    bar: Bar
    effect: Effect | None
    sanction: Cause | None
    measure: str
    scope: tuple[str, ...]
    status: EffectStatus
    until: int
    doubts: tuple[Doubt, ...]


def answer_of(hits: Iterable[Hit]) -> Eligibility:
    """Return the answer that the hits give: one without a doubt makes it a no."""
    found = list(hits)
    if not found:
        return Eligibility.YES
    barred = any(not hit.doubts for hit in found)
    return Eligibility.NO if barred else Eligibility.TO_CHECK


class Examiner:
    """Answers many questions about one picture and one day.

    Args:
        derivation: all effects and the facts behind them.
        day: the day asked about, as a number.
        subjects: whom it will be asked about, by their canonical identifiers.
    """

    def __init__(
        self, derivation: Derivation, day: int, subjects: Collection[str]
    ) -> None:
        self._derivation, self._day = derivation, day
        self._own = {
            subject: [c for c in causes if c.begins <= day < c.ends]
            for subject, causes in Causes(derivation.snapshot, derivation.law)
            .of_subjects(set(subjects))
            .items()
        }
        self._reader = Reader(derivation.snapshot)
        self._bars: dict[str, dict[tuple[str, str], Bar]] = {}

    def hits(self, question: Question, subject: str) -> tuple[Hit, ...]:
        """Return everything on record about the subject that counts, in a fixed order."""
        bars = self._bars_of(question.purpose)
        return (
            *self._effects(question, subject, bars),
            *self._sanctions(question, subject, bars),
        )

    def _bars_of(self, purpose: Purpose) -> dict[tuple[str, str], Bar]:
        known = self._bars.get(purpose.key)
        if known is None:
            known = {("measure", m): b for b in purpose.bars for m in b.measures}
            known |= {("list", name): b for b in purpose.bars for name in b.lists}
            self._bars[purpose.key] = known
        return known

    def _effects(
        self, question: Question, subject: str, bars: dict[tuple[str, str], Bar]
    ) -> Iterator[Hit]:
        borne = self._derivation.of_bearer(subject)
        for effect in sorted(borne, key=lambda e: e.id):
            bar = bars.get(("measure", effect.measure))
            status = effect.status_on(self._day) if bar else None
            if bar is None or status not in _COUNTED:
                continue
            field = _field_doubt(effect.scope, question)
            place = _place_doubt(effect.jurisdiction, question.region)
            if field is None or place is None:
                continue
            until = effect.period_on(self._day)[1]
            doubts = _doubts(status, bar, *field, *place)
            yield Hit(
                bar, effect, None, effect.measure, effect.scope, status, until, doubts
            )

    def _sanctions(
        self, question: Question, subject: str, bars: dict[tuple[str, str], Bar]
    ) -> Iterator[Hit]:
        for cause in self._own.get(subject, ()):
            scope = tuple(sorted(cause.fields or ()))
            named = [("measure", m) for m in sorted(cause.measures)]
            entry = self._derivation.law.lists.get(cause.listed)
            if entry and entry.sanctions:
                named.append(("list", cause.listed))
            for part, word in named:
                bar = bars.get((part, word))
                field = _own_field(bar, scope, question) if bar else None
                if bar is None or field is None:
                    continue
                status = self._standing(cause)
                doubts = _doubts(status, bar, *field)
                measure = word if part == "measure" else ""
                yield Hit(bar, None, cause, measure, scope, status, cause.ends, doubts)

    def _standing(self, cause: Cause) -> EffectStatus:
        rests = any(
            rest.valid_from <= self._day < rest.valid_to
            and rest.subject == cause.subject
            and (not rest.about or rest.about in cause.documents)
            for rest in self._reader.suspensions.of(cause.subject)
        )
        return EffectStatus.SUSPENDED if rests else EffectStatus.IN_FORCE


def _doubts(status: EffectStatus, bar: Bar, *more: Doubt) -> tuple[Doubt, ...]:
    standing = (_DOUBTS[status],) if status in _DOUBTS else ()
    open_ = (Doubt.BY_PROVISION,) if bar.outcome is BarOutcome.TO_CHECK else ()
    return (*standing, *more, *open_)


Met = tuple[Doubt, ...] | None
"""Doubts about whether the application is reached; None where it is not."""


def _field_doubt(scope: tuple[str, ...], question: Question) -> Met:
    if not scope:
        return ()
    if question.field is None:
        return (Doubt.FIELD_NOT_GIVEN,)
    return () if question.field in scope else None


def _own_field(bar: Bar, scope: tuple[str, ...], question: Question) -> Met:
    """Return the same of a sanction, whose field is that of the violation."""
    if not bar.by_field:
        return ()
    if not scope or _UNNAMED_FIELD in scope:
        return (Doubt.FIELD_NOT_KNOWN,)
    return _field_doubt(scope, question)


def _place_doubt(jurisdiction: str, region: str) -> Met:
    if jurisdiction == "CN" or region.startswith(jurisdiction):
        return ()
    return (Doubt.PLACE_NOT_GIVEN,) if jurisdiction.startswith(region) else None
