"""Law cases on the command line: `law try | cover`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from analytics.lawcases.branches import Branch, branches_of
from analytics.lawcases.coverage import uncovered
from analytics.lawcases.reading import read_cases
from analytics.lawcases.trial import Difference, tried
from api.cli.law import Json
from api.console import EXIT_FAULTS, terminal
from graph.law.book import LawBook

Cases = Annotated[
    Path, typer.Argument(help="案例文件或者文件夹。A case file, or a folder of them.")
]
Folder = Annotated[
    Path | None,
    typer.Option("--law", help="法规库文件夹，默认随程序的。Folder of the law book."),
]
CASES = Path("tests/law/cases")


def register(law: typer.Typer) -> None:
    """Add the commands to `creditgraph law`."""
    law.command("try")(try_cases)
    law.command()(cover)


def try_cases(
    context: typer.Context,
    cases: Cases = CASES,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """照法规库推导各案例，列出与预期不符之处。Try cases against the law book."""
    term, law = terminal(context), LawBook.load(folder)
    found = read_cases(cases, law)
    wrong = [d for case in found for d in tried(case, law).differences()]
    if as_json:
        term.json([_difference(d) for d in wrong])
    else:
        for difference in wrong:
            term.print(escape(term.tell(difference.said())))
        term.print(
            term.say(
                f"{len(found)} 个案例，{len(wrong)} 处与预期不符。",
                f"{len(found)} cases, {len(wrong)} differences.",
            )
        )
    if wrong:
        raise typer.Exit(EXIT_FAULTS)


def cover(
    context: typer.Context,
    cases: Cases = CASES,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """列出没有案例验证的规则版本和分支。Name what no case shows."""
    term, law = terminal(context), LawBook.load(folder)
    every = list(branches_of(law))
    found = uncovered(law, (tried(case, law) for case in read_cases(cases, law)))
    if as_json:
        term.json([_branch(branch) for branch in found])
    else:
        for branch in found:
            what = term.say(branch.kind.zh, branch.kind.en)
            term.print(escape(f"{branch.owner} {branch.detail} {what}"))
        term.print(
            term.say(
                f"{len(every)} 个分支，{len(found)} 个没有案例。",
                f"{len(every)} branches, {len(found)} of them without a case.",
            )
        )
    if found:
        raise typer.Exit(EXIT_FAULTS)


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "file": found.file, "line": found.line, "case": found.case,
        "on": found.on.isoformat(), "who": found.who, "measure": found.measure,
        "expected": found.expected, "found": found.found,
    }  # fmt: skip


def _branch(branch: Branch) -> dict[str, str]:
    return {
        "owner": branch.owner, "branch": branch.kind.value, "detail": branch.detail,
        "zh": branch.kind.zh, "en": branch.kind.en,
    }  # fmt: skip
