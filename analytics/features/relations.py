"""The relations of a cut in columns: who holds posts and shares, who shares an address.

A person known by name only is a subject of one organization, so nothing here lets a
name link two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.features.peers import Direct, Shared
from analytics.features.population import Population
from analytics.features.reading import term_codes
from graph.snapshot.columns import NULL_INT
from graph.snapshot.index import Rows
from graph.vocabulary import ContactKind, FactKind, Relation, Role, Term

Int32 = npt.NDArray[np.int32]
Int8 = npt.NDArray[np.int8]
Float64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ROLES: Final = tuple(Role)
CONTACTS: Final = tuple(ContactKind)
RELATIONS: Final = tuple(Relation)
ADDRESSES: Final = (ContactKind.REGISTERED_ADDRESS, ContactKind.BUSINESS_ADDRESS)
NUMBERS: Final = (ContactKind.PHONE, ContactKind.EMAIL)
REPRESENTING: Final = (
    Role.LEGAL_REPRESENTATIVE,
    Role.PRINCIPAL_IN_CHARGE,
    Role.MANAGING_PARTNER,
    Role.INVESTOR,
    Role.OPERATOR,
)
"""Who stands for an organization, by its kind (domain/subject_roles.json)."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """Something of an organization, one entry each.

    Args:
        row: of the fact.
        node: code of the person, address or number.
        organization: place among the organizations.
        word: place of the role or kind among the terms.
    """

    row: Rows
    node: Int32
    organization: Int32
    word: Int8


@dataclass(frozen=True, slots=True)
class Shares:
    """Holdings, one entry each; `holding` is the holder's place, -1: none of them.

    `least` is the share that is held at least, NaN where none is told.
    """

    row: Rows
    holder: Int32
    holding: Int32
    held: Int32
    least: Float64


@dataclass(frozen=True)
class Relations:
    """The relations that hold on the day of a cut.

    Args:
        cut: whose facts.
        rewired: seed by which organizations are dealt out anew among the links.
    """

    cut: Population
    rewired: int | None = None

    @cached_property
    def posts(self) -> Incidence:
        """Return the posts."""
        rows = self.cut.current(FactKind.TIE)
        return self._incidence(FactKind.TIE, rows, "person", "organization", "role")

    @cached_property
    def contacts(self) -> Incidence:
        """Return the addresses and numbers."""
        rows = self.cut.current(FactKind.CONTACT)
        return self._incidence(FactKind.CONTACT, rows, "anchor", "subject", "kind")

    def _incidence(
        self, kind: FactKind, rows: Rows, node: str, organization: str, word: str
    ) -> Incidence:
        snapshot, terms = self.cut.snapshot, _TERMS[kind]
        place = self.cut.places(snapshot.numbers(kind, organization, rows))
        rows, place = rows[place >= 0], place[place >= 0]
        return Incidence(
            rows,
            snapshot.canonical_codes[snapshot.numbers(kind, node, rows)],
            place,
            term_codes(snapshot, kind, word, rows, terms),
        )

    def _dealt(self, places: Int32) -> Int32:
        """Return the same places, in another order where links are dealt out anew."""
        if self.rewired is None:
            return places
        return np.random.default_rng(self.rewired).permutation(places)

    def all_posts(self, rows: Rows) -> Incidence:
        """Return posts of other days, by their rows."""
        return self._incidence(FactKind.TIE, rows, "person", "organization", "role")

    def all_contacts(self, rows: Rows) -> Incidence:
        """Return addresses and numbers of other days, by their rows."""
        return self._incidence(FactKind.CONTACT, rows, "anchor", "subject", "kind")

    @cached_property
    def shares(self) -> Shares:
        """Return the holdings."""
        return self.shares_of(self.cut.current(FactKind.HOLDING))

    def shares_of(self, rows: Rows) -> Shares:
        """Return holdings by their rows."""
        kind, snapshot, places = FactKind.HOLDING, self.cut.snapshot, self.cut.places
        held = places(snapshot.numbers(kind, "organization", rows))
        rows, held = rows[held >= 0], held[held >= 0]
        holder = snapshot.numbers(kind, "holder", rows)
        part = snapshot.numbers(kind, "share_num", rows)
        whole = snapshot.numbers(kind, "share_den", rows)
        told = (part != NULL_INT) & (whole > 0)
        least = np.where(told, part, 0) / np.where(told, whole, 1)
        canonical = snapshot.canonical_codes[holder]
        least = np.where(told, least, np.nan)
        return Shares(rows, canonical, places(holder), held, least)

    @cached_property
    def branches(self) -> tuple[Int32, Int32]:
        """Return branches and their parents, as places."""
        rows = self.cut.current(FactKind.BRANCH)
        return self._pairs(FactKind.BRANCH, rows, "branch", "parent")

    def links(self, relation: Relation) -> tuple[Int32, Int32]:
        """Return the two ends of the links of one relation, as places."""
        kind = FactKind.LINK
        rows = self.cut.current(kind)
        word = term_codes(self.cut.snapshot, kind, "relation", rows, RELATIONS)
        rows = rows[word == RELATIONS.index(relation)]
        return self._pairs(kind, rows, "subject", "other")

    @cached_property
    def guarantees(self) -> tuple[Int32, Int32]:
        """Return who stands for whose debts: guarantors and debtors, as places."""
        return self.links(Relation.GUARANTEES)

    def _pairs(
        self, kind: FactKind, rows: Rows, near: str, far: str
    ) -> tuple[Int32, Int32]:
        """Return both ends of facts between two different organizations of the cut."""
        numbers, places = self.cut.snapshot.numbers, self.cut.places
        a = places(numbers(kind, near, rows))
        b = places(numbers(kind, far, rows))
        both = (a >= 0) & (b >= 0) & (a != b)
        return a[both], b[both]

    # ---- who is next to whom ----------------------------------------------

    def _shared(
        self, relation: str, found: Incidence, words: Collection[Term] | None
    ) -> Shared:
        chosen = self._known(relation, found.node)
        if words is not None:
            terms: tuple[Term, ...] = ROLES if found is self.posts else CONTACTS
            chosen &= np.isin(found.word, [terms.index(word) for word in words])
        return Shared.by(
            found.node[chosen], self._dealt(found.organization[chosen]), self.cut.size
        )

    @cached_property
    def by_person(self) -> Shared:
        """Return organizations next to each other by a person in office."""
        return self._shared("person", self.posts, None)

    @cached_property
    def by_representative(self) -> Shared:
        """Return organizations next to each other by who represents them."""
        return self._shared("representative", self.posts, REPRESENTING)

    @cached_property
    def by_address(self) -> Shared:
        """Return organizations next to each other by an address."""
        return self._shared("address", self.contacts, ADDRESSES)

    @cached_property
    def by_number(self) -> Shared:
        """Return organizations next to each other by a telephone or e-mail."""
        return self._shared("number", self.contacts, NUMBERS)

    @cached_property
    def by_holder(self) -> Shared:
        """Return organizations next to each other by a common holder."""
        shares = self.shares
        known = self._known("holder", shares.holder)
        return Shared.by(
            shares.holder[known], self._dealt(shares.held[known]), self.cut.size
        )

    def _known(self, relation: str, node: Int32) -> Flags:
        """Return what has everybody who shares it in this cut."""
        hubs = self.cut.hubs.get(relation)
        return np.ones(len(node), np.bool_) if hubs is None else ~np.isin(node, hubs)

    @cached_property
    def by_holding(self) -> Direct:
        """Return organizations one of which holds shares in the other."""
        shares = self.shares
        inside = (shares.holding >= 0) & (shares.holding != shares.held)
        pairs = shares.holding[inside], self._dealt(shares.held[inside])
        return Direct.both(*pairs, self.cut.size)

    @cached_property
    def by_branch(self) -> Direct:
        """Return organizations one of which is a branch of the other."""
        branches, parents = self.branches
        return Direct.both(branches, self._dealt(parents), self.cut.size)

    @cached_property
    def guaranteed(self) -> Direct:
        """Return, for a guarantor, the organizations for whose debts it stands."""
        guarantors, debtors = self.guarantees
        return Direct.one_way(guarantors, self._dealt(debtors), self.cut.size)


_TERMS: Final[dict[FactKind, tuple[Role, ...] | tuple[ContactKind, ...]]] = {
    FactKind.TIE: ROLES,
    FactKind.CONTACT: CONTACTS,
}
