"""Keys of the API on the command line: `keys create | list | revoke`."""

from datetime import timedelta
from typing import Annotated

import typer

from api.console import Terminal, terminal
from api.keys import KeyRecord, KeyRing

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]


_LIMIT = "可多次给出，不给即不限。May be repeated; not given: no limit."


@app.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="给谁用。Who it is for.")],
    role: Annotated[str, typer.Option(help="reader、writer 或 operator。")] = "reader",
    department: Annotated[
        list[str] | None, typer.Option(help=f"只见该部门的。A department. {_LIMIT}")
    ] = None,
    sector: Annotated[
        list[str] | None, typer.Option(help=f"行业门类 A–T。A section letter. {_LIMIT}")
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(help=f"行政区划代码开头。The beginning of a code. {_LIMIT}"),
    ] = None,
    personal_data: Annotated[
        bool,
        typer.Option(
            "--personal-data", help="可见个人信息原文。May see personal data unmasked."
        ),
    ] = False,
    days: Annotated[
        int, typer.Option(min=1, max=365, help="有效天数。Days until it expires.")
    ] = 365,
    as_json: Json = False,
) -> None:
    """新建密钥；只显示这一次。Make a key; it is shown this once."""
    term = terminal(context)
    record, secret = KeyRing(term.settings.keys_file).create(
        name,
        role=role,
        now=term.clock.now(),
        departments=tuple(department) if department else None,
        sectors=tuple(sector) if sector else None,
        regions=tuple(region) if region else None,
        personal_data=personal_data,
        lifetime=timedelta(days=days),
    )
    if as_json:
        term.json(_shown(record) | {"key": secret})
    else:
        term.print(secret)


def _shown(record: KeyRecord) -> dict[str, object]:
    """Return everything about a key but its digest."""
    return {
        "id": record.id,
        "name": record.name,
        "role": record.role.value,
        "departments": record.departments,
        "sectors": record.sectors,
        "regions": record.regions,
        "personal_data": record.personal_data,
        "created": record.created,
        "expires": record.expires,
        "revoked": record.revoked,
    }


@app.command("list")
def list_keys(context: typer.Context, as_json: Json = False) -> None:
    """列出密钥（不含密钥本身）。List the keys, not their secrets."""
    term = terminal(context)
    records = KeyRing(term.settings.keys_file).records()
    if as_json:
        term.json([_shown(record) for record in records])
    else:
        term.table(_headings(term), [_cells(term, record) for record in records])


def _headings(term: Terminal) -> dict[str, str]:
    return {
        "id": "id",
        "name": term.say("使用者", "name"),
        "role": term.say("角色", "role"),
        "limits": term.say("范围", "limits"),
        "expires": term.say("有效期至", "expires"),
        "revoked": term.say("吊销于", "revoked"),
    }


def _cells(term: Terminal, record: KeyRecord) -> dict[str, object]:
    axes = record.departments, record.sectors, record.regions
    limits = [term.say("、", ", ").join(axis) for axis in axes if axis is not None]
    return _shown(record) | {
        "limits": term.say("；", "; ").join(limits) or term.say("不限", "none"),
        "expires": record.expires.date(),
        "revoked": record.revoked.date() if record.revoked else None,
    }


@app.command()
def revoke(
    context: typer.Context,
    key_id: Annotated[str, typer.Argument(help="密钥的 id。Id of the key.")],
) -> None:
    """吊销密钥。Revoke a key."""
    term = terminal(context)
    KeyRing(term.settings.keys_file).revoke(key_id, now=term.clock.now())
    term.print(term.say(f"已吊销 {key_id}。", f"Revoked {key_id}."))
