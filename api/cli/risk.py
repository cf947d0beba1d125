"""`risk`: scores as leads, figures, the catalogue of features."""

from typing import Annotated, Any, Final

import typer

from analytics.dashboards.groups import by_region, by_sector, cells
from analytics.dashboards.overview import figures
from analytics.features import CATALOGUE
from analytics.scoring.assessing import Scored
from api.access import Sight
from api.cli.reading import AsOf, Json, KnownAt, Who, sight
from api.console import Terminal, terminal
from api.progress import step_bar
from api.ranking import drifts, ranked
from api.service import Service
from api.showing import risk as showing
from api.telling import tell_model, tell_risk
from graph.errors import NotFound
from graph.scope import ALL
from graph.vocabulary import Section

_YEAR: Final = 365

application = typer.Typer(
    help="风险评分（线索，不产生法律后果）。Risk scores: leads, without legal effect.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(application, name="risk")


@application.command("show")
def show(
    context: typer.Context,
    who: Who,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """一家组织的评分：各项贡献、依据、什么会使它变化。One score, explained."""
    term = terminal(context)
    with term.service() as service:
        seen, scored = _scored(term, service, as_of, known_at)
        found = service.find_subject(who, view=seen.view, scope=ALL)
        if found not in scored.matrix.row:
            raise NotFound(
                f"“{who}”没有评分：只对存续、有登记概况的组织评分。",
                f"{who!r} has no score: only organizations that are described and not "
                "gone are scored.",
            )
        item = showing.risk(scored.assess(found), scored.card, seen)
    if as_json:
        term.json(item)
        return
    tell_risk(term, item)


@application.command("top")
def top(
    context: typer.Context,
    budget: Annotated[
        int, typer.Option(min=1, help="检查预算：最多几家。At most.")
    ] = 20,
    region: Annotated[
        str | None, typer.Option(help="行政区划前两位或四位。Digits of a region.")
    ] = None,
    sector: Annotated[
        Section | None, typer.Option(help="行业门类 A–T。A section.")
    ] = None,
    sanction_list: Annotated[
        str | None, typer.Option("--list", help="在此名单上。On this list.")
    ] = None,
    band: Annotated[str | None, typer.Option(help="等级的键。Key of a band.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """检查预算以内评分最高的组织及主要原因。The highest scores."""
    term = terminal(context)
    with term.service() as service:
        seen, scored = _scored(term, service, as_of, known_at)
        order = ranked(
            scored, region=region, sector=sector, on=sanction_list, band=band
        )
        items = [showing.row(scored, int(place), seen) for place in order[:budget]]
    if as_json:
        term.json({"items": items, "total": len(order)})
        return
    for item in items:
        reasons = "；".join(term.say(one.zh, one.en) for one in item.reasons)
        chance = f" {item.probability:.0%}" if item.probability is not None else ""
        name = item.subject.name or item.subject.id
        term.print(f"{item.score:5g}{chance}  {name}  {reasons}")
    tell_model(term, showing.model_ref(scored.card))


@application.command("sectors")
def sectors(
    context: typer.Context,
    matrix: Annotated[
        bool, typer.Option(help="跨行业传播矩阵。The spread between sectors.")
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """各行业的概况，或者行业之间的传播。By sector, or the spread between them."""
    term = terminal(context)
    with term.service() as service:
        _, scored = _scored(term, service, as_of, known_at)
        groups = [showing.sector_group(g, scored.card) for g in by_sector(scored)]
        found = [showing.cell(one) for one in cells(scored.cut)] if matrix else []
    if as_json:
        term.json(found if matrix else groups)
        return
    for cell in found:
        between = f"{cell.low:.2f}–{cell.high:.2f}" if cell.high is not None else "—"
        ratio = "—" if cell.ratio is None else f"{cell.ratio:.2f}"
        told = f"{cell.observed}/{cell.expected:.1f}"
        term.print(f"{cell.source} → {cell.target}  {told}  ×{ratio} [{between}]")
    for group in [] if matrix else groups:
        _tell_group(term, group.key, term.say(group.label.zh, group.label.en), group)


def _tell_group(term: Terminal, key: str, text: str, group: Any) -> None:
    share = group.adverse / group.organizations
    term.print(
        term.say(
            f"{key:4} {text}：{group.organizations} 家，有不良记录 {share:.1%}，"
            f"严重 {group.serious}，平均 {group.mean_score:g} 分",
            f"{key:4} {text}: {group.organizations}, adverse {share:.1%}, "
            f"serious {group.serious}, mean {group.mean_score:g}",
        )
    )


@application.command("overview")
def overview(
    context: typer.Context,
    months: Annotated[int, typer.Option(min=1, max=120, help="月数。Months.")] = 12,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """关键数字、逐月趋势、各地区、各数据源的新鲜度。Key figures and trends."""
    term = terminal(context)
    with term.service() as service:
        seen, scored = _scored(term, service, as_of, known_at)
        effects = seen.view.in_force(tuple(seen.view.derivation.effects.values()))
        item = showing.overview(figures(scored.cut, months), scored, len(effects))
        regions = [showing.region_group(g, scored.card) for g in by_region(scored)]
    if as_json:
        term.json({"overview": item, "regions": regions})
        return
    term.print(
        term.say(
            f"{item.organizations} 家组织，有不良记录 {item.adverse}，严重 {item.serious}；"
            f"在册惩戒 {item.open_sanctions}，生效后果 {item.effects}",
            f"{item.organizations} organizations, {item.adverse} adverse, {item.serious} "
            f"serious; {item.open_sanctions} sanctions, {item.effects} effects in force",
        )
    )
    for month in item.months:
        term.print(
            term.say(
                f"{month.month}  处罚 {month.penalties}  惩戒 +{month.sanctions} −{month.ended}"
                f"  新设 {month.founded}",
                f"{month.month}  penalties {month.penalties}  sanctions "
                f"+{month.sanctions} −{month.ended}  founded {month.founded}",
            )
        )
    for group in regions:
        _tell_group(term, group.key, term.say(group.label.zh, group.label.en), group)
    for source in item.sources:
        term.print(f"{source.grade}  {source.source}  {source.last}  {source.days}")


@application.command("features")
def features(
    context: typer.Context,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """特征目录，覆盖率和一年内的漂移。The catalogue of features."""
    term = terminal(context)
    with term.service() as service:
        seen, scored = _scored(term, service, as_of, known_at)
        before = service.risks.of(seen.snapshot, seen.day - _YEAR)
        moved = drifts(before.matrix, scored.matrix)
        items = showing.features(CATALOGUE, scored.matrix.coverage, moved)
    if as_json:
        term.json(items)
        return
    for item in items:
        drift = "—" if item.drift is None else f"{item.drift:.3f}"
        text = term.say(item.label.zh, item.label.en)
        sign = {1: "+", -1: "−"}.get(item.direction, " ")
        term.print(
            f"{item.name} [{item.family}] {sign} {item.coverage:.0%} {drift}  {text}"
        )


def _scored(
    term: Terminal, service: Service, as_of: AsOf, known_at: KnownAt
) -> tuple[Sight, Scored]:
    seen = sight(service, as_of, known_at)
    with step_bar(term) as progress:
        return seen, service.risks.of(seen.snapshot, seen.day, progress)
