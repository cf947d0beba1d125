"""Which network a question is asked of."""

from collections.abc import Iterable

from analytics.network.edges import chosen
from analytics.network.network import Network
from api.access import Sight
from api.service import Service
from api.showing.shares import share_named


def network_seen(
    service: Service, seen: Sight, relations: Iterable[str], share: str
) -> Network:
    """Return the network a caller may see, with only the edges asked for.

    Args:
        service: keeps the networks.
        seen: the caller's sight.
        relations: values of edge types or families; none means all.
        share: holdings that certainly stay below it are left out, as text.

    Raises:
        UnknownTerm: a word names no relation.
        BadInput: the share is none.
    """
    types, least = chosen(relations), share_named(share, zero=True)
    return service.networks.of(seen.snapshot, seen.day).only(types, least)
