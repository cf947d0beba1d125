"""The law book on the command line: `law check | list | show`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from api.console import EXIT_FAULTS, Terminal, terminal
from graph.errors import NotFound
from graph.law.book import LawBook
from graph.law.model import Measure, RuleVersion, Threshold
from graph.law.telling import field_name, fields_of, value_text

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]


@app.command()
def check(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="法规库文件夹，默认随程序的。Folder.")
    ] = None,
    as_json: Json = False,
) -> None:
    """检查法规库；每处错误给出文件、行和改法。Check the law book."""
    term = terminal(context)
    faults = LawBook.check(folder)
    if as_json:
        term.json([f.as_dict() for f in faults])
    elif faults:
        for fault in faults:
            term.print(escape(fault.text(term.settings.language)))
    else:
        book = LawBook.load(folder)
        versions = sum(len(rule.versions) for rule in book.rules.values())
        term.print(
            term.say(
                f"法规库无误：{len(book.rules)} 条规则 {versions} 个版本，"
                f"{len(book.instruments)} 部依据。摘要 {book.digest[:12]}",
                f"The law book is sound: {len(book.rules)} rules, {versions} versions, "
                f"{len(book.instruments)} instruments. Digest {book.digest[:12]}",
            )
        )
    if faults:
        raise typer.Exit(EXIT_FAULTS)


@app.command("list")
def list_rules(context: typer.Context, as_json: Json = False) -> None:
    """列出规则。List the rules."""
    term = terminal(context)
    rows = [
        {
            "key": rule.key,
            "title": term.say(rule.title, rule.title_en),
            "jurisdiction": rule.jurisdiction,
            "versions": ", ".join(str(v.in_force_from) for v in rule.versions),
            "evidence": ", ".join(sorted({v.evidence.value for v in rule.versions})),
        }
        for rule in LawBook.load().rules.values()
    ]
    if as_json:
        term.json(rows)
    else:
        term.table(
            {
                "key": "key",
                "title": term.say("名称", "title"),
                "jurisdiction": term.say("地域", "jurisdiction"),
                "versions": term.say("版本", "versions"),
                "evidence": term.say("依据核实", "evidence"),
            },
            list(rows),
        )


@app.command()
def show(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(help="规则键。Key of the rule.")],
    at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="哪日的版本。The version of a day."),
    ] = None,
    as_json: Json = False,
) -> None:
    """查看一条规则，或其某日的版本。Show a rule, or its version on a day."""
    term, book = terminal(context), LawBook.load()
    found = book.rules.get(rule)
    if found is None:
        raise NotFound(
            f"法规库中没有规则 {rule}。",
            f"The law book has no rule {rule!r}.",
            hint_zh="`creditgraph law list` 列出各条规则。",
            hint_en="`creditgraph law list` names the rules.",
        )
    versions = list(found.versions)
    if at is not None:
        held = found.on(at.date())
        versions = [held] if held else []
    shown = [v.model_dump(mode="json") for v in versions]
    if as_json:
        term.json({"key": found.key, "title": found.title, "versions": shown})
        return
    term.print(f"[bold]{found.key}[/bold] {term.say(found.title, found.title_en)}")
    for version in versions:
        term.print(
            term.say(f"自 {version.in_force_from} 起", f"from {version.in_force_from}")
        )
        _print_version(term, book, version)
    if not versions:
        term.print(term.say("该日尚无有效版本。", "No version is in force that day."))


def _print_version(term: Terminal, book: LawBook, version: RuleVersion) -> None:
    language = term.settings.language
    for basis in version.basis:
        instrument = book.instruments[basis.instrument]
        gist = term.say(basis.gist, basis.gist_en)
        term.print(escape(f"  《{instrument.title}》{basis.article}：{gist}"))
    for name, value in fields_of(version).items():
        if name not in ("in_force_from", "basis") and value not in (None, ()):
            told = value_text(value, language)
            term.print(escape(f"  {field_name(name, language)}：{told}"))
    _print_measure(term, book.measures[version.effect.measure])
    for key in version.trigger.thresholds:
        _print_threshold(term, book, book.thresholds[key])


def _print_measure(term: Terminal, measure: Measure) -> None:
    if measure.relevance:
        said = term.say(
            f"关联：{measure.relevance}；比例：{measure.proportionality}",
            f"relevance: {measure.relevance_en}; proportionality: "
            f"{measure.proportionality_en}",
        )
        term.print(escape(f"  {term.say(measure.zh, measure.en)} · {said}"))


def _print_threshold(term: Terminal, book: LawBook, found: Threshold) -> None:
    unit, mark = found.unit, found.evidence
    off = "" if found.is_active else term.say("，没有启用", ", switched off")
    said = term.say(
        f"门槛 {found.key}：{found.zh}，{found.value} {unit.zh}（{mark.zh}{off}）",
        f"threshold {found.key}: {found.en}, {found.value} {unit.en} ({mark.en}{off})",
    )
    term.print(escape(f"  {said}"))
    for basis in found.basis:
        title = book.instruments[basis.instrument].title
        gist = term.say(basis.gist, basis.gist_en)
        term.print(escape(f"    《{title}》{basis.article}：{gist}"))
