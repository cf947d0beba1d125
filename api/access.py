"""The one place where personal data leave, and where it is decided what may be seen.

Every route reads through a `Sight`: a view under the caller's scope. What the scope
does not allow is as if it were not, with one exception that the law demands: effects
are derived from all facts and their existence is never hidden, only their grounds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from analytics.propagation.effects import Effect, Ground
from analytics.propagation.engine import Derivation
from analytics.propagation.explain import is_reached
from api.board import View
from api.keys import KeyRecord, KeyRole
from api.lookup import profile_on
from graph.errors import NotFound
from graph.identifiers import mask_name
from graph.identity import is_anchor, is_person, is_scoped
from graph.law.book import LawBook
from graph.records import Fact, Profile
from graph.scope import Scope
from graph.snapshot import Snapshot
from graph.snapshot.table import halves
from graph.vocabulary import FactKind, Identity, Role, SubjectKind
from loaders.description import SourceDescription
from loaders.masking import Masking

PUBLIC_REGISTRY_ROLES: Final = frozenset(
    {
        Role.LEGAL_REPRESENTATIVE,
        Role.PRINCIPAL_IN_CHARGE,
        Role.MANAGING_PARTNER,
        Role.DELEGATED_REPRESENTATIVE,
        Role.INVESTOR,
        Role.OPERATOR,
    }
)
"""Posts whose holders anybody reads by name in the register of enterprises."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, proven by a key."""

    key: KeyRecord

    @property
    def role(self) -> KeyRole:
        """Return what the caller may do."""
        return self.key.role

    @property
    def scope(self) -> Scope:
        """Return what the caller may see."""
        return self.key.scope

    @property
    def may_see_raw_rows(self) -> bool:
        """Return whether rows in quarantine are shown: they may be about anybody."""
        limited = self.role is not KeyRole.OPERATOR and not self.scope.sees_all
        return self.role.may(KeyRole.WRITER) and not limited

    def masking(self, source: SourceDescription | None, law: LawBook) -> Masking:
        """Return how raw rows of a source are masked for the caller."""
        return Masking(source, hide_names=None if self.scope.personal_data else law)

    def actor(self, officer: str | None) -> str:
        """Return who an act is entered by, for the journal."""
        return f"{officer} (key {self.key.id})" if officer else f"key {self.key.id}"


@dataclass(frozen=True, slots=True)
class Named:
    """A subject as the caller may see it."""

    id: str
    kind: SubjectKind
    name: str | None
    masked: bool


