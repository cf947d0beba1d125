"""Rows that wait in quarantine: `quarantine list | show | export | redrive`."""

from getpass import getuser
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from api.console import Terminal, terminal
from api.progress import progress_bars
from api.rendering import outcome_json, print_effect_changes, print_report
from api.wiring import open_quarantine
from graph.errors import BadInput, NotFound
from loaders.correcting import said, write_rows
from loaders.issues import Reason
from loaders.masking import Masking
from loaders.quarantine import Quarantine, SetAside, WaitingFile
from loaders.registry import sources

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
File = Annotated[
    str, typer.Argument(help="文件名，或摘要的开头。Name, or beginning of the digest.")
]

_SHOWN = 50


@app.command("list")
def list_files(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Option(help="只看一个数据源。Of one source only.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option(help="只看有该原因的。With this reason only.")
    ] = None,
    as_json: Json = False,
) -> None:
    """列出有行等候的文件：多少行、为何、自何时。List the files with waiting rows."""
    term = terminal(context)
    wanted = Reason.parse(reason) if reason else None
    found = [
        file
        for file in open_quarantine(term.settings).waiting()
        if source in (None, file.source) and (not wanted or wanted in file.reasons)
    ]
    if as_json:
        term.json([_file_json(file) for file in found])
    elif found:
        term.table(
            {
                "digest": term.say("摘要", "digest"),
                "file": term.say("文件", "file"),
                "source": term.say("数据源", "source"),
                "waiting": term.say("等候", "waiting"),
                "reasons": term.say("原因", "reasons"),
                "since": term.say("起始", "since"),
            },
            [_cells(term, file) for file in found],
        )
    else:
        term.print(term.say("没有等候的行。", "No row waits."))


def _file_json(file: WaitingFile) -> dict[str, Any]:
    return {
        "digest": file.digest,
        "file": file.file,
        "source": file.source,
        "waiting": file.waiting,
        "reasons": dict(file.reasons),
        "since": file.since.isoformat() if file.since else None,
    }


def _cells(term: Terminal, file: WaitingFile) -> dict[str, Any]:
    reasons = [f"{_reason(term, r)} {n}" for r, n in file.reasons.items()]
    return _file_json(file) | {
        "digest": file.digest[:12],
        "reasons": term.say("；", "; ").join(reasons),
        "since": f"{file.since:%Y-%m-%d %H:%M}" if file.since else None,
    }


def _reason(term: Terminal, value: str) -> str:
    """Return the label of a reason; one of another version of the program as it is."""
    known = next((r for r in Reason if r.value == value), None)
    return term.say(known.zh, known.en) if known else value


