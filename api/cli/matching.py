"""`search` and `match`: subjects by names that are not written as registered."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.reading import AsOf, Json, KnownAt, sight
from api.console import terminal
from api.finding import similar
from api.progress import row_bar
from api.schemas.matching import MatchHit
from api.showing.matching import show_match
from graph.errors import BadInput

_NAME_COLUMNS = ("name", "名称", "企业名称", "单位名称", "主体名称")
_CODE_COLUMNS = ("code", "uscc", "统一社会信用代码", "代码")
_REGION_COLUMNS = ("region", "行政区划代码", "行政区划")
_HEADINGS = ("id", "matched", "score", "verdict", "former")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("search")(search)
    app.command("match")(match)


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="名称或代码的一段，可有错字。A name.")],
    region: Annotated[str, typer.Option(help="行政区划代码。GB/T 2260.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="最多列出。")] = 10,
    explain: Annotated[bool, typer.Option("--explain", help="逐项说明。Why.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """按名称或代码查找：错字、缺地名、繁体、同音、旧名均可。Find subjects."""
    term = terminal(context)
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        found = similar(service, seen, text, region=region, most=limit)
        likely = (hit for hit in found if hit.score.verdict != "unlikely")
        items = [show_match(hit, seen) for hit in likely]
    if as_json:
        term.json(items)
        return
    for item in items:
        former = term.say("（旧名）", " (former)") if item.former else ""
        verdict = term.say(item.verdict.zh, item.verdict.en)
        term.print(
            f"{item.score:.2f} {verdict}  {_shown(item)}{former}  {item.subject.id}"
        )
        if explain:
            for one in item.features:
                word = term.say(one.feature.zh, one.feature.en)
                term.print(f"     {word}: {one.value:.2f} → +{one.share:.3f}")
    if not items:
        term.print(term.say("没有相近的名称", "no name is similar"))


def match(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV，有名称或代码一列。A CSV file.")],
    out: Annotated[Path, typer.Option(help="结果 CSV。Where the answer goes.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> None:
    """逐行匹配一个 CSV：原有各列之后写上主体、得分、判断。Match a file."""
    term = terminal(context)
    if out.exists():
        raise BadInput(
            f"{out} 已存在。",
            f"{out} exists already.",
            hint_zh="请换一个文件名。",
            hint_en="Choose another name.",
        )
    headings, rows = _read(file)
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        with (
            out.open("w", encoding="utf-8-sig", newline="") as opened,
            row_bar(term) as report,
        ):
            writer = csv.writer(opened)
            writer.writerow([*headings, *_HEADINGS])
            counted: dict[str, int] = {}
            for done, row in enumerate(rows, 1):
                name, code, region = _asked(headings, row)
                found = similar(service, seen, name, code=code, region=region, most=1)
                best = show_match(found[0], seen) if found else None
                writer.writerow([*row, *_cells(best)])
                verdict = best.verdict if best else None
                word = term.say(verdict.zh, verdict.en) if verdict else "—"
                counted[word] = counted.get(word, 0) + 1
                report(file.name, done, len(rows))
    for word, number in sorted(counted.items()):
        term.print(f"{word}  {number:,}")


def _read(file: Path) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows.

    Raises:
        BadInput: no column holds names or codes.
    """
    stream = (
        sys.stdin if str(file) == "-" else file.open(encoding="utf-8-sig", newline="")
    )
    with stream as opened:
        rows = list(csv.reader(opened))
    headings = rows[0] if rows else []
    if not {*_NAME_COLUMNS, *_CODE_COLUMNS} & set(headings):
        raise BadInput(
            f"{file} 没有名称或代码列。",
            f"{file} has no column of names or codes.",
            hint_zh=f"表头应有：{'、'.join((*_NAME_COLUMNS, *_CODE_COLUMNS))} 之一。",
            hint_en=f"One heading should be: {', '.join((*_NAME_COLUMNS, *_CODE_COLUMNS))}.",
        )
    return headings, rows[1:]


def _asked(headings: list[str], row: list[str]) -> tuple[str, str, str]:
    cells = dict(zip(headings, row, strict=False))
    name, code, region = (
        next((cells[c].strip() for c in columns if cells.get(c)), "")
        for columns in (_NAME_COLUMNS, _CODE_COLUMNS, _REGION_COLUMNS)
    )
    return name, code, region


def _cells(best: MatchHit | None) -> Iterator[Any]:
    if best is None:
        yield from ("", "", "", "", "")
    else:
        yield from (best.subject.id, best.matched, best.score, best.verdict.value)
        yield int(best.former)


def _shown(item: MatchHit) -> str:
    return item.matched.replace("[", r"\[")
