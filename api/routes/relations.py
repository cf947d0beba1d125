"""Two subjects, or many: how they are linked, which of them belong together."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from analytics.network.grouping import grouped
from analytics.network.paths import connections, one_to_many
from api.access import Sight
from api.connecting import network_seen
from api.dependencies import Asked, Texts, json_answer, meta
from api.errors import described
from api.finding import subject_of
from api.routes.network import MinShare, Relations
from api.schemas.acts import PRINTABLE
from api.schemas.base import Answer
from api.schemas.network import (
    NOT_NEGATIVE,
    GroupedItem,
    OneToMany,
    OneToManyItem,
    PathsItem,
    ReachedItem,
    Text,
    ToGroup,
)
from api.service import Service
from api.showing import words
from api.showing.network import Drawing
from graph.errors import BadInput, NotFound

router = APIRouter(prefix="/v1", tags=["network"])

_ASKED: Final = described("not_found", "bad_input")
_HUBS_TOLD: Final = 20

Named = Annotated[
    str,
    Query(
        min_length=1,
        max_length=200,
        pattern=PRINTABLE,
        description="Code, registration number or identifier.",
    ),
]
Others = Annotated[list[Text], Query(max_length=100)]
Hub = Annotated[
    int, Query(ge=2, le=100_000, description="No path runs through more edges.")
]


@router.get("/paths", response_model=Answer[PathsItem], responses=_ASKED)
def read_paths(
    asked: Asked,
    source: Annotated[Named, Query(alias="from")],
    target: Annotated[Named, Query(alias="to")],
    max_hops: Annotated[int, Query(ge=1, le=6)] = 4,
    k: Annotated[int, Query(ge=1, le=20, description="Paths, at most.")] = 3,
    relation: Relations = [],  # noqa: B006  # FastAPI copies defaults
    min_share: MinShare = "0",
    avoid: Others = [],  # noqa: B006  # FastAPI copies defaults
    forbid: Others = [],  # noqa: B006  # FastAPI copies defaults
    hub: Hub = 500,
    *,
    texts: Texts = False,
) -> Response:
    """两个主体之间最短的若干路径，也经过自然人、地址、电话、代理。Paths.

    The shortest ways between two subjects, also through persons, addresses, telephones
    and agents; each step with its dates and source. `avoid` is used only where too few
    other paths are found, `forbid` never.
    """
    request, service, seen = asked
    ends = [subject_of(service, seen, text) for text in (source, target)]
    network = network_seen(service, seen, relation, min_share)
    left, right = map(network.code, ends)
    found = connections(
        network,
        left,
        right,
        count=k,
        steps=max_hops,
        avoid=[network.code(s) for s in _subjects(service, seen, avoid)],
        forbid=[network.code(s) for s in _subjects(service, seen, forbid)],
        hub=hub,
    )
    drawing = Drawing(network, seen)
    if texts:
        inside = {code for c in found.found for code in c.path.nodes}
        drawing = drawing.reading(service.store, sorted({*inside, *found.hubs}))
    item = PathsItem(
        source=words.subject(ends[0], seen),
        target=words.subject(ends[1], seen),
        items=[drawing.path(c.path, avoided=c.avoided) for c in found.found],
        truncated=found.exhausted or bool(found.hubs),
        hubs=drawing.refs(found.hubs[:_HUBS_TOLD]),
        note=NOT_NEGATIVE,
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))


def _subjects(service: Service, seen: Sight, texts: Sequence[str]) -> list[str]:
    return [subject_of(service, seen, text) for text in texts]


@router.post("/relations:group", response_model=Answer[GroupedItem], responses=_ASKED)
def group_subjects(
    asked: Asked, body: ToGroup, hub: Hub = 500, *, texts: Texts = False
) -> Response:
    """哪些主体属于一伙：两两之间的最短证据与强度，归成组。Which belong together.

    Of up to 1,000 subjects (bidders, applicants): which are linked, how strongly, by
    which shortest evidence, and the groups they make. A lead, never an effect.
    """
    request, service, seen = asked
    known, unknown = _known(service, seen, body.subjects)
    subjects = list(dict.fromkeys(known.values()))
    network = network_seen(service, seen, body.relations, body.min_share)
    found = grouped(
        network,
        [network.code(subject) for subject in subjects],
        steps=body.max_steps,
        strength=body.min_strength,
        hub=hub,
        pairs=body.limit,
    )
    drawing = Drawing(network, seen)
    if texts:
        inside = {code for pair in found.pairs for code in pair.path.nodes}
        drawing = drawing.reading(service.store, sorted({*inside, *found.hubs}))
    item = drawing.grouped(found, subjects, not_found=unknown)
    return json_answer(Answer(meta=meta(request, seen), item=item))


@router.post(
    "/relations:one-to-many", response_model=Answer[OneToManyItem], responses=_ASKED
)
def one_against_many(asked: Asked, body: OneToMany, hub: Hub = 500) -> Response:
    """一个主体与最多 10,000 个主体：与哪些有联系，最近的怎样联系。One to many.

    Which of up to 10,000 subjects one is linked with, nearest first; the nearest ones
    with their paths.
    """
    request, service, seen = asked
    start = subject_of(service, seen, body.subject)
    known, unknown = _known(service, seen, body.targets)
    network = network_seen(service, seen, body.relations, body.min_share)
    targets = list(known.items())
    found = one_to_many(
        network,
        network.code(start),
        [network.code(subject) for _, subject in targets],
        steps=body.max_steps,
        hub=hub,
        paths=body.paths,
    )
    drawing = Drawing(network, seen)
    near = sorted(
        (p for p, d in enumerate(found.steps) if d >= 0),
        key=lambda p: (found.steps[p], p),
    )
    item = OneToManyItem(
        subject=words.subject(start, seen),
        items=[
            ReachedItem(
                target=targets[p][0],
                subject=words.subject(targets[p][1], seen),
                steps=found.steps[p],
                path=drawing.path(found.paths[p]) if p in found.paths else None,
            )
            for p in near
        ],
        apart=[text for p, (text, _) in enumerate(targets) if found.steps[p] < 0],
        not_found=unknown,
        hubs=drawing.refs(found.hubs[:_HUBS_TOLD]),
        truncated=bool(found.hubs),
        note=NOT_NEGATIVE,
    )
    return json_answer(Answer(meta=meta(request, seen), item=item))


def _known(
    service: Service, seen: Sight, texts: Sequence[str]
) -> tuple[dict[str, str], list[str]]:
    """Return the subject that each text names, and the texts that name none."""
    known: dict[str, str] = {}
    unknown: list[str] = []
    for text in dict.fromkeys(texts):
        try:
            known[text] = subject_of(service, seen, text)
        except (NotFound, BadInput):
            unknown.append(text)
    return known, unknown
