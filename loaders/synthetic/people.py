"""The people of the city and the posts they hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.codes import resident_numbers
from loaders.synthetic.columns import NO_DAY
from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.names import (
    SHARED,
    name_numbers,
    person_names,
    shared_numbers,
)
from loaders.synthetic.organizations import FORMS, Organizations
from loaders.synthetic.places import PREFECTURES

SHARED_SHARE: Final = 0.327
"""Share of companies whose representative has a namesake representing a company in
the other prefecture, as in real registrations."""

ROLES: Final = (
    "法定代表人",
    "执行事务合伙人",
    "投资人",
    "经营者",
    "主要负责人",
    "董事",
    "监事",
    "高级管理人员",
    "财务负责人",
    "实际控制人",
)
"""Posts as files name them; the first of them are registered for the organization."""

REGISTERED_ROLES: Final = 5

_FIRMS: Final = (1, 2, 3, 4, 5, 6, 9, 11, 14, 23, 24, 49)
_FIRMS_WEIGHTS: Final = (1929, 153, 33, 8, 8, 1, 2, 1, 1, 1, 1, 1)
"""How many of the measured representatives' names stand on so many companies."""

_ACROSS: Final = 0.012
"""Share of organizations represented by somebody of the other prefecture."""

_REGISTERED: Final = np.array([ROLES.index(f.role) for f in FORMS], dtype=np.int64)
_OFFICER_ODDS: Final = (
    ("监事", 0.82),
    ("董事", 0.35),
    ("董事", 0.18),
    ("高级管理人员", 0.42),
    ("财务负责人", 0.45),
    ("实际控制人", 0.09),
)


@dataclass(frozen=True, slots=True)
class Posts:
    """Who holds which post where; one position per post.

    `end` is the last day, or NO_DAY; `numbered` says whether the file carries the
    person's resident number.
    """

    person: Ints
    organization: Ints
    role: Ints
    start: Ints
    end: Ints
    numbered: Flags

    def __len__(self) -> int:
        return len(self.person)

    def taken(self, rows: Ints) -> "Posts":
        """Return these posts."""
        return Posts(
            self.person[rows],
            self.organization[rows],
            self.role[rows],
            self.start[rows],
            self.end[rows],
            self.numbered[rows],
        )


@dataclass(frozen=True, slots=True)
class People:
    """Names and resident numbers; `representative` is who stands for each organization.

    `name` is the number of the person's name, and `called` tells the names of
    numbers (names.py).
    """

    name: Ints
    numbers: pa.Array
    home: Ints
    representative: Ints
    called: Callable[[Ints], pa.Array] = person_names

    def __len__(self) -> int:
        return len(self.home)

    def names(self, rows: Ints) -> pa.Array:
        """Return the names of these people."""
        return self.called(self.name[rows])


def make_people(draw: Draw, orgs: Organizations, today: int) -> tuple[People, Posts]:
    """Return the people and their posts, past ones included."""
    representative, homes = _representatives(draw, orgs)
    leaders = len(homes)
    current = _current(draw, orgs, representative)
    former, former_homes = _former(draw, orgs, current, leaders)
    officers, officer_homes = _officers(draw, orgs, leaders + len(former_homes), today)
    also = _also_director(draw, orgs, current)
    home = np.concatenate((homes, former_homes, officer_homes))
    people = People(
        name=_names(draw, orgs, representative, home, leaders),
        numbers=resident_numbers(
            np.array([p.person_region for p in PREFECTURES])[home],
            np.arange(len(home), dtype=np.int64),
        ),
        home=home,
        representative=representative,
    )
    return people, _joined(current, former, officers, also)


def _representatives(draw: Draw, orgs: Organizations) -> tuple[Ints, Ints]:
    """Return who stands for each organization, and each of these people's home.

    Most stand for one organization; a few for many, some across the border.
    """
    across = draw.chance(len(orgs), _ACROSS)
    place = np.where(across, 1 - orgs.prefecture, orgs.prefecture)
    return draw.dealt(place, _FIRMS, _FIRMS_WEIGHTS)


def _current(draw: Draw, orgs: Organizations, representative: Ints) -> Posts:
    count = len(orgs)
    return Posts(
        person=representative,
        organization=np.arange(count, dtype=np.int64),
        role=_REGISTERED[orgs.form],
        start=orgs.established.copy(),
        end=np.full(count, NO_DAY),
        numbered=draw.chance(count, 0.84),
    )


