"""The `creditgraph` application: commands by what a person wants to do."""

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.cli import acting, keys, law, loading, operating, reading
from api.console import Terminal, exit_code, read_settings
from api.language import Language, known_language
from api.settings import language_of_environment
from graph.errors import CreditGraphError


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
            raise typer.Exit(exit_code(error)) from error


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


for module in (loading, reading, acting, operating):
    module.register(app)
app.add_typer(law.app, name="law", help="法规库：检查、列出、查看。The law book.")
app.add_typer(keys.app, name="keys", help="接口密钥。Keys of the API.")


def main() -> None:
    """Run the command line."""
    app()
