"""The `creditgraph` application: commands by what a person wants to do."""

import sys
from typing import Annotated

import typer

from api.cli import acting, keys, law, loading, operating, reading
from api.console import Terminal, exit_code, read_settings
from graph.errors import CreditGraphError

app = typer.Typer(
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
    """Run the command line; an error of ours becomes a message and an exit code."""
    try:
        app()
    except CreditGraphError as error:
        sys.stderr.write(f"{type(error).code}: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"→ {error.hint}\n")
        sys.exit(exit_code(error))
