"""The whole city: what is drawn, what is planted, and the files of both.

The same seed, size and reference day give the same bytes. Nothing here reads the
clock or the environment.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import BadInput
from loaders.synthetic.draw import Draw
from loaders.synthetic.files import write_csv, write_xlsx
from loaders.synthetic.holdings import make_holdings
from loaders.synthetic.layout import HEADINGS, rows_of
from loaders.synthetic.listings import listings_table, make_listings
from loaders.synthetic.organizations import REVOKED, make_organizations
from loaders.synthetic.penalties import make_penalties
from loaders.synthetic.people import make_people
from loaders.synthetic.punishments import penalties_table
from loaders.synthetic.registers import holdings_table, posts_table, registrations
from loaders.synthetic.responsibility import findings_table, releases_table
from loaders.synthetic.stories import Plan, planted

Progress = Callable[[str, int, int], None]
"""Called with (what was just done, steps done, steps in all)."""

ANSWERS: Final = "answers.json"
SMALLEST: Final = 200
"""With fewer, a prefecture may have nobody to stand for its firms."""

_ORDER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "registrations": "统一社会信用代码",
        "posts": "统一社会信用代码",
        "holdings": "统一社会信用代码",
        "penalties": "处罚决定日期",
        "severe_lists": "列入日期",
        "findings": "认定日期",
        "court_releases": "解除日期",
        "suspensions": "中止日期",
    }
)
"""By which column the rows stand, so that planted rows lie among the others."""


@dataclass(frozen=True, slots=True)
class CityReport:
    """What was written.

    Attributes:
        rows: number of rows by file name.
        stories: number of planted stories.
        folder: where the files are.
    """

    folder: Path
    rows: Mapping[str, int]
    stories: int

    @property
    def total(self) -> int:
        """Return the number of rows in all files."""
        return sum(self.rows.values())


def synthesize(
    out: Path,
    *,
    organizations: int = 2400,
    seed: int = 20261122,
    reference: date,
    progress: Progress | None = None,
) -> CityReport:
    """Write an invented city with planted stories and its answer key.

    Args:
        out: folder for the files; made where it does not exist.
        organizations: how many organizations, the planted ones included.
        seed: decides everything that is drawn.
        reference: the day on which the city is looked at; no fact lies after it.
        progress: told after each file.

    Raises:
        BadInput: too few organizations for a city with two prefectures.
    """
    if organizations < SMALLEST:
        raise BadInput(
            f"{organizations} 家组织的城市太小。",
            f"A city of {organizations} organizations is too small.",
            hint_zh=f"请要求 {SMALLEST} 家以上。",
            hint_en=f"Ask for {SMALLEST} or more.",
        )
    plan = planted(reference)
    bulk = _bulk(organizations - len(plan.rows["registrations"]), seed, reference)
    out.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    for step, file in enumerate(HEADINGS, 1):
        table = _sorted(file, bulk.get(file), plan)
        name = _write(out, file, table)
        rows[name] = table.num_rows
        if progress:
            progress(name, step, len(HEADINGS))
    _write_answers(out / ANSWERS, plan)
    return CityReport(out, MappingProxyType(rows), len(plan.stories))


def _bulk(count: int, seed: int, reference: date) -> dict[str, pa.Table]:
    """Return what is drawn, file by file."""
    draw = Draw(seed)
    today = int(np.datetime64(reference, "D").astype(np.int64))
    orgs = make_organizations(draw, count, today)
    people, posts = make_people(draw, orgs, today)
    holdings = make_holdings(draw, orgs, people, today)
    given = make_penalties(draw, orgs, today)
    orgs.status[given.revoked] = REVOKED
    entries = make_listings(draw, orgs, people, today)
    return {
        "registrations": registrations(orgs, people, posts),
        "posts": posts_table(orgs, people, posts),
        "holdings": holdings_table(orgs, people, holdings),
        "penalties": penalties_table(orgs, people, given),
        "severe_lists": listings_table(orgs, people, entries),
        "findings": findings_table(draw, orgs, people, posts, given),
        "court_releases": releases_table(draw, orgs, people, posts, entries, today),
    }


def _sorted(file: str, drawn: pa.Table | None, plan: Plan) -> pa.Table:
    stories = rows_of(file, plan.rows.get(file, ()))
    table = pa.concat_tables([drawn, stories]) if drawn is not None else stories
    by = [(_ORDER[file], "ascending"), (HEADINGS[file][0], "ascending")]
    order = pc.sort_indices(table, sort_keys=by)
    return table.take(order).combine_chunks()


def _write(out: Path, file: str, table: pa.Table) -> str:
    """Write a file in the form in which its department sends it; return its name."""
    if file == "penalties":
        write_xlsx(out / "penalties.xlsx", table)
        return "penalties.xlsx"
    encoding = "gb18030" if file == "posts" else "utf-8-sig"
    write_csv(out / f"{file}.csv", table, encoding=encoding)
    return f"{file}.csv"


def _write_answers(path: Path, plan: Plan) -> None:
    answers: dict[str, Any] = {
        "about": "Answer key of the invented city: what must follow, and what must not.",
        "as_of": plan.reference.isoformat(),
        "stories": [story.as_json() for story in plan.stories],
    }
    text = json.dumps(answers, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
