"""The group a subject belongs to, and those it is closely linked with."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from analytics.ownership.control import Control
from analytics.ownership.controllers import controllers_of
from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.integrated import owned_by
from analytics.ownership.interval import Interval
from analytics.ownership.region import NODES, Region, region
from analytics.ownership.relations import Relations
from analytics.ownership.upward import owners_of
from graph.errors import Said

Part = Literal["head", "controlled", "possibly_controlled", "branch"]

FIFTH: Final = Fraction(1, 5)
BASES: Final = {
    FIFTH: Said(
        "密切联系：直接或者间接持有 20% 以上的资本或表决权（欧盟第575/2013号条例第4条第1款第38项）",
        "Close links: 20 % or more of the voting rights or capital "
        "(Regulation (EU) No 575/2013, art. 4(1)(38))",
    ),
    Fraction(1, 4): Said(
        "关联关系：直接或者间接持股达到 25%（国家税务总局公告2016年第42号第二条）",
        "Related parties: 25 % or more of the shares (Announcement of the State "
        "Taxation Administration 2016 No. 42, art. 2)",
    ),
}
"""Thresholds and where they stand; any other is the reader's own."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a group.

    Args:
        part: what it is in the group.
        heads: the heads it belongs to the group of.
    """

    subject: str
    part: Part
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Everything under one control with the subject.

    Args:
        heads: the ultimate controllers short of the state; the subject itself where
            nobody controls it; several where they control together.
        members: heads first, then by identifier.
        state: organs of the state above the heads: they make no group by themselves.
    """

    heads: tuple[str, ...]
    members: tuple[Member, ...]
    state: tuple[str, ...]
    truncated: bool


def group_of(
    subject: str, graph: HoldingGraph, relations: Relations, *, max_nodes: int = NODES
) -> Group:
    """Return the group of a subject, which stops below the state.

    Args:
        subject: canonical identifier.
        graph: who holds whom.
        relations: declarations and concert.
        max_nodes: at most so many subjects above, and below each head.
    """
    above = controllers_of(subject, graph, relations, max_nodes=max_nodes)
    certain = [c.subject for c in above.found if c.certain]
    state = tuple(c for c in certain if relations.is_state(c))
    control = Control(graph, relations)
    rest = [c for c in certain if c not in state]
    reach = {c: control.controlled_by(c, budget=max_nodes) for c in rest}
    heads = [
        c
        for c in rest
        if not any(c in reach[o].certain and o not in reach[c].certain for o in rest)
    ]
    truncated = above.truncated
    parts: dict[str, tuple[Part, set[str]]] = {}
    for head in heads or [subject]:
        found = reach.get(head) or control.controlled_by(head, budget=max_nodes)
        truncated |= found.truncated
        own: dict[str, Part] = {head: "head"}
        own |= dict.fromkeys(found.certain, "controlled")
        own |= dict.fromkeys(found.possible, "possibly_controlled")
        for member in list(own):
            for branch in relations.branches(member):
                own.setdefault(branch, "branch")
        for name, part in own.items():
            parts.setdefault(name, (part, set()))[1].add(head)
    members = [Member(n, part, tuple(sorted(of))) for n, (part, of) in parts.items()]
    members.sort(key=lambda m: (m.part != "head", m.subject))
    return Group(tuple(sorted(heads or [subject])), tuple(members), state, truncated)


LinkKind = Literal["owner", "owned", "common_owner"]


@dataclass(frozen=True, slots=True)
class CloseLink:
    """A subject closely linked with the one asked about.

    Args:
        kind: it owns the subject, is owned by it, or both have an owner in common.
        share: what is owned; with a common owner, what that one has of the other.
        third: the common owner.
        third_share: what the common owner has of the subject asked about.
        certain: False where it depends on shares that are not known.
    """

    other: str
    kind: LinkKind
    share: Interval
    certain: bool
    third: str | None = None
    third_share: Interval | None = None


@dataclass(frozen=True, slots=True)
class CloseLinks:
    """Everybody closely linked with a subject; `state` were not followed further."""

    items: tuple[CloseLink, ...]
    state: tuple[str, ...]
    truncated: bool


def close_links_of(
    subject: str,
    graph: HoldingGraph,
    relations: Relations,
    *,
    threshold: Fraction = FIFTH,
    max_nodes: int = NODES,
) -> CloseLinks:
    """Return who is linked with a subject by a share that reaches the threshold.

    Integrated shares are compared; a share equal to the threshold reaches it. An organ
    of the state is no common owner: 公司法(2023) 265(4).
    """
    above = region(graph, subject, "up", max_nodes=max_nodes)
    below = region(graph, subject, "down", max_nodes=max_nodes)
    owners = owners_of(subject, above)
    items = [
        *_reaching("owner", owners, threshold),
        *_reaching("owned", owned_by(subject, below), threshold),
    ]
    thirds = [i for i in items if i.kind == "owner"]
    state = tuple(i.other for i in thirds if relations.is_state(i.other))
    truncated = above.truncated or below.truncated
    for third in thirds:
        if third.other not in state:
            wide = region(graph, third.other, "down", max_nodes=max_nodes)
            truncated |= wide.truncated
            items += _common(subject, third, wide, threshold)
    items.sort(key=lambda i: (i.kind, not i.certain, -i.share.low, i.other))
    return CloseLinks(tuple(items), state, truncated)


def _reaching(
    kind: LinkKind, shares: dict[str, Interval], threshold: Fraction
) -> list[CloseLink]:
    return [
        CloseLink(other, kind, share, certain=bool(share.at_least(threshold)))
        for other, share in shares.items()
        if share.high and share.at_least(threshold) is not False
    ]


def _common(
    subject: str, third: CloseLink, wide: Region, threshold: Fraction
) -> list[CloseLink]:
    return [
        CloseLink(
            link.other,
            "common_owner",
            link.share,
            certain=link.certain and third.certain,
            third=third.other,
            third_share=third.share,
        )
        for link in _reaching("owned", owned_by(third.other, wide), threshold)
        if link.other != subject
    ]
