"""The files of a city: which rows each has and how they are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.columns import days
from loaders.synthetic.deliveries import Deliveries
from loaders.synthetic.draw import Draw, Ints
from loaders.synthetic.layout import Row, rows_of
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
        return self.part(layout, f"{layout}.csv", rows, table, order, self._of(layout))

    def part(
        self,
        layout: str,
        name: str,
        rows: Ints,
        table: Callable[[Draw, Ints], pa.Table],
        order: Ints | None,
        planted: list[Row],
    ) -> Draft:
        """Return a file with some of the drawn rows and some planted ones."""
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

    def _of(self, layout: str) -> list[Row]:
        return self.planted.get(layout, [])


def drafts_of(
    city: City, draw: Draw, planted: Planted, deliveries: Deliveries
) -> list[Draft]:
    """Return the files of the city in the order in which they are written."""
    orgs, people, posts = city.organizations, city.people, city.posts
    holdings, entries, given = city.holdings, city.listings, city.penalties
    make = Drafter(draw, planted)
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
        *_penalties(make, city, deliveries),
        make.whole(
            "severe_lists",
            len(entries),
            lambda _, rows: listings_table(orgs, people, entries.taken(rows)),
            entries.listed,
        ),
        make.made(
            "findings",
            findings_table(draw.child("findings"), orgs, people, posts, given),
        ),
        make.made(
            "court_releases",
            releases_table(
                draw.child("releases"), orgs, people, posts, entries, city.today
            ),
        ),
        make.made(
            "suspensions",
            suspensions_table(
                draw.child("suspensions"), orgs, people, entries, city.today
            ),
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
