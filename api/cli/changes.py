"""`changes`: what each load did to effects."""

from datetime import date
from typing import Annotated

import orjson
import typer
from rich.markup import escape

from analytics.propagation.feed import ChangeKind
from api.changes import ChangeLog
from api.console import Terminal, terminal
from api.schemas.changes import ChangeItem
from api.showing.changes import Position, Wanted, show_changes_since
from graph.scope import ALL


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("changes")(changes)


def changes(
    context: typer.Context,
    since: Annotated[
        str,
        typer.Option(
            help="载入的序号（0 为从头），或上次的 next。Load number or `next`."
        ),
    ] = "0",
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, help="最多多少项。At most so many.")
    ] = 100,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="只要：gained lost changed altered past（或中文）。Only these kinds."
        ),
    ] = None,
    *,
    news: Annotated[
        bool, typer.Option("--news", help="不要补报的旧事。Leave out old events.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="输出 JSON。Print JSON.")
    ] = False,
) -> None:
    """后果的变化：每次载入（含日切）产生、消除、变化了哪些后果。What changed."""
    term = terminal(context)
    wanted = Wanted(tuple(ChangeKind.parse(word) for word in kind or ()), news)
    with term.service() as service:
        service.refresh()
        log = ChangeLog(service)
        position = Position.parse(since, last=log.seq)
        shown = show_changes_since(log, position, ALL, wanted=wanted, limit=limit)
    if as_json:
        answer = {"items": shown.items, "next": shown.position.text, "more": shown.more}
        term.json(orjson.loads(orjson.dumps(answer, default=str)))
        return
    for item in shown.items:
        _print(term, item)
    more = term.say("（还有）", " (there is more)") if shown.more else ""
    term.print(f"next {shown.position.text}{more}")


def _print(term: Terminal, item: ChangeItem) -> None:
    load, effect = item.load, item.effect
    who = effect.bearer.name or effect.bearer.id
    what = term.say(effect.measure.zh, effect.measure.en)
    stands = [term.say(w.zh, w.en) if w else "—" for w in (item.before, item.after)]
    old = term.say("（补报）", " (back-filled)") if item.backfilled else ""
    why = "；".join(
        dict.fromkeys(term.say(r.why.zh, r.why.en) for r in item.reasons)
    ) or term.say("期间届至", "its day came")
    day: date = item.event_date
    term.print(
        escape(
            f"{load.seq} {load.file or load.document or load.kind.value}  {day}{old}  "
            f"{term.say(item.kind.zh, item.kind.en)}  {who}  {what}: "
            f"{stands[0]} → {stands[1]}  [{why}]"
        )
    )
