"""The service's answers about the invented city equal its answer key.

The key is exact: what follows from a story's papers is what it says, nothing more.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation, derive
from graph.batch import DECISION, Batch
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.records import Sanction, tables_of
from graph.snapshot import OPEN, Snapshot, date_of, day_of
from graph.snapshot.facts import Facts
from graph.snapshot.intake import Trial
from graph.vocabulary import EffectStatus, EndReason, FactKind
from loaders.pipeline import LoadReport, load

CITY = Path(__file__).parents[2] / "examples" / "city"
KEY = json.loads((CITY / "answers.json").read_text("utf-8"))
STORIES = {story["key"]: story for story in KEY["stories"]}
DAY = day_of(date.fromisoformat(KEY["as_of"]))
AT = datetime(2026, 11, 22, tzinfo=UTC)

Answer = tuple[str, ...]
FIELDS = (
    "bearer",
    "organization",
    "role",
    "measure",
    "rule",
    "status",
    "document",
    "ends_on",
)


class City:
    """The city in memory, with what follows."""

    def __init__(self, law: LawBook) -> None:
        self.law = law
        self.trial = Trial(Facts())
        files = sorted(p for p in CITY.iterdir() if p.suffix in {".csv", ".xlsx"})
        self.reports: list[LoadReport] = load(
            files,
            store=self.trial,
            keys=PersonKeys(b"a secret of the tests, 32 bytes!!"),
            law=law,
            quarantine=None,
            recorded_at=AT,
        )

    @property
    def snapshot(self) -> Snapshot:
        return self.trial.facts.snapshot()


@pytest.fixture(scope="module")
def law() -> LawBook:
    return LawBook.load()


@pytest.fixture(scope="module")
def city(law: LawBook) -> City:
    return City(law)


@pytest.fixture(scope="module")
def derivation(city: City) -> Derivation:
    return derive(city.snapshot, city.law)


def name_of(snapshot: Snapshot, subject: str) -> str:
    rows = snapshot.rows(FactKind.PROFILE, "subject", subject)
    return snapshot.text(FactKind.PROFILE, rows[0], "name") if rows else ""


def organization(code: str) -> str:
    return f"org:{code}"


def document_of(derivation: Derivation, ground: Ground) -> str:
    """Return the number of the paper at the bottom of the ground."""
    if ground.cause_kind == "effect":
        return document_of(derivation, derivation.effects[ground.cause].grounds[0])
    kind = FactKind.SANCTION
    row = derivation.snapshot.row_of(kind, bytes.fromhex(ground.cause))
    assert row is not None
    return derivation.snapshot.text(kind, row, "document_number")


def answer(derivation: Derivation, effect: Effect, ground: Ground, day: int) -> Answer:
    snapshot = derivation.snapshot
    ended = ground.valid_to <= day
    status = EffectStatus.ENDED if ended else ground.status_on(day)
    last = date_of(ground.valid_to - 1) if ground.valid_to != OPEN else None
    return (
        name_of(snapshot, effect.bearer),
        name_of(snapshot, ground.organization) if ground.organization else "",
        ground.role.value,
        effect.measure,
        ground.rule,
        status.value,
        document_of(derivation, ground),
        last.isoformat() if last else "",
    )


def answers(derivation: Derivation, story: dict[str, Any], day: int) -> set[Answer]:
    """Return everything that rests on the story's papers or concerns its firms."""
    places = {organization(o["code"]) for o in story["organizations"]}
    return {
        answer(derivation, effect, ground, day)
        for effect in derivation.effects.values()
        for ground in effect.grounds
        if ground.valid_from <= day
        and (
            ground.organization in places
            or document_of(derivation, ground) in story["documents"]
        )
    }


def expected(rows: Iterable[dict[str, str]]) -> set[Answer]:
    return {tuple(row[f] for f in FIELDS) for row in rows}


def test_every_row_of_the_city_is_taken(city: City) -> None:
    assert {r.file: r.quarantined for r in city.reports if r.quarantined} == {}
    assert sum(r.new for r in city.reports) == sum(r.read for r in city.reports)


@pytest.mark.parametrize("key", STORIES)
def test_what_follows_is_exactly_what_the_key_says(
    key: str, derivation: Derivation
) -> None:
    story = STORIES[key]
    said = expected(story["expected"]) | expected(story["ended"])
    assert answers(derivation, story, DAY) == said


@pytest.mark.parametrize("key", STORIES)
def test_who_is_named_as_unaffected_bears_nothing(
    key: str, derivation: Derivation
) -> None:
    story = STORIES[key]
    borne = answers(derivation, story, DAY)
    for one in story["unaffected"]:
        assert not [
            a
            for a in borne
            if a[:2] == (one["name"], one["organization"])
            and one["measure"] in ("", a[3])
        ]


def sanction_row(snapshot: Snapshot, document: str) -> int:
    kind = FactKind.SANCTION
    rows = snapshot.all_rows(kind).tolist()
    [row] = [r for r in rows if snapshot.text(kind, r, "document_number") == document]
    return int(row)


def acted(city: City, act: dict[str, Any]) -> Derivation:
    """Return what follows after the act, decided by hand."""
    trial, snapshot = Trial(city.trial.facts), city.snapshot
    row = sanction_row(snapshot, act["document"])
    batch = Batch(batch=act["decision"], source=DECISION, recorded_at=AT)
    if act["kind"] == "void":
        key = snapshot.key(FactKind.SANCTION, row)
        trial.append(replace(batch, voids={FactKind.SANCTION: [key]}))
    else:
        fact = snapshot.fact(FactKind.SANCTION, row)
        assert isinstance(fact, Sanction)
        ended = replace(
            fact,
            valid_to=date.fromisoformat(act["on"]),
            end_reason=EndReason.REPAIR,
            end_document=act["decision"],
            end_authority=act["authority"],
        )
        trial.append(replace(batch, tables=tables_of([ended])))
    return derive(trial.facts.snapshot(), city.law)


ACTS = [(key, act) for key, story in STORIES.items() for act in story["acts"]]


@pytest.mark.parametrize(("key", "act"), ACTS, ids=[a["decision"] for _, a in ACTS])
def test_what_the_demo_does_has_the_result_of_the_key(
    key: str, act: dict[str, Any], city: City
) -> None:
    after = acted(city, act)
    story = STORIES[key]
    standing = {a for a in answers(after, story, DAY) if a[5] != "ended"}
    assert standing >= expected(act["kept"])
    assert not standing & expected(act["lost"])
    the_day_before = answers(after, story, DAY - 1)
    lost = {a[:7] for a in expected(act["lost"])}
    held = {a[:7] for a in the_day_before} & lost
    assert held == (lost if act["kind"] == "repair" else set())
