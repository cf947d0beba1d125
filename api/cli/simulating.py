"""`simulate`: what would follow if; nothing is written."""

import re
import sys
from collections import Counter
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import orjson
import typer
import yaml
from pydantic import ValidationError
from rich.markup import escape

from api.cli import law
from api.console import Terminal, terminal
from api.finding import subject_of
from api.rendering import print_effect_changes
from api.schemas.simulation import LawChange, SimulationRequest, SizeItem
from api.showing.simulation import show_simulation, show_sizes
from api.simulating import Simulation
from api.simulating import simulate as try_out
from graph.errors import BadInput, NotFound
from graph.scope import ALL

_LISTED = 12
_LARGEST = 1_000_000
_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "null"))

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="比较哪一日，默认今天。The day compared."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("simulate")(simulate)
    law.app.command("preview")(preview)


def simulate(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="情景文件（YAML 或 JSON），- 为标准输入。Scenario.")
    ],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """如果……：假设事实或规则有变，后果如何变化；什么也不写入。What if."""
    term = terminal(context)
    request = _read(file)
    if as_of is not None:
        request = request.model_copy(update={"as_of": as_of.date()})
    _run(term, request, as_json=as_json)


def _run(term: Terminal, request: SimulationRequest, *, as_json: bool) -> None:
    with term.service() as service:
        found = try_out(service, ALL, request, find=partial(subject_of, service))
        if as_json:
            item = show_simulation(found)
            term.json(orjson.loads(orjson.dumps(item, default=str)))
        else:
            _tell(term, found)


def preview(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="规则文件（YAML）。Files of rules.")
    ],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """试行规则：若纳入法规库，全库谁的后果会变；什么也不写入。Try rules out.

    A rule of the book with the same key gives way.
    """
    law_change = LawChange(rules=[_text(file) for file in files])
    day = as_of.date() if as_of else None
    request = SimulationRequest(as_of=day, law=law_change)
    _run(terminal(context), request, as_json=as_json)


def _tell(term: Terminal, found: Simulation) -> None:
    print_effect_changes(
        term,
        found.changes,
        law=found.supposed.law,
        after=found.supposed.derivation.snapshot,
        tried=True,
    )
    if not found.bearers:
        return
    _print_reasons(term, found)
    term.print(
        term.say(f"涉及 {found.bearers} 个主体", f"{found.bearers} subjects concerned")
    )
    sizes = show_sizes(found)
    for title, listed in (
        (term.say("行业", "sector"), sizes.sector),
        (term.say("地区", "region"), sizes.region),
        (term.say("措施", "measure"), sizes.measure),
        (term.say("规则", "rule"), sizes.rule),
    ):
        for size in listed[:_LISTED]:
            named = escape(_named(term, size))
            term.print(f"  {title} {named}: {_size(term, size)}")
        if len(listed) > _LISTED:
            term.print(f"  {title} … {len(listed) - _LISTED}")


def _print_reasons(term: Terminal, found: Simulation) -> None:
    changes = found.changes
    counted = Counter(
        reason.kind
        for change in (*changes.gained, *changes.lost, *changes.changed)
        for reason in found.reasons(change)
    )
    for kind, times in counted.most_common():
        term.print(
            term.say(f"  理由：{kind.zh} {times}", f"  because {kind.en}: {times}")
        )


def _named(term: Terminal, size: SizeItem) -> str:
    word = size.value
    label = term.say(word.zh, word.en)
    return label if label == word.value or not word.value else f"{label} {word.value}"


def _size(term: Terminal, size: SizeItem) -> str:
    return term.say(
        f"产生 {size.gained}，消除 {size.lost}，变化 {size.changed}",
        f"gained {size.gained}, lost {size.lost}, changed {size.changed}",
    )


def _text(file: Path) -> str:
    """Return the text of a file or of standard input.

    Raises:
        NotFound: there is no such file.
        BadInput: it is too large or no UTF-8 text.
    """
    if str(file) == "-":
        return sys.stdin.read(_LARGEST)
    if not file.is_file():
        raise NotFound(f"没有文件 {file}。", f"There is no file {file}.")
    if file.stat().st_size > _LARGEST:
        raise BadInput(f"文件 {file} 过大。", f"The file {file} is too large.")
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"文件 {file} 不是 UTF-8 文字。", f"The file {file} is not UTF-8 text."
        ) from error


class _Plain(yaml.SafeLoader):
    """YAML in which days stay texts, as in JSON, and on and off are words."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag in _TAGS]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"]
)


def _read(file: Path) -> SimulationRequest:
    try:
        content = yaml.load(_text(file), Loader=_Plain)  # noqa: S506  # a SafeLoader
        return SimulationRequest.model_validate(content)
    except yaml.YAMLError as error:
        raise BadInput(
            f"{file} 不是合法的 YAML 或 JSON：{error}",
            f"{file} is neither YAML nor JSON: {error}",
        ) from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}"
            for e in error.errors()[:_LISTED]
        )
        raise BadInput(
            f"情景有误：{faults}。",
            f"The scenario is wrong: {faults}.",
            hint_zh="写法见 docs/how-to/simulate.md。",
            hint_en="docs/how-to/simulate.md shows how to write one.",
        ) from error
