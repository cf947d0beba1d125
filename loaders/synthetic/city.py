"""The whole city: what is drawn, what is planted, and the files of both.

The same seed, size, rates and reference day give the same bytes. Nothing here reads
the clock or the environment.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph.errors import BadInput
from loaders.synthetic.cases import plant_cases
from loaders.synthetic.deliveries import deliver
from loaders.synthetic.drafts import drafts_of
from loaders.synthetic.draw import Draw
from loaders.synthetic.key import write_answers, write_key
from loaders.synthetic.model import day_number, draw_city
from loaders.synthetic.outlet import Draft, Written, write_draft
from loaders.synthetic.rates import Rates
from loaders.synthetic.stories import planted

Progress = Callable[[str, int, int], None]
"""Called with (the file being written, rows of the city so far, rows in all)."""

SMALLEST: Final = 200
"""With fewer, a prefecture may have nobody to stand for its firms."""

LARGEST: Final = 5_000_000
"""With more, the resident numbers of people who cannot exist would run out."""


@dataclass(frozen=True, slots=True)
class CityReport:
    """What was written.

    Attributes:
        folder: where the files are.
        rows: number of rows by file name.
        stories: number of planted stories and cases, decoys included.
        wrong: number of rows that must end in quarantine.
        late: number of rows delivered late.
    """

    folder: Path
    rows: Mapping[str, int]
    stories: int
    wrong: int
    late: int

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
    rates: Rates | None = None,
    other_names: bool = False,
    progress: Progress | None = None,
) -> CityReport:
    """Write an invented city with planted stories and its answer key.

    Args:
        out: folder for the files; made where it does not exist.
        organizations: how many organizations, the planted ones included.
        seed: decides everything that is drawn, 0 or more.
        reference: the day on which the city is looked at; no fact lies after it.
        rates: how much is wrong and late; nothing by default.
        other_names: drawn people are named as in another region: for what was tuned
            on the names of this one.
        progress: told after each block of rows.

    Raises:
        BadInput: too few organizations for a city with two prefectures, or too many.
    """
    _check_size(organizations)
    rates = rates or Rates()
    draw, today = Draw(seed), day_number(reference.isoformat())
    plan = planted(reference)
    cases = plant_cases(draw.child("cases"), plan, organizations)
    drawn = organizations - len(plan.rows["registrations"])
    city = draw_city(
        draw,
        drawn,
        today,
        spread=rates.spread,
        circles=rates.circles,
        other_names=other_names,
    )
    deliveries = deliver(
        draw.child("deliveries"), city.penalties.decided, today, rates.late
    )
    out.mkdir(parents=True, exist_ok=True)
    drafts = drafts_of(city, draw, plan.rows, deliveries)
    written = _write(out, drafts, draw, rates.wrong, progress)
    write_answers(out, plan)
    asked = {
        "organizations": organizations,
        "seed": seed,
        "as_of": reference.isoformat(),
        "rates": asdict(rates),
        "other_names": other_names,
    }
    write_key(out, city, deliveries, written, cases.as_json(), asked)
    return CityReport(
        folder=out,
        rows=MappingProxyType({one.name: one.rows for one in written}),
        stories=len(plan.stories) + len(cases.cases),
        wrong=sum(len(one.wrong) for one in written),
        late=len(deliveries.late),
    )


def _check_size(organizations: int) -> None:
    if organizations < SMALLEST:
        raise BadInput(
            f"{organizations} 家组织的城市太小。",
            f"A city of {organizations} organizations is too small.",
            hint_zh=f"请要求 {SMALLEST} 家以上。",
            hint_en=f"Ask for {SMALLEST} or more.",
        )
    if organizations > LARGEST:
        raise BadInput(
            f"{organizations} 家组织的城市太大。",
            f"A city of {organizations} organizations is too large.",
            hint_zh=f"请要求 {LARGEST} 家以下。",
            hint_en=f"Ask for {LARGEST} or fewer.",
        )


def _write(
    out: Path,
    drafts: list[Draft],
    draw: Draw,
    wrong: float,
    progress: Progress | None,
) -> list[Written]:
    total = sum(len(d.rows) + len(d.slots) for d in drafts)
    written: list[Written] = []
    for draft in drafts:
        before = sum(one.rows for one in written)

        def tell(rows: int, name: str = draft.name, before: int = before) -> None:
            if progress:
                progress(name, before + rows, total)

        written.append(write_draft(out, draft, draw, wrong, tell))
    return written
