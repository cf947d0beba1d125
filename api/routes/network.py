"""How subjects are connected: neighbours, networks, paths, groups, time lines."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Response

from analytics.network.adjacent import adjacent, counts
from analytics.network.edges import ALL_TYPES, chosen
from analytics.network.events import events
from analytics.network.neighbourhood import neighbourhood
from api.connecting import network_seen
from api.dependencies import (
    Asked,
    Paging,
    Texts,
    json_answer,
    meta,
    page,
)
from api.errors import described
from api.finding import subject_of
from api.routes.subjects import Named
from api.schemas.base import Answer, Day, Page
from api.schemas.network import (
    AdjacentPage,
    EventItem,
    NetworkItem,
    RelationWord,
)
from api.showing import words
from api.showing.cursors import read_cursor, write_cursor
from api.showing.network import Drawing, show_count, show_event
from api.showing.shares import PATTERN
from graph.errors import BadInput
from graph.snapshot import OPEN, UNKNOWN, day_of

router = APIRouter(prefix="/v1/subjects", tags=["network"])

_READ: Final = described("not_found", "bad_input")
_AROUND: Final = 200

Relations = Annotated[list[RelationWord], Query(max_length=50)]
MinShare = Annotated[
    str,
    Query(
        pattern=PATTERN,
        description="持股低于此比例的不看，比例不明的保留。Smaller holdings are left out.",
    ),
]


@router.get("/{subject}/adjacent", response_model=Answer[AdjacentPage], responses=_READ)
def read_adjacent(
    asked: Asked,
    paging: Paging,
    subject: Named,
    relation: Relations = [],  # noqa: B006  # FastAPI copies defaults
    direction: Annotated[
        Literal["out", "in"] | None, Query(description="out: it is the near end.")
    ] = None,
    *,
    texts: Texts = False,
) -> Response:
    """基准日的直接联系：先给各类数量，再按关系、分量列出。Neighbours.

    Who is next to the subject on the day: how many by relation, then every edge, by
    relation, weight and identifier. Also for an address or number (`anc:…`): who else
    is there; and for a person: what else they represent.
    """
    request, service, seen = asked
    found = subject_of(service, seen, subject)
    network = service.networks.of(seen.snapshot, seen.day)
    code = network.code(found)
    out = None if direction is None else direction == "out"
    every = adjacent(network, code, types=chosen(relation), out=out)
    start = _after(paging.cursor, seen.snapshot.digest)
    taken = every[start : start + paging.limit]
    further = start + len(taken)
    drawing = Drawing(network, seen)
    if texts:
        others = (network.code(one.other) for one in taken)
        drawing = drawing.reading(service.store, others)
    item = AdjacentPage(
        subject=words.subject(found, seen),
        counts=[show_count(count) for count in counts(network, code)],
        items=[drawing.adjacent(one) for one in taken],
        total=len(every),
        next_cursor=write_cursor(further, seen.snapshot.digest)
        if further < len(every)
        else None,
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))


def _after(cursor: str | None, digest: str) -> int:
    """Return the place that a cursor names.

    Raises:
        BadInput: it is of a list that has changed since.
    """
    if cursor is None:
        return 0
    place, made_of = read_cursor(cursor, int, str)
    assert isinstance(place, int)  # noqa: S101  # asked for
    if made_of != digest or place < 0:
        raise BadInput(
            "清单此后已有变化，游标不再适用。",
            "The list has changed since; the cursor no longer fits.",
            hint_zh="请从第一页重新查询，或者用 known_at 固定已知时点。",
            hint_en="Begin at the first page, or pin the list by known_at.",
        )
    return place


@router.get("/{subject}/network", response_model=Answer[NetworkItem], responses=_READ)
def read_network(
    asked: Asked,
    subject: Named,
    depth: Annotated[int, Query(ge=1, le=3, description="Steps away.")] = 1,
    relation: Relations = [],  # noqa: B006  # FastAPI copies defaults
    min_share: MinShare = "0",
    nodes: Annotated[int, Query(ge=2, le=2_000, description="At most.")] = 200,
    edges: Annotated[int, Query(ge=1, le=10_000, description="At most.")] = 2_000,
    hub: Annotated[
        int, Query(ge=2, le=100_000, description="Nodes of more edges end there.")
    ] = 500,
    *,
    texts: Texts = False,
) -> Response:
    """周围的关系网络：最多三层，超限时按分量取舍并告知。The network around it.

    Everything within some steps, strongest first; what is cut is told. A missing link
    is not a negative finding.
    """
    request, service, seen = asked
    found = subject_of(service, seen, subject)
    network = network_seen(service, seen, relation, min_share)
    around = neighbourhood(
        network,
        network.code(found),
        depth=depth,
        max_nodes=nodes,
        max_edges=edges,
        hub=hub,
    )
    drawing = Drawing(network, seen)
    if texts:
        drawing = drawing.reading(service.store, around.depths)
    item = drawing.around(around, found)
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.get("/{subject}/timeline", response_model=Page[EventItem], responses=_READ)
def read_timeline(
    asked: Asked,
    paging: Paging,
    subject: Named,
    relation: Relations = [],  # noqa: B006  # FastAPI copies defaults
    after: Annotated[Day | None, Query(description="Later than this day.")] = None,
    until: Annotated[Day | None, Query(description="Up to this day.")] = None,
    depth: Annotated[
        int, Query(ge=0, le=1, description="1: of its neighbours on the day as well.")
    ] = 0,
) -> Response:
    """时间线：任职、持股等何时开始、何时终止，包括以往的。Time line.

    When posts, holdings and other relations began and ended, former ones included: the
    history of representatives and holders; with `depth=1` and two days, what changed
    around the subject between them.
    """
    request, service, seen = asked
    found = subject_of(service, seen, subject)
    subjects = [found]
    if depth:
        network = service.networks.of(seen.snapshot, seen.day)
        near = neighbourhood(network, network.code(found), max_nodes=_AROUND)
        subjects = [network.subject(code) for code in near.depths] or subjects
    every = events(
        seen.snapshot,
        subjects,
        types=chosen(relation) if relation else ALL_TYPES,
        after=UNKNOWN if after is None else day_of(after),
        until=OPEN - 1 if until is None else day_of(until),
    )
    start = _after(paging.cursor, seen.snapshot.digest)
    taken = every[start : start + paging.limit]
    further = start + len(taken)
    following = (
        write_cursor(further, seen.snapshot.digest) if further < len(every) else None
    )
    items = [show_event(event, seen) for event in taken]
    return json_answer(
        page(request, seen, items, next_cursor=following, total=len(every))
    )
