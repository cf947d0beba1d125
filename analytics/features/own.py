"""Own record: what stands about the organization itself, and since when."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from analytics.features.feature import Direction, Unit, Values, feature
from analytics.features.records import KINDS
from graph.snapshot import UNKNOWN
from graph.vocabulary import Outcome, RecordKind

if TYPE_CHECKING:
    from analytics.features.cut import Cut

UP, DOWN = Direction.MORE_RISK, Direction.LESS_RISK
_YEAR, _TWO_YEARS, _HALF_LIFE = 365, 730, 365.0
_NEVER = 3_650.0  # "days since" of what never happened: ten years

Flags = npt.NDArray[np.bool_]


def _count(cut: "Cut", chosen: Flags) -> Values:
    """Return by organization how many of the chosen records it has."""
    return _sum(cut, chosen.astype(np.float64))


def _sum(cut: "Cut", weight: Values) -> Values:
    return np.bincount(cut.records.organization, weight, cut.size).astype(np.float64)


def _days(cut: "Cut") -> Values:
    """Return by record the days since the decision; NaN where it is not known."""
    day = cut.records.day
    return np.where(day == UNKNOWN, np.nan, float(cut.day) - day)


def _recent(cut: "Cut", days: int) -> Flags:
    return _days(cut) < days


def _last(cut: "Cut", chosen: Flags) -> Values:
    """Return by organization the days since the last of the chosen records."""
    days = _days(cut)
    chosen = chosen & ~np.isnan(days)
    since = np.full(cut.size, _NEVER)
    np.minimum.at(since, cut.records.organization[chosen], days[chosen])
    return since


@feature(Unit.COUNT, UP)
def penalties(cut: "Cut") -> Values:
    """尚在公示的行政处罚。

    Administrative penalties still published.
    """
    return _count(cut, cut.records.of(RecordKind.PENALTY))


@feature(Unit.COUNT, UP)
def penalties_last_year(cut: "Cut") -> Values:
    """最近一年作出、尚在公示的行政处罚。

    Administrative penalties of the last year, still published.
    """
    return _count(cut, cut.records.of(RecordKind.PENALTY) & _recent(cut, _YEAR))


@feature(Unit.COUNT, UP)
def severe_penalties(cut: "Cut") -> Values:
    """重于罚款的行政处罚：吊销、停产停业、限制经营、限制从业等。

    Penalties heavier than money: revocation, closure, restriction of business.
    """
    return _count(cut, cut.records.severe)


@feature(Unit.WEIGHT, UP)
def penalty_recency(cut: "Cut") -> Values:
    """行政处罚按时间衰减之和，每过一年减半。

    Penalties, each worth half as much for every year since its decision.
    """
    age = np.nan_to_num(_days(cut), nan=_NEVER)
    weight = np.exp2(-age / _HALF_LIFE)
    return _sum(cut, weight * cut.records.of(RecordKind.PENALTY))


@feature(Unit.COUNT, UP)
def repeated_penalties(cut: "Cut") -> Values:
    """两年内同一监管领域第二次及以后的行政处罚。

    Penalties beyond the first in one supervised field within two years.
    """
    records = cut.records
    recent = records.of(RecordKind.PENALTY) & _recent(cut, _TWO_YEARS)
    fields = records.field[recent].astype(np.int64)
    key = records.organization[recent] * (np.int64(fields.max(initial=0)) + 1) + fields
    _, first, times = np.unique(key, return_index=True, return_counts=True)
    owner = records.organization[recent][first]
    return np.bincount(owner, times - 1, cut.size).astype(np.float64)


@feature(Unit.COUNT, UP)
def penalized_fields(cut: "Cut") -> Values:
    """受到行政处罚的监管领域数。

    Supervised fields in which it was penalized.
    """
    records = cut.records
    chosen = records.of(RecordKind.PENALTY)
    pairs = np.stack([records.organization[chosen], records.field[chosen]])
    return np.bincount(np.unique(pairs, axis=1)[0], minlength=cut.size).astype(float)


@feature(Unit.DAYS, DOWN)
def days_since_penalty(cut: "Cut") -> Values:
    """距最近一次行政处罚的天数；没有的记十年。

    Days since the last penalty; ten years where there is none.
    """
    return _last(cut, cut.records.of(RecordKind.PENALTY))


@feature(Unit.COUNT, UP)
def sanctions(cut: "Cut") -> Values:
    """尚在期内的惩戒（列入名单、禁入、限制）。

    Sanctions in force: lists, bans, restrictions.
    """
    return np.bincount(cut.sanctions.organization, minlength=cut.size).astype(float)


@feature(Unit.COUNT, UP)
def sanction_lists(cut: "Cut") -> Values:
    """所在的严重失信主体名单数。

    Severe lists on which it stands.
    """
    found = cut.sanctions
    named = found.list > 0
    pairs = np.stack([found.organization[named], found.list[named]])
    return np.bincount(np.unique(pairs, axis=1)[0], minlength=cut.size).astype(float)


@feature(Unit.FLAG, UP)
def abnormal(cut: "Cut") -> Values:
    """在经营异常名录中。

    Stands in the register of abnormal operation.
    """
    return np.minimum(_count(cut, cut.records.of(RecordKind.ABNORMAL)), 1.0)


@feature(Unit.DAYS, UP)
def days_abnormal(cut: "Cut") -> Values:
    """列入经营异常名录以来的天数；不在名录的为零。

    Days since it was entered in the register of abnormal operation; 0: not there.
    """
    since = _last(cut, cut.records.of(RecordKind.ABNORMAL))
    there = _count(cut, cut.records.of(RecordKind.ABNORMAL)) > 0
    return np.where(there, since, 0.0)


@feature(Unit.COUNT)
def inspections(cut: "Cut") -> Values:
    """最近两年接受的监督检查。

    Inspections of the last two years.
    """
    return _count(cut, cut.records.of(RecordKind.INSPECTION) & _recent(cut, _TWO_YEARS))


@feature(Unit.COUNT, UP)
def failed_inspections(cut: "Cut") -> Values:
    """最近两年未通过的监督检查（不合格、责令改正、查无下落、不配合）。

    Inspections of the last two years that were not passed.
    """
    return _count(cut, cut.records.failed & _recent(cut, _TWO_YEARS))


@feature(Unit.SHARE, UP)
def failed_share(cut: "Cut") -> Values:
    """最近两年未通过的检查所占比例；没有检查的未知。

    Share of inspections of the last two years not passed; not known without any.
    """
    failed, all_ = failed_inspections(cut), inspections(cut)
    return np.where(all_ > 0, failed / np.maximum(all_, 1.0), np.nan)


@feature(Unit.COUNT, UP)
def not_found_at_address(cut: "Cut") -> Values:
    """检查时查无下落的次数。

    Inspections at which it was not found at its address.
    """
    records = cut.records
    missing = records.ended_in([Outcome.NOT_FOUND])
    return _count(cut, records.of(RecordKind.INSPECTION) & missing)


@feature(Unit.COUNT, UP)
def founded_complaints(cut: "Cut") -> Values:
    """最近两年属实或者调解不成的投诉举报。

    Complaints of the last two years that were founded, or that nothing settled.
    """
    return _count(cut, cut.records.founded & _recent(cut, _TWO_YEARS))


@feature(Unit.COUNT)
def complaints(cut: "Cut") -> Values:
    """最近两年的投诉举报，不论结果。

    Complaints of the last two years, whatever came of them.
    """
    return _count(cut, cut.records.of(RecordKind.COMPLAINT) & _recent(cut, _TWO_YEARS))


@feature(Unit.COUNT, UP)
def broken_commitments(cut: "Cut") -> Values:
    """全部或者部分未履行的信用承诺。

    Credit commitments that were not kept, or only in part.
    """
    return _count(cut, cut.records.broken)


@feature(Unit.DAYS, UP)
def days_overdue(cut: "Cut") -> Values:
    """到期未履行的承诺中逾期最久的天数；没有的为零。

    Days by which the most overdue commitment is late; 0: none is.
    """
    records = cut.records
    kept = records.ended_in([Outcome.FULFILLED])
    late = float(cut.day) - records.due.astype(np.float64)
    due = records.of(RecordKind.COMMITMENT) & ~kept & (records.due != UNKNOWN)
    chosen = due & (late > 0)
    longest = np.zeros(cut.size)
    np.maximum.at(longest, records.organization[chosen], late[chosen])
    return longest


@feature(Unit.COUNT, UP)
def registration_breaches(cut: "Cut") -> Values:
    """登记注册领域的处罚：逾期年报、地址失联等。

    Penalties in the field of registration: late annual reports, false addresses.
    """
    code = cut.snapshot.words.known("registration")
    return _count(cut, cut.records.of(RecordKind.PENALTY) & (cut.records.field == code))


@feature(Unit.COUNT, UP)
def court_cases(cut: "Cut") -> Values:
    """作为被告、被执行人的裁判、执行和限制消费。

    Judgments, enforcements and consumption restrictions against it.
    """
    kinds = (
        RecordKind.JUDGMENT,
        RecordKind.EXECUTION,
        RecordKind.RESTRICTION_ORDER,
        RecordKind.CONVICTION,
    )
    return _count(cut, cut.records.of(*kinds))


@feature(Unit.COUNT, DOWN)
def honours(cut: "Cut") -> Values:
    """守信荣誉（A 级纳税人等）。

    Honours, such as taxpayer of grade A.
    """
    return _count(cut, cut.records.of(RecordKind.HONOUR))


@feature(Unit.COUNT)
def permits(cut: "Cut") -> Values:
    """有效的行政许可。

    Administrative permits in effect.
    """
    return _count(cut, cut.records.of(RecordKind.PERMIT))


@feature(Unit.COUNT)
def kinds_of_record(cut: "Cut") -> Values:
    """信用记录的种类数。

    Kinds of records about it.
    """
    records = cut.records
    pairs = records.organization.astype(np.int64) * len(KINDS) + records.kind
    owners = np.unique(pairs) // len(KINDS)
    return np.bincount(owners, minlength=cut.size).astype(float)
