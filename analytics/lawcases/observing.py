"""What one tried case shows of the law book: the branches of it that it asks about."""

from collections.abc import Iterator
from functools import cached_property

from analytics.lawcases.branches import (
    LISTS,
    RECORDED,
    ROLES,
    STATES,
    Branch,
    BranchKind,
    is_first_answering,
)
from analytics.lawcases.reading import OTHERS
from analytics.lawcases.trial import Tried
from analytics.propagation.anchors import version_day
from analytics.propagation.bearers import NOT_AT_ACT
from analytics.propagation.cases import Verdict
from analytics.propagation.effects import Ground
from analytics.propagation.provisions import Provision, provisions_of
from analytics.propagation.reading import Reader, told_on
from analytics.propagation.states import begun
from analytics.propagation.thresholds import Count, count
from analytics.propagation.triggers import Cause, Causes, cause_of
from graph.law.book import ActiveVersion, LawBook
from graph.law.model import (
    SEVERE,
    BearerClause,
    FindingNeed,
    OrganizationsClause,
    RuleException,
)
from graph.snapshot import OPEN, UNKNOWN, day_of
from graph.vocabulary import EffectStatus, EndedBy, OrganizationKind

_LONG = 20 * 366
_ENDINGS = {
    "own_term": EndedBy.OWN_TERM,
    "repair": EndedBy.COMPANY_REPAIR,
    "list_exit": EndedBy.LIST_EXIT,
    "expiry": EndedBy.LIST_EXIT,
    "performance": EndedBy.PERFORMANCE,
    "court_release": EndedBy.COURT_RELEASE,
    "person_repair": EndedBy.PERSON_REPAIR,
}


