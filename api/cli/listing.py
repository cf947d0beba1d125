"""`effects`: what follows by law, by any side."""

from collections.abc import Collection
from typing import Annotated

import typer

from analytics.propagation.effects import STRENGTH, Effect
from api.access import Sight
from api.changes import ChangeLog
from api.cli.printing import plain, print_effects
from api.cli.reading import AsOf, Json, KnownAt, sight
from api.console import terminal
from api.effect_lists import Filters, Listing
from api.service import Service
from api.showing.effects import show_effect, standing
from graph.scope import ALL
from graph.vocabulary import EffectStatus

Who = Annotated[
    str | None,
    typer.Argument(
        help="统一社会信用代码、标识或全名：其承担的或由其产生的。"
        "Code, identifier or name: borne by it or following from it."
    ),
]
Rule = Annotated[str | None, typer.Option(help="规则键。Key of the rule.")]
Region = Annotated[
    str | None,
    typer.Option(
        help="惩戒（记录）的行政区划代码（开头）。Region of the cause, prefix."
    ),
]
Sector = Annotated[
    str | None, typer.Option(help="惩戒（记录）的行业。Sector of the cause.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("effects")(effects)


def effects(
    context: typer.Context,
    who: Who = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    ended: Annotated[
        bool, typer.Option(help="也列已终止的。List ended ones too.")
    ] = False,
    rule: Rule = None,
    measure: Annotated[
        str | None, typer.Option(help="措施键。Key of the measure.")
    ] = None,
    region: Region = None,
    sector: Sector = None,
    status: Annotated[
        list[str] | None,
        typer.Option(help="只要这些状态（键或中文）。Only these standings."),
    ] = None,
    changed_since: Annotated[
        int | None,
        typer.Option(min=0, help="只要此次载入以后变化的。Changed after this load."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="最多多少项。At most so many.")
    ] = None,
    as_json: Json = False,
) -> None:
    """谁因此负责、此人因何受限；可按规则、措施、地区、行业、状态、变化列出。Effects."""
    term = terminal(context)
    wanted: Collection[EffectStatus] | None = STRENGTH if ended else None
    if status:
        wanted = [EffectStatus.parse(text) for text in status]
    filters = Filters(
        rule=rule,
        measure=measure,
        region=region,
        sector=sector,
        changed_since=changed_since,
    )
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        found = matching(service, seen, filters, who, wanted)[:limit]
        shown = [show_effect(effect, seen, held) for effect, held in found]
    if as_json:
        term.json(plain(shown))
    elif shown:
        print_effects(term, term.say("后果", "effects"), shown)
    else:
        term.print(term.say("没有后果。", "No effects."))


def matching(
    service: Service,
    seen: Sight,
    filters: Filters,
    who: str | None,
    wanted: Collection[EffectStatus] | None,
) -> list[tuple[Effect, EffectStatus]]:
    """Return the effects that are looked for with their standing, in order.

    Args:
        service: the open service.
        seen: the picture.
        filters: what the list is narrowed to.
        who: a subject that bears them or from whom they follow.
        wanted: standings; None: all but ended.

    Raises:
        NotFound: no such subject.
        BadInput: a name that several subjects bear, or a load that has not come.
    """
    listing = Listing(service, seen, filters, ChangeLog(service))
    derivation, names = seen.view.derivation, listing.candidates()
    if who is not None:
        subject = service.find_subject(who, view=seen.view, scope=ALL)
        of = (*derivation.of_bearer(subject), *derivation.of_organization(subject))
        names = sorted({effect.id for effect in of}.intersection(names))
    every = standing(seen, (derivation.effects[name] for name in names), wanted)
    return [(effect, held) for effect, held in every if listing.keeps(effect)]
