"""The `creditgraph` application: commands by what a person wants to do."""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.cli import (
    acting,
    bulk,
    changes,
    eligible,
    inventing,
    keys,
    law,
    law_cases,
    law_diff,
    leads,
    listing,
    loading,
    matching,
    model,
    network,
    operating,
    ownership,
    proving,
    quality,
    quarantine,
    reading,
    risk,
    simulating,
    undecided,
)
from api.console import Terminal, exit_code, free_space, read_settings
from api.language import Language, known_language
from api.settings import language_of_environment
from graph.errors import CreditGraphError, StoreError

_LITTLE_MB = 64


class Telling(TyperGroup):
    """Makes an error of ours a message in the user's language and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except CreditGraphError as error:
            language = _language(ctx)
            sys.stderr.write(f"{type(error).code}: {error.message.text(language)}\n")
            if any(error.hint):
                sys.stderr.write(f"→ {error.hint.text(language)}\n")
            if isinstance(error, StoreError) and isinstance(ctx.obj, Terminal):
                _tell_of_a_full_disk(ctx.obj)
            raise typer.Exit(exit_code(error)) from error


def _tell_of_a_full_disk(term: Terminal) -> None:
    """Say so where the disk may be why the store failed: the server does not."""
    free = free_space(term.settings) // 2**20
    if free < _LITTLE_MB:
        told = term.say(
            f"数据目录 {term.settings.data} 所在磁盘只剩 {free} MB：请腾出空间后再试，"
            "未完成的载入不会留下半截。",
            f"Only {free} MB are free below {term.settings.data}: free some space and "
            "try again; nothing is left half-written.",
        )
        sys.stderr.write(f"→ {told}\n")


def _language(context: typer.Context) -> Language:
    """Return the user's language, also where the settings could not be read."""
    if isinstance(context.obj, Terminal):
        return context.obj.settings.language
    return known_language(context.params.get("lang")) or language_of_environment()


app = typer.Typer(
    cls=Telling,
    name="creditgraph",
    help="信用关系图谱分析服务。Graph-based credit relationship analysis.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def begin(
    context: typer.Context,
    lang: Annotated[
        str | None, typer.Option(help="语言 zh 或 en。Language: zh or en.")
    ] = None,
) -> None:
    """信用关系图谱分析服务。Graph-based credit relationship analysis."""
    if context.obj is None:
        changes = {"language": lang} if lang else {}
        context.obj = Terminal(read_settings(**changes))


for module in (
    loading,
    bulk,
    reading,
    matching,
    listing,
    proving,
    acting,
    simulating,
    changes,
    eligible,
    undecided,
    operating,
    network,
    ownership,
    leads,
    risk,
    model,
    quality,
    inventing,
):
    module.register(app)
for part in (law_cases, law_diff):
    part.register(law.app)
app.add_typer(law.app, name="law", help="法规库：检查、比较、案例。The law book.")
app.add_typer(
    quarantine.app, name="quarantine", help="隔离区：等候更正的行。Rows that wait."
)
app.add_typer(keys.app, name="keys", help="接口密钥。Keys of the API.")


def main() -> None:
    """Run the command line."""
    app()