class Observer:
    """Looks at one tried case: what it asks, and what of the book it shows."""

    def __init__(self, tried: Tried) -> None:
        self.tried, self.law = tried, tried.law
        self.snapshot = tried.derivation.snapshot
        self.reader = Reader(self.snapshot)
        self.days = sorted(map(day_of, tried.case.expected))

    # ---- what is asked ---------------------------------------------------

    @cached_property
    def _asked(self) -> dict[str, set[int]]:
        asked: dict[str, set[int]] = {}
        for on, told in self.tried.case.expected.items():
            for name in told:
                who = OTHERS if name == OTHERS else self.tried.bearer(name)
                asked.setdefault(who, set()).add(day_of(on))
        return asked

    def asks(self, bearer: str, day: int) -> bool:
        """Return whether the case says how somebody stands on a day."""
        return any(day in self._asked.get(who, ()) for who in (bearer, OTHERS))

    def asked_in(self, bearer: str, begins: int, ends: int) -> list[int]:
        """Return the days of a period on which somebody's standing is told."""
        return [d for d in self.days if begins <= d < ends and self.asks(bearer, d)]

    def asks_both(self, bearer: str, turn: int) -> bool:
        """Return whether both sides of a day are asked about."""
        known = turn not in (OPEN, UNKNOWN)
        return known and self.asks(bearer, turn - 1) and self.asks(bearer, turn)

    @cached_property
    def causes(self) -> list[Cause]:
        """Return every trigger of the case, effects that set rules off included."""
        found = Causes(self.snapshot, self.law).all()
        for effect in self.tried.derivation.effects.values():
            if effect.measure in provisions_of(self.law).chaining:
                found += [cause_of(effect, period) for period in effect.in_force()]
        return found

    def asked_days(self) -> Iterator[tuple[str, set[int]]]:
        """Yield, per rule version, the days that decide whether it applies."""
        for provision in provisions_of(self.law).all:
            for cause in filter(provision.matches, self.causes):
                chosen = version_day(cause, provision.version.version_at)
                yield provision.version_id, {chosen.first} if chosen else set(self.days)

    # ---- what is shown ---------------------------------------------------

    def branches(self) -> set[Branch]:
        """Return the branches that the case shows."""
        shown: set[Branch] = set()
        for effect in self.tried.derivation.effects.values():
            for ground in effect.grounds:
                shown.update(self._of_ground(ground))
        for cause in self.causes:
            if cause.kind != "effect":
                shown.update(self._of_verdicts(cause))
            shown.update(self._silent(cause))
            shown.update(self._thresholds(cause))
        return shown

    def _of_ground(self, ground: Ground) -> Iterator[Branch]:
        version = _version_of(self.law, ground)
        owner = version.version_id
        provision = provisions_of(self.law).named(ground.rule, ground.version)
        days = self.asked_in(ground.bearer, ground.valid_from, ground.valid_to)
        for kind, detail in self._ends(ground, provision):
            yield Branch(owner, kind, detail)
        for entry in self.reader.states(ground.bearer):
            if self.asks_both(ground.bearer, begun(entry)):
                yield Branch(STATES, BranchKind.STATE, entry.outcome)
        if not days:
            return
        if ground.status is EffectStatus.REPORTED:
            yield from self._reported(ground, provision)
        if NOT_AT_ACT in ground.flags:
            yield Branch(owner, BranchKind.NOT_AT_ACT)
        yield from self._borne(ground, provision, days)

    def _borne(
        self, ground: Ground, provision: Provision, days: list[int]
    ) -> Iterator[Branch]:
        owner = provision.version_id
        for clause in self._clauses(ground, provision):
            if isinstance(clause, OrganizationsClause):
                yield Branch(owner, BranchKind.OFFICE, ground.role.value)
            elif ground.status is EffectStatus.IN_FORCE:
                yield from self._held(owner, ground, clause, days)
            elif ground.status is EffectStatus.PENDING_FINDING and (
                clause.finding is FindingNeed.REQUIRED
            ):
                yield Branch(owner, BranchKind.PENDING, str(clause.role))
        if ground.status is not EffectStatus.IN_FORCE:
            return
        yield Branch(owner, BranchKind.EFFECT)
        if self.asks_both(ground.bearer, ground.valid_from):
            yield Branch(owner, BranchKind.BEGINS)
        if provision.version.term.is_lifetime and days[-1] - ground.valid_from > _LONG:
            yield Branch(owner, BranchKind.FOR_LIFE)
        yield from _of_trigger(provision, self._cause(ground))

    def _held(
        self, owner: str, ground: Ground, clause: BearerClause, days: list[int]
    ) -> Iterator[Branch]:
        """Yield what a ground in force shows of the clause that names its bearer."""
        yield Branch(owner, BranchKind.ROLE, str(clause.role))
        if is_first_answering(clause):
            kind = self._kind(ground.organization, days[0])
            yield Branch(ROLES, BranchKind.ROLE, f"{kind.value}:{ground.role.value}")
        if clause.sticky and any(self._has_left(ground, day) for day in days):
            yield Branch(owner, BranchKind.STAYS, str(clause.role))

    def _clauses(
        self, ground: Ground, provision: Provision
    ) -> Iterator[BearerClause | OrganizationsClause]:
        """Yield the clauses under which the bearer can have come."""
        for clause in provision.version.bearers:
            if isinstance(clause, OrganizationsClause):
                if ground.role in clause.organizations_of:
                    yield clause
            elif is_first_answering(clause):
                kinds = {
                    OrganizationKind(t.value or "unknown")
                    for t in self.reader.kinds(ground.organization)
                }
                answering = provisions_of(self.law).answering
                if any(ground.role in answering(kind) for kind in kinds):
                    yield clause
            elif clause.role is ground.role or "party_himself" in ground.flags:
                yield clause

    def _cause(self, ground: Ground) -> Cause:
        if ground.cause_kind != "effect":
            cause = self.tried.derivation.cause(ground.cause)
            assert cause is not None  # noqa: S101  # a ground has a standing cause
            return cause
        effect = self.tried.derivation.effects[ground.cause]
        return cause_of(effect, (ground.valid_from, ground.valid_to))

    def _kind(self, organization: str, day: int) -> OrganizationKind:
        told = told_on(self.reader.kinds(organization), day)
        return OrganizationKind(told.value or "unknown")

    def _has_left(self, ground: Ground, day: int) -> bool:
        ties = self.reader.holders(ground.organization).get(ground.role, {})
        return all(
            not tie.valid_from <= day < tie.valid_to
            for tie in ties.get(ground.bearer, ())
        )

    def _ends(
        self, ground: Ground, provision: Provision
    ) -> Iterator[tuple[BranchKind, str]]:
        if ground.status is not EffectStatus.IN_FORCE:
            return
        if not self.asks_both(ground.bearer, ground.valid_to):
            return
        if ground.ended_by in _ENDINGS:
            yield BranchKind.ENDS, _ENDINGS[ground.ended_by].value
        if ground.valid_to == self._cause_ends(ground):
            yield BranchKind.TRIGGER_ENDS, ""
        if ground.ended_by == "role_ended":
            for clause in self._clauses(ground, provision):
                held = clause.role if isinstance(clause, BearerClause) else ""
                yield BranchKind.LEAVES, str(held)

    def _cause_ends(self, ground: Ground) -> int:
        if ground.cause_kind != "effect":
            return self._cause(ground).ends
        ends = [e for _, e in self.tried.derivation.effects[ground.cause].in_force()]
        return ground.valid_to if ground.valid_to in ends else OPEN

    def _reported(self, ground: Ground, provision: Provision) -> Iterator[Branch]:
        for number, exception in enumerate(provision.version.exceptions):
            yield from self._excepted(
                provision.version_id, number, exception, ground.organization, "reported"
            )

    def _excepted(
        self, owner: str, number: int, exception: RuleException, where: str, word: str
    ) -> Iterator[Branch]:
        if exception.outcome.value != word:
            return
        kinds = exception.when.organization_kinds
        if not kinds:
            yield Branch(owner, BranchKind.EXCEPTION, f"{number}::{word}")
        for told in self.reader.kinds(where) if where else ():
            if told.value in kinds:
                detail = f"{number}:{told.value}:{word}"
                yield Branch(owner, BranchKind.EXCEPTION, detail)

    def _of_verdicts(self, cause: Cause) -> Iterator[Branch]:
        _, verdicts = self.tried.derivation.examine(cause.key)
        for verdict in verdicts:
            who = verdict.bearer
            if not (who and self.asked_in(who, cause.begins, OPEN)):
                continue
            version = self.law.version(verdict.version)
            assert version is not None  # noqa: S101  # verdicts name versions
            yield from self._of_verdict(verdict, version, cause)

    def _of_verdict(
        self, verdict: Verdict, version: ActiveVersion, cause: Cause
    ) -> Iterator[Branch]:
        owner, values = version.version_id, dict(verdict.values)
        kind = _VERDICTS.get(verdict.reason)
        if verdict.reason == "exception":
            exception = values["exception"]
            for number, known in enumerate(version.version.exceptions):
                if known == exception:
                    yield from self._excepted(
                        owner, number, known, cause.subject, "excluded"
                    )
        elif verdict.reason == "elsewhere":
            yield Branch(owner, BranchKind.ELSEWHERE)
        elif kind and (kind is BranchKind.CLEARED or values.get("days") == 1):
            for clause in version.version.bearers:
                if isinstance(clause, BearerClause) and self._fits(
                    clause, verdict, cause
                ):
                    yield Branch(owner, kind, str(clause.role))

    def _fits(self, clause: BearerClause, verdict: Verdict, cause: Cause) -> bool:
        if not is_first_answering(clause):
            return clause.role is verdict.role
        kinds = {
            OrganizationKind(t.value or "unknown")
            for t in self.reader.kinds(cause.subject)
        }
        answering = provisions_of(self.law).answering
        return any(verdict.role in answering(kind) for kind in kinds)

    # ---- what is switched off --------------------------------------------

    def _silent(self, cause: Cause) -> Iterator[Branch]:
        asked = [d for d in self.days if d >= cause.begins]
        if not asked:
            return
        known = self.law.lists.get(cause.listed)
        if known and not known.sanctions:
            yield Branch(LISTS, BranchKind.SILENT, known.key)
        for rule in self.law.rules.values():
            for version in rule.versions:
                if not version.is_active and Provision.of(
                    self.law, rule, version
                ).matches(cause):
                    yield Branch(rule.version_id(version), BranchKind.SILENT)

    # ---- thresholds ------------------------------------------------------

    def _thresholds(self, cause: Cause) -> Iterator[Branch]:
        """Yield thresholds reached, just missed, or switched off all the same."""
        if not any(day >= cause.begins for day in self.days):
            return
        for provision in provisions_of(self.law).all:
            named = provision.version.trigger.thresholds
            if not (
                named and provision.matches(cause) and self._here(provision, cause)
            ):
                continue
            counts = [
                c
                for key in named
                if (c := count(self.law.thresholds[key], cause, self.reader))
            ]
            reached = [c for c in counts if c.day != OPEN and c.threshold.is_active]
            for one in counts:
                kind = _side(one, alone=not [c for c in reached if c is not one])
                if kind:
                    yield Branch(provision.version_id, kind, one.threshold.key)

    def _here(self, provision: Provision, cause: Cause) -> bool:
        told = told_on(self.reader.regions(cause.subject), cause.begins)
        return told.value.startswith(provision.place)


