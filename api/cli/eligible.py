"""`eligible`: may these persons and companies have what they apply for."""

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
import yaml
from pydantic import ValidationError
from rich.markup import escape

from analytics.eligibility import Eligibility
from api.cli.reading import AsOf, Json, KnownAt, sight
from api.console import Terminal, terminal
from api.eligibility import Judging, purpose_named
from api.schemas.eligibility import (
    MOST,
    EligibilityAnswers,
    EligibilityItem,
    EligibilityRequest,
    HitItem,
)
from api.showing.eligibility import show_answers
from graph.errors import BadInput, NotFound

_LARGEST = 4 * 2**20


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("eligible")(eligible)


def eligible(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="每行一个代码，或者 YAML/JSON 请求；- 为标准输入。Codes, or a request."
        ),
    ],
    purpose: Annotated[
        str | None, typer.Option(help="用途的键或名称。Purpose, for example permit.")
    ] = None,
    field: Annotated[
        str | None, typer.Option(help="监管领域。Regulated field, for example food.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="行政区划代码。GB/T 2260 code or prefix.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """可不可以：任职、许可、采购等是否受限；什么也不写入。May they?"""
    term = terminal(context)
    options = {"purpose": purpose, "field": field, "region": region}
    request = _read(file, {k: v for k, v in options.items() if v is not None})
    with term.service() as service:
        seen = sight(service, as_of, known_at)
        judged = Judging(seen, service.keys).judge(request)
        shown = show_answers(judged, seen)
        labels = {
            one.question.purpose.key: purpose_named(
                seen.view.law, one.question.purpose.key
            )
            for one in judged
        }
    if as_json:
        term.json(orjson.loads(orjson.dumps(shown, default=str)))
        return
    for item, one in zip(shown.answers, judged, strict=True):
        label = labels[item.purpose]
        _print(term, item, one.applicant.subject, term.say(label.zh, label.en))
    _print_counts(term, shown)


def _print_counts(term: Terminal, shown: EligibilityAnswers) -> None:
    counts = zip(Eligibility, (shown.yes, shown.no, shown.to_check), strict=True)
    term.print(
        term.say("，", ", ").join(
            f"{term.say(word.zh, word.value)} {n}" for word, n in counts
        )
    )


def _print(term: Terminal, item: EligibilityItem, given: str, purpose: str) -> None:
    who = given
    if item.subject is not None:
        name = item.named.name if item.named else None
        who = f"{item.subject} {name or ''}".rstrip()
    elif any(c.isdigit() for c in given):
        who = f"{given[:2]}…({len(given)})"
    doubts = [term.say(d.zh, d.en) for d in item.doubts]
    if item.told is not None:
        doubts.append(term.say(item.told.zh, item.told.en))
    if not item.known and item.subject is not None:
        doubts.append(term.say("存储中没有此主体", "no fact names this subject"))
    more = term.say("；", "; ").join(doubts)
    answer = term.say(item.answer.zh, item.answer.value)
    term.print(
        f"[bold]{answer}[/bold]  {escape(who)}  {escape(purpose)}"
        + (f"  {escape(more)}" if more else "")
    )
    for hit in item.hits:
        term.print(f"  {escape(_hit(term, hit))}")


def _hit(term: Terminal, hit: HitItem) -> str:
    named = hit.measure or hit.on_list
    what = term.say(named.zh, named.en) if named else ""
    scope = term.say("、", ", ").join(term.say(f.zh, f.en) for f in hit.scope)
    until = f"– {hit.last_day or '…'}"
    doubts = term.say("；", "; ").join(term.say(d.zh, d.en) for d in hit.doubts)
    basis = [f"{b.title} {b.article}" for b in hit.basis]
    parts = [hit.effect or hit.sanction or "", what, scope, until]
    if hit.rules:
        parts.append(" ".join(f"{r.key}@{r.version}" for r in hit.rules))
    parts.append(term.say("；", "; ").join(dict.fromkeys(basis)))
    return "  ".join(filter(None, parts)) + (f"  [{doubts}]" if doubts else "")


# ---- what was written ----------------------------------------------------


def _read(file: Path, options: dict[str, Any]) -> EligibilityRequest:
    """Return the request in a file: codes by line, or the body of the API.

    Raises:
        NotFound: no such file.
        BadInput: too large, or no such request.
    """
    text = _text(file)
    body: Any = None
    if file.suffix in (".yaml", ".yml", ".json") or text.lstrip()[:1] in ("{", "["):
        body = _parsed(file, text)
    if not isinstance(body, dict):
        lines = body if isinstance(body, list) else _lines(text)
        body = {"items": lines}
    try:
        return EligibilityRequest.model_validate({**body, **options})
    except ValidationError as error:
        raise _wrong(file, error) from error


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _text(file: Path) -> str:
    if str(file) == "-":
        raw = sys.stdin.buffer.read(_LARGEST + 1)
    elif file.is_file():
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    else:
        raise NotFound(f"没有文件 {file}。", f"There is no file {file}.")
    if len(raw) > _LARGEST:
        raise BadInput(
            f"文件超过 {_LARGEST // 2**20} MiB。",
            f"The file is larger than {_LARGEST // 2**20} MiB.",
            hint_zh=f"一次最多 {MOST} 项，请分成几个文件。",
            hint_en=f"At most {MOST} items at once: split the file.",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{file} 不是 UTF-8 文字。",
            f"{file} is not UTF-8 text.",
            hint_zh="请另存为 UTF-8。",
            hint_en="Save it as UTF-8.",
        ) from error


def _parsed(file: Path, text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Plain)  # noqa: S506  # knows plain values only
    except (yaml.YAMLError, RecursionError) as error:
        raise BadInput(
            f"{file} 不是 YAML 或 JSON。",
            f"{file} is neither YAML nor JSON.",
        ) from error


class _Plain(yaml.SafeLoader):
    """Leaves every scalar a text but null: a code must not become a number."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001
        """Return a text as it was written."""
        if isinstance(node, yaml.ScalarNode) and not node.tag.endswith(":null"):
            return str(node.value)
        return super().construct_object(node, deep=deep)

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases: a short text could stand for a huge one."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def _wrong(file: Path, error: ValidationError) -> BadInput:
    faults = error.errors(include_url=False, include_input=False)
    told = "; ".join(
        f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:10]
    )
    return BadInput(
        f"{file} 中有 {len(faults)} 处不合要求：{told}",
        f"{len(faults)} place(s) in {file} are wrong: {told}",
        hint_zh="写法见 docs/how-to/check-eligibility.md。",
        hint_en="docs/how-to/check-eligibility.md shows how.",
    )
