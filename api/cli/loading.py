"""Bringing files in: `load`, and what sources there are: `sources`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from loaders.pipeline import Progress as Report
from loaders.registry import sources
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from api.cli.console import Terminal, terminal
from api.cli.rendering import outcome_json, print_effect_changes, print_report

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("load")(load_files)
    app.command("sources")(list_sources)


def load_files(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="文件或文件夹。Files or folders.")
    ],
    source: Annotated[
        str | None,
        typer.Option(help="数据源；不写则按表头识别。Source; else found by headings."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只说明会改变什么。Only say what changes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """载入文件。Load files: every row is new, known or quarantined with a reason."""
    term = terminal(context)
    with term.service() as service, progress_bars(term) as report:
        outcome = service.load(
            expand(paths), source=source, dry_run=dry_run, progress=report
        )
    if as_json:
        term.json(outcome_json(outcome))
        return
    for one in outcome.reports:
        print_report(term, one)
    print_effect_changes(term, outcome.effects, tried=dry_run)


def expand(paths: list[Path]) -> list[Path]:
    """Return the files; a folder stands for the files directly in it, by name."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(p for p in path.iterdir() if p.suffix.lower() in _TABULAR)
        else:
            files.append(path)
    return files


_TABULAR = frozenset({".csv", ".xlsx", ".jsonl"})


@contextmanager
def progress_bars(term: Terminal) -> Iterator[Report]:
    """Show a bar per file on a terminal; a plain line per file otherwise."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=term.err,
        transient=True,
        disable=not term.err.is_terminal,
    )
    tasks: dict[str, int] = {}

    def report(name: str, done: int, total: int | None, rate: float) -> None:
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=total, rate="")
        bars.update(
            bars.task_ids[list(tasks).index(name)],
            completed=done,
            total=total,
            rate=f"{rate:,.0f}/s",
        )

    with bars:
        yield report


def list_sources(context: typer.Context, as_json: Json = False) -> None:
    """列出数据源及其表头。List the sources and the headings they expect."""
    term = terminal(context)
    rows = [
        {
            "key": s.key,
            "title": term.say(s.title.zh, s.title.en),
            "columns": "、".join(s.headings),
        }
        for s in sources().values()
    ]
    if as_json:
        term.json(rows)
    else:
        headings = {"key": "key", "title": "名称 title", "columns": "表头 headings"}
        term.table(headings, list(rows))
