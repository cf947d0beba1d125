"""`pending` and `conflicts`: what is not decided, and what would decide it."""

from collections.abc import Sequence
from typing import Annotated, Literal

import typer
from rich.markup import escape

from analytics.propagation.waiting import is_disputed
from api.cli.listing import Region, Rule, Sector, Who, matching
from api.cli.printing import plain
from api.cli.reading import AsOf, Json, KnownAt, sight
from api.console import Terminal, terminal
from api.effect_lists import Filters
from api.schemas.waiting import ActionItem, WaitingItem
from api.showing.waiting import show_waiting
from graph.vocabulary import EffectStatus

Most = Annotated[int, typer.Option("--limit", min=1, help="最多列几项。How many.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("pending")(pending)
    app.command("conflicts")(conflicts)


def pending(
    context: typer.Context,
    who: Who = None,
    waiting_for: Annotated[
        Literal["finding", "identity"] | None,
        typer.Option("--for", help="只列待认定或待核验的。Only one of the two."),
    ] = None,
    rule: Rule = None,
    region: Region = None,
    sector: Sector = None,
    limit: Most = 50,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """待责任认定、待身份核验的后果，以及怎样了结。What is pending, and what settles it."""
    wanted = {
        None: (EffectStatus.PENDING_FINDING, EffectStatus.PENDING_IDENTITY),
        "finding": (EffectStatus.PENDING_FINDING,),
        "identity": (EffectStatus.PENDING_IDENTITY,),
    }[waiting_for]
    filters = Filters(rule=rule, region=region, sector=sector)
    term = terminal(context)
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        kept = matching(service, seen, filters, who, wanted)
        shown = [show_waiting(e, seen, held) for e, held in kept[:limit]]
    _tell(term, shown, len(kept), as_json=as_json)


def conflicts(
    context: typer.Context,
    who: Who = None,
    rule: Rule = None,
    region: Region = None,
    sector: Sector = None,
    limit: Most = 50,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """规则冲突、有待裁决的后果，以及由谁裁决。Where rules disagree, and who decides."""
    filters = Filters(rule=rule, region=region, sector=sector)
    term = terminal(context)
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        found = matching(service, seen, filters, who, None)
        kept = [(e, held) for e, held in found if is_disputed(e, seen.day)]
        shown = [show_waiting(e, seen, held) for e, held in kept[:limit]]
    _tell(term, shown, len(kept), as_json=as_json)


def _tell(
    term: Terminal, shown: Sequence[WaitingItem], total: int, *, as_json: bool
) -> None:
    if as_json:
        term.json({"total": total, "items": plain(shown)})
        return
    for item in shown:
        _print(term, item)
    term.print(
        term.say(
            f"共 {total} 项，列出 {len(shown)} 项",
            f"{total} in all, {len(shown)} listed",
        )
    )


def _print(term: Terminal, item: WaitingItem) -> None:
    effect = item.effect
    who = effect.bearer.name or effect.bearer.id
    what = term.say(effect.measure.zh, effect.measure.en)
    status = term.say(effect.status.zh, effect.status.en)
    term.print(escape(f"{effect.id}  {who}  {what}  {status}"))
    for action in item.actions:
        term.print(escape(f"  → {_told(term, action)}"))


def _told(term: Terminal, action: ActionItem) -> str:
    at = action.organization
    parts = [
        term.say(action.action.zh, action.action.en),
        action.person.id,
        term.say(action.role.zh, action.role.en),
        (at.name or at.id) if at else "",
        " ".join(action.documents),
        " ".join(action.authorities),
        term.say(f"载入为 {load}", f"load as {load}")
        if (load := action.source)
        else "",
        *(
            " ".join(filter(None, (o.version, o.article, o.decided_by)))
            for o in action.versions
        ),
    ]
    return "  ".join(filter(None, parts))
