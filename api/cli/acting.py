"""Acts on a sanction: `end` and `void`; both show what will change and ask."""

from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer

from api.acts import Act, End, Void
from api.console import Terminal, terminal
from api.rendering import change_json, print_effect_changes
from api.service import Change, Service
from graph.vocabulary import EndReason

Key = Annotated[str, typer.Argument(help="惩戒的键（32 位）。Key of the sanction.")]
Document = Annotated[
    str, typer.Option(help="依据的文书号。Number of the document it rests on.")
]
Authority = Annotated[
    str, typer.Option(help="作出机关。Authority that issued the document.")
]
Actor = Annotated[str, typer.Option(help="经办人。Who enters it.")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问。Do not ask.")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("end")(end)
    app.command("void")(void)


def end(
    context: typer.Context,
    key: Key,
    document: Document,
    authority: Authority,
    reason: Annotated[
        str,
        typer.Option(help="原因：repair list_exit performance court_release expiry。"),
    ] = EndReason.REPAIR.value,
    on: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="自哪日起终止，默认今天。First day without it."),
    ] = None,
    actor: Actor = "cli",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """终止一项惩戒（信用修复、移出名单、履行完毕等）。End a sanction."""
    term = terminal(context)
    act = End(
        key=key,
        document=document,
        authority=authority,
        actor=actor,
        request=uuid4().hex,
        on=on.date() if on else term.clock.today(),
        reason=EndReason.parse(reason),
    )
    _carry_out(term, act, yes=yes, as_json=as_json)


def void(
    context: typer.Context,
    key: Key,
    document: Document,
    authority: Authority,
    reason: Annotated[str, typer.Option(help="为何自始错误。Why it was wrong.")],
    actor: Actor = "cli",
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """撤销一项自始错误的惩戒：视为从未发生。Void a sanction that was wrong."""
    act = Void(
        key=key,
        document=document,
        authority=authority,
        actor=actor,
        request=uuid4().hex,
        reason=reason,
    )
    _carry_out(terminal(context), act, yes=yes, as_json=as_json)


def _carry_out(term: Terminal, act: Act, *, yes: bool, as_json: bool) -> None:
    with term.service() as service:
        if not yes:
            _tell(term, service, service.preview(act), tried=True)
            typer.confirm(term.say("确定执行？", "Carry it out?"), abort=True)
        change = service.perform(act)
        if as_json:
            term.json(change_json(change))
        else:
            _tell(term, service, change, tried=False)


def _tell(term: Terminal, service: Service, change: Change, *, tried: bool) -> None:
    print_effect_changes(
        term, change.effects, law=service.law, after=change.after, tried=tried
    )
