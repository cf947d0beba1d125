"""`leads`: what the patterns found, and what officers say of it."""

from typing import Annotated, Final, Literal

import typer
from rich.markup import escape

from analytics.leads.detecting import Leads
from analytics.leads.words import Verdict
from api.access import Sight
from api.changes import ChangeLog
from api.cli.reading import AsOf, Json, KnownAt, sight
from api.console import terminal
from api.lead_notes import LeadNotes, Note
from api.leads import LeadBook, Wanted, at_load, find_lead, known_pattern, news
from api.schemas.leads import LeadItem
from api.service import Service
from api.showing import leads as showing
from api.telling import tell_lead, tell_row
from graph.scope import ALL
from graph.vocabulary import Section

_LISTED: Final = 50
Id = Annotated[str, typer.Argument(help="线索的标识（24 位）。Id of the lead.")]

application = typer.Typer(
    help="线索（供核查，不产生法律后果）。Leads: to be checked, without legal effect.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(application, name="leads")


@application.command("list")
def list_(
    context: typer.Context,
    pattern: Annotated[str | None, typer.Option(help="模式的名称。A pattern.")] = None,
    region: Annotated[
        str | None, typer.Option(help="行政区划前两位或四位。Digits of a region.")
    ] = None,
    sector: Annotated[
        Section | None, typer.Option(help="行业门类 A–T。A section.")
    ] = None,
    who: Annotated[
        str | None, typer.Option("--subject", help="涉及此主体的。Of this subject.")
    ] = None,
    verdict: Annotated[
        Literal["none", "useful", "not_useful", "known"] | None,
        typer.Option(help="反馈；none：尚无反馈。Last said of it; none: nothing."),
    ] = None,
    since: Annotated[
        int | None,
        typer.Option(min=1, help="只列此次载入以来新增的。New since this load."),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, help="最多多少条。At most so many.")
    ] = _LISTED,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """线索清单：可筛选；--since 只列新增的。What the patterns found."""
    term, book = terminal(context), LeadBook()
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        now, notes = book.of(seen), _notes(service).by_lead()
        wanted = Wanted(
            pattern=None if pattern is None else known_pattern(pattern),
            region=region,
            sector=sector,
            subject=(who and service.find_subject(who, view=seen.view, scope=ALL)),
            verdict=verdict,
            notes=notes,
        )
        every = tuple(wanted.of(now))
        if since is not None:
            then = at_load(service, ChangeLog(service), seen, since)
            fresh = {lead.id for lead in news(now, book.of(then), since)}
            every = tuple(lead for lead in every if lead.id in fresh)
        items = [showing.row(lead, now, notes, seen) for lead in every[:limit]]
    if as_json:
        term.json({"items": items, "total": len(every)})
        return
    for item in items:
        tell_row(term, item)
    term.print(
        term.say(
            f"共 {len(every)} 条，列出 {len(items)} 条。",
            f"{len(items)} of {len(every)}.",
        )
    )


@application.command("show")
def show(
    context: typer.Context,
    lead: Id,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """一条线索：各主体的角色、所依据的事实、反馈。One lead with its evidence."""
    term = terminal(context)
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        item = _item(LeadBook().of(seen), lead, service, seen)
    if as_json:
        term.json(item)
        return
    tell_lead(term, item)


def _item(leads: Leads, lead: str, service: Service, seen: Sight) -> LeadItem:
    notes = _notes(service).by_lead()
    return showing.lead(find_lead(leads, lead), leads, notes, seen)


@application.command("patterns")
def patterns(context: typer.Context, as_json: Json = False) -> None:
    """线索模式：找什么、参数及理由、条数、反馈。The table of patterns."""
    term = terminal(context)
    with term.service() as service:
        leads = LeadBook().of(sight(service, None, None))
        items = showing.patterns(leads, _notes(service).by_lead())
    if as_json:
        term.json(items)
        return
    for item in items:
        title, text = (term.say(one.zh, one.en) for one in (item.title, item.text))
        term.print(f"{item.name}  {title}  {item.open}")
        term.print(f"    {text}")
        for one in item.parameters:
            term.print(escape(f"    {one.name} = {one.value:g}  {one.why}"))


@application.command("note")
def note(
    context: typer.Context,
    lead: Id,
    verdict: Annotated[
        str, typer.Option(help="有用、无用、已知。useful, not_useful or known.")
    ],
    text: Annotated[str, typer.Option(help="说明。In your words.")] = "",
    actor: Annotated[str, typer.Option(help="办理人员。Who says it.")] = "cli",
) -> None:
    """对线索的反馈；只增不改。What an officer says of a lead; only added to."""
    term = terminal(context)
    with term.service() as service:
        seen = sight(service, None, None)
        leads = LeadBook().of(seen)
        found = find_lead(leads, lead)
        _notes(service).add(
            Note(
                lead=lead,
                pattern=found.pattern,
                verdict=Verdict.parse(verdict),
                text=text,
                by=actor,
                load=seen.snapshot.seq,
                at=service.clock.now(),
            )
        )
        item = _item(leads, lead, service, seen)
    tell_lead(term, item)


def _notes(service: Service) -> LeadNotes:
    return LeadNotes(service.settings.lead_notes_file)
