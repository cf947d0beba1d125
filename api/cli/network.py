"""`adjacent`, `network`, `paths`, `linked`, `timeline`: who is connected with whom."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from analytics.network.adjacent import adjacent as adjacent_to
from analytics.network.adjacent import counts
from analytics.network.edges import chosen
from analytics.network.events import events
from analytics.network.grouping import grouped
from analytics.network.neighbourhood import neighbourhood
from analytics.network.paths import connections
from api.access import Sight
from api.cli.reading import AsOf, Json, KnownAt, Who, sight
from api.connecting import network_seen
from api.console import Terminal, terminal
from api.schemas.base import SubjectRef, Word
from api.schemas.network import GROUPED_AT_MOST, EdgeItem, PathItem
from api.service import Service
from api.showing.network import Drawing, show_count, show_event
from graph.errors import BadInput, NotFound
from graph.scope import ALL

Relations = Annotated[
    list[str],
    typer.Option(
        "--relation",
        help="关系或 posts、holdings、branches、links、contacts，可多次。Relations.",
    ),
]
MinShare = Annotated[
    str, typer.Option(help="不看低于此比例的持股，如 0.05。Least share of holdings.")
]
Hub = Annotated[
    int, typer.Option(min=2, help="联系多于此数的不继续展开。Not followed beyond.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (adjacent, network, paths, linked, timeline):
        app.command(command.__name__)(command)


def adjacent(
    context: typer.Context,
    who: Who,
    relation: Relations = [],  # noqa: B006  # typer copies defaults
    limit: Annotated[int, typer.Option(min=1, help="最多列出。At most.")] = 50,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """直接联系：先数量，后逐条；地址、电话的标识亦可。Who is next to it."""
    term = terminal(context)
    with term.service() as service:
        seen, found = _asked(service, who, as_of, known_at)
        whole = network_seen(service, seen, (), "0")
        code = whole.code(found)
        every = adjacent_to(whole, code, types=chosen(relation))
        drawing = Drawing(whole, seen).reading(
            service.store, (whole.code(one.other) for one in every[:limit])
        )
        told = [show_count(count) for count in counts(whole, code)]
        items = [drawing.adjacent(one) for one in every[:limit]]
    if as_json:
        term.json({"counts": told, "items": items, "total": len(every)})
        return
    for count in told:
        arrow = "→" if count.outward else "←"
        term.print(f"{arrow} {_word(term, count.relation)}  {count.edges}")
    for item in items:
        arrow = "→" if item.outward else "←"
        term.print(f"  {arrow} {_edge(term, item.edge)}  {_name(item.other)}")
    if len(every) > limit:
        _tell_more(term, len(every) - limit)


def network(
    context: typer.Context,
    who: Who,
    depth: Annotated[int, typer.Option(min=1, max=3, help="层数。Steps.")] = 1,
    relation: Relations = [],  # noqa: B006  # typer copies defaults
    min_share: MinShare = "0",
    nodes: Annotated[int, typer.Option(min=2, max=20_000, help="最多。")] = 200,
    hub: Hub = 500,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """周围的关系网络，最多三层；取舍的写明。The network around it."""
    term = terminal(context)
    with term.service() as service:
        seen, found = _asked(service, who, as_of, known_at)
        part = network_seen(service, seen, relation, min_share)
        around = neighbourhood(
            part, part.code(found), depth=depth, max_nodes=nodes, hub=hub
        )
        drawing = Drawing(part, seen).reading(service.store, around.depths)
        item = drawing.around(around, found)
    if as_json:
        term.json(item)
        return
    names = {node.subject.id: _name(node.subject) for node in item.nodes}
    for node in item.nodes:
        marks = f"  ! {node.effects + node.sanctions}" if node.effects + node.sanctions else ""  # fmt: skip
        term.print(f"{'  ' * node.depth}{names[node.subject.id]}{marks}")
    for edge in item.edges:
        term.print(f"{names[edge.near]} —{_edge(term, edge)}→ {names[edge.far]}")
    if item.truncated:
        reasons = "；".join(_word(term, why) for why in item.reasons)
        term.print(f"{reasons}；{term.say(item.note.zh, item.note.en)}")


def paths(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="代码、标识或全名。")],
    target: Annotated[str, typer.Argument(metavar="TO", help="另一主体。")],
    max_hops: Annotated[int, typer.Option(min=1, max=6)] = 4,
    k: Annotated[int, typer.Option(min=1, max=20, help="最多几条。Paths.")] = 3,
    relation: Relations = [],  # noqa: B006  # typer copies defaults
    min_share: MinShare = "0",
    avoid: Annotated[list[str], typer.Option(help="尽量避开。Avoid.")] = [],  # noqa: B006
    forbid: Annotated[list[str], typer.Option(help="不得经过。Never.")] = [],  # noqa: B006
    hub: Hub = 500,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """两个主体之间最短的路径，也经过自然人、地址、电话。The paths between two."""
    term = terminal(context)
    with term.service() as service:
        seen, left = _asked(service, source, as_of, known_at)
        part = network_seen(service, seen, relation, min_share)
        right, *others = (
            service.find_subject(text, view=seen.view, scope=ALL)
            for text in (target, *avoid, *forbid)
        )
        codes = [part.code(other) for other in others]
        found = connections(
            part,
            part.code(left),
            part.code(right),
            count=k,
            steps=max_hops,
            avoid=codes[: len(avoid)],
            forbid=codes[len(avoid) :],
            hub=hub,
        )
        inside = {code for c in found.found for code in c.path.nodes}
        drawing = Drawing(part, seen).reading(
            service.store, sorted({*inside, *found.hubs})
        )
        items = [drawing.path(c.path, avoided=c.avoided) for c in found.found]
        hubs = drawing.refs(found.hubs)
    if as_json:
        term.json({"items": items, "hubs": hubs, "truncated": found.exhausted})
        return
    for item in items:
        _tell_path(term, item)
    if not items:
        term.print(term.say("没有找到路径", "no path was found"))
    if hubs:
        names = "、".join(map(_name, hubs[:5]))
        term.print(
            term.say(f"未经过（联系过多）：{names}", f"not run through: {names}")
        )
    if found.exhausted:
        term.print(term.say("搜索到达上限", "the search stopped at its budget"))


def linked(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="每行一个代码或标识；- 为标准输入。One code a line; - is stdin."
        ),
    ],
    max_steps: Annotated[int, typer.Option(min=1, max=4)] = 2,
    min_strength: Annotated[float, typer.Option(min=0, max=1)] = 0.0,
    relation: Relations = [],  # noqa: B006  # typer copies defaults
    min_share: MinShare = "0",
    limit: Annotated[int, typer.Option(min=1, help="最多列出几对。Pairs.")] = 50,
    hub: Hub = 500,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """哪些主体（如投标人）属于一伙：组、证据、强度。Which of them belong together."""
    term = terminal(context)
    texts = _lines(file)
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        subjects, unknown = _known(service, seen, texts)
        part = network_seen(service, seen, relation, min_share)
        found = grouped(
            part,
            [part.code(subject) for subject in subjects],
            steps=max_steps,
            strength=min_strength,
            hub=hub,
            pairs=limit,
        )
        inside = {code for pair in found.pairs for code in pair.path.nodes}
        drawing = Drawing(part, seen).reading(
            service.store, sorted({*inside, *found.hubs})
        )
        item = drawing.grouped(found, subjects, not_found=unknown)
    if as_json:
        term.json(item)
        return
    for number, group in enumerate(item.groups, 1):
        names = "、".join(map(_name, group))
        term.print(term.say(f"第 {number} 组（{len(group)}）：", f"group {number} ({len(group)}): ") + names)  # fmt: skip
    for pair in item.pairs:
        term.print(f"{pair.strength:.2f}")
        _tell_path(term, pair.path)
    alone, lost = len(item.alone), "、".join(item.not_found[:5])
    term.print(term.say(f"不在任何组：{alone}", f"in no group: {alone}"))
    if lost:
        term.print(term.say(f"未找到：{lost}", f"not found: {lost}"))
    if item.total_pairs > len(item.pairs):
        _tell_more(term, item.total_pairs - len(item.pairs))


def timeline(
    context: typer.Context,
    who: Who,
    relation: Relations = [],  # noqa: B006  # typer copies defaults
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """时间线：历任代表人、股东等何时开始、何时终止。What began and ended, and when."""
    term = terminal(context)
    with term.service() as service:
        seen, found = _asked(service, who, None, known_at)
        every = events(seen.snapshot, [found], types=chosen(relation))
        items = [show_event(event, seen) for event in every]
    if as_json:
        term.json(items)
        return
    for item in items:
        share = f" {item.share}" if item.share else ""
        term.print(
            f"{item.on}  {_word(term, item.what)}  {_name(item.near)} "
            f"—{_word(term, item.relation)}{share}→ {_name(item.far)}"
        )


def _asked(service: Service, who: str, as_of: Any, known_at: Any) -> tuple[Sight, str]:
    seen = sight(service, as_of, known_at)
    return seen, service.find_subject(who, view=seen.view, scope=ALL)


def _lines(file: Path) -> list[str]:
    """Return the codes of a file, each once.

    Raises:
        BadInput: fewer than two, or more than are compared at once.
    """
    text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    found = list(dict.fromkeys(line.strip() for line in text.split("\n")))
    texts = [line for line in found if line]
    if not 2 <= len(texts) <= GROUPED_AT_MOST:
        raise BadInput(
            f"{file} 中有 {len(texts)} 个主体，应为 2 至 {GROUPED_AT_MOST} 个。",
            f"{file} names {len(texts)} subjects; 2 to {GROUPED_AT_MOST} are compared.",
            hint_zh="每行写一个代码或标识。",
            hint_en="Write one code or identifier a line.",
        )
    return texts


def _known(
    service: Service, seen: Sight, texts: list[str]
) -> tuple[list[str], list[str]]:
    subjects: dict[str, None] = {}
    unknown = []
    for text in texts:
        try:
            subjects[service.find_subject(text, view=seen.view, scope=ALL)] = None
        except (NotFound, BadInput):
            unknown.append(text)
    return list(subjects), unknown


def _tell_path(term: Terminal, item: PathItem) -> None:
    words = [_name(item.subjects[0])]
    for edge, here, there in zip(
        item.edges, item.subjects, item.subjects[1:], strict=False
    ):
        says = _edge(term, edge)
        arrow = f"—{says}→" if edge.near == here.id else f"←{says}—"
        words += [arrow, _name(there)]
    term.print("  " + " ".join(words))


def _edge(term: Terminal, edge: EdgeItem) -> str:
    share = f" {edge.share}" if edge.share else ""
    since = f" {edge.period.valid_from}起" if edge.period.valid_from else ""
    return f"{_word(term, edge.relation)}{share}{since}"


def _word(term: Terminal, word: Word) -> str:
    return term.say(word.zh, word.en)


def _name(subject: SubjectRef) -> str:
    return (subject.name or subject.id).replace("[", r"\[")


def _tell_more(term: Terminal, number: int) -> None:
    term.print(term.say(f"另有 {number} 项", f"{number} more"))
