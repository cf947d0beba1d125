"""Beneficial owners: 受益所有人信息管理办法 (中国人民银行 国家市场监督管理总局令〔2024〕第3号).

Three criteria for persons, each by itself: 25 % or more of the capital, of the votes,
or actual control; where nobody meets one, who manages from day to day; in companies
that the state controls, the legal representative.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from analytics.ownership.control import Control, Tally
from analytics.ownership.controllers import Controllers, controllers_of
from analytics.ownership.holdings import HoldingGraph
from analytics.ownership.integrated import owned_by
from analytics.ownership.interval import NONE, Interval
from analytics.ownership.region import NODES, Region, region
from analytics.ownership.relations import MANAGING, Declared, Relations
from graph.identity import is_person
from graph.vocabulary import OrganizationKind, Role

QUARTER: Final = Fraction(1, 4)

Criterion = Literal["ownership", "votes", "control", "management", "state_owned"]
Standing = Literal["owners", "fallback", "state_owned", "exempt"]


@dataclass(frozen=True, slots=True)
class BeneficialOwner:
    """A person who stands behind an organization in the end.

    Args:
        criteria: which are met for certain.
        possible: which may be met, depending on shares that are not known.
        share: of the capital, integrated.
        tally: votes with all that the person controls.
        declared: the person is on file as a beneficial owner: a fact; else computed: a
            lead.
    """

    person: str
    criteria: tuple[Criterion, ...]
    possible: tuple[Criterion, ...]
    share: Interval
    tally: Tally | None
    declared: bool


@dataclass(frozen=True, slots=True)
class BeneficialOwners:
    """The beneficial owners of an organization.

    Args:
        standing: by which part of the rule they were found.
        unfiled: persons who certainly meet a criterion and are not on file, though
            others are: a finding for the officer.
        unmet: persons on file who meet no criterion, even possibly: the same.
    """

    organization: str
    standing: Standing
    owners: tuple[BeneficialOwner, ...]
    unfiled: tuple[str, ...]
    unmet: tuple[str, ...]
    controllers: Controllers
    truncated: bool


def beneficial_owners_of(
    organization: str,
    graph: HoldingGraph,
    relations: Relations,
    *,
    max_nodes: int = NODES,
) -> BeneficialOwners:
    """Return the beneficial owners of an organization, computed and on file.

    Args:
        organization: canonical identifier.
        graph: who holds whom.
        relations: declarations, concert and posts.
        max_nodes: at most so many subjects above it are looked at.
    """
    above = region(graph, organization, "up", max_nodes=max_nodes)
    controllers = controllers_of(organization, graph, relations, max_nodes=max_nodes)
    filed = relations.holding_post(organization, (Role.BENEFICIAL_OWNER,))
    on_file = {d.subject for d in filed}
    persons = {n for n in above.depths if is_person(n)} | on_file
    persons |= {c.subject for c in controllers.found if is_person(c.subject)}
    control = Control(graph, relations)
    met = [_judged(p, above, control, controllers, filed) for p in sorted(persons)]
    standing, owners = _standing(organization, met, controllers, relations)
    certain = {o.person for o in met if o.criteria}
    unmet = {o.person for o in met if not o.criteria and not o.possible} & on_file
    if standing in ("state_owned", "fallback"):
        unmet -= {o.person for o in owners}
    return BeneficialOwners(
        organization,
        standing,
        owners,
        tuple(sorted(certain - on_file)) if on_file else (),
        tuple(sorted(unmet)),
        controllers,
        above.truncated or controllers.truncated,
    )


def _judged(
    person: str,
    above: Region,
    control: Control,
    controllers: Controllers,
    filed: list[Declared],
) -> BeneficialOwner:
    organization, share = controllers.organization, NONE
    if person in above.depths:
        share = owned_by(person, above).get(organization, NONE)
    reach = control.controlled_by(person, within=above.depths)
    tally = control.tally({person, *reach.certain} - {organization}, organization)
    widest = control.tally(
        {person, *reach.certain, *reach.possible} - {organization}, organization
    )
    votes = Interval(tally.votes.low, widest.votes.high)
    controls: bool | None = False
    if organization in reach.certain:
        controls = True
    elif organization in reach.possible:
        controls = None
    judged: dict[Criterion, bool | None] = {
        "ownership": share.at_least(QUARTER),
        "votes": votes.at_least(QUARTER),
        "control": controls,
    }
    return BeneficialOwner(
        person,
        tuple(c for c, met in judged.items() if met),
        tuple(c for c, met in judged.items() if met is None),
        share,
        tally,
        any(d.subject == person for d in filed),
    )


def _standing(
    organization: str,
    met: list[BeneficialOwner],
    controllers: Controllers,
    relations: Relations,
) -> tuple[Standing, tuple[BeneficialOwner, ...]]:
    if OrganizationKind.SOLE_TRADER in relations.kinds(organization):
        return "exempt", tuple(o for o in met if o.declared)
    if any(relations.is_state(c.subject) for c in controllers.found if c.certain):
        posts = relations.holding_post(organization, (Role.LEGAL_REPRESENTATIVE,))
        return "state_owned", _by_post(posts, "state_owned", met)
    owners = tuple(o for o in met if o.criteria or o.possible or o.declared)
    if any(o.criteria or o.declared for o in owners):
        return "owners", owners
    managing = relations.holding_post(organization, MANAGING)
    closest = [d for d in managing if relations.role(d) == relations.role(managing[0])]
    return "fallback", (*owners, *_by_post(closest, "management", met))


def _by_post(
    posts: list[Declared], criterion: Criterion, met: list[BeneficialOwner]
) -> tuple[BeneficialOwner, ...]:
    filed = {o.person for o in met if o.declared}
    persons = sorted({d.subject for d in posts})
    return tuple(
        BeneficialOwner(p, (criterion,), (), NONE, None, p in filed) for p in persons
    )
