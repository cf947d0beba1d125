"""The files of a city: which rows each has and how they are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.columns import days
from loaders.synthetic.counters import (
    abnormal_table,
    complaints_table,
    inspections_table,
    permits_table,
)
from loaders.synthetic.dealings import (
    make_abnormal,
    make_complaints,
    make_inspections,
    make_permits,
)
from loaders.synthetic.deliveries import Deliveries
from loaders.synthetic.draw import Draw, Ints
from loaders.synthetic.layout import Row, rows_of
from loaders.synthetic.linked import (
    branches_table,
    contacts_table,
    good_taxpayers,
    guarantees_table,
    make_guarantees,
    reporting,
    taxpayers_table,
)
from loaders.synthetic.listings import listings_table
from loaders.synthetic.model import City, day_number
from loaders.synthetic.objections import suspensions_table
from loaders.synthetic.outlet import Draft
from loaders.synthetic.punishments import penalties_table
from loaders.synthetic.registers import holdings_table, posts_table, registrations
from loaders.synthetic.responsibility import findings_table, releases_table

Planted = Mapping[str, list[Row]]
"""Layout to the rows that are planted in its file."""

SHEET_ROWS: Final = 20_000
"""A department with more rows sends the older ones as CSV, beside the workbook."""

_DAYS: Final[Mapping[str, str]] = MappingProxyType(
    {"penalties": "处罚决定日期", "severe_lists": "列入日期"}
)
"""Files whose rows stand in the order of their days, and the column of the day."""


@dataclass(frozen=True, slots=True)
class Drafter:
    """Makes drafts of files, with what is planted in each."""

    draw: Draw
    planted: Planted

    def whole(
        self,
        layout: str,
        count: int,
        table: Callable[[Draw, Ints], pa.Table],
        order: Ints | None = None,
    ) -> Draft:
        """Return a file with all drawn rows; `order` has their days."""
        rows = np.arange(count)
        return self.part(layout, f"{layout}.csv", rows, table, order)

    def part(
        self,
        layout: str,
        name: str,
        rows: Ints,
        table: Callable[[Draw, Ints], pa.Table],
        order: Ints | None = None,
        planted: list[Row] | None = None,
    ) -> Draft:
        """Return a file with some of the drawn rows and, unless told, all planted."""
        if planted is None:
            planted = self.planted.get(layout, [])
        if order is None:
            draw = self.draw.child(f"slots of {name}")
            slots = np.sort(draw.below(len(planted), len(rows) + 1))
        else:
            planted = sorted(planted, key=lambda row: row[_DAYS[layout]])
            wanted = [day_number(row[_DAYS[layout]]) for row in planted]
            slots = np.searchsorted(order[rows], np.array(wanted, dtype=np.int64))
        return Draft(layout, name, rows, table, slots, rows_of(layout, planted))

    def made(self, layout: str, table: pa.Table) -> Draft:
        """Return a small file whose rows are all there."""
        return self.whole(
            layout, len(table), lambda _, rows: table.take(pa.array(rows))
        )


def drafts_of(
    city: City, draw: Draw, planted: Planted, deliveries: Deliveries
) -> list[Draft]:
    """Return the files of the city in the order in which they are written."""
    make = Drafter(draw, planted)
    return [
        *_registers(make, city),
        *_penalties(make, city, deliveries),
        *_responsibility(make, city),
        *_dealings(make, city),
        *_links(make, city),
    ]


def _registers(make: Drafter, city: City) -> list[Draft]:
    """Return what the registrars know."""
    orgs, people, posts = city.organizations, city.people, city.posts
    holdings = city.holdings
    branches = np.flatnonzero(orgs.parent >= 0)
    return [
        make.whole(
            "registrations",
            len(orgs),
            lambda own, rows: registrations(own, orgs, people, posts, rows),
        ),
        make.whole(
            "posts",
            len(posts),
            lambda _, rows: posts_table(orgs, people, posts.taken(rows)),
        ),
        make.whole(
            "holdings",
            len(holdings),
            lambda _, rows: holdings_table(orgs, people, holdings.taken(rows)),
        ),
        make.part(
            "branches",
            "branches.csv",
            branches,
            lambda _, rows: branches_table(orgs, rows),
        ),
    ]


def _responsibility(make: Drafter, city: City) -> list[Draft]:
    """Return who is on a list, who answers for what, and what rests."""
    orgs, people, posts = city.organizations, city.people, city.posts
    entries, given, draw = city.listings, city.penalties, make.draw
    found = findings_table(draw.child("findings"), orgs, people, posts, given)
    freed = releases_table(
        draw.child("releases"), orgs, people, posts, entries, city.today
    )
    stayed = suspensions_table(
        draw.child("suspensions"), orgs, people, entries, city.today
    )
    return [
        make.whole(
            "severe_lists",
            len(entries),
            lambda _, rows: listings_table(orgs, people, entries.taken(rows)),
            entries.listed,
        ),
        make.made("findings", found),
        make.made("court_releases", freed),
        make.made("suspensions", stayed),
    ]


def _dealings(make: Drafter, city: City) -> list[Draft]:
    """Return what the offices and the subjects had to do with each other."""
    orgs, today, draw = city.organizations, city.today, make.draw
    permits = make_permits(draw.child("permits"), orgs, today)
    seen = make_inspections(draw.child("inspections"), orgs, today)
    heard = make_complaints(draw.child("complaints"), orgs, today)
    abnormal = make_abnormal(draw.child("abnormal"), orgs, today)
    return [
        make.whole(
            "permits",
            len(permits),
            lambda _, rows: permits_table(orgs, permits.taken(rows)),
        ),
        make.whole(
            "inspections",
            len(seen),
            lambda _, rows: inspections_table(orgs, seen.taken(rows)),
        ),
        make.whole(
            "complaints",
            len(heard),
            lambda own, rows: complaints_table(own, orgs, heard.taken(rows)),
        ),
        make.whole(
            "abnormal_operation",
            len(abnormal),
            lambda _, rows: abnormal_table(orgs, abnormal.taken(rows)),
        ),
    ]


def _links(make: Drafter, city: City) -> list[Draft]:
    """Return how subjects are reached, who guarantees for whom, who pays taxes well."""
    orgs, today, draw = city.organizations, city.today, make.draw
    known = reporting(draw.child("contacts"), orgs)
    guarantees = make_guarantees(draw.child("guarantees"), orgs, today)
    good = good_taxpayers(draw.child("taxpayers"), orgs, today)
    return [
        make.part(
            "contacts",
            "contacts.csv",
            known,
            lambda _, rows: contacts_table(orgs, rows),
        ),
        make.whole(
            "guarantees",
            len(guarantees),
            lambda _, rows: guarantees_table(orgs, guarantees.taken(rows)),
        ),
        make.part(
            "taxpayers_a",
            "taxpayers_a.csv",
            good,
            lambda _, rows: taxpayers_table(orgs, rows, today),
        ),
    ]


def _penalties(make: Drafter, city: City, deliveries: Deliveries) -> list[Draft]:
    """Return the workbook of the newest, the older ones, and the deliveries."""
    given = city.penalties

    def table(_: Draw, rows: Ints) -> pa.Table:
        return penalties_table(city.organizations, city.people, given.taken(rows))

    def part(name: str, rows: Ints, planted: list[Row]) -> Draft:
        return make.part("penalties", name, rows, table, given.decided, planted)

    planted = make.planted.get("penalties", [])
    older, newest = np.split(deliveries.stock, [-SHEET_ROWS])
    first = given.decided[newest[0]] if len(older) else 0
    old = [r for r in planted if day_number(r[_DAYS["penalties"]]) < first]
    new = [r for r in planted if day_number(r[_DAYS["penalties"]]) >= first]
    drafts = [part("penalties_older.csv", older, old)] if len(older) else []
    drafts.append(part("penalties.xlsx", newest, new))
    for day, rows in deliveries.weeks.items():
        on = days(np.array([day]))[0].as_py()
        drafts.append(part(f"penalties_delivered_{on}.csv", rows, []))
    return drafts
