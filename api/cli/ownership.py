"""`ownership`, `controllers`, `beneficial-owners`, `close-links`, `group`."""

from typing import Annotated, Any, Literal

import typer

from api.cli.reading import AsOf, Json, KnownAt, Who, sight
from api.console import Terminal, terminal
from api.schemas.base import SubjectRef
from api.service import Service
from api.showing.ownership import Asking
from api.showing.shares import share_named
from graph.scope import ALL

Nodes = Annotated[
    int, typer.Option(min=2, max=20_000, help="最多查看的主体数。Subjects looked at.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("ownership")(ownership)
    app.command("controllers")(controllers)
    app.command("beneficial-owners")(beneficial_owners)
    app.command("close-links")(close_links)
    app.command("group")(group)


def ownership(
    context: typer.Context,
    who: Who,
    direction: Annotated[
        Literal["up", "down"],
        typer.Option(help="up 谁拥有它，down 它拥有谁。Owners, or what is owned."),
    ] = "up",
    depth: Annotated[int | None, typer.Option(help="层数。Levels.")] = None,
    nodes: Nodes = 400,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """穿透持股：各层所有者或者所持企业，比例、路径、交叉持股。Who owns whom."""
    term = terminal(context)
    with term.service() as service:
        asking = _asking(term, service, who, nodes, as_of, known_at)
        item = asking.ownership(direction, depth)
    _tell_tree(term, item, as_json=as_json)


def controllers(
    context: typer.Context,
    who: Who,
    nodes: Nodes = 400,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """控制者：表决权合计超过一半的与申报的；没有的，为什么。Who controls it."""
    term = terminal(context)
    with term.service() as service:
        item = _asking(term, service, who, nodes, as_of, known_at).controllers()
    _tell_tree(term, item, as_json=as_json)


def beneficial_owners(
    context: typer.Context,
    who: Who,
    nodes: Nodes = 400,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """受益所有人：推算的与备案的，及其不一致。Beneficial owners."""
    term = terminal(context)
    with term.service() as service:
        item = _asking(term, service, who, nodes, as_of, known_at).beneficial_owners()
    _tell_tree(term, item, as_json=as_json)


def close_links(
    context: typer.Context,
    who: Who,
    threshold: Annotated[
        str, typer.Option(help="比例，如 0.2 或 1/4。Share, as 0.2 or 1/4.")
    ] = "1/5",
    nodes: Nodes = 400,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """密切联系：持股达到比例，或者有共同的第三方。Close links."""
    term, share = terminal(context), share_named(threshold)
    with term.service() as service:
        asking = _asking(term, service, who, nodes, as_of, known_at)
        item = asking.close_links(share)
    if as_json:
        term.json(item)
        return
    for link in item.items:
        third = f"  ← {_name(link.third)} {link.third_share.text}" if link.third and link.third_share else ""  # fmt: skip
        unsure = "" if link.certain else " ?"
        term.print(
            f"{link.kind}{unsure}  {_name(link.subject)}  {link.share.text}{third}"
        )
    _tell_cut(term, truncated=item.truncated)


def group(
    context: typer.Context,
    who: Who,
    nodes: Nodes = 400,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """所属集团：同一控制之下的成员。The group under one control."""
    term = terminal(context)
    with term.service() as service:
        item = _asking(term, service, who, nodes, as_of, known_at).group()
    if as_json:
        term.json(item)
        return
    for member in item.items:
        part = term.say(member.part.zh, member.part.en)
        term.print(f"{part}  {_name(member.subject)}  {member.subject.id}")
    for organ in item.state:
        term.print(
            term.say(
                f"止于国家机关：{_name(organ)}", f"stops at the state: {_name(organ)}"
            )
        )
    _tell_cut(term, truncated=item.truncated)


def _asking(
    term: Terminal,
    service: Service,
    who: str,
    nodes: int,
    as_of: Any,
    known_at: Any,
) -> Asking:
    seen = sight(service, as_of, known_at)
    found = service.find_subject(who, view=seen.view, scope=ALL)
    return Asking(found, seen, nodes, limit=500, language=term.say("zh", "en"))


def _name(subject: SubjectRef) -> str:
    return (subject.name or subject.id).replace("[", r"\[")


def _tell_tree(term: Terminal, item: Any, *, as_json: bool) -> None:
    if as_json:
        term.json(item)
    else:
        term.print(item.explanation.text.replace("[", r"\["))


def _tell_cut(term: Terminal, *, truncated: bool) -> None:
    if truncated:
        term.print(
            term.say(
                "没有全部查看（--nodes）；没有列出的不等于没有",
                "not everything was looked at (--nodes); what is not listed is not absent",
            )
        )
