"""An invented city of any size, to try things on: `synth`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.acting import DAY
from api.console import terminal
from api.progress import row_bar
from graph.errors import Conflict
from loaders.synthetic import Rates, synthesize

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("synth")(synth)


def synth(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option(help="写到哪个文件夹（须为空）。An empty folder.")
    ],
    organizations: Annotated[
        int, typer.Option(help="多少家组织。How many organizations.")
    ] = 2400,
    seed: Annotated[
        int,
        typer.Option(
            min=0, help="随机种子，相同则文件相同。Decides all that is drawn."
        ),
    ] = 20261122,
    reference: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="基准日，默认今天。Looked at on this day."),
    ] = None,
    wrong: Annotated[
        float, typer.Option(help="错误行的比例。Share of wrong rows.")
    ] = 0.001,
    late: Annotated[
        float,
        typer.Option(help="近八周处罚中迟报的比例。Share of penalties sent late."),
    ] = 0.03,
    spread: Annotated[
        float,
        typer.Option(
            help="处罚经共同任职人员传到另一家的比例。Share of penalties passed on."
        ),
    ] = 0.0,
    circles: Annotated[
        float,
        typer.Option(
            help="再任职、再持股在同一圈子企业中的比例。Share of further posts in circles."
        ),
    ] = 0.0,
    other_names: Annotated[
        bool,
        typer.Option("--other-names", help="换一套人名。People named differently."),
    ] = False,
    as_json: Json = False,
) -> None:
    """虚构一座城市：官方格式的文件和答案。Invent a city in the official layouts."""
    term = terminal(context)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Conflict(
            f"{out} 不是空文件夹。",
            f"{out} is not an empty folder.",
            hint_zh="换一个文件夹；已有的文件不会被覆盖。",
            hint_en="Name another one; nothing that is there is overwritten.",
        )
    day = reference.date() if reference else term.clock.today()
    with row_bar(term) as report:
        city = synthesize(
            out,
            organizations=organizations,
            seed=seed,
            reference=day,
            rates=Rates(wrong=wrong, late=late, spread=spread, circles=circles),
            other_names=other_names,
            progress=report,
        )
    if as_json:
        term.json(
            {
                "folder": city.folder,
                "rows": dict(city.rows),
                "stories": city.stories,
                "wrong": city.wrong,
                "late": city.late,
            }
        )
        return
    files = len(city.rows)
    term.print(
        term.say(
            f"{city.folder}：{files} 个文件，共 {city.total:,} 行，"
            f"含 {city.stories} 个预设情节、{city.wrong:,} 个错误行、{city.late:,} 个迟报行"
            "（答案见 answers.json 和 key/）",
            f"{city.folder}: {files} files, {city.total:,} rows, {city.stories} planted "
            f"stories, {city.wrong:,} wrong and {city.late:,} late rows "
            "(answers.json and key/ have the answers)",
        )
    )
