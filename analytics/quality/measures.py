"""Measures of data quality over the facts that stand in a snapshot.

Every figure has its numerator, its denominator and examples, so that somebody can ask
for the rows behind it. What the policies make a duty: codes that are duplicated or
wrong (重错码率), and publication within seven working days (长治 12 and 35).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from graph.law.calendar import CalendarUnpublished, WorkingCalendar
from graph.snapshot import OPEN, UNKNOWN, Snapshot, date_of, day_of
from graph.vocabulary import FactKind, Role

WORKING_DAYS: Final = 7
"""Within so many working days a decision is to be published (长治 35)."""

_EXAMPLES: Final = 5
_SPACES: Final = str.maketrans({"（": "(", "）": ")", " ": None, "\u3000": None})


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: so many of so many.

    Args:
        key: stable name of what is measured.
        group: department or source that it is measured for; empty for all.
        numerator: how many are not as they should be.
        denominator: how many were looked at.
        examples: identifiers of subjects, or keys of facts, at most five.
    """

    key: str
    zh: str
    en: str
    group: str
    numerator: int
    denominator: int
    examples: tuple[str, ...] = ()

    @property
    def rate(self) -> float | None:
        """Return the share, None where nothing was looked at."""
        return self.numerator / self.denominator if self.denominator else None


def measured(snapshot: Snapshot, calendar: WorkingCalendar, day: date) -> list[Measure]:
    """Return every measure over the facts that the snapshot's reader may see.

    Args:
        snapshot: the facts.
        calendar: counts working days.
        day: on which posts and names are compared.
    """
    return [
        *codes(snapshot, day),
        two_representatives(snapshot, day),
        before_establishment(snapshot),
        *lateness(snapshot, calendar),
    ]


def codes(snapshot: Snapshot, day: date) -> list[Measure]:
    """Return one code with several names on the day, and one name with several codes.

    Names are compared without blanks and with brackets of one width.
    """
    kind = FactKind.PROFILE
    rows = snapshot.all_rows(kind)
    wanted = ("subject", "name", "uscc", "valid_from", "valid_to")
    names: dict[str, set[str]] = defaultdict(set)
    owners: dict[str, set[str]] = defaultdict(set)
    on = day_of(day)
    for subject, name, code, begins, ends in snapshot.values(kind, rows, wanted):
        if code and name and (begins == UNKNOWN or begins <= on) and on < ends:
            plain = name.translate(_SPACES)
            names[subject].add(plain)
            owners[plain].add(subject)
    return [
        _of_groups("code_with_names", "一码多名", "one code, several names", names),
        _of_groups("name_with_codes", "一名多码", "one name, several codes", owners),
    ]


def _of_groups(key: str, zh: str, en: str, groups: Mapping[str, set[str]]) -> Measure:
    several = sorted(name for name, found in groups.items() if len(found) > 1)
    return Measure(
        key, zh, en, "", len(several), len(groups), tuple(several[:_EXAMPLES])
    )


def two_representatives(snapshot: Snapshot, day: date) -> Measure:
    """Return the organizations that have several legal representatives on the day."""
    kind, on = FactKind.TIE, day_of(day)
    rows = snapshot.all_rows(kind)
    wanted = ("role", "person", "organization", "valid_from", "valid_to")
    canonical = snapshot.identities.canonical
    holders: dict[str, set[str]] = defaultdict(set)
    for role, person, organization, begins, ends in snapshot.values(kind, rows, wanted):
        in_office = (begins == UNKNOWN or begins <= on) and on < ends
        if role == Role.LEGAL_REPRESENTATIVE.value and in_office:
            holders[canonical(organization)].add(canonical(person))
    return _of_groups(
        "two_representatives",
        "同日有两名以上法定代表人",
        "several legal representatives on one day",
        holders,
    )


def before_establishment(snapshot: Snapshot) -> Measure:
    """Return the records decided before their subject was established."""
    rows = snapshot.all_rows(FactKind.PROFILE)
    wanted = ("subject", "established_on")
    since: dict[str, int] = {}
    for subject, begun in snapshot.values(FactKind.PROFILE, rows, wanted):
        if begun not in (UNKNOWN, OPEN):
            since[subject] = min(begun, since.get(subject, begun))
    kind = FactKind.RECORD
    rows = snapshot.all_rows(kind)
    looked, wrong = 0, []
    days = snapshot.values(kind, rows, ("subject", "decided_on"))
    for row, (subject, decided) in zip(rows.tolist(), days, strict=True):
        if subject in since and decided not in (UNKNOWN, OPEN):
            looked += 1
            if decided < since[subject]:
                wrong.append(row)
    return Measure(
        "before_establishment",
        "决定早于主体成立",
        "decided before the subject was established",
        "",
        len(wrong),
        looked,
        _keys(snapshot, kind, wrong),
    )


def lateness(snapshot: Snapshot, calendar: WorkingCalendar) -> list[Measure]:
    """Return, by department, the decisions that arrived after seven working days.

    The days are counted from the decision to the load that brought it; decisions of
    years whose holidays are not published are left out.
    """
    found: list[Measure] = []
    for kind, zh, en in (
        (
            FactKind.RECORD,
            "记录迟报（超过7个工作日）",
            "records late (over 7 working days)",
        ),
        (
            FactKind.SANCTION,
            "惩戒迟报（超过7个工作日）",
            "sanctions late (over 7 working days)",
        ),
    ):
        looked: dict[str, int] = defaultdict(int)
        late: dict[str, list[int]] = defaultdict(list)
        for row, department, waited in _waits(snapshot, kind, calendar):
            looked[department] += 1
            if waited > WORKING_DAYS:
                late[department].append(row)
        key = f"late_{kind.value}s"
        found += [
            Measure(
                key,
                zh,
                en,
                department,
                len(late[department]),
                looked[department],
                _keys(snapshot, kind, late[department]),
            )
            for department in sorted(looked)
        ]
    return found


def _waits(
    snapshot: Snapshot, kind: FactKind, calendar: WorkingCalendar
) -> Iterator[tuple[int, str, int]]:
    """Yield row, department and working days from the decision to its arrival."""
    rows = snapshot.all_rows(kind)
    arrived = snapshot.tables[kind].load.values[rows]
    recorded = {load.seq: load.recorded_at.date() for load in snapshot.loads}
    known: dict[tuple[int, int], int | None] = {}
    values = snapshot.values(kind, rows, ("department", "decided_on"))
    for row, seq, (department, decided) in zip(
        rows.tolist(), arrived.tolist(), values, strict=True
    ):
        if decided in (UNKNOWN, OPEN):
            continue
        pair = decided, seq
        if pair not in known:
            known[pair] = _working_days(calendar, date_of(decided), recorded[seq])
        waited = known[pair]
        if waited is not None:
            yield row, department, waited


def _working_days(
    calendar: WorkingCalendar, decided: date | None, arrived: date
) -> int | None:
    if decided is None:
        return None
    try:
        return calendar.working_days_between(decided, arrived)
    except CalendarUnpublished:
        return None


def _keys(snapshot: Snapshot, kind: FactKind, rows: Sequence[int]) -> tuple[str, ...]:
    some = np.array(rows[:_EXAMPLES], np.int64)
    return tuple(key.hex() for key in snapshot.keys(kind, some))


def worst_first(measures: Iterable[Measure]) -> list[Measure]:
    """Return the measures by key, within a key the highest share first."""
    return sorted(measures, key=lambda m: (m.key, -(m.rate or 0), m.group))
