"""A law case tried: its facts under a law book, and where the two disagree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from analytics.lawcases.reading import NONE, OTHERS, LawCase
from analytics.propagation.effects import STRENGTH, Effect
from analytics.propagation.engine import Derivation, derive
from graph.batch import DECISION, Batch, conform, fact_keys
from graph.errors import Said
from graph.law.book import LawBook
from graph.records import Fact, tables_of
from graph.snapshot import Facts, Snapshot, day_of
from graph.snapshot.intake import Trial
from graph.vocabulary import EffectStatus, FactKind

_LOADED = datetime(2000, 1, 1, tzinfo=UTC)
"""When the facts of a case are loaded; a case asks about valid time only."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Somebody who stands otherwise on a day than the case says."""

    file: str
    line: int
    case: str
    on: date
    who: str
    measure: str
    expected: str
    found: str

    def said(self) -> Said:
        """Return the difference on one line, file and line first."""
        place = f"{self.file}:{self.line} {self.case} {self.on} {self.who}"
        return Said(
            f"{place} {self.measure}：应为“{self.expected}”，推导为“{self.found}”",
            f"{place} {self.measure}: the case says {self.expected}, "
            f"the law book gives {self.found}",
        )


@dataclass(frozen=True)
class Tried:
    """A case and everything that follows from its facts."""

    case: LawCase
    derivation: Derivation

    @property
    def law(self) -> LawBook:
        """Return the law book it was tried under."""
        return self.derivation.law

    def bearer(self, name: str) -> str:
        """Return the identifier of somebody the case names, as one person."""
        canonical = self.derivation.snapshot.identities.canonical
        return canonical(self.case.persons[name])

    def differences(self) -> Iterator[Difference]:
        """Yield where what follows is not what the case expects."""
        for on in self.case.expected:
            for name in self.case.expected[on]:
                found = self._of_others(on) if name == OTHERS else self._of(name, on)
                yield from self._compared(on, name, found)

    def _of(self, name: str, on: date) -> dict[str, str]:
        effects = self.derivation.of_bearer(self.case.persons[name])
        return _standings(effects, day_of(on), self.law)

    def _of_others(self, on: date) -> dict[str, str]:
        named = {self.bearer(n) for n in self.case.expected[on] if n != OTHERS}
        effects = self.derivation.effects.values()
        others = [e for e in effects if e.bearer not in named]
        return _standings(others, day_of(on), self.law)

    def _compared(
        self, on: date, name: str, found: dict[str, str]
    ) -> Iterator[Difference]:
        wanted = self.case.expected[on][name]
        asked = {measure.partition("@")[0] for measure in wanted}
        extra = {m for m in found if "@" not in m and m not in asked}
        for measure in [*wanted, *sorted(extra)]:
            expected, given = wanted.get(measure, NONE), found.get(measure, NONE)
            if expected != given:
                yield Difference(
                    self.case.file, self.case.lines[on], self.case.name, on, name,
                    measure, expected, given,
                )  # fmt: skip


def tried(case: LawCase, law: LawBook) -> Tried:
    """Return what follows from the facts of a case."""
    return Tried(case, derive(snapshot_of(case), law))


def snapshot_of(case: LawCase) -> Snapshot:
    """Return the view of the facts of a case, without those it voids."""
    trial = Trial(Facts())
    trial.append(_batch(1, "case", tables=tables_of(case.facts)))
    if case.corrections:
        trial.append(_batch(2, "case", tables=tables_of(case.corrections)))
    if case.voided:
        voids: dict[FactKind, list[bytes]] = {}
        for fact in case.voided:
            voids.setdefault(fact.kind_of_fact, []).append(key_of(fact))
        trial.append(_batch(3, DECISION, voids=voids))
    return trial.facts.snapshot()


def _batch(number: int, source: str, **content: object) -> Batch:
    return Batch(
        batch=f"case{number}",
        source=source,
        file="case.yaml",
        recorded_at=_LOADED,
        **content,  # type: ignore[arg-type]
    )


def key_of(fact: Fact) -> bytes:
    """Return the key that the journal gives a fact."""
    kind = fact.kind_of_fact
    key: bytes = fact_keys(kind, conform(kind, tables_of([fact])[kind]))[0].as_py()
    return key


def _standings(effects: Iterable[Effect], day: int, law: LawBook) -> dict[str, str]:
    """Return measure → strongest standing, by measure and by measure@jurisdiction."""
    found: dict[str, list[EffectStatus]] = {}
    for effect in effects:
        status = effect.status_on(day)
        if status not in (None, EffectStatus.ENDED):
            name = law.measures[effect.measure].zh
            found.setdefault(name, []).append(status)
            found.setdefault(f"{name}@{effect.jurisdiction}", []).append(status)
    return {name: min(of, key=STRENGTH.index).zh for name, of in found.items()}
