"""Dealings with offices: permits, inspections, complaints, abnormal operation."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from loaders.synthetic.authorities import office_position, paper_serials
from loaders.synthetic.columns import NO_DAY
from loaders.synthetic.draw import Draw, Ints
from loaders.synthetic.offices import OFFICES
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.trades import TRADES

_SPAN: Final = 4 * 365
_OFFICE_KEYS: Final = [o.key for o in OFFICES]
MARKET: Final = _OFFICE_KEYS.index("市监")
_OFFICES_OF: Final = [[_OFFICE_KEYS.index(k) for k in t.offices] for t in TRADES]
_FIRST_OFFICE: Final = np.array([one[0] for one in _OFFICES_OF], dtype=np.int64)
_LAST_OFFICE: Final = np.array([one[-1] for one in _OFFICES_OF], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Dealings:
    """What an office and a subject had to do with each other, in order of the days.

    `sort` and `outcome` are positions in the tables of the layout; `until` is the last
    or the first day of something, or NO_DAY. Days count from 1970.
    """

    organization: Ints
    organ: Ints
    sort: Ints
    day: Ints
    until: Ints
    outcome: Ints
    serial: Ints

    def __len__(self) -> int:
        return len(self.organization)

    def taken(self, rows: Ints) -> "Dealings":
        """Return these dealings."""
        return Dealings(*(getattr(self, f.name)[rows] for f in fields(self)))


def _dealings(
    orgs: Organizations,
    organization: Ints,
    office: Ints,
    day: Ints,
    *,
    sort: Ints,
    until: Ints,
    outcome: Ints,
) -> Dealings:
    """Return dealings in the order of their days, numbered by office and year."""
    organ = office_position(orgs.prefecture[organization], office)
    made = Dealings(
        organization, organ, sort, day, until, outcome, np.zeros_like(day)
    ).taken(np.argsort(day, kind="stable"))
    made.serial[:] = paper_serials(made.organ, made.day)
    return made


def _some_day(draw: Draw, orgs: Organizations, organization: Ints, today: int) -> Ints:
    """Return a day of the last four years on which the organization was there."""
    day = today - 12 - draw.below(len(organization), _SPAN)
    return np.maximum(day, orgs.established[organization] + 30)


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit that a line of business needs; `days` 0 means for the long term."""

    office: str
    needs: str
    title: str
    certificate: str
    kind: str
    days: int


PERMITS: Final = (
    Permit("市监", "", "准予变更登记通知书", "", "登记", 0),
    Permit("市监", "食", "准予食品经营许可决定书", "食品经营许可证", "普通", 5 * 365),
    Permit("市监", "药", "准予药品经营许可决定书", "药品经营许可证", "普通", 5 * 365),
    Permit("交通", "运输", "准予道路运输经营许可决定书", "道路运输经营许可证", "普通", 4 * 365),
    Permit("住建", "施工", "准予安全生产许可决定书", "安全生产许可证", "普通", 3 * 365),
    Permit("文旅", "上网", "准予网络文化经营许可决定书", "网络文化经营许可证", "普通", 3 * 365),
    Permit("文旅", "旅游", "准予旅行社业务经营许可决定书", "旅行社业务经营许可证", "普通", 0),
    Permit("林草", "林木", "准予林木种子生产经营许可决定书", "林木种子生产经营许可证", "普通", 5 * 365),
    Permit("环境", "加工", "排污许可决定书", "排污许可证", "普通", 5 * 365),
    Permit("消防", "住宿", "公众聚集场所消防安全检查意见书", "消防安全检查合格证", "核准", 0),
)  # fmt: skip

_OWN_PERMIT: Final = np.array(
    [
        next((i for i, p in enumerate(PERMITS) if p.needs and p.needs in t.scope), 0)
        for t in TRADES
    ],
    dtype=np.int64,
)
"""The permit that each line of business needs, or the first of PERMITS."""

_PERMIT_TIMES: Final = (0, 1, 2, 3, 5)
_PERMIT_WEIGHTS: Final = (560, 300, 100, 32, 8)


