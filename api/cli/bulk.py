"""The first load of an empty Neo4j, through the server's own importer: `bulk`."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from api import bulk as work
from api.console import terminal
from api.progress import expand, progress_bars, tell_passed_over
from api.rendering import print_report
from graph.errors import Conflict


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("bulk")(bulk)


def bulk(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="文件或文件夹。Files or folders.")
    ],
    out: Annotated[
        Path, typer.Option(help="写到哪个文件夹（须为空）。An empty folder.")
    ],
    source: Annotated[
        str | None,
        typer.Option(help="数据源；不写则按表头识别。Source; else found by headings."),
    ] = None,
    neo4j_home: Annotated[
        Path | None,
        typer.Option(
            help="Neo4j 的安装目录；写了就接着导入，数据库须已停止。"
            "Where Neo4j is installed: import at once; the database must be stopped."
        ),
    ] = None,
    database: Annotated[
        str, typer.Option(help="导入到哪个数据库。Name of the database.")
    ] = "neo4j",
) -> None:
    """首次载入 Neo4j：写出导入文件（并导入）。First load of an empty Neo4j, in bulk."""
    term = terminal(context)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Conflict(
            f"{out} 不是空文件夹。",
            f"{out} is not an empty folder.",
            hint_zh="换一个文件夹；已有的文件不会被覆盖。",
            hint_en="Name another one; nothing that is there is overwritten.",
        )
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    with progress_bars(term) as report:
        outcome = work.bulk(
            expand(paths, tell_passed_over(term)),
            out.absolute(),
            settings=term.settings,
            clock=term.clock,
            source=source,
            progress=report,
        )
    for one in outcome.reports:
        print_report(term, one)
    written = outcome.written
    command = work.import_command(neo4j_home, database, written)
    script = out / "import.sh"
    script.write_text(f"#!/bin/sh\nset -e\nexec {shlex.join(command)}\n", "utf-8")
    script.chmod(0o700)
    counts = f"{written.nodes:,}", f"{written.relationships:,}"
    term.print(
        term.say(
            f"写出 {counts[0]} 个节点、{counts[1]} 条关系，账本 {written.loads} 项",
            f"{counts[0]} nodes and {counts[1]} relationships written, "
            f"{written.loads} entries of the journal",
        )
    )
    if neo4j_home is None:
        term.print(
            term.say(
                f"停止数据库后运行 {script}，再启动；第一次打开时补全索引。",
                f"Stop the database, run {script} and start it again; the first "
                "opening makes the indexes.",
            )
        )
        return
    work.run_import(command)
    term.print(
        term.say(
            f"已导入数据库 {database}；请启动 Neo4j。",
            f"Imported into the database {database}; start Neo4j.",
        )
    )
