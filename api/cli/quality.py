"""How good what arrived is: `quality`."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from analytics.quality.measures import Measure
from api.console import Terminal, terminal
from api.quality import quality as measured
from graph.scope import ALL

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
Row = dict[str, str | int | float | None]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("quality")(quality)


def quality(
    context: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help="没有问题的也列出。Also what is in order.")
    ] = False,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="另存为 CSV。Also write a CSV file.")
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="输出 Markdown 表。Print Markdown.")
    ] = False,
    as_json: Json = False,
) -> None:
    """数据质量：重码、错码、迟报、矛盾，各有分子、分母和例子。Quality of the data."""
    term = terminal(context)
    with term.service() as service:
        found = measured(service, ALL)
    rows = [_row(term, m) for m in found if every or m.numerator]
    if csv_file:
        _write(csv_file, rows)
    if as_json:
        term.json(rows)
    elif markdown:
        term.print("\n".join(_markdown(rows)))
    elif rows:
        term.table(_headings(term), [_shown(row) for row in rows])
    else:
        term.print(term.say("没有发现问题。", "Nothing was found."))


def _row(term: Terminal, measure: Measure) -> Row:
    return {
        "key": measure.key,
        "measure": term.say(measure.zh, measure.en),
        "group": measure.group,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "rate": measure.rate,
        "examples": " ".join(measure.examples),
    }


def _headings(term: Terminal) -> dict[str, str]:
    return {
        "measure": term.say("指标", "measure"),
        "group": term.say("部门或数据源", "department or source"),
        "numerator": term.say("分子", "numerator"),
        "denominator": term.say("分母", "denominator"),
        "rate": term.say("比率", "rate"),
        "examples": term.say("例子", "examples"),
    }


def _shown(row: Row) -> Row:
    rate = row["rate"]
    first, *others = str(row["examples"]).split(" ")
    return row | {
        "rate": "—" if rate is None else f"{rate:.2%}",
        "examples": f"{first} …" if others else first,
    }


def _markdown(rows: list[Row]) -> list[str]:
    names = ("key", "measure", "group", "numerator", "denominator", "rate", "examples")
    cells = [[str(_shown(row)[n]).replace("|", "\\|") for n in names] for row in rows]
    lines = [list(names), ["---"] * len(names), *cells]
    return [f"| {' | '.join(line)} |" for line in lines]


def _write(path: Path, rows: list[Row]) -> None:
    names = ("key", "measure", "group", "numerator", "denominator", "rate", "examples")
    # With the mark, spreadsheets take the file for UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
