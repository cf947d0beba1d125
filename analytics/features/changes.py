"""Changes of the last year: who came and left, what was moved and renamed."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from analytics.features.feature import Direction, Unit, Values, feature
from analytics.features.relations import (
    ADDRESSES,
    CONTACTS,
    REPRESENTING,
    ROLES,
    Incidence,
)
from graph.snapshot import UNKNOWN
from graph.snapshot.index import Rows
from graph.vocabulary import FactKind, Role

if TYPE_CHECKING:
    from analytics.features.cut import Cut

UP, DOWN = Direction.MORE_RISK, Direction.LESS_RISK
_YEAR = 365
_LONG = 3_650.0  # "days since" of what never changed: ten years


def _begun(cut: "Cut", kind: FactKind) -> tuple[Rows, npt.NDArray[np.int32]]:
    """Return the rows that began in the last year, and when."""
    rows = cut.begun(kind)
    begins = cut.snapshot.numbers(kind, "valid_from", rows)
    recent = (begins > cut.day - _YEAR) & (begins != UNKNOWN)
    return rows[recent], begins[recent]


def _left(cut: "Cut", kind: FactKind) -> Rows:
    """Return the rows that ended in the last year."""
    rows = cut.begun(kind)
    ends = cut.snapshot.numbers(kind, "valid_to", rows)
    gone = (ends > cut.day - _YEAR) & (ends <= cut.day) & (ends != UNKNOWN)
    left: Rows = rows[gone]
    return left


def _founded_before(cut: "Cut", found: Incidence, kind: FactKind) -> Values:
    """Return, by organization, what began more than a month after its foundation."""
    begins = cut.snapshot.numbers(kind, "valid_from", found.row)
    founded = cut.described.established[found.organization].astype(np.int64)
    later = begins > founded + 30
    return np.bincount(found.organization[later], minlength=cut.size).astype(float)


def _count(cut: "Cut", found: Incidence) -> Values:
    return np.bincount(found.organization, minlength=cut.size).astype(float)


def _of(found: Incidence, roles: tuple[Role, ...]) -> Incidence:
    chosen = np.isin(found.word, [ROLES.index(role) for role in roles])
    return Incidence(
        found.row[chosen],
        found.node[chosen],
        found.organization[chosen],
        found.word[chosen],
    )


@feature(Unit.COUNT, UP)
def new_representatives(cut: "Cut") -> Values:
    """最近一年新任的法定代表人、负责人（设立时的不计）。

    Representatives who took office in the last year, those of the foundation aside.
    """
    rows, _ = _begun(cut, FactKind.TIE)
    found = _of(cut.relations.all_posts(rows), REPRESENTING)
    return _founded_before(cut, found, FactKind.TIE)


@feature(Unit.DAYS, DOWN)
def days_since_new_representative(cut: "Cut") -> Values:
    """现任代表人就任以来的天数；设立时就任或者未知的记十年。

    Days since its representative took office; ten years where since the foundation.
    """
    found = _of(cut.relations.posts, REPRESENTING)
    begins = cut.snapshot.numbers(FactKind.TIE, "valid_from", found.row)
    founded = cut.described.established[found.organization].astype(np.int64)
    later = (begins > founded + 30) & (begins != UNKNOWN)
    days, since = np.full(cut.size, _LONG), float(cut.day) - begins[later]
    np.minimum.at(days, found.organization[later], since)
    return days


@feature(Unit.COUNT, UP)
def people_left(cut: "Cut") -> Values:
    """最近一年离任的职务数。

    Posts that somebody left in the last year.
    """
    return _count(cut, cut.relations.all_posts(_left(cut, FactKind.TIE)))


@feature(Unit.COUNT)
def people_joined(cut: "Cut") -> Values:
    """最近一年新任的职务数（设立时的不计）。

    Posts that somebody took in the last year, those of the foundation aside.
    """
    rows, _ = _begun(cut, FactKind.TIE)
    return _founded_before(cut, cut.relations.all_posts(rows), FactKind.TIE)


@feature(Unit.COUNT, UP)
def holders_left(cut: "Cut") -> Values:
    """最近一年退出的股东数。

    Holders who left in the last year.
    """
    held = cut.relations.shares_of(_left(cut, FactKind.HOLDING)).held
    return np.bincount(held, minlength=cut.size).astype(float)


@feature(Unit.COUNT)
def holders_joined(cut: "Cut") -> Values:
    """最近一年新增的股东数（设立时的不计）。

    Holders who came in the last year, those of the foundation aside.
    """
    rows, _ = _begun(cut, FactKind.HOLDING)
    shares = cut.relations.shares_of(rows)
    begins = cut.snapshot.numbers(FactKind.HOLDING, "valid_from", shares.row)
    founded = cut.described.established[shares.held].astype(np.int64)
    return np.bincount(shares.held[begins > founded + 30], minlength=cut.size).astype(
        float
    )


@feature(Unit.COUNT, UP)
def address_changes(cut: "Cut") -> Values:
    """最近一年迁出的地址数。

    Addresses that it left in the last year.
    """
    found = cut.relations.all_contacts(_left(cut, FactKind.CONTACT))
    chosen = np.isin(found.word, [CONTACTS.index(c) for c in ADDRESSES])
    return np.bincount(found.organization[chosen], minlength=cut.size).astype(float)


@feature(Unit.COUNT, UP)
def descriptions(cut: "Cut") -> Values:
    """最近一年登记事项（名称、状态、住所等）变更的次数。

    Changes of its registered name, status or seat in the last year.
    """
    kind = FactKind.PROFILE
    rows, begins = _begun(cut, kind)
    place = cut.places(cut.snapshot.numbers(kind, "subject", rows))
    begins, place = begins[place >= 0], place[place >= 0]
    founded = cut.described.established[place].astype(np.int64)
    pairs = np.stack([place, begins])[:, begins > founded + 30]
    owners = np.unique(pairs, axis=1)[0]
    return np.bincount(owners, minlength=cut.size).astype(float)


@feature(Unit.COUNT, UP)
def companies_founded_by_its_people(cut: "Cut") -> Values:
    """其任职人员最近一年任职的新设组织数。

    Organizations founded in the last year in which its people hold posts.
    """
    founded = cut.described.established
    young = (founded > cut.day - _YEAR) & (founded != UNKNOWN)
    return cut.relations.by_person.total(young)
