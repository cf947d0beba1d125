"""Administrative penalties: who was punished by whom, for what and when."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from loaders.synthetic.columns import grouped_by
from loaders.synthetic.draw import Draw, Ints
from loaders.synthetic.offices import COMPANY, OFFENCES, OFFICES
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.trades import TRADES

_YEARS: Final = 4 * 365
_PER_HUNDRED: Final = 38
"""Penalties in four years for every hundred organizations."""

_OFFICE_KEYS: Final = [o.key for o in OFFICES]
_OFFENCES_OF: Final = [
    [i for i, f in enumerate(OFFENCES) if f.office == key] for key in _OFFICE_KEYS
]


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


def make_penalties(draw: Draw, orgs: Organizations, today: int) -> Penalties:
    """Return the penalties of the last four years; a few subjects collect most."""
    count = len(orgs) * _PER_HUNDRED // 100
    shuffled = draw.order(len(orgs))
    organization = shuffled[draw.leaning(count, len(orgs))]
    offence, office = _offences(draw, orgs, organization)
    decided = today - 12 - draw.below(count, _YEARS)
    decided = np.maximum(decided, orgs.established[organization] + 90)
    usual = np.array([f.fine for f in OFFENCES], dtype=np.int64)[offence]
    heavy = draw.chance(count, 0.07)
    factor = 50 + draw.below(count, 120) + np.where(heavy, 500, 0)
    act_from = decided - 20 - draw.below(count, 40)
    order = np.argsort(decided, kind="stable")
    return Penalties(
        organization=organization[order],
        offence=offence[order],
        office=office[order],
        serial=_serials(office[order], decided[order], orgs, organization[order]),
        act_from=act_from[order],
        act_to=(act_from + draw.leaning(count, 12))[order],
        decided=decided[order],
        public_to=(decided + np.where(heavy, 3 * 365, 365))[order],
        fine=(usual * factor // 100)[order],
    )


def _offences(draw: Draw, orgs: Organizations, organization: Ints) -> tuple[Ints, Ints]:
    """Return offences that fit the business, and the offices that punish them."""
    count = len(organization)
    trade = orgs.trade[organization]
    offence = np.zeros(count, dtype=np.int64)
    office = np.zeros(count, dtype=np.int64)
    u, v = draw.uniform(count), draw.uniform(count)
    for number, one in enumerate(TRADES):
        mine = np.flatnonzero(trade == number)
        keys = np.array([_OFFICE_KEYS.index(k) for k in one.offices])
        office[mine] = keys[(u[mine] * u[mine] * len(keys)).astype(np.int64)]
    for number, members in enumerate(_OFFENCES_OF):
        mine = np.flatnonzero(office == number)
        edges = np.cumsum([OFFENCES[i].weight for i in members])
        drawn = np.searchsorted(edges, (v[mine] * edges[-1]).astype(np.int64), "right")
        offence[mine] = np.array(members)[drawn]
    company = orgs.companies[organization]
    fits = np.where(_BY_COMPANY[offence], company, _FITS[trade, offence])
    return np.where(fits, offence, _ANYBODY[office]), office


_BY_COMPANY: Final = np.array([f.needs == COMPANY for f in OFFENCES])
_FITS: Final = np.array([[f.needs in t.scope for f in OFFENCES] for t in TRADES])
_ANYBODY: Final = np.array(
    [next(i for i in members if not OFFENCES[i].needs) for members in _OFFENCES_OF]
)
"""An offence of each office that any business can commit."""


def _serials(
    office: Ints, decided: Ints, orgs: Organizations, organization: Ints
) -> Ints:
    """Return each paper's number within its office, prefecture and year."""
    year = decided.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    series = (year * 100 + office) * 2 + orgs.prefecture[organization]
    order, place = grouped_by(series)
    serial = np.empty(len(order), dtype=np.int64)
    serial[order] = place + 1
    return serial
