"""Who owns the companies; nothing here runs in a circle."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from loaders.synthetic.columns import NO_DAY, grouped_by
from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.people import People

_WHOLLY_OWNED = 1
"""Form of a company with one natural person as its shareholder."""
_OWNED_BY_FIRM = 2
"""Form of a company with one legal person as its shareholder."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Shares in companies; one position per holding.

    `holder` is a person's position, or an organization's where `by_firm`. `share` is
    in hundredths of a per cent, `amount` in hundredths of 万元.
    """

    holder: Ints
    by_firm: Flags
    organization: Ints
    share: Ints
    amount: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.holder)

    def taken(self, rows: Ints) -> "Holdings":
        """Return these holdings."""
        return Holdings(
            self.holder[rows],
            self.by_firm[rows],
            self.organization[rows],
            self.share[rows],
            self.amount[rows],
            self.start[rows],
            self.end[rows],
        )


def make_holdings(
    draw: Draw, orgs: Organizations, people: People, today: int
) -> Holdings:
    """Return the holdings in all companies; the shares of each add up to the whole."""
    organization = np.repeat(np.arange(len(orgs)), _holders(draw, orgs))
    _, place = grouped_by(organization)
    share = _shares(draw, organization)
    holder, by_firm = _who(draw, orgs, people, organization, place)
    start = orgs.established[organization]
    sold = draw.chance(len(organization), 0.05) & (today - start > 900)
    until = start + 300 + draw.below(len(organization), 600)
    return Holdings(
        holder=holder,
        by_firm=by_firm,
        organization=organization,
        share=share,
        amount=orgs.capital[organization] * share // 100,
        start=start,
        end=np.where(sold, until, NO_DAY),
    )


_SIZES: Final = (1, 2, 3, 4, 5, 6, 8, 12, 20, 40)
_SIZE_WEIGHTS: Final = (280, 400, 190, 70, 30, 12, 9, 5, 3, 1)


def _holders(draw: Draw, orgs: Organizations) -> Ints:
    """Return how many shareholders each organization has: none unless a company."""
    many = np.array(_SIZES)[draw.pick(len(orgs), _SIZE_WEIGHTS)]
    single = (orgs.form == _WHOLLY_OWNED) | (orgs.form == _OWNED_BY_FIRM)
    return np.where(orgs.companies, np.where(single, 1, many), 0)


def _shares(draw: Draw, organization: Ints) -> Ints:
    """Return shares in hundredths of a per cent, in tenths but for the first."""
    weight = 1 + draw.below(len(organization), 9)
    total = np.bincount(organization, weight).astype(np.int64)[organization]
    share = weight * 1000 // total * 10
    _, place = grouped_by(organization)
    rest = 10_000 - np.bincount(organization, share).astype(np.int64)
    share[place == 0] += rest[organization[place == 0]]
    return share


def _who(
    draw: Draw, orgs: Organizations, people: People, organization: Ints, place: Ints
) -> tuple[Ints, Flags]:
    """Return the holders, nobody twice; a firm holds only what came after it.

    The first firms hold very much: they are the tops of the groups.
    """
    count = len(organization)
    form = orgs.form[organization]
    firms = np.flatnonzero(orgs.companies)
    before = np.searchsorted(firms, organization)
    by_firm = (place == 0) & draw.chance(count, 0.12) & (form != _WHOLLY_OWNED)
    by_firm = (by_firm | (form == _OWNED_BY_FIRM)) & (before > 0)
    firm = firms[draw.heavy(count, np.maximum(before, 1))]
    leads = (place == 0) & draw.chance(count, 0.72)
    person = np.where(
        leads, people.representative[organization], draw.below(count, len(people))
    )
    part(organization, person, len(people))
    return np.where(by_firm, firm, person), by_firm


def part(organization: Ints, person: Ints, people: int) -> None:
    """Move on whoever stands in one company twice, until nobody does."""
    while True:
        order, place = grouped_by(organization * people + person)
        twice = order[place > 0]
        if not len(twice):
            return
        person[twice] = (person[twice] + 1) % people
