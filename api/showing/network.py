"""Networks, paths and groups as one caller may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from analytics.network.adjacent import Adjacent, Count
from analytics.network.edges import EdgeType
from analytics.network.events import Event
from analytics.network.grouping import Grouped, Pair, Path
from analytics.network.neighbourhood import Neighbourhood, Reason
from analytics.network.network import Network
from analytics.ownership.interval import percent
from api.access import Sight
from api.schemas.base import SubjectRef, Word
from api.schemas.network import (
    NOT_NEGATIVE,
    AdjacentItem,
    CountItem,
    EdgeItem,
    EventItem,
    GroupedItem,
    NetworkItem,
    NodeItem,
    PairItem,
    PathItem,
    SharedHub,
)
from api.showing import words
from api.showing.facts import details
from graph.identity import is_anchor
from graph.snapshot import date_of
from graph.store.bolt import BoltStore
from graph.vocabulary import FactKind

_REASONS: Final[dict[Reason, tuple[str, str]]] = {
    "nodes": ("超过节点数上限", "more nodes than the limit"),
    "edges": ("超过边数上限", "more edges than the limit"),
    "hub": ("联系过多，未继续展开", "too many edges to be followed"),
}
_EVENTS: Final = {"began": ("开始", "began"), "ended": ("终止", "ended")}


@dataclass(frozen=True)
class Drawing:
    """A network in the words of answers.

    Args:
        network: as the caller may see it.
        seen: the caller's sight.
        texts: addresses and numbers by code, where they were read.
    """

    network: Network
    seen: Sight
    texts: Mapping[int, str] = field(default_factory=dict)

    def reading(self, store: BoltStore, codes: Iterable[int]) -> "Drawing":
        """Return a drawing that shows the addresses and numbers among the nodes."""
        rows = {code: row for code in codes if (row := self._contact(code)) is not None}
        read = details(store, self.seen, FactKind.CONTACT, list(rows.values()))
        texts = {code: read.get(row, {}).get("text") for code, row in rows.items()}
        return replace(self, texts={c: str(t) for c, t in texts.items() if t})

    def _contact(self, code: int) -> int | None:
        """Return a fact that tells an address or number and may be shown."""
        if not is_anchor(self.network.subject(code)):
            return None
        others, edges = self.network.around(code)
        pairs = zip(others.tolist(), edges.tolist(), strict=True)
        return next(
            (
                int(self.network.row[edge])
                for other, edge in pairs
                if self.seen.may_locate(self.network.subject(other))
            ),
            None,
        )

    def ref(self, code: int) -> SubjectRef:
        """Return a node with the name the caller may see."""
        found = words.subject(self.network.subject(code), self.seen)
        return replace(found, name=self.texts[code]) if code in self.texts else found

    # ---- edges -----------------------------------------------------------

    def edge(self, number: int) -> EdgeItem:
        """Return one edge with its fact."""
        edge, snapshot = self.network.edge(number), self.seen.snapshot
        kind = edge.type.kind
        return EdgeItem(
            key=snapshot.key(kind, edge.row).hex(),
            fact=words.word(kind),
            relation=relation(edge.type),
            near=edge.near,
            far=edge.far,
            share=share_of(self.seen, kind, edge.row),
            weight=round(edge.weight, 4),
            period=words.period(
                snapshot.day(kind, edge.row, "valid_from"),
                snapshot.day(kind, edge.row, "valid_to"),
            ),
            source=words.source(kind, edge.row, self.seen),
        )

    def adjacent(self, found: Adjacent) -> AdjacentItem:
        """Return one neighbour."""
        other = self.ref(self.network.code(found.other))
        return AdjacentItem(other=other, outward=found.out, edge=self.edge(found.edge))

    def path(self, path: Path, *, avoided: bool = False) -> PathItem:
        """Return a way from one subject to another."""
        return PathItem(
            steps=len(path.edges),
            subjects=self.refs(path.nodes),
            edges=[self.edge(number) for number in path.edges],
            avoided=avoided,
        )

    def refs(self, codes: Iterable[int]) -> list[SubjectRef]:
        """Return subjects with the names the caller may see."""
        return [self.ref(code) for code in codes]

    # ---- a neighbourhood -------------------------------------------------

    def around(self, found: Neighbourhood, start: str) -> NetworkItem:
        """Return what is around a subject; one without edges stands alone."""
        nodes = [self._node(c, d, found) for c, d in found.depths.items()]
        return NetworkItem(
            nodes=nodes or [self._lone(start)],
            edges=[self.edge(number) for number in found.edges],
            truncated=bool(found.reasons),
            reasons=[_reason(why) for why in found.reasons],
            explored=max(1, len(found.depths)),
            omitted_edges=found.omitted_edges,
            note=NOT_NEGATIVE,
        )

    def _node(self, code: int, depth: int, found: Neighbourhood) -> NodeItem:
        why = found.unfollowed.get(code)
        return self._noted(self.ref(code), depth, self.network.degree(code), why)

    def _lone(self, subject: str) -> NodeItem:
        return self._noted(words.subject(subject, self.seen), 0, 0, None)

    def _noted(
        self, subject: SubjectRef, depth: int, degree: int, why: Reason | None
    ) -> NodeItem:
        view, snapshot = self.seen.view, self.seen.snapshot
        rows = snapshot.rows(FactKind.SANCTION, "subject", subject.id)
        return NodeItem(
            subject=subject,
            depth=depth,
            degree=degree,
            effects=len(view.in_force(view.derivation.of_bearer(subject.id))),
            sanctions=sum(self._in_force(row) for row in rows),
            unfollowed=_reason(why) if why else None,
        )

    def _in_force(self, row: int) -> bool:
        snapshot, kind = self.seen.snapshot, FactKind.SANCTION
        begins, ends = (snapshot.day(kind, row, c) for c in ("valid_from", "valid_to"))
        return begins <= self.seen.day < ends

    # ---- groups ----------------------------------------------------------

    def grouped(
        self, found: Grouped, subjects: list[str], *, not_found: list[str]
    ) -> GroupedItem:
        """Return which subjects belong together.

        Args:
            found: who belongs together, by place.
            subjects: identifiers, in the order that the places mean.
            not_found: what named nobody, as it was sent.
        """
        inside = {place for group in found.groups for place in group}
        return GroupedItem(
            groups=[
                [words.subject(subjects[place], self.seen) for place in group]
                for group in found.groups
            ],
            alone=[s for place, s in enumerate(subjects) if place not in inside],
            not_found=not_found,
            pairs=[self._pair(pair, subjects) for pair in found.pairs],
            total_pairs=found.total,
            hubs=[self._hub(code, n) for code, n in sorted(found.hubs.items())],
            truncated=found.exhausted or len(found.pairs) < found.total,
            kind="lead",
            note=NOT_NEGATIVE,
        )

    def _pair(self, pair: Pair, subjects: list[str]) -> PairItem:
        return PairItem(
            left=subjects[pair.left],
            right=subjects[pair.right],
            steps=pair.steps,
            strength=pair.strength,
            path=self.path(pair.path),
        )

    def _hub(self, code: int, reached_by: int) -> SharedHub:
        return SharedHub(
            subject=self.ref(code),
            reached_by=reached_by,
            degree=self.network.degree(code),
        )


def show_count(count: Count) -> CountItem:
    """Return how many edges there are of one relation."""
    return CountItem(
        relation=relation(count.type), outward=count.out, edges=count.edges
    )


def relation(edge_type: EdgeType) -> Word:
    """Return an edge type with its labels."""
    return Word(value=edge_type.value, zh=edge_type.zh, en=edge_type.en)


def show_event(event: Event, seen: Sight) -> EventItem:
    """Return something that began or ended."""
    zh, en = _EVENTS[event.what]
    day = date_of(event.on)
    assert day is not None  # noqa: S101  # an event has a day
    kind = event.type.kind
    return EventItem(
        on=day,
        what=Word(value=event.what, zh=zh, en=en),
        near=words.subject(event.near, seen),
        relation=relation(event.type),
        far=words.subject(event.far, seen),
        share=share_of(seen, kind, event.row),
        key=seen.snapshot.key(kind, event.row).hex(),
        fact=words.word(kind),
        source=words.source(kind, event.row, seen),
    )


def share_of(seen: Sight, kind: FactKind, row: int) -> str | None:
    """Return the share a holding tells, exact, None for other facts or where unknown."""
    if kind is not FactKind.HOLDING:
        return None
    low = _fraction(seen, row, "share_num", "share_den")
    high = _fraction(seen, row, "share_to_num", "share_to_den")
    if low is None:
        return None if high is None else f"≤ {percent(high)}"
    return percent(low) if high is None else f"{percent(low)} – {percent(high)}"


def _fraction(seen: Sight, row: int, part: str, whole: str) -> Fraction | None:
    numerator = seen.snapshot.value(FactKind.HOLDING, row, part)
    denominator = seen.snapshot.value(FactKind.HOLDING, row, whole)
    if not isinstance(numerator, int) or not isinstance(denominator, int):
        return None
    return Fraction(numerator, denominator) if denominator else None


def _reason(why: Reason) -> Word:
    zh, en = _REASONS[why]
    return Word(value=why, zh=zh, en=en)
