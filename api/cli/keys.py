"""Keys of the API on the command line: `keys create | list | revoke`."""

from typing import Annotated

import typer

from api.console import terminal
from api.keys import KeyRing

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]


@app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="给谁用。Who it is for.")],
    role: Annotated[str, typer.Option(help="reader、writer 或 operator。")] = "reader",
    as_json: Json = False,
) -> None:
    """新建密钥；只显示这一次。Make a key; it is shown this once."""
    term = terminal(context)
    ring = KeyRing(term.settings.keys_file)
    record, secret = ring.create(name, role=role, now=term.clock.now())
    if as_json:
        term.json({"id": record.id, "name": record.name, "key": secret})
    else:
        term.print(secret)


@app.command("list")
def list_keys(context: typer.Context, as_json: Json = False) -> None:
    """列出密钥（不含密钥本身）。List the keys, not their secrets."""
    term = terminal(context)
    rows = [
        {"id": r.id, "name": r.name, "role": r.role, "expires": r.expires}
        for r in KeyRing(term.settings.keys_file).records()
    ]
    if as_json:
        term.json(rows)
    else:
        headings = {"id": "id", "name": "name", "role": "role", "expires": "expires"}
        term.table(headings, list(rows))


@app.command()
def revoke(
    context: typer.Context,
    key_id: Annotated[str, typer.Argument(help="密钥的 id。Id of the key.")],
) -> None:
    """吊销密钥。Revoke a key."""
    term = terminal(context)
    KeyRing(term.settings.keys_file).revoke(key_id, now=term.clock.now())
    term.print(term.say(f"已吊销 {key_id}。", f"Revoked {key_id}."))