def make_permits(draw: Draw, orgs: Organizations, today: int) -> Dealings:
    """Return the permits of the last four years."""
    times = np.array(_PERMIT_TIMES)[draw.pick(len(orgs), _PERMIT_WEIGHTS)]
    organization = np.repeat(np.arange(len(orgs)), times)
    own = draw.chance(len(organization), 0.6)
    sort = np.where(own, _OWN_PERMIT[orgs.trade[organization]], 0)
    day = _some_day(draw, orgs, organization, today)
    lasts = np.array([p.days for p in PERMITS], dtype=np.int64)[sort]
    offices = np.array([_OFFICE_KEYS.index(p.office) for p in PERMITS])
    return _dealings(
        orgs,
        organization,
        offices[sort],
        day,
        sort=sort,
        until=np.where(lasts > 0, day + lasts - 1, NO_DAY),
        outcome=(draw.uniform(len(day)) < 0.03).astype(np.int64),
    )


_PER_YEAR: Final = (0.03, 0.12, 0.40, 0.80)
"""Inspections a year by grade, in the middle of what Lindian publishes as its plan:
A up to 5 %, B 5 to 20 %, C 21 to 60 %, D 61 to 100 %."""

_FOUND: Final = np.array((0.03, 0.15, 0.35, 0.5))
"""Share of inspections that find something, by grade; a guess."""


def make_inspections(draw: Draw, orgs: Organizations, today: int) -> Dealings:
    """Return the inspections of the last four years; outcome 0 means nothing found."""
    seen = [
        np.flatnonzero(draw.chance(len(orgs), np.array(_PER_YEAR)[orgs.grade]))
        for _ in range(4)
    ]
    organization = np.concatenate(seen)
    count = len(organization)
    day = _some_day(draw, orgs, organization, today)
    found = draw.chance(count, _FOUND[orgs.grade[organization]])
    what = draw.pick(count, (50, 20, 20, 7, 3))
    trade = orgs.trade[organization]
    first = draw.chance(count, 0.7)
    return _dealings(
        orgs,
        organization,
        np.where(first, _FIRST_OFFICE[trade], _LAST_OFFICE[trade]),
        day,
        sort=draw.pick(count, (60, 15, 15, 10)),
        until=np.where(found, day + 15, NO_DAY),
        outcome=np.where(found, 1 + what, 0),
    )


_COMPLAINTS: Final = 0.12
"""Complaints in four years for each organization; a guess."""


def make_complaints(draw: Draw, orgs: Organizations, today: int) -> Dealings:
    """Return the complaints of the last four years; a few firms get very many."""
    count = int(len(orgs) * _COMPLAINTS)
    shuffled = draw.order(len(orgs))
    organization = shuffled[draw.heavy(count, len(orgs))]
    day = _some_day(draw, orgs, organization, today)
    outcome = draw.pick(count, (6, 14, 24, 8, 20, 18, 10))
    until = day + 5 + draw.below(count, 50)
    outcome = np.where(until > today, 0, outcome)
    return _dealings(
        orgs,
        organization,
        np.full(count, MARKET),
        day,
        sort=draw.pick(count, (30, 22, 18, 16, 14)),
        until=np.where(outcome > 0, until, NO_DAY),
        outcome=outcome,
    )


_ABNORMAL: Final = 0.045
"""Share of organizations put into the directory within four years; a guess."""


def make_abnormal(draw: Draw, orgs: Organizations, today: int) -> Dealings:
    """Return entries of the directory of abnormal operation; half of them have left."""
    organization = np.flatnonzero(draw.chance(len(orgs), _ABNORMAL))
    count = len(organization)
    day = _some_day(draw, orgs, organization, today)
    left = day + 20 + draw.below(count, 500)
    gone = draw.chance(count, 0.5) & (left <= today)
    return _dealings(
        orgs,
        organization,
        np.full(count, MARKET),
        day,
        sort=draw.pick(count, (62, 30, 8)),
        until=np.where(gone, left, NO_DAY),
        outcome=gone.astype(np.int64),
    )
