"""`model`: train a model of risk, evaluate it, show its card."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.status import Status

from analytics.learning.card import draw, markdown
from analytics.learning.evaluation import Asked, Report, evaluate, evaluate_model
from analytics.learning.modelfile import Fitted, Text, read_file, write_model
from analytics.learning.scorecards import table, with_calibration
from analytics.learning.training import STEPS, Told, learners, of_families, train
from analytics.learning.windows import Windows, last_window, windows
from analytics.scoring.scorecard import DEFAULT, Scorecard
from api.cli.acting import DAY
from api.console import Terminal, terminal
from api.models import load_risk_model
from api.progress import step_bar
from graph.errors import BadInput, Conflict, Said
from graph.scope import ALL

application = typer.Typer(
    help="风险模型：训练、评估、模型卡。Models of risk: train, evaluate, card.",
    no_args_is_help=True,
)
_INVENTED: Final = Text(
    zh="演示：在虚构城市上训练，部署单位用自己的记录训练之前只供演示。",
    en="Demonstration: trained on an invented city, until the deployment trains it on "
    "its own records.",
)

Out = Annotated[Path, typer.Option(help="写到哪个文件夹（须为空）。An empty folder.")]
Seed = Annotated[int, typer.Option(min=0, help="随机种子。Seed.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(application, name="model")


@application.command("train")
def train_model(
    context: typer.Context,
    out: Out,
    horizon: Annotated[
        int, typer.Option(min=30, max=1_825, help="期间（天）。Days.")
    ] = 365,
    sector: Annotated[
        str | None, typer.Option(help="只看此行业门类的记录 A–T。One section.")
    ] = None,
    learner: Annotated[
        str, typer.Option(help="boosting 或 logistic。How it learns.")
    ] = "boosting",
    steps: Annotated[
        str,
        typer.Option(help="用到哪一步的特征：own、structure、neighbours、sectors。"),
    ] = "sectors",
    owner: Annotated[str, typer.Option(help="谁对模型负责。Who answers for it.")] = "",
    invented: Annotated[
        bool, typer.Option(help="数据是虚构的，写在卡的第一行。The data are invented.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="最后一期的终点，默认今天。Ends on this day."),
    ] = None,
    budget: Annotated[
        float, typer.Option(min=0.001, max=1, help="可检查的比例。Inspections.")
    ] = 0.05,
    draws: Annotated[
        int, typer.Option(min=20, max=10_000, help="区间的抽样次数。Draws.")
    ] = 400,
    seed: Seed = 0,
) -> None:
    """按时间先后训练、校准、检验，写出模型文件和模型卡。Train, calibrate, test."""
    term = terminal(context)
    _check(out, learner, steps)
    with term.service() as service:
        snapshot = service.board.snapshot.under(ALL)
        day = as_of.date() if as_of else term.clock.today()
        invented = invented or service.settings.purpose == "demo"
        with step_bar(term) as progress:
            found = windows(snapshot, day, horizon, sector, progress)
            rewired = windows(snapshot, day, horizon, sector, progress, rewired=seed)
    told = Told("risk", _data(day, invented=invented), invented, owner)
    features = of_families(*dict(STEPS)[steps])
    fitted = train(found, features, learner, seed, told)
    report = _measured(
        term, found, rewired, fitted, Asked(learner, seed, budget, draws)
    )
    out.mkdir(parents=True, exist_ok=True)
    path = out / "model.json"
    file = write_model(path, fitted, report)
    (out / "card.md").write_text(markdown(file, draw(file, out)), encoding="utf-8")
    _tell(term, report)
    term.print(
        term.say(
            f"{path}：CREDITGRAPH_RISK_MODEL={path} 即可使用；模型卡 {out / 'card.md'}",
            f"{path}: use it by CREDITGRAPH_RISK_MODEL={path}; card {out / 'card.md'}",
        )
    )


def _check(out: Path, learner: str, steps: str) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Conflict(
            f"{out} 不是空文件夹。",
            f"{out} is not an empty folder.",
            hint_zh="换一个文件夹；已有的文件不会被覆盖。",
            hint_en="Name another one; nothing that is there is overwritten.",
        )
    for word, known in ((learner, learners(0)), (steps, dict(STEPS))):
        if word not in known:
            raise BadInput(
                f"没有“{word}”。",
                f"There is no {word!r}.",
                hint_zh=f"可用：{'、'.join(known)}。",
                hint_en=f"Known: {', '.join(known)}.",
            )


def _data(day: date, *, invented: bool) -> Text:
    if invented:
        return _INVENTED
    return Text(
        zh=f"在本部署截至 {day} 的记录上训练。",
        en=f"Trained on the records of this deployment up to {day}.",
    )


def _measured(
    term: Terminal, found: Windows, rewired: Windows, fitted: Fitted, asked: Asked
) -> Report:
    with Status("", console=term.err) as status:
        return evaluate(found, rewired, fitted, asked, status.update)


def _interval(found: dict[str, float]) -> str:
    return f"{found['value']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"


def _tell_metrics(term: Terminal, found: Report) -> None:
    hits, budget = f"{found['hits_at_budget']:.0f}", found["budget"]
    term.print(
        term.say(
            f"AUC {_interval(found['auc'])}，AP {_interval(found['average_precision'])}，"
            f"KS {found['ks']:.3f}；预算 {budget} 家中命中 {hits}，"
            f"提升 {found['lift_at_budget']:.2f} 倍",
            f"AUC {_interval(found['auc'])}, AP {_interval(found['average_precision'])}, "
            f"KS {found['ks']:.3f}; {hits} hits in a budget of {budget}, "
            f"lift {found['lift_at_budget']:.2f}",
        )
    )


def _tell(term: Terminal, report: Report) -> None:
    _tell_metrics(term, report["metrics"])
    for step in report["ablation"]:
        gain = step.get("auc_gain")
        told = "" if gain is None else f"  + {_interval(gain)}"
        term.print(f"  + {step['step']}: {step['auc']:.3f}{told}")
    controls = report["controls"]
    term.print(
        term.say(
            f"对照：标签打乱 {controls['shuffled_labels_auc']:.3f}，"
            f"改接关系后的增益 {controls['rewired_gain']['value']:+.3f}；"
            f"泄漏上限 {controls['leak_ceiling_auc']:.3f}",
            f"controls: shuffled labels {controls['shuffled_labels_auc']:.3f}, gain of "
            f"rewired links {controls['rewired_gain']['value']:+.3f}; leak ceiling "
            f"{controls['leak_ceiling_auc']:.3f}",
        )
    )


@application.command("evaluate")
def evaluate_a_model(
    context: typer.Context,
    model: Annotated[
        Path | None,
        typer.Argument(help="模型文件；默认在用的评分卡。A model; the one in use."),
    ] = None,
    horizon: Annotated[
        int, typer.Option(min=30, max=1_825, help="期间（天）。Days.")
    ] = 365,
    sector: Annotated[
        str | None, typer.Option(help="只看此行业门类的记录 A–T。One section.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="期间的终点，默认今天。Ends on this day."),
    ] = None,
    budget: Annotated[
        float, typer.Option(min=0.001, max=1, help="可检查的比例。Inspections.")
    ] = 0.05,
    draws: Annotated[
        int, typer.Option(min=20, max=10_000, help="区间的抽样次数。Draws.")
    ] = 400,
    seed: Seed = 0,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """一个模型（评分卡或学习模型）在最近一期上的表现。How well a model tells."""
    term = terminal(context)
    with term.service() as service:
        chosen = load_risk_model(model) if model else service.risks.model
        day = as_of.date() if as_of else term.clock.today()
        snapshot = service.board.snapshot.under(ALL)
        window = last_window(snapshot, day, horizon, sector)
    report = evaluate_model(chosen, window, Asked("", seed, budget, draws))
    if as_json:
        term.json(report)
        return
    rows, positives = report["rows"]
    term.print(
        term.say(
            f"{report['model']}：{window.day} 的 {rows:,} 家中，此后 {horizon} 天内 "
            f"{positives:,} 家出现严重记录",
            f"{report['model']}: of {rows:,} on {window.day}, {positives:,} had a serious "
            f"record within {horizon} days",
        )
    )
    _tell_metrics(term, report["metrics"])
    for what, groups in report["breakdown"].items():
        for group in groups:
            told = "—" if group["auc"] is None else _interval(group["auc"])
            term.print(f"  {what} {group['key']}: {group['rows']}, {told}")


@application.command("calibrate")
def calibrate_scorecard(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="写到哪个文件。A new file.")],
    card: Annotated[
        Path | None, typer.Option(help="评分卡，默认自带的。A scorecard.")
    ] = None,
    horizon: Annotated[
        int, typer.Option(min=30, max=1_825, help="期间（天）。Days.")
    ] = 365,
    invented: Annotated[
        bool, typer.Option(help="数据是虚构的，随概率一并说明。The data are invented.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="期间的终点，默认今天。Ends on this day."),
    ] = None,
) -> None:
    """以最近一期实际发生的，给评分卡配上概率。Give a scorecard its probabilities."""
    term = terminal(context)
    if out.exists():
        raise Conflict(
            f"{out} 已经存在。",
            f"{out} exists already.",
            hint_zh="换一个文件名。",
            hint_en="Name another file.",
        )
    source = card or DEFAULT
    scorecard = Scorecard.load(source)
    with term.service() as service:
        day = as_of.date() if as_of else term.clock.today()
        invented = invented or service.settings.purpose == "demo"
        snapshot = service.board.snapshot.under(ALL)
        window = last_window(snapshot, day, horizon)
    window.design.check()
    design = window.design.only(scorecard.features)
    rows = table(scorecard.scores(design.values), design.positive)
    whose = (
        Said("虚构城市", "an invented city")
        if invented
        else Said("本部署", "this deployment")
    )
    on = Said(
        f"{whose.zh} {window.day} 起 {horizon} 天",
        f"{whose.en}, {horizon} days from {window.day}",
    )
    text = with_calibration(source.read_text("utf-8"), rows, on, demonstration=invented)
    out.write_text(text, encoding="utf-8")
    for row in rows:
        term.print(f"≤ {row['to']:g}: {row['probability']:.3%}  ({row['subjects']})")


@application.command("card")
def card(
    context: typer.Context,
    model: Annotated[Path, typer.Argument(help="模型文件。A model's file.")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """模型卡：数据、截止日、指标、对照、界限。The card of a model."""
    term = terminal(context)
    file = read_file(model)
    if as_json:
        term.json({"origin": file.origin.model_dump(), "report": file.report})
        return
    term.print(markdown(file))
