"""Control: the least fixed point of votes added up, above one half.

X controls Y where X, all that X already controls, and those who vote with them in Y
have more than half of the votes there (超过 is strict, 公司法(2023)
265(2)); Magnanimi, Iezzi 2022, problem of company control. A declared controller
controls by the declaration. Products of shares never decide control.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.interval import ONE, ZERO, Interval
from analytics.ownership.region import NODES
from analytics.ownership.relations import Declared, Relations

HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes added up in the meeting of one organization.

    Args:
        votes: what they come to.
        parts: holder → his votes, largest first.
        concert: those of the holders who are counted for voting in concert.
        declared: the fact that says who is in control, where that decided.
    """

    organization: str
    votes: Interval
    parts: tuple[tuple[str, Interval], ...]
    concert: tuple[str, ...] = ()
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Controlled:
    """What a subject controls, in the order in which it follows.

    Args:
        certain: by the least votes that everybody has.
        possible: could be, where shares or votes are not known.
        truncated: the budget left something out.
    """

    subject: str
    certain: dict[str, Tally]
    possible: dict[str, Tally]
    truncated: bool


class Control:
    """Who controls whom in a holding graph.

    Args:
        graph: who holds whom.
        relations: declarations and concert.
        by_declaration: whether a declared controller controls; without, votes alone.
    """

    def __init__(
        self,
        graph: HoldingGraph,
        relations: Relations,
        *,
        by_declaration: bool = True,
        by_concert: bool = True,
    ) -> None:
        self.graph, self.relations = graph, relations
        self.by_declaration, self.by_concert = by_declaration, by_concert
        self._alone: dict[str, frozenset[str]] = {}

    def controlled_by(
        self, subject: str, *, within: Iterable[str] | None = None, budget: int = NODES
    ) -> Controlled:
        """Return everything a subject controls.

        Args:
            subject: canonical identifier.
            within: only these organizations are asked about; None: all.
            budget: at most so many organizations are looked at.
        """
        only = None if within is None else frozenset(within)
        certain, cut = self._closed(subject, only, budget, possibly=False)
        possible, more = self._closed(subject, only, budget, possibly=True)
        unsure = {name: t for name, t in possible.items() if name not in certain}
        return Controlled(subject, certain, unsure, cut or more)

    def _closed(
        self, subject: str, only: frozenset[str] | None, budget: int, *, possibly: bool
    ) -> tuple[dict[str, Tally], bool]:
        found: dict[str, Tally] = {}
        members, queue, looked_at = {subject}, [subject], set[str]()
        acting = set[str]()
        for member in queue:
            if self.relations.concerts(member):
                acting.add(member)
            for organization in self._touched(member):
                if only is not None and organization not in only:
                    continue
                if organization in members:
                    continue
                if organization not in looked_at and len(looked_at) >= budget:
                    return found, True
                looked_at.add(organization)
                tally = self.tally(members, organization, acting)
                votes = tally.votes.high if possibly else tally.votes.low
                if tally.declared or votes > HALF:
                    found[organization] = tally
                    members.add(organization)
                    queue.append(organization)
        return found, False

    def _touched(self, member: str) -> list[str]:
        """Return the organizations whose votes a new member may change."""
        found = set(self.graph.held_by(member))
        if self.by_concert:
            for partner, about in self.relations.concerts(member):
                found |= {about} if about else set(self.graph.held_by(partner))
        if self.by_declaration:
            found |= {d.organization for d in self.relations.declared_by(member)}
        return sorted(found)

    def tally(
        self, members: set[str], organization: str, acting: set[str] | None = None
    ) -> Tally:
        """Return the votes that members, and who votes with them, have together.

        Args:
            members: who votes.
            organization: where.
            acting: the members that act in concert with anybody, where that is known.
        """
        agreed = members if acting is None else acting
        concert = self._in_concert(agreed, organization) if agreed else set[str]()
        voting = members | concert if concert else members
        register = self.graph.into(organization)
        known = register.by_holder
        names = voting & known.keys() if len(voting) > len(known) else voting
        parts = [(n, known[n].votes) for n in names if n in known]
        parts.sort(key=lambda p: (-p[1].low, -p[1].high, p[0]))
        low = sum((v.low for _, v in parts), ZERO)
        others = register.least_votes - low
        high = min(sum((v.high for _, v in parts), ZERO), ONE - others)
        return Tally(
            organization,
            Interval(low, high),
            tuple(parts),
            tuple(h for h, _ in parts if h in concert and h not in members),
            self._declaration(members, organization),
        )

    def _declaration(self, members: set[str], organization: str) -> Declared | None:
        if not self.by_declaration:
            return None
        found = self.relations.declared_over(organization)
        return next((d for d in found if d.subject in members), None)

    def _in_concert(self, members: set[str], organization: str) -> set[str]:
        """Return who votes with the members there, and what those control alone."""
        if not self.by_concert:
            return set()
        partners = set[str]()
        for member in members:
            partners |= self.relations.in_concert(member, organization)
        return partners.union(*(self._controls_alone(p) for p in partners))

    def _controls_alone(self, subject: str) -> frozenset[str]:
        if subject not in self._alone:
            alone = Control(
                self.graph, self.relations,
                by_declaration=self.by_declaration, by_concert=False,
            )  # fmt: skip
            self._alone[subject] = frozenset(alone.controlled_by(subject).certain)
        return self._alone[subject]
