"""The whole city as columns of numbers, from which blocks of rows are written."""

from dataclasses import dataclass, replace

import numpy as np

from loaders.synthetic.circles import gather
from loaders.synthetic.contagion import Spread, spread_penalties
from loaders.synthetic.draw import Draw
from loaders.synthetic.holdings import Holdings, make_holdings
from loaders.synthetic.listings import Listings, make_listings
from loaders.synthetic.names import other_name_numbers, other_person_names
from loaders.synthetic.organizations import REVOKED, Organizations, make_organizations
from loaders.synthetic.penalties import Penalties, make_penalties
from loaders.synthetic.people import People, Posts, make_people


@dataclass(frozen=True, slots=True)
class City:
    """What is drawn; `today` is the reference day in days since 1970."""

    today: int
    organizations: Organizations
    people: People
    posts: Posts
    holdings: Holdings
    listings: Listings
    penalties: Penalties
    spread: Spread | None


def draw_city(
    draw: Draw,
    count: int,
    today: int,
    *,
    spread: float = 0.0,
    circles: float = 0.0,
    other_names: bool = False,
) -> City:
    """Return a city of this many organizations; each table has a stream of its own.

    Args:
        draw: the stream of the city.
        count: how many organizations.
        today: the reference day.
        spread: share of penalties that pass on to a company nearby.
        circles: share of further posts and holdings that lie in circles.
        other_names: people are named as in another region.
    """
    orgs = make_organizations(draw.child("organizations"), count, today)
    people, posts = make_people(draw.child("people"), orgs, today)
    if other_names:
        numbers = other_name_numbers(draw.child("names"), len(people))
        people = replace(people, name=numbers, called=other_person_names)
    holdings = make_holdings(draw.child("holdings"), orgs, people, today)
    if circles:
        orgs, posts, holdings = gather(
            draw.child("circles"), orgs, people, posts, holdings, circles
        )
    listings = make_listings(draw.child("listings"), orgs, people, today)
    listed = listings.listed_of(len(orgs))
    penalties = make_penalties(draw.child("penalties"), orgs, listed, today)
    passed = None
    if spread:
        penalties, passed = spread_penalties(
            draw.child("contagion"), orgs, posts, penalties, spread, today
        )
    orgs.status[penalties.revoked] = REVOKED
    return City(today, orgs, people, posts, holdings, listings, penalties, passed)


def day_number(text: str) -> int:
    """Return the days since 1970 of a day as YYYY-MM-DD."""
    return int(np.datetime64(text, "D").astype(np.int64))
