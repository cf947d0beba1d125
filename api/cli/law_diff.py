"""Two rule versions or two law books compared: `law diff A B`."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from api.cli.law import Json
from api.console import Terminal, terminal
from graph.errors import BadInput, NotFound
from graph.law.book import ActiveVersion, LawBook
from graph.law.diff import Difference, between_books, between_versions
from graph.vocabulary import LoadKind

_DIGEST = re.compile(r"[0-9a-f]{8,64}\Z")
_HELP = "RULE@DAY、法规库文件夹，或者摘要。RULE@DAY, a folder, or a digest."
Side = Annotated[str, typer.Argument(help=_HELP)]


def register(law: typer.Typer) -> None:
    """Add the commands to `creditgraph law`."""
    law.command()(diff)


def diff(context: typer.Context, a: Side, b: Side, as_json: Json = False) -> None:
    """比较两个规则版本或者两部法规库。Compare two rule versions or law books."""
    term = terminal(context)
    one, other = _side(term, a), _side(term, b)
    found = _between(one, other, a, b)
    if as_json:
        term.json([difference.as_dict() for difference in found])
        return
    term.print(
        f"[bold]{escape(_name(one))}[/bold] → [bold]{escape(_name(other))}[/bold]"
    )
    for difference in found:
        term.print(escape(difference.text(term.settings.language)))
    if not found:
        term.print(term.say("没有差别。", "They do not differ."))


def _between(
    one: ActiveVersion | LawBook, other: ActiveVersion | LawBook, a: str, b: str
) -> tuple[Difference, ...]:
    if isinstance(one, LawBook) and isinstance(other, LawBook):
        return between_books(one, other)
    if isinstance(one, ActiveVersion) and isinstance(other, ActiveVersion):
        return between_versions(one, other)
    raise BadInput(
        f"{a} 和 {b} 一个是规则版本，一个是法规库，无法比较。",
        f"Of {a} and {b} one is a rule version and one a law book.",
        hint_zh="两边都写 RULE@DAY，或者都写文件夹、摘要。",
        hint_en="Write RULE@DAY on both sides, or folders or digests on both.",
    )


def _side(term: Terminal, text: str) -> ActiveVersion | LawBook:
    rule, at, day = text.partition("@")
    if at:
        return _version(rule, day)
    if Path(text).is_dir():
        return LawBook.load(Path(text))
    if _DIGEST.match(text):
        return _journaled(term, text)
    raise BadInput(
        f"“{text}”既不是规则版本，也不是文件夹或者摘要。",
        f"{text!r} is neither a rule version nor a folder nor a digest.",
        hint_zh="规则版本写 RULE@2024-07-01，摘要写至少前 8 位。",
        hint_en="Write a version as RULE@2024-07-01, a digest by 8 digits or more.",
    )


def _version(key: str, day: str) -> ActiveVersion:
    book = LawBook.load()
    rule = book.rules.get(key)
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise BadInput(
            f"“{day}”不是日期。",
            f"{day!r} is not a day.",
            hint_zh="写成 RULE@2024-07-01。",
            hint_en="Write it like RULE@2024-07-01.",
        ) from error
    version = rule.on(on) if rule else None
    if rule is None or version is None:
        raise NotFound(
            f"规则 {key} 在 {day} 没有版本。",
            f"Rule {key} has no version on {day}.",
            hint_zh="`creditgraph law list` 列出各条规则和版本。",
            hint_en="`creditgraph law list` names the rules and their versions.",
        )
    return ActiveVersion(rule.version_id(version), rule, version)


def _journaled(term: Terminal, digest: str) -> LawBook:
    """Return the shipped book or one that the store has journaled."""
    shipped = LawBook.load()
    if shipped.digest.startswith(digest):
        return shipped
    with term.service() as service:
        for load in service.store.facts.loads:
            if load.kind is LoadKind.LAW and load.digest.startswith(digest):
                return LawBook.from_payload(service.store.payload(load.seq))
    raise NotFound(
        f"没有摘要以 {digest} 开头的法规库。",
        f"No law book has a digest that begins with {digest}.",
        hint_zh="后果、证明和 `creditgraph law check` 都写明法规库的摘要。",
        hint_en="Effects, proofs and `creditgraph law check` name the digest.",
    )


def _name(side: ActiveVersion | LawBook) -> str:
    return side.digest[:12] if isinstance(side, LawBook) else side.version_id
