"""The active rule versions of a law book, ready to be asked which of them apply.

A version that is not verified is not here, so it can have no effect.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from analytics.propagation.periods import Period
from analytics.propagation.triggers import Cause
from graph.law.book import LawBook
from graph.law.model import (
    BearerClause,
    Instrument,
    Rule,
    RuleVersion,
    Subjects,
    Threshold,
    TriggerOn,
)
from graph.snapshot import OPEN, date_of, day_of
from graph.vocabulary import EndedBy, JurisdictionBy, OrganizationKind, Role


@dataclass(frozen=True, eq=False, slots=True)
class Provision:
    """One active version of one rule, with its days as numbers.

    Args:
        place: prefix of the regions where it applies, empty for everywhere.
        lists: the lists that set it off.
        text: the text on which it rests, for precedence.
        force: when the version is in force.
        stays: nobody bears it in an organization other than the trigger's subject.
        thresholds: those that may be reached, of those that its trigger names.
    """

    rule: str
    topic: str
    jurisdiction: str
    place: str
    version: RuleVersion
    lists: frozenset[str]
    text: Instrument
    force: Period
    ended_by: frozenset[EndedBy]
    stays: bool
    thresholds: tuple[Threshold, ...]

    @classmethod
    def of(cls, law: LawBook, rule: Rule, version: RuleVersion) -> "Provision":
        """Return the version made ready."""
        return cls(
            rule=rule.key,
            topic=rule.topic,
            jurisdiction=rule.jurisdiction,
            place="" if rule.jurisdiction == "CN" else rule.jurisdiction,
            version=version,
            lists=law.lists_of(version.trigger),
            text=law.leading_text(version),
            force=(day_of(version.in_force_from), day_of(version.in_force_to)),
            ended_by=frozenset(version.ended_by),
            stays=all(isinstance(c, BearerClause) for c in version.bearers),
            thresholds=law.thresholds_of(version.trigger),
        )

    @property
    def version_id(self) -> str:
        """Return the identifier KEY@day."""
        return f"{self.rule}@{self.version.in_force_from.isoformat()}"

    @property
    def content(self) -> tuple[object, ...]:
        """Return everything by which what follows is decided, to be compared."""
        return (
            self.rule,
            self.topic,
            self.jurisdiction,
            self.version,
            self.lists,
            self.text,
            self.thresholds,
        )

    def is_far_from(self, region: str) -> bool:
        """Return whether the seat of the authority alone says it does not apply."""
        by_seat = self.version.jurisdiction_by is not JurisdictionBy.REGISTRATION
        return by_seat and not region.startswith(self.place)

    def matches(self, cause: Cause) -> bool:
        """Return whether the cause sets the rule off, wherever and whenever it was."""
        trigger = self.version.trigger
        if trigger.subject is not Subjects.ANY:
            wants_person = trigger.subject is Subjects.PERSON
            if wants_person is not cause.concerns_person:
                return False
        fields = cause.fields
        if trigger.fields and fields is not None and fields.isdisjoint(trigger.fields):
            return False
        carries = not cause.measures.isdisjoint(trigger.measures)
        if cause.kind == "sanction":
            on_list = cause.listed in self.lists
            return trigger.on is not TriggerOn.EFFECT and (on_list or carries)
        # A record of a conviction names no measure; its kind is what counts.
        told = cause.kind in ("effect", "person_state")
        return trigger.on.value == cause.kind and (carries or not told)


class Provisions:
    """Every active version of a book, found by what sets it off."""

    def __init__(self, law: LawBook) -> None:
        self.law = law
        self.all = tuple(
            Provision.of(law, rule, version)
            for _, rule, version in law.active_versions()
        )
        self._matching: dict[object, tuple[Provision, ...]] = {}
        self._differing: dict[tuple[object, object], bool] = {}
        self._ends: dict[tuple[str, int], int] = {}
        self._of_rules: dict[tuple[str, ...], tuple[Provision, ...]] = {}

    @cached_property
    def chaining(self) -> frozenset[str]:
        """Return the measures whose effects set rules off."""
        return frozenset(
            measure
            for provision in self.all
            if provision.version.trigger.on is TriggerOn.EFFECT
            for measure in provision.version.trigger.measures
        )

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Return the kinds of record whose outcome the rules tell further apart.

        A record of a conviction does not say whether the sentence was suspended.
        """
        outcomes: dict[str, set[str]] = {}
        for provision in self.all:
            trigger = provision.version.trigger
            outcomes.setdefault(trigger.on.value, set()).update(trigger.measures)
        return frozenset(kind for kind, words in outcomes.items() if len(words) > 1)

    def matching(self, cause: Cause) -> tuple[Provision, ...]:
        """Return the versions that the cause sets off, in the order of the book."""
        shape = (
            cause.kind, cause.concerns_person, cause.listed, cause.measures,
            cause.fields,
        )  # fmt: skip
        found = self._matching.get(shape)
        if found is None:
            found = tuple(p for p in self.all if p.matches(cause))
            self._matching[shape] = found
        return found

    def differs_in_rules_only(self, other: "Provisions") -> bool:
        """Return whether both read facts alike and differ, if at all, in rules."""
        mine, theirs = self.law, other.law
        return (
            mine.roles == theirs.roles
            and mine.lists == theirs.lists
            and mine.person_states == theirs.person_states
        )

    def differs_for(self, cause: Cause, other: "Provisions") -> bool:
        """Return whether a trigger sets off other versions than in another book."""
        if cause.kind in self.ambiguous ^ other.ambiguous:
            return True
        mine, theirs = self.matching(cause), other.matching(cause)
        known = self._differing.get((mine, theirs))
        if known is None:
            known = [p.content for p in mine] != [p.content for p in theirs]
            self._differing[mine, theirs] = known
        return known

    def chaining_otherwise(self, other: "Provisions") -> frozenset[str]:
        """Return measures whose effects set off other versions than in another book."""
        alone = {p.content for p in self.all} ^ {p.content for p in other.all}
        return frozenset(
            measure
            for provision in (*self.all, *other.all)
            if provision.content in alone
            and provision.version.trigger.on is TriggerOn.EFFECT
            for measure in provision.version.trigger.measures
        )

    def of_rules(self, rules: tuple[str, ...]) -> tuple[Provision, ...]:
        """Return the active versions of some rules."""
        known = self._of_rules.get(rules)
        if known is None:
            known = tuple(p for p in self.all if p.rule in rules)
            self._of_rules[rules] = known
        return known

    def named(self, rule: str, version: date) -> Provision:
        """Return the version of a rule that came into force on the day.

        Raises:
            KeyError: there is no such active version.
        """
        for provision in self.all:
            if provision.rule == rule and provision.version.in_force_from == version:
                return provision
        raise KeyError(f"{rule}@{version}")

    def answering(self, kind: OrganizationKind) -> tuple[Role, ...]:
        """Return who stands for an organization of the kind by registration."""
        rule = self.law.roles.get(kind)
        return rule.answering if rule else ()

    def is_party_himself(self, kind: OrganizationKind) -> bool:
        """Return whether the holder of that role is the sanctioned party."""
        rule = self.law.roles.get(kind)
        return rule is not None and rule.party_himself

    def end_of_term(self, provision: Provision, start: int) -> int:
        """Return the first free day of a term that is counted from `start`."""
        length = provision.version.term.length
        known = self._ends.get((length, start))
        if known is None:
            day = date_of(start)
            end = provision.version.term.end(day) if day else None
            known = OPEN if end in (None, date.max) else day_of(end)
            self._ends[length, start] = known
        return known


@lru_cache(maxsize=8)
def provisions_of(law: LawBook) -> Provisions:
    """Return the active versions of a book; made once per book."""
    return Provisions(law)
