"""Bringing files in: `load`, and what sources there are: `sources`."""

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.console import Terminal, terminal
from api.progress import expand, progress_bars, tell_passed_over
from api.rendering import outcome_json, print_effect_changes, print_report
from api.spooling import spooled
from loaders.expecting import Acceptance
from loaders.formats import Format, given
from loaders.overview import Overview, markdown, overview
from loaders.registry import sources

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("load")(load_files)
    app.command("sources")(list_sources)
    app.command("files")(list_files)


def load_files(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="文件、文件夹、通配符，或 - 表示标准输入。"
            "Files, folders, patterns, or - for standard input."
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(help="数据源；不写则按表头识别。Source; else found by headings."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只说明会改变什么。Only say what changes.")
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option(
            help="文字编码（utf-8、gb18030、big5、utf-16）；不写则自动识别。Else found."
        ),
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(
            help="CSV 的分隔符，一个字符或 tab；不写则自动识别。Of CSV; else found."
        ),
    ] = None,
    format: Annotated[  # noqa: A002  # the word that users write
        Format | None,
        typer.Option(help="格式；不写则按内容和文件名识别。Format; else found."),
    ] = None,
    accept: Annotated[
        str | None,
        typer.Option(help="与应有的不符仍载入的理由。Why to load it all the same."),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="文件所述之日，默认今天。Day the file speaks of, by default today.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """载入文件。Load files: every row is new, known or quarantined with a reason."""
    term = terminal(context)
    said = given(encoding, delimiter, format)
    most = term.settings.stdin_mb << 20
    data = term.settings.data
    with (
        spooled(paths, sys.stdin.buffer, data=data, kind=format, most=most) as files,
        term.service() as service,
        progress_bars(term) as report,
    ):
        outcome = service.load(
            expand(files, tell_passed_over(term)),
            source=source,
            given=said,
            dry_run=dry_run,
            on=on.date() if on else None,
            acceptance=None if accept is None else Acceptance(accept, "cli"),
            progress=report,
        )
    if as_json:
        term.json(outcome_json(outcome))
        return
    for one in outcome.reports:
        print_report(term, one)
    print_effect_changes(
        term,
        outcome.effects,
        law=service.law,
        after=outcome.after,
        tried=dry_run,
    )


def list_sources(
    context: typer.Context,
    as_markdown: Annotated[
        bool,
        typer.Option(
            "--markdown",
            help="整张表：格式、方式、主键、终止列、版式出处。The whole table.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """列出数据源及其表头。List the sources and the headings they expect."""
    term = terminal(context)
    if as_markdown:
        sys.stdout.write(markdown(sources().values()))
        return
    shown = {s.key: (s, overview(s)) for s in sources().values()}
    rows: list[dict[str, object]] = [
        {
            "key": key,
            "title": term.tell(told.title),
            "mode": source.mode if as_json else term.tell(told.mode),
            "columns": term.say("、", ", ").join(source.headings),
        }
        | (_more(term, told) if as_json else {})
        for key, (source, told) in shown.items()
    ]
    if as_json:
        term.json(rows)
    else:
        headings = {
            "key": "key",
            "title": term.say("名称", "title"),
            "mode": term.say("方式", "mode"),
            "columns": term.say("表头", "headings"),
        }
        term.table(headings, list(rows))


def _more(term: Terminal, told: Overview) -> dict[str, object]:
    return {
        "formats": told.formats,
        "keys": told.keys,
        "ends_on_last_day": told.inclusive,
        "ends_on_first_day_without": told.exclusive,
        "layout": term.tell(told.layout),
    }


def list_files(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Option(help="只看一个数据源。Of one source only.")
    ] = None,
    last: Annotated[
        int | None, typer.Option(min=1, help="只看最近几次。Only so many, the last.")
    ] = None,
    as_json: Json = False,
) -> None:
    """列出载入过的文件及各行下落。List the files that were loaded and their rows."""
    term = terminal(context)
    with term.service() as service:
        found = service.receipts()
    found = [r for r in found if source is None or r.source == source]
    rows = [asdict(receipt) for receipt in found[-(last or len(found)) :]]
    if as_json:
        term.json(rows)
        return
    headings = {
        "recorded_at": term.say("载入时间", "loaded at"),
        "file": term.say("文件", "file"),
        "source": term.say("数据源", "source"),
        "read": term.say("读入", "read"),
        "new": term.say("新增", "new"),
        "known": term.say("已知", "known"),
        "quarantined": term.say("隔离", "quarantined"),
    }
    further = {
        "corrected": term.say("更改", "corrected"),
        "ended": term.say("终止", "ended"),
        "withdrawn": term.say("撤回", "withdrawn"),
        "accepted": term.say("接受理由", "accepted because"),
    }
    headings |= {k: told for k, told in further.items() if any(r[k] for r in rows)}
    for row in rows:
        row["recorded_at"] = f"{row['recorded_at']:%Y-%m-%d %H:%M}"
        if row["missed"]:
            figures = "; ".join(f"{k} {v}" for k, v in row["missed"].items())
            row["accepted"] = f"{row['accepted']} ({figures}; {row['accepted_by']})"
    term.table(headings, list(rows))
