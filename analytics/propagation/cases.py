"""One trigger under one rule version: where and when the version applies to it."""

from typing import NamedTuple

from analytics.propagation.anchors import Dated, Dates
from analytics.propagation.periods import ALWAYS, Period, intersect, within
from analytics.propagation.provisions import Provision, Provisions
from analytics.propagation.reading import Reader, Told, told_on
from analytics.propagation.terms import Life, life_of
from analytics.propagation.thresholds import Count, count
from graph.law.model import RuleException, RuleVersion, TermStart
from graph.snapshot import OPEN, UNKNOWN
from graph.vocabulary import JurisdictionBy, OrganizationKind, Role

_KINDS = {kind.value: kind for kind in OrganizationKind}
PLACE_ASSUMED = "place_of_act_assumed"
OUTCOME_UNKNOWN = "outcome_unknown"


class Verdict(NamedTuple):
    """Somebody, or a whole rule version, was examined and does not answer.

    Args:
        version: identifier of the rule version.
        bearer: who was examined; empty where nobody was.
        reason: key of the sentence in analytics.propagation.wording.
        values: what the sentence names: days as numbers, words as text, and the
            finding or exception concerned.
    """

    version: str
    bearer: str
    role: Role | None
    reason: str
    values: tuple[tuple[str, object], ...]


class Case:
    """A trigger, a version that it sets off, and the facts to look at.

    Args:
        notes: collects who does not answer and why; None where nobody asks.
    """

    __slots__ = (
        "_counts",
        "_life",
        "_windows",
        "anchor",
        "cause",
        "dates",
        "day",
        "law",
        "notes",
        "provision",
        "reader",
        "version",
    )

    def __init__(
        self,
        dates: Dates,
        provision: Provision,
        law: Provisions,
        reader: Reader,
        notes: list[Verdict] | None = None,
    ) -> None:
        self.dates = dates
        self.cause, self.provision, self.law = dates.cause, provision, law
        self.reader, self.notes = reader, notes
        self.version: RuleVersion = provision.version
        self.day: Dated | None = dates.version_day(self.version.version_at)
        """The day that selects the version; None: each day asked about does."""
        self.anchor: Dated | None = dates.anchor(self.version.anchor)
        """When the role must have been held; None for `current`."""
        self._life: tuple[Life | None] | None = None
        self._windows: dict[str, list[Period]] = {}
        self._counts: tuple[Count, ...] | None = None

    @property
    def life(self) -> Life | None:
        """Return how long the effect lasts, where no finding decides that."""
        if self._life is None:
            self._life = (life_of(self.cause, self.provision, self.law),)
        return self._life[0]

    @property
    def flags(self) -> tuple[str, ...]:
        """Return what is not certain about the version as such."""
        flags = self.day.flags if self.day else ()
        if self.provision.place and self.version.jurisdiction_by is (
            JurisdictionBy.PLACE_OF_ACT
        ):
            flags = (*flags, PLACE_ASSUMED)
        return flags

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what about the trigger only a finding can settle."""
        kind = self.cause.kind
        if kind == "sanction":
            return ()
        is_record = kind in ("conviction", "insolvency")
        return (OUTCOME_UNKNOWN,) if is_record and kind in self.law.ambiguous else ()

    def is_in_force(self) -> bool:
        """Return whether the version may govern what follows on some day."""
        begins, ends = self.provision.force
        if self.day is not None:
            return begins <= self.day.first < ends
        if self.life is None or self.version.term.starts is TermStart.FINDING:
            return True
        return intersect(self.life.period, self.provision.force) is not None

    def is_elsewhere(self) -> bool:
        """Return whether the version applies nowhere that the trigger lands on.

        Only for a version of a place that looks at one organization, the trigger's.
        """
        return (
            bool(self.provision.place)
            and self.provision.stays
            and not self.cause.concerns_person
            and not self.windows(self.cause.subject)
        )

    def windows(self, organization: str) -> list[Period]:
        """Return when the version applies to what lands on this organization."""
        known = self._windows.get(organization)
        if known is None:
            known = self._applies(organization)
            if known and self.version.trigger.thresholds:
                known = within(known, [(self.reached_on, OPEN)])
            self._windows[organization] = known
        return known

    @property
    def counts(self) -> tuple[Count, ...]:
        """Return what there is for the thresholds that concern the trigger."""
        if self._counts is None:
            every = (
                count(t, self.cause, self.reader) for t in self.provision.thresholds
            )
            self._counts = tuple(c for c in every if c)
        return self._counts

    @property
    def reached_on(self) -> int:
        """Return from when on a threshold is reached; OPEN: none ever is."""
        if not self.version.trigger.thresholds:
            return UNKNOWN
        return min((c.day for c in self.counts), default=OPEN)

    def _applies(self, organization: str) -> list[Period]:
        base = [ALWAYS] if self.day else [self.provision.force]
        place = self.provision.place
        if not place:
            return base
        if self.version.jurisdiction_by is not JurisdictionBy.REGISTRATION:
            return base if self.cause.region.startswith(place) else []
        spans = self.reader.regions(organization)
        if self.day:
            there = told_on(spans, self.day.first).value.startswith(place)
            return base if there else []
        return within(base, [s[:2] for s in spans if s.value.startswith(place)])

    def kind_on(self, organization: str, day: int) -> OrganizationKind:
        """Return what kind of organization it is on a day."""
        return kind_of(told_on(self.reader.kinds(organization), day))

    def exception_for(
        self, organization: str, role: Role, day: int
    ) -> RuleException | None:
        """Return the first exception that takes somebody out of the rule."""
        for exception in self.version.exceptions:
            when = exception.when
            if when.roles and role not in when.roles:
                continue
            if when.lists and self.cause.listed not in when.lists:
                continue
            if when.measures and self.cause.measures.isdisjoint(when.measures):
                continue
            if when.fields and not self._in_fields(when.fields):
                continue
            if when.rules and not self._is_provided(when.rules, organization):
                continue
            kinds = when.organization_kinds
            if kinds and not (
                organization and self.kind_on(organization, day) in kinds
            ):
                continue
            return exception
        return None

    def _is_provided(self, rules: tuple[str, ...], organization: str) -> bool:
        """Return whether one of these rules is in force for the trigger (另有规定).

        `law check` sees to it that a single day says so.
        """
        return any(
            not other.is_far_from(self.cause.region)
            and other.matches(self.cause)
            and (case := Case(self.dates, other, self.law, self.reader)).is_in_force()
            and bool(case.windows(organization))
            for other in self.law.of_rules(rules)
        )

    def _in_fields(self, fields: tuple[str, ...]) -> bool:
        return self.cause.fields is None or not self.cause.fields.isdisjoint(fields)

    def note(
        self, reason: str, bearer: str = "", role: Role | None = None, **values: object
    ) -> None:
        """Keep why somebody, or the whole version, does not answer."""
        if self.notes is not None:
            version = self.provision.version_id
            self.notes.append(
                Verdict(version, bearer, role, reason, tuple(values.items()))
            )


def kind_of(told: Told) -> OrganizationKind:
    """Return the kind that a profile names; none is its own kind, `unknown`."""
    return kind_named(told.value)


def kind_named(value: str) -> OrganizationKind:
    """Return the kind that a word means; no word is its own kind, `unknown`."""
    return _KINDS.get(value, OrganizationKind.UNKNOWN)
