"""Circles: companies whose people serve in each other, as in groups and families.

Without them whoever serves again does so anywhere, and nothing but his name tells that
he is the same. With them most serve again in a company of their circle, hold shares
there, and the companies of a circle often have an address or a telephone in common.
How large circles are and how much they share is a guess, and said to be one.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.holdings import Holdings, part
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.people import REGISTERED_ROLES, People, Posts, once
from loaders.synthetic.sites import Sites

_SIZES: Final = (1, 2, 3, 4, 6, 9)
_SIZE_WEIGHTS: Final = (420, 200, 90, 40, 15, 5)
_ONE_TELEPHONE: Final = 0.3
_ONE_ADDRESS: Final = 0.2


@dataclass(frozen=True, slots=True)
class _Circles:
    """The posts of each circle in a row: `count` many of `rows`, from `start` on."""

    rows: Ints
    start: Ints
    count: Ints

    @classmethod
    def of(cls, circle: Ints) -> "_Circles":
        """Return the posts by circle, given the circle of each."""
        rows = np.argsort(circle, kind="stable").astype(np.int64)
        count = np.bincount(circle)
        return cls(rows, np.concatenate(([0], np.cumsum(count)[:-1])), count)

    def one_of(self, draw: Draw, circle: Ints) -> Ints:
        """Return a post in each of the circles; they have some."""
        number = draw.below(len(circle), self.count[circle])
        found: Ints = self.rows[self.start[circle] + number]
        return found


def gather(
    draw: Draw,
    orgs: Organizations,
    people: People,
    posts: Posts,
    holdings: Holdings,
    share: float,
) -> tuple[Organizations, Posts, Holdings]:
    """Return the city with circles; the present representatives stay who they are.

    All firms of one representative are in his circle.

    Args:
        draw: the stream of this file.
        orgs: the organizations.
        people: who stands for each.
        posts: who holds which post.
        holdings: who holds which share.
        share: of those who serve again or hold a smaller share, so many do so in their
            circle. In a company without one, who serves again gives up the post.
    """
    leaders = people.home[: int(people.representative.max()) + 1]
    of_leader, _ = draw.dealt(leaders, _SIZES, _SIZE_WEIGHTS)
    circle = of_leader[people.representative]
    kept = _posts(draw, circle, posts, share)
    held = _holdings(draw, circle, kept, holdings, share)
    return replace(orgs, sites=_sites(draw, circle, orgs.sites)), kept, held


def _posts(draw: Draw, circle: Ints, posts: Posts, share: float) -> Posts:
    """Return the posts; an officer with a post elsewhere becomes one of the circle."""
    mine = circle[posts.organization]
    chosen = _repeated(posts.person) & draw.chance(len(posts), share)
    chosen &= posts.role >= REGISTERED_ROLES
    chosen &= ~_repeated(posts.person * len(circle) + posts.organization)
    alone = (np.bincount(circle) <= 1)[mine]
    near = np.flatnonzero(chosen & ~alone)
    person = posts.person.copy()
    person[near] = posts.person[_Circles.of(mine).one_of(draw, mine[near])]
    stays = np.flatnonzero(~(chosen & alone))
    return once(replace(posts, person=person).taken(stays))


def _repeated(keys: Ints) -> Flags:
    """Return which keys came before."""
    first = np.unique(keys, return_index=True)[1]
    repeated = np.ones(len(keys), np.bool_)
    repeated[first] = False
    return repeated


def _holdings(
    draw: Draw, circle: Ints, posts: Posts, holdings: Holdings, share: float
) -> Holdings:
    """Return the holdings; smaller holders are people with posts in the circle."""
    mine = circle[holdings.organization]
    chosen = _repeated(holdings.organization) & ~holdings.by_firm
    chosen &= draw.chance(len(holdings), share)
    rows = np.flatnonzero(chosen)
    near = _Circles.of(circle[posts.organization]).one_of(draw, mine[rows])
    holder = holdings.holder.copy()
    holder[rows] = posts.person[near]
    people = np.flatnonzero(~holdings.by_firm)
    persons = holder[people]
    part(holdings.organization[people], persons, int(posts.person.max()) + 1)
    holder[people] = persons
    return replace(holdings, holder=holder)


def _sites(draw: Draw, circle: Ints, sites: Sites) -> Sites:
    """Return the sites; the firms of some circles sit or answer where the first does."""
    _, first = np.unique(circle, return_index=True)
    head = first[circle]
    answers = draw.chance(len(first), _ONE_TELEPHONE)[circle]
    sits = draw.chance(len(first), _ONE_ADDRESS)[circle]
    sits &= (sites.agent < 0) & (sites.agent[head] < 0)
    sits &= sites.district == sites.district[head]
    return replace(
        sites,
        phone=np.where(answers, sites.phone[head], sites.phone),
        place=np.where(sits, sites.place[head], sites.place),
    )