def _side(one: Count, *, alone: bool) -> BranchKind | None:
    """Return what a count shows: a threshold decides where no other is reached."""
    if not alone:
        return None
    if one.day != OPEN:
        return BranchKind.REACHED if one.threshold.is_active else BranchKind.SILENT
    return BranchKind.BELOW if one.value + 1 == one.threshold.limit else None


_VERDICTS = {
    "left_before": BranchKind.LEFT_BEFORE,
    "came_after": BranchKind.CAME_AFTER,
    "found_not_responsible": BranchKind.CLEARED,
}


def _of_trigger(provision: Provision, cause: Cause) -> Iterator[Branch]:
    owner, trigger = provision.version_id, provision.version.trigger
    if cause.listed in provision.lists:
        named = cause.listed in trigger.lists
        yield Branch(owner, BranchKind.LIST, cause.listed if named else SEVERE)
        yield Branch(LISTS, BranchKind.LIST, cause.listed)
    for key in cause.measures.intersection(trigger.measures):
        yield Branch(owner, BranchKind.MEASURE, key)
    for key in (cause.fields or frozenset()).intersection(trigger.fields):
        yield Branch(owner, BranchKind.FIELD, key)
    if cause.kind in RECORDED:
        yield Branch(owner, BranchKind.RECORD)


def _version_of(law: LawBook, ground: Ground) -> ActiveVersion:
    found = law.version(f"{ground.rule}@{ground.version.isoformat()}")
    assert found is not None  # noqa: S101  # grounds name versions of their book
    return found