def _former(
    draw: Draw, orgs: Organizations, current: Posts, first: int
) -> tuple[Posts, Ints]:
    """Return earlier representatives; the current one then starts where they end."""
    age = -orgs.established + orgs.established.max()
    changed = np.flatnonzero(
        draw.chance(len(orgs), 0.2) & (age > 500) & (current.role == 0)
    )
    served = 60 + (draw.uniform(len(changed)) * (age[changed] - 100)).astype(np.int64)
    last = orgs.established[changed] + served
    current.start[changed] = last + 1
    count = len(changed)
    posts = Posts(
        person=first + np.arange(count, dtype=np.int64),
        organization=changed,
        role=current.role[changed],
        start=orgs.established[changed],
        end=last,
        numbered=draw.chance(count, 0.84),
    )
    return posts, orgs.prefecture[changed]


def _officers(
    draw: Draw, orgs: Organizations, first: int, today: int
) -> tuple[Posts, Ints]:
    """Return directors, supervisors, managers and controllers of the companies."""
    companies = np.flatnonzero(orgs.companies)
    chosen = [companies[draw.chance(len(companies), p)] for _, p in _OFFICER_ODDS]
    organization = np.concatenate(chosen)
    role = np.repeat(
        [ROLES.index(name) for name, _ in _OFFICER_ODDS], [len(c) for c in chosen]
    ).astype(np.int64)
    count = len(organization)
    fresh = draw.chance(count, 0.72)
    fresh[: len(PREFECTURES)] = True
    homes = orgs.prefecture[organization[fresh]]
    person = np.empty(count, dtype=np.int64)
    person[fresh] = first + np.arange(len(homes))
    # Who serves again: somebody who already holds a post, leading people included.
    person[~fresh] = draw.leaning(int((~fresh).sum()), first + len(homes))
    since = orgs.established[organization]
    start = since + (draw.uniform(count) * (today - since) * 0.6).astype(np.int64)
    left = draw.chance(count, 0.15)
    tenure = 1 + (draw.uniform(count) * (today - start)).astype(np.int64)
    end = np.where(left, start + tenure, NO_DAY)
    numbered = draw.chance(count, 0.78)
    return once(Posts(person, organization, role, start, end, numbered)), homes


def once(posts: Posts) -> Posts:
    """Return the posts without a second one of the same person, firm and role."""
    key = (posts.organization * len(ROLES) + posts.role) * (posts.person.max() + 1)
    first = np.sort(np.unique(key + posts.person, return_index=True)[1])
    return posts.taken(first)


def _also_director(draw: Draw, orgs: Organizations, current: Posts) -> Posts:
    """Return the director's post that many representatives of companies hold too."""
    both = np.flatnonzero(orgs.companies & draw.chance(len(orgs), 0.4))
    posts = current.taken(both)
    role = np.full(len(both), ROLES.index("董事"), dtype=np.int64)
    return Posts(
        posts.person, posts.organization, role, posts.start, posts.end, posts.numbered
    )


def _names(
    draw: Draw, orgs: Organizations, representative: Ints, home: Ints, leaders: int
) -> Ints:
    """Return everybody's name; SHARED_SHARE of the companies meet a namesake."""
    group = home + 1
    chosen, targets = _namesakes(draw, orgs, representative, home[:leaders])
    group[chosen] = SHARED
    names = name_numbers(draw, group)
    pool = shared_numbers(draw, min(_MOST_SHARED, max(1, min(targets))))
    for number in range(len(PREFECTURES)):
        mine = chosen[home[chosen] == number]
        # Every name of the pool once in each prefecture, then the common ones again.
        names[mine] = pool[draw.leaning(len(mine), len(pool))]
        names[mine[: len(pool)]] = pool[: len(mine)]
    return names


_MOST_SHARED: Final = 20_000


def _namesakes(
    draw: Draw, orgs: Organizations, representative: Ints, homes: Ints
) -> tuple[Ints, list[int]]:
    """Return who gets a shared name, and how many names each prefecture can bear."""
    companies = np.flatnonzero(orgs.companies)
    key = orgs.prefecture[companies] * len(homes) + representative[companies]
    stands = np.bincount(key, minlength=2 * len(homes)).reshape(2, -1)
    abroad = stands.copy()
    abroad[homes, np.arange(len(homes))] = 0
    across = (abroad > 0).any(axis=0)
    chosen: list[Ints] = []
    sizes: list[int] = []
    for row in stands:
        candidates = np.flatnonzero((row > 0) & ~across)
        candidates = candidates[draw.order(len(candidates))]
        wanted = round(SHARED_SHARE * row.sum()) - row[across].sum()
        taken = candidates[np.cumsum(row[candidates]) <= wanted]
        chosen.append(taken)
        sizes.append(len(taken))
    chosen.append(np.flatnonzero(across))
    return np.concatenate(chosen), sizes


def _joined(*parts: Posts) -> Posts:
    return Posts(
        np.concatenate([p.person for p in parts]),
        np.concatenate([p.organization for p in parts]),
        np.concatenate([p.role for p in parts]),
        np.concatenate([p.start for p in parts]),
        np.concatenate([p.end for p in parts]),
        np.concatenate([p.numbered for p in parts]),
    )
