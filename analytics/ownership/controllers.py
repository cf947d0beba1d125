"""Who controls an organization in the end, and where votes and declarations disagree."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.ownership.control import Control, Controlled, Tally
from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.region import NODES
from analytics.ownership.relations import Declared, Relations
from graph.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Controller:
    """A subject that controls the organization asked about.

    Args:
        certain: whether the votes suffice whatever the unknown ones are.
        tally: the last step: the votes in the organization itself.
        chain: what it controls on the way, in the order in which it follows.
        ultimate: nobody else controls it.
        by_votes: computed: a lead; else it rests on a declaration somewhere: see
            `declared` and the tallies of the chain.
        declared: facts that say it controls the organization itself.
    """

    subject: str
    certain: bool
    tally: Tally
    chain: tuple[Tally, ...]
    ultimate: bool
    by_votes: bool
    declared: tuple[Declared, ...]


@dataclass(frozen=True)
class Controllers:
    """Who controls an organization.

    Args:
        found: controllers, ultimate ones first.
        declared: whom facts declare to be in control.
        disagreement: votes make others the ultimate controllers than are declared: a
            finding for the officer, no conclusion.
        nearest: whoever has most votes without controlling, where nobody controls.
        truncated: the budget left something out.
    """

    organization: str
    found: tuple[Controller, ...]
    declared: tuple[Declared, ...]
    disagreement: bool
    nearest: tuple[tuple[str, Tally], ...]
    explored: int
    truncated: bool

    @property
    def ultimate(self) -> tuple[Controller, ...]:
        """Return the certain controllers nobody else controls."""
        return tuple(c for c in self.found if c.ultimate and c.certain)


def controllers_of(
    organization: str,
    graph: HoldingGraph,
    relations: Relations,
    *,
    max_nodes: int = NODES,
) -> Controllers:
    """Return who controls an organization, directly or through others.

    Args:
        organization: canonical identifier.
        graph: who holds whom.
        relations: declarations and concert.
        max_nodes: at most so many subjects above it are looked at.
    """
    above, truncated = _above(organization, graph, relations, max_nodes)
    control = Control(graph, relations)
    reaches = _reaches(control, above)
    by_votes = _reaches(Control(graph, relations, by_declaration=False), above)
    declared = tuple(
        d
        for d in relations.declared_over(organization)
        if relations.role(d) in (None, Role.ACTUAL_CONTROLLER)
    )
    found = _found(organization, reaches, by_votes, relations)
    computed = {c.subject for c in _found(organization, by_votes, by_votes, relations)
                if c.certain and c.ultimate}  # fmt: skip
    told = {d.subject for d in declared}
    return Controllers(
        organization,
        found,
        declared,
        bool(told and computed and not told & computed),
        () if any(c.certain for c in found) else _nearest(organization, control, above),
        len(above),
        truncated,
    )


def _above(
    organization: str, graph: HoldingGraph, relations: Relations, max_nodes: int
) -> tuple[list[str], bool]:
    found, queue = {organization}, [organization]
    for name in queue:
        for other in _over(name, graph, relations):
            if other not in found:
                if len(found) >= max_nodes:
                    return queue, True
                found.add(other)
                queue.append(other)
    return queue, False


def _over(name: str, graph: HoldingGraph, relations: Relations) -> Iterator[str]:
    """Yield who may have a say in an organization, larger votes first."""
    yield from (d.subject for d in relations.declared_over(name))
    stakes = [s for s in graph.into(name).stakes if s.votes.high]
    stakes.sort(key=lambda s: (-s.votes.low, -s.votes.high, s.holder))
    for stake in stakes:
        yield stake.holder
        yield from sorted(relations.in_concert(stake.holder, name))


def _reaches(control: Control, above: list[str]) -> dict[str, Controlled]:
    return {name: control.controlled_by(name, within=above) for name in above}


def _found(
    organization: str,
    reaches: dict[str, Controlled],
    by_votes: dict[str, Controlled],
    relations: Relations,
) -> tuple[Controller, ...]:
    own = relations.declared_over(organization)

    def controller(reach: Controlled) -> Controller | None:
        name = reach.subject
        certain = organization in reach.certain
        steps = reach.certain if certain else {**reach.certain, **reach.possible}
        if name == organization or organization not in steps:
            return None
        return Controller(
            name,
            certain,
            steps[organization],
            _way(organization, steps),
            _is_ultimate(name, reaches, certain=certain),
            organization in by_votes[name].certain,
            tuple(d for d in own if d.subject == name),
        )

    found = [c for reach in reaches.values() if (c := controller(reach))]
    if any(c.certain for c in found):
        # Nobody else can have more than half.
        found = [c for c in found if c.certain]
    return tuple(sorted(found, key=lambda c: (not c.ultimate, c.subject)))


def _is_ultimate(name: str, reaches: dict[str, Controlled], *, certain: bool) -> bool:
    """Return whether nobody controls the subject who is not controlled by it too."""
    mine = reaches[name].certain
    return not any(
        (name in other.certain or (not certain and name in other.possible))
        and other.subject not in mine
        for other in reaches.values()
        if other.subject != name
    )


def _way(organization: str, steps: dict[str, Tally]) -> tuple[Tally, ...]:
    """Return the steps that the last one rests on, in order."""
    needed, queue = {organization}, [organization]
    for name in queue:
        for holder, _ in steps[name].parts:
            if holder in steps and holder not in needed:
                needed.add(holder)
                queue.append(holder)
    return tuple(t for name, t in steps.items() if name in needed)


def _nearest(
    organization: str, control: Control, above: list[str]
) -> tuple[tuple[str, Tally], ...]:
    """Return the largest blocks of votes of those whom nobody controls."""

    def tally(name: str) -> Tally:
        reach = control.controlled_by(name, within=above)
        return control.tally({name, *reach.certain}, organization)

    ranked = [(name, tally(name)) for name in above if name != organization]
    ranked = [(name, t) for name, t in ranked if t.votes.high]
    ranked.sort(key=lambda pair: _rank(pair[1], pair[0]))
    return tuple(ranked[:5])


def _rank(tally: Tally, name: str) -> tuple[object, ...]:
    return (-tally.votes.low, -tally.votes.high, name)
