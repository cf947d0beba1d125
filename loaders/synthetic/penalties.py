"""Administrative penalties: who was punished by whom, for what and when.

How severe a subject's record is was drawn with the subject (grades.py): its first
penalty is as heavy as its grade says, the others are at most that heavy.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Final

import numpy as np

from loaders.synthetic.authorities import office_position, paper_serials
from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.grades import MINOR, ORDINARY, SEVERE
from loaders.synthetic.offices import COMPANY, OFFENCES, OFFICES, Offence
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.trades import TRADES, Trade

SPAN: Final = 4 * 365
"""Days before the reference day from which penalties are known."""

_LARGE_FINE: Final = 500
"""From this fine on (hundredths of 万元) a penalty is more than minor."""

_TIMES: Final = {
    MINOR: ((1, 2, 3, 4), (830, 140, 25, 5)),
    ORDINARY: ((1, 2, 3, 4, 6, 10), (520, 250, 120, 60, 40, 10)),
    SEVERE: ((1, 2, 3, 5, 8, 13, 21, 34), (300, 240, 180, 120, 80, 50, 20, 10)),
}
"""Numbers of penalties in four years and how often, by grade; heavy at the end."""

_UNPUNISHED: Final = 0.55
"""Share of subjects with a severe record that come onto a list without a penalty."""

_OFFICE_KEYS: Final = [o.key for o in OFFICES]
_OFFICE_OF: Final = np.array([_OFFICE_KEYS.index(f.office) for f in OFFENCES])
_ENDING: Final = np.array([f.licence == "营业执照" for f in OFFENCES])
"""Offences that cost the business licence."""


@dataclass(frozen=True, slots=True)
class Penalties:
    """What was imposed; days count from 1970, `fine` in hundredths of 万元."""

    organization: Ints
    offence: Ints
    office: Ints
    serial: Ints
    act_from: Ints
    act_to: Ints
    decided: Ints
    public_to: Ints
    fine: Ints

    def __len__(self) -> int:
        return len(self.organization)

    @property
    def revoked(self) -> Ints:
        """Return the organizations that lost their business licence."""
        return np.unique(self.organization[_ENDING[self.offence]])

    @classmethod
    def joined(cls, *parts: "Penalties") -> "Penalties":
        """Return the penalties of all parts, one part after the other."""
        return cls(
            *(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls))
        )

    def taken(self, rows: Ints) -> "Penalties":
        """Return these penalties."""
        return Penalties(*(getattr(self, f.name)[rows] for f in fields(self)))


def level(offence: Offence) -> int:
    """Return how severe a penalty for this offence usually is, as a grade."""
    if "吊销" in offence.kinds or "停产停业" in offence.kinds:
        return SEVERE
    return MINOR if offence.fine < _LARGE_FINE else ORDINARY


def make_penalties(
    draw: Draw, orgs: Organizations, listed: Flags, today: int
) -> Penalties:
    """Return the penalties of the last four years, in the order of their days.

    Args:
        draw: the stream of this file.
        orgs: the organizations.
        listed: which of them are on a list, and need no penalty to be severe.
        today: the reference day.
    """
    organization, first = _punished(draw, orgs, listed)
    count = len(organization)
    grade = orgs.grade[organization]
    heaviest = np.where(first | draw.chance(count, 0.3), grade, MINOR)
    heaviest[first & listed[organization]] = ORDINARY
    return settled(orgs, punished(draw, orgs, organization, heaviest, None, today))


def punished(
    draw: Draw,
    orgs: Organizations,
    organization: Ints,
    heaviest: Ints,
    decided: Ints | None,
    today: int = 0,
) -> Penalties:
    """Return a penalty for each of the organizations, not in order and not numbered.

    Args:
        draw: a stream.
        orgs: the organizations.
        organization: positions, repeated or not.
        heaviest: how severe each may be at most, as a grade.
        decided: days of the decisions; None: any of the last four years.
        today: the reference day, where the days are drawn.
    """
    count, grade = len(organization), orgs.grade[organization]
    offence = _offences(draw, orgs, organization, heaviest)
    if decided is None:
        decided = today - 12 - draw.below(count, SPAN)
        decided = np.maximum(decided, orgs.established[organization] + 90)
    usual = np.array([f.fine for f in OFFENCES], dtype=np.int64)[offence]
    heavy = (grade >= ORDINARY) & draw.chance(count, 0.15)
    factor = 50 + draw.below(count, 120) + np.where(heavy, 500, 0)
    act_from = decided - 20 - draw.below(count, 40)
    return Penalties(
        organization=organization,
        offence=offence,
        office=_OFFICE_OF[offence],
        serial=np.zeros(count, dtype=np.int64),
        act_from=act_from,
        act_to=act_from + draw.leaning(count, 12),
        decided=decided,
        public_to=decided + np.where(heaviest == SEVERE, 3 * 365, 365),
        fine=usual * factor // 100,
    )


def settled(orgs: Organizations, given: Penalties) -> Penalties:
    """Return the penalties in the order of their days, with the numbers of the papers."""
    made = given.taken(np.argsort(given.decided, kind="stable"))
    organ = office_position(orgs.prefecture[made.organization], made.office)
    made.serial[:] = paper_serials(organ, made.decided)
    return made


def _punished(draw: Draw, orgs: Organizations, listed: Flags) -> tuple[Ints, Flags]:
    """Return the organization of each penalty, and which is the first one of its own."""
    times = np.zeros(len(orgs), dtype=np.int64)
    for grade, (sizes, weights) in _TIMES.items():
        mine = np.flatnonzero(orgs.grade == grade)
        times[mine] = np.array(sizes)[draw.pick(len(mine), weights)]
    times[listed & draw.chance(len(orgs), _UNPUNISHED)] = 0
    organization = np.repeat(np.arange(len(orgs)), times)
    first = np.ones(len(organization), dtype=np.bool_)
    first[1:] = organization[1:] != organization[:-1]
    return organization, first


def _offences(
    draw: Draw, orgs: Organizations, organization: Ints, heaviest: Ints
) -> Ints:
    """Return an offence for each penalty: one that the business can commit."""
    offence = np.empty(len(organization), dtype=np.int64)
    company = orgs.companies[organization].astype(np.int64)
    key = (orgs.trade[organization] * 2 + company) * (SEVERE + 1) + heaviest
    order = np.argsort(key, kind="stable")
    bounds = np.searchsorted(key[order], np.arange(len(TRADES) * 2 * (SEVERE + 1) + 1))
    u = draw.uniform(len(organization))
    for number in range(len(bounds) - 1):
        mine = order[bounds[number] : bounds[number + 1]]
        if len(mine):
            rest, grade = divmod(number, SEVERE + 1)
            members, edges = _possible(rest // 2, bool(rest % 2), grade)
            at = (u[mine] * edges[-1]).astype(np.int64)
            offence[mine] = members[np.searchsorted(edges, at, "right")]
    return offence


@cache
def _possible(trade: int, company: bool, heaviest: int) -> tuple[Ints, Ints]:  # noqa: FBT001 - a key
    """Return offences as severe as asked, or the most severe there are, and weights."""
    fitting = [
        (i, _weight(TRADES[trade], one))
        for i, one in enumerate(OFFENCES)
        if _fits(TRADES[trade], one, company=company)
    ]
    levels = {level(OFFENCES[i]) for i, _ in fitting}
    wanted = max(one for one in levels if one <= max(heaviest, min(levels)))
    found = [(i, w) for i, w in fitting if level(OFFENCES[i]) == wanted]
    members, weights = zip(*found, strict=True)
    return np.array(members), np.cumsum(weights)


def _fits(trade: Trade, offence: Offence, *, company: bool) -> bool:
    if offence.office not in trade.offices:
        return False
    return company if offence.needs == COMPANY else offence.needs in trade.scope


def _weight(trade: Trade, offence: Offence) -> int:
    return offence.weight * (len(trade.offices) - trade.offices.index(offence.office))
