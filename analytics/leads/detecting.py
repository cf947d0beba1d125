"""The table of patterns, their numbers, and all leads of a day."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from analytics.features import Cut
from analytics.leads.lead import Lead
from analytics.leads.pattern import REGISTERED, Barred, Numbers, Pattern, Picture
from graph.errors import BadInput
from graph.law.strict_yaml import read
from graph.snapshot import Snapshot

_FILES: Final = (
    "unverified",
    "phoenix",
    "swapped",
    "nominee",
    "controller",
    "cluster",
    "circular_holdings",
    "guarantee_ring",
    "commitment",
    "across",
    "flight",
    "deadline",
    "rising",
)
"""One pattern a file, in the order in which leads are told."""
DEFAULT: Final = Path(__file__).parent / "parameters.yaml"


def _read_patterns() -> tuple[Pattern, ...]:
    for name in _FILES:
        importlib.import_module(f"analytics.leads.{name}")
    return tuple(REGISTERED)


PATTERNS: Final = _read_patterns()
BY_NAME: Final = {one.name: one for one in PATTERNS}


class Number(BaseModel):
    """A parameter and why it has this value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float
    why: str


_FILE: Final = TypeAdapter(dict[str, dict[str, Number]])


def read_numbers(path: Path = DEFAULT) -> Mapping[str, Mapping[str, Number]]:
    """Return the parameters of every pattern.

    Raises:
        BadInput: a pattern or parameter is missing, unknown or no number.
    """
    document = read(path.name, path.read_text("utf-8"))
    faults = [f"{path.name}:{f.line} {f.message.zh}" for f in document.faults]
    content: dict[str, dict[str, Number]] = {}
    if not faults:
        try:
            content = _FILE.validate_python(document.data)
        except ValidationError as error:
            faults += [
                f"{path.name}:{document.line(tuple(one['loc']))} {one['msg']}"
                for one in error.errors()
            ]
    if not faults:
        told = {name: set(numbers) for name, numbers in content.items()}
        wanted = {one.name: set(one.numbers) for one in PATTERNS}
        faults += [
            f"{name}: {', '.join(sorted(told.get(name, set()) ^ wanted.get(name, set()))) or name}"
            for name in sorted(told.keys() | wanted.keys())
            if told.get(name) != wanted.get(name)
        ]
    if faults:
        raise BadInput(
            f"线索参数有错：{'；'.join(faults)}。",
            f"The parameters of leads are wrong: {'; '.join(faults)}.",
            hint_zh="每个参数写 {value: …, why: …}，不多不少。",
            hint_en="Write {value: …, why: …} for each, no more and no fewer.",
        )
    return content


@cache
def default_numbers() -> Mapping[str, Numbers]:
    """Return the values of the parameters that come along."""
    return {
        name: {key: number.value for key, number in numbers.items()}
        for name, numbers in read_numbers().items()
    }


@dataclass(frozen=True)
class Leads:
    """The leads of a day.

    Args:
        cut: the organizations they were looked for in, those that are gone too.
        every: by pattern, the latest first.
    """

    cut: Cut
    every: tuple[Lead, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Lead]:
        """Return the leads by name."""
        return {lead.id: lead for lead in self.every}

    def newest(self, lead: Lead) -> int:
        """Return the load that brought the latest of its facts."""
        tables = self.cut.snapshot.tables
        return max(
            (int(tables[kind].load.values[row]) for kind, row in lead.found.facts),
            default=0,
        )


def detect(
    snapshot: Snapshot,
    day: int,
    barred: Barred,
    numbers: Mapping[str, Numbers] | None = None,
) -> "Leads":
    """Return all leads of a day, by pattern, the latest first.

    Args:
        snapshot: under the reader's scope.
        day: as a number.
        barred: who may hold no office on the day, as far as the reader may see.
        numbers: parameters by pattern; those that come along when absent.
    """
    picture = Picture(Cut(snapshot, day, with_gone=True), barred)
    values = default_numbers() if numbers is None else numbers
    leads: list[Lead] = []
    for one in PATTERNS:
        every = (
            Lead.of(one.name, found) for found in one.detect(picture, values[one.name])
        )
        named = {lead.id: lead for lead in every}
        leads += sorted(named.values(), key=lambda lead: (-lead.found.since, lead.id))
    return Leads(picture.cut, tuple(leads))