@app.command()
def show(
    context: typer.Context,
    file: File,
    line: Annotated[
        int | None, typer.Argument(min=1, help="只看这一行。This row only.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="至多显示多少行。Show so many at most.")
    ] = _SHOWN,
    as_json: Json = False,
) -> None:
    """等候的行：错在哪里、怎么改、原行（敏感列脱敏）。Show rows, masked, and why."""
    term = terminal(context)
    box = open_quarantine(term.settings)
    digest = box.find(file)
    rows = [row for row in _rows(box, digest) if line in (None, row.line)]
    if not rows:
        raise NotFound(
            f"文件“{file}”的第 {line} 行不在隔离区。",
            f"Line {line} of {file!r} is not in quarantine.",
        )
    masking = Masking(sources().get(rows[0].source))
    if as_json:
        shown = [_row_json(row, masking) for row in rows[:limit]]
        term.json(_file_json(box.summary(digest)) | {"rows": shown})
        return
    for row in rows[:limit]:
        _print_row(term, row, masking)
    if len(rows) > limit:
        rest = len(rows) - limit
        term.print(term.say(f"另有 {rest} 行（--limit）", f"and {rest} more (--limit)"))


def _rows(box: Quarantine, digest: str) -> list[SetAside]:
    return sorted(box.rows(digest), key=lambda row: row.line)


def _row_json(row: SetAside, masking: Masking) -> dict[str, Any]:
    return {
        "line": row.line,
        "since": row.since.isoformat() if row.since else None,
        "loader": row.loader or None,
        "issues": [dict(issue) for issue in row.issues],
        "row": masking.row(row.row),
        "text": masking.text(row.row) or None,
    }


def _print_row(term: Terminal, row: SetAside, masking: Masking) -> None:
    known = [f"{row.since:%Y-%m-%d %H:%M}"] if row.since else []
    known += [f"creditgraph {row.loader}"] if row.loader else []
    where = term.say(f"{row.file} 第 {row.line} 行", f"{row.file} line {row.line}")
    told = term.say("，", ", ").join([where, *known])
    term.print(f"[bold]{escape(told)}[/bold]")
    language = term.settings.language
    for issue in row.issues:
        message, advice = (said(issue, w, language) for w in ("message", "advice"))
        value = issue["value"]
        value = f" ({value})" if value and value not in message else ""
        advice = f" → {advice}" if advice else ""
        reason = _reason(term, issue["reason"])
        term.print(escape(f"  ✗ {reason} | {message}{value}{advice}"))
    for heading, cell in masking.row(row.row).items():
        if cell:
            term.print(escape(f"    {heading}: {cell}"))
    if text := masking.text(row.row):
        term.print(escape(f"    {text}"))


@app.command()
def export(
    context: typer.Context,
    file: File,
    out: Annotated[
        Path, typer.Option(help="写到哪个文件（CSV）。File to write (CSV).")
    ],
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help="敏感列写原文。Write sensitive columns.")
    ] = False,
    reason: Annotated[
        str, typer.Option(help="为何要原文，记入账本。Why in clear, journaled.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """导出等候的行，供更正后用 redrive --with 送回。Export rows for correction."""
    term = terminal(context)
    box = open_quarantine(term.settings)
    digest = box.find(file)
    rows = _rows(box, digest)
    if unmasked and not yes:
        question = term.say(
            f"{out} 将含有 {len(rows)} 行未脱敏的个人信息。确定写出？",
            f"{out} will hold personal data of {len(rows)} rows in clear. Write it?",
        )
        typer.confirm(question, abort=True, err=True)
    if unmasked:
        # Journaled first: what could not be recorded does not leave.
        with term.service() as service:
            service.disclose(digest, rows=len(rows), by=getuser(), reason=reason)
    masking = None if unmasked else Masking(sources().get(rows[0].source))
    write_rows(out, rows, masking=masking, language=term.settings.language)
    if as_json:
        told = {"digest": digest, "out": str(out), "rows": len(rows)}
        term.json(told | {"unmasked": unmasked})
        return
    term.print(
        escape(
            term.say(
                f"{out}：{len(rows)} 行。更正后：creditgraph quarantine redrive "
                f"{digest[:12]} --with {out}",
                f"{out}: {len(rows)} rows. Once corrected: creditgraph quarantine "
                f"redrive {digest[:12]} --with {out}",
            )
        )
    )


@app.command()
def redrive(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(help="文件名，或摘要的开头。Name, or beginning of the digest."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="所有文件。The rows of all files.")
    ] = False,
    corrected: Annotated[
        Path | None, typer.Option("--with", help="更正后的导出。The corrected export.")
    ] = None,
    as_json: Json = False,
) -> None:
    """按今天的规则再载入等候的行，已采用的即了结。Load waiting rows by today's rules."""
    term = terminal(context)
    if (file is None) is not every or (every and corrected):
        raise BadInput(
            "请给出一个文件，或者用 --all；--with 须与文件同用。",
            "Name a file, or use --all; --with goes with a file.",
        )
    with term.service() as service:
        digests = _meant(term, service.quarantine, file)
        with progress_bars(term) as report:
            outcome = service.redrive(digests, corrections=corrected, progress=report)
    if as_json:
        term.json(outcome_json(outcome))
        return
    for one in outcome.reports:
        print_report(term, one, still=True)
    if not outcome.reports:
        term.print(term.say("没有等候的行。", "No row waits."))
    print_effect_changes(
        term, outcome.effects, law=service.law, after=outcome.after, tried=False
    )


def _meant(term: Terminal, box: Quarantine, file: str | None) -> list[str]:
    """Return the digests; of all files, those whose source is gone are only told."""
    if file is not None:
        return [box.find(file)]
    found, known = box.waiting(), sources()
    for gone in (f for f in found if f.source not in known):
        told = term.say(
            f"{gone.file}：数据源 {gone.source} 已不存在，{gone.waiting} 行未动。",
            f"{gone.file}: there is no source {gone.source} any more; {gone.waiting} "
            "rows wait on.",
        )
        term.err.print(escape(told))
    return [f.digest for f in found if f.source in known]
