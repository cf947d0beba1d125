"""Trouble that spreads: some penalties are followed by one of a company nearby.

Nearby is a company in which a person of the first one holds a post, and nothing else:
an address or a telephone passes nothing on. What a detector finds of this is known,
and so is what it must not find.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from loaders.synthetic.columns import NO_DAY
from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.grades import SEVERE
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.penalties import Penalties, punished, settled
from loaders.synthetic.people import Posts

SOONEST: Final = 30
LATEST: Final = 330
"""Days after the first penalty within which the second is decided."""
_MOST_POSTS: Final = 50
"""Nobody with more posts passes anything on."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What was passed on: from and to positions of organizations, days of both."""

    source: Ints
    target: Ints
    began: Ints
    decided: Ints


def spread_penalties(
    draw: Draw,
    orgs: Organizations,
    posts: Posts,
    given: Penalties,
    share: float,
    today: int,
) -> tuple[Penalties, Spread]:
    """Return the penalties with those that were passed on, and who passed them.

    Args:
        draw: the stream of this file.
        orgs: the organizations.
        posts: who holds which post.
        given: the penalties that began it.
        share: of them, that are passed on where anybody is near.
        today: no penalty is decided later than a fortnight before.
    """
    first = np.flatnonzero(draw.chance(len(given), share))
    source, began = given.organization[first], given.decided[first]
    target = _near(draw, posts, source, began, len(orgs))
    decided = began + SOONEST + draw.below(len(first), LATEST - SOONEST)
    fits = (target >= 0) & (decided <= today - 14)
    fits &= decided >= orgs.established[np.maximum(target, 0)] + 90
    found = Spread(source[fits], target[fits], began[fits], decided[fits])
    heaviest = np.full(len(found.target), SEVERE)
    more = punished(draw, orgs, found.target, heaviest, found.decided)
    return settled(orgs, Penalties.joined(given, more)), found


def _near(
    draw: Draw, posts: Posts, source: Ints, day: Ints, organizations: int
) -> Ints:
    """Return a company for each source in which one of its people sits; -1: none.

    Only people that the files name by number, in posts held on the day.
    """
    mine = _Held.by(posts.organization, posts.numbered, organizations)
    persons = int(posts.person.max(initial=-1)) + 1
    theirs = _Held.by(posts.person, posts.numbered, persons)
    post = mine.one_of(draw, source)
    person = np.where(post >= 0, posts.person[post], -1)
    other = theirs.one_of(draw, person)
    target = np.where(other >= 0, posts.organization[other], -1)
    held = _is_held(posts, other, day) & _is_held(posts, post, day)
    many = theirs.count[np.maximum(person, 0)] > _MOST_POSTS
    return np.where(held & ~many & (target != source), target, -1)


def _is_held(posts: Posts, rows: Ints, day: Ints) -> Flags:
    end = posts.end[rows]
    held: Flags = (posts.start[rows] <= day) & ((end == NO_DAY) | (end > day))
    return held


@dataclass(frozen=True, slots=True)
class _Held:
    """Posts in the order of whom they belong to."""

    rows: Ints
    start: Ints
    count: Ints

    @classmethod
    def by(cls, owner: Ints, among: Flags, size: int) -> "_Held":
        rows = np.flatnonzero(among)
        rows = rows[np.argsort(owner[rows], kind="stable")]
        count = np.bincount(owner[rows], minlength=size)
        return cls(rows, np.concatenate(([0], np.cumsum(count)[:-1])), count)

    def one_of(self, draw: Draw, owner: Ints) -> Ints:
        """Return a post of each owner; -1: it has none, or there is no owner."""
        known = np.maximum(owner, 0)
        number = draw.below(len(owner), np.maximum(self.count[known], 1))
        has = (owner >= 0) & (self.count[known] > 0)
        return np.where(
            has, self.rows[np.where(has, self.start[known] + number, 0)], -1
        )
