"""Ownership and control as answers show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from analytics.explanation import Explanation
from analytics.ownership.beneficial import beneficial_owners_of
from analytics.ownership.controllers import Controller, controllers_of
from analytics.ownership.explaining import Telling
from analytics.ownership.groups import (
    BASES,
    CloseLink,
    Part,
    close_links_of,
    group_of,
)
from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.interval import Interval
from analytics.ownership.owners import Owned, ownership_of
from analytics.ownership.relations import Relations
from api.access import Sight
from api.schemas.base import Label, SubjectRef, Word
from api.schemas.effects import ExplanationItem
from api.schemas.ownership import (
    BeneficialOwnerItem,
    BeneficialOwnersItem,
    CloseLinkItem,
    CloseLinksItem,
    ControllerItem,
    ControllersItem,
    GroupItem,
    MemberItem,
    OwnedItem,
    OwnershipItem,
    RingItem,
    ShareItem,
    WayItem,
)
from api.showing import words
from api.showing.explanations import show_explanation

_LONG: Final = 60
_PARTS: Final[dict[Part, tuple[str, str]]] = {
    "head": ("最终控制者", "head"),
    "controlled": ("受控制", "controlled"),
    "possibly_controlled": ("可能受控制", "possibly controlled"),
    "branch": ("分支机构", "branch"),
}


def show_share(share: Interval) -> ShareItem:
    """Return a share with its bounds."""
    exact = str(share.low) if share.is_exact else None
    return ShareItem(
        low=float(share.low),
        high=float(share.high),
        exact=exact if exact and len(exact) <= _LONG else None,
        text=share.text(),
    )


@dataclass(frozen=True)
class Asking:
    """Questions about one subject, as one caller may see the answers.

    Args:
        subject: canonical identifier.
        nodes: at most so many subjects are looked at.
        limit: at most so many items are listed.
    """

    subject: str
    seen: Sight
    nodes: int
    limit: int = 100
    language: str = "zh"

    @cached_property
    def graph(self) -> HoldingGraph:
        """Return the holdings the caller may see, on the day."""
        return HoldingGraph(self.seen.snapshot, self.seen.day)

    @cached_property
    def relations(self) -> Relations:
        """Return what is declared besides."""
        return Relations(self.graph)

    @cached_property
    def own(self) -> str:
        """Return the identifier that stands for the subject."""
        return self.graph.canonical(self.subject)

    def ownership(
        self, direction: Literal["up", "down"], depth: int | None
    ) -> OwnershipItem:
        """Return the owners of the subject, or what it owns."""
        found = ownership_of(
            self.own, self.graph, direction, max_nodes=self.nodes, max_depth=depth
        )
        up = direction == "up"

        def part(share: Fraction) -> ShareItem | None:
            return show_share(Interval.exactly(share)) if up else None

        return OwnershipItem(
            subject=self._ref(self.own),
            direction=direction,
            items=[self._owned(o) for o in found.items[: self.limit]],
            total=len(found.items),
            rings=[
                RingItem(members=self._refs(r.members), self_owned=r.self_owned)
                for r in found.within.rings
            ],
            contradictory=self._refs(found.contradictory),
            depth=found.depth,
            persons=part(found.persons),
            organizations=part(found.others),
            opaque=part(found.opaque),
            explored=len(found.within.depths),
            truncated=found.within.truncated,
            explanation=self._tree(Telling(self.relations).ownership(self.own, found)),
        )

    def _owned(self, item: Owned) -> OwnedItem:
        return OwnedItem(
            subject=self._ref(item.other),
            share=show_share(item.share),
            direct=show_share(item.direct),
            depth=item.depth,
            ways=[
                WayItem(subjects=self._refs(w.subjects), share=show_share(w.share))
                for w in item.ways
            ],
            ways_truncated=item.ways_truncated,
            ends_here=item.ends_here,
        )

    def controllers(self) -> ControllersItem:
        """Return who controls the subject."""
        found = controllers_of(
            self.own, self.graph, self.relations, max_nodes=self.nodes
        )
        return ControllersItem(
            subject=self._ref(self.own),
            items=[self._controller(c) for c in found.found[: self.limit]],
            declared=self._refs(d.subject for d in found.declared),
            disagreement=found.disagreement,
            explored=found.explored,
            truncated=found.truncated,
            explanation=self._tree(Telling(self.relations).controllers(found)),
        )

    def _controller(self, item: Controller) -> ControllerItem:
        return ControllerItem(
            subject=self._ref(item.subject),
            certain=item.certain,
            ultimate=item.ultimate,
            by_votes=item.by_votes,
            declared=bool(item.declared),
            votes=show_share(item.tally.votes),
            in_concert=self._refs(item.tally.concert),
        )

    def beneficial_owners(self) -> BeneficialOwnersItem:
        """Return the beneficial owners of the subject."""
        found = beneficial_owners_of(
            self.own, self.graph, self.relations, max_nodes=self.nodes
        )
        items = [
            BeneficialOwnerItem(
                person=self._ref(o.person),
                criteria=list(o.criteria),
                possible=list(o.possible),
                share=show_share(o.share),
                votes=show_share(o.tally.votes) if o.tally else None,
                declared=o.declared,
            )
            for o in found.owners
        ]
        return BeneficialOwnersItem(
            subject=self._ref(self.own),
            standing=found.standing,
            items=items,
            unfiled=self._refs(found.unfiled),
            unmet=self._refs(found.unmet),
            explored=found.controllers.explored,
            truncated=found.truncated,
            explanation=self._tree(Telling(self.relations).beneficial(found)),
        )

    def close_links(self, threshold: Fraction) -> CloseLinksItem:
        """Return who is closely linked with the subject."""
        found = close_links_of(
            self.own, self.graph, self.relations,
            threshold=threshold, max_nodes=self.nodes,
        )  # fmt: skip
        basis = BASES.get(threshold)
        return CloseLinksItem(
            subject=self._ref(self.own),
            threshold=str(threshold),
            basis=Label(zh=basis.zh, en=basis.en) if basis else None,
            items=[self._link(item) for item in found.items[: self.limit]],
            total=len(found.items),
            state=self._refs(found.state),
            truncated=found.truncated,
        )

    def _link(self, item: CloseLink) -> CloseLinkItem:
        return CloseLinkItem(
            subject=self._ref(item.other),
            kind=item.kind,
            certain=item.certain,
            share=show_share(item.share),
            third=self._ref(item.third) if item.third else None,
            third_share=show_share(item.third_share) if item.third_share else None,
        )

    def group(self) -> GroupItem:
        """Return the group of the subject."""
        found = group_of(self.own, self.graph, self.relations, max_nodes=self.nodes)
        items = [
            MemberItem(
                subject=self._ref(m.subject),
                part=Word(value=m.part, zh=_PARTS[m.part][0], en=_PARTS[m.part][1]),
                heads=self._refs(m.heads),
            )
            for m in found.members[: self.limit]
        ]
        return GroupItem(
            subject=self._ref(self.own),
            heads=self._refs(found.heads),
            items=items,
            total=len(found.members),
            state=self._refs(found.state),
            truncated=found.truncated,
        )

    def _ref(self, subject: str) -> SubjectRef:
        return words.subject(subject, self.seen)

    def _refs(self, subjects: Iterable[str]) -> list[SubjectRef]:
        return [self._ref(s) for s in subjects]

    def _tree(self, tree: Explanation) -> ExplanationItem:
        return show_explanation(
            self.own, tree, self.seen, language=self.language,
            partial=not self.seen.scope.sees_all,
        )  # fmt: skip