@dataclass(frozen=True)
class Sight:
    """A view as one caller may see it."""

    view: View
    scope: Scope
    _profiles: dict[str, Profile | None] = field(default_factory=dict)
    """Descriptions read so far: a list names the same subjects again and again."""
    _nameable: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def snapshot(self) -> Snapshot:
        """Return the facts the caller may see."""
        return self.view.snapshot.under(self.scope)

    @property
    def day(self) -> int:
        """Return the day asked about, as a number."""
        return self.view.day

    # ---- names -----------------------------------------------------------

    def may_locate(self, subject: str) -> bool:
        """Return whether an address may be shown: a person's is personal data."""
        return self.scope.personal_data or kind_of(subject) is not SubjectKind.PERSON

    def profile(self, subject: str) -> Profile | None:
        """Return how a subject is described on the day, its name in clear.

        Names leave through `named` only.
        """
        if subject not in self._profiles:
            self._profiles[subject] = profile_on(self.snapshot, subject, self.day)
        return self._profiles[subject]

    def profile_row(self, subject: str) -> int | None:
        """Return the row of that description."""
        profile, snapshot = self.profile(subject), self.snapshot
        rows = snapshot.rows(FactKind.PROFILE, "subject", subject)
        return next(
            (r for r in rows if snapshot.fact(FactKind.PROFILE, r) == profile), None
        )

    def named(self, subject: str) -> Named:
        """Return the subject with the name the caller may see."""
        kind = kind_of(subject)
        profile = self.profile(subject)
        if profile is None:
            return Named(subject, kind, None, masked=False)
        if kind is SubjectKind.PERSON and not self.may_name(subject):
            return Named(subject, kind, mask_name(profile.name), masked=True)
        return Named(subject, kind, profile.name, masked=False)

    def may_name(self, person: str) -> bool:
        """Return whether the caller may see the person's name.

        It may with the right to personal data, or where a public fact that the
        caller may read names the person in the register of enterprises.
        """
        if self.scope.personal_data:
            return True
        if person not in self._nameable:
            self._nameable[person] = self._is_registered(person)
        return self._nameable[person]

    def _is_registered(self, person: str) -> bool:
        snapshot = self.snapshot
        return any(
            snapshot.text(FactKind.TIE, row, "role") in PUBLIC_REGISTRY_ROLES
            and bool(snapshot.value(FactKind.TIE, row, "public"))
            for row in snapshot.rows(FactKind.TIE, "person", person)
        )

    def hidden_names(self, persons: Iterable[str]) -> dict[str, str]:
        """Return every name of those persons that must not leave → its mask."""
        table = self.view.snapshot
        return {
            name: mask_name(name)
            for person in persons
            if not self.may_name(person)
            for row in table.rows(FactKind.PROFILE, "subject", person)
            if (name := table.text(FactKind.PROFILE, row, "name"))
        }

    # ---- facts -----------------------------------------------------------

    def row(self, kind: FactKind, key: bytes) -> int:
        """Return the row of a fact the caller may see.

        Raises:
            NotFound: there is none, or the caller may not see it.
        """
        row = self.snapshot.row_of(kind, key)
        if row is None:
            raise NotFound(
                f"没有键为 {key.hex()} 的{kind.zh}。",
                f"No {kind.en} has the key {key.hex()}.",
            )
        return row

    def last_row(self, kind: FactKind, key: bytes) -> int | None:
        """Return the row in which a fact came last, standing or not, for cursors."""
        table = self.snapshot.tables[kind]
        high, low = halves(key)
        rows = [r for r in table.by_key.rows(high) if int(table.low.values[r]) == low]
        return max(rows, default=None)

    def may_change(self, fact: Fact) -> bool:
        """Return whether the caller may act on a fact.

        That a fact is public lets everybody read it, not change it.
        """
        return self.scope.allows(
            public=False,
            department=fact.department,
            sector=fact.sector,
            region=fact.region,
        )

    # ---- effects ---------------------------------------------------------

    def grounds(self, effect: Effect) -> tuple[tuple[Ground, ...], bool]:
        """Return the grounds the caller may see, and whether others are withheld."""
        if self.scope.sees_all:
            return effect.grounds, False
        seen = tuple(g for g in effect.grounds if self.may_see(g, effect))
        return seen, len(seen) < len(effect.grounds)

    def readable(self, effect: Effect) -> tuple[Effect, Derivation]:
        """Return the effect, and the derivation, without grounds the caller may not see.

        Only effects that this one rests on are cut down; an effect that would be left
        without any ground keeps them, because nothing visible leads to it.
        """
        cut: dict[str, Effect | None] = {}
        queue = [effect]
        while queue:
            one = queue.pop()
            grounds, _ = self.grounds(one)
            cut[one.id] = replace(one, grounds=grounds or one.grounds)
            causes = (g.cause for g in grounds if g.cause_kind == "effect")
            known = self.view.derivation.effects
            queue += [known[c] for c in causes if c in known and c not in cut]
        effects = self.view.derivation.effects.with_changes(cut)
        return effects[effect.id], replace(self.view.derivation, effects=effects)

    def may_read(self, kind: FactKind, row: int) -> bool:
        """Return whether the fact in this row stands and the caller may read it."""
        return self.snapshot.holds(self.snapshot.tables[kind], row)

    def may_see(self, ground: Ground, effect: Effect) -> bool:
        """Return whether the caller may see all the facts a ground rests on."""
        return self._reaches(ground, effect, frozenset())

    def _reaches(self, ground: Ground, effect: Effect, above: frozenset[str]) -> bool:
        if self.scope.sees_all:
            return True
        if ground.cause_kind != "effect":
            return (
                self._sees_cause(ground)
                and self._sees_post(effect.bearer, ground.organization, ground.role)
                and is_reached(ground, self.snapshot, self.view.law)
            )
        cause = self.view.derivation.effects.get(ground.cause)
        if cause is None or cause.id in above:
            return False
        further = above | {effect.id}
        return self._sees_post(cause.bearer, effect.bearer, ground.role) and any(
            self._reaches(g, cause, further) for g in cause.grounds
        )

    def _sees_cause(self, ground: Ground) -> bool:
        kind = FactKind.SANCTION if ground.cause_kind == "sanction" else FactKind.RECORD
        return self.snapshot.row_of(kind, bytes.fromhex(ground.cause)) is not None

    def _sees_post(self, one: str, other: str | None, role: Role) -> bool:
        """Return whether a readable fact says that one held the role in the other."""
        if not other or one == other:
            return True
        snapshot, others = self.snapshot, self.snapshot.identities.members(other)
        return any(
            snapshot.text(kind, row, far) in others
            and snapshot.text(kind, row, "role") == role
            for kind in (FactKind.TIE, FactKind.FINDING)
            for near, far in (("person", "organization"), ("organization", "person"))
            for row in snapshot.rows(kind, near, one)
        )


def kind_of(subject: str) -> SubjectKind:
    """Return what kind of subject an identifier names."""
    if is_anchor(subject):
        return SubjectKind.ANCHOR
    return SubjectKind.PERSON if is_person(subject) else SubjectKind.ORGANIZATION


def identity_of(person: str) -> Identity:
    """Return how well the bearer of an identifier is known."""
    return Identity.SCOPED if is_scoped(person) else Identity.VERIFIED
