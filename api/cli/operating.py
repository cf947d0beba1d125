"""Running the service: `status`, `verify`, `doctor`, `config`, `serve`, `demo`."""

import importlib.metadata
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from api.console import EXIT_FAULTS, Terminal, terminal
from api.rendering import key_values
from api.status import by_file
from graph.errors import BadInput, CreditGraphError, StoreUnavailable

_FILES: Final = 20
"""So many files `status` shows; `files` shows them all."""

Json = Annotated[bool, typer.Option("--json", help="输出 JSON。Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (status, verify, doctor, config, serve, demo):
        app.command(command.__name__)(command)


def status(context: typer.Context, as_json: Json = False) -> None:
    """说明存储里有什么、何时载入、当前后果数。Say what the store holds."""
    term = terminal(context)
    with term.service() as service:
        found = service.status()
        files = by_file(service.receipts(), service.quarantine)
    if as_json:
        term.json({**found, "by_file": files})
        return
    key_values(term, found)
    if files:
        _print_files(term, files)


def _print_files(term: Terminal, files: Sequence[Mapping[str, Any]]) -> None:
    """Print the counts of the files that were loaded last."""
    columns = {
        "file": term.say("文件", "file"),
        "source": term.say("数据源", "source"),
        "read": term.say("读入", "read"),
        "new": term.say("= 新增", "= new"),
        "known": term.say("+ 已知", "+ known"),
        "quarantined": term.say("+ 隔离", "+ quarantined"),
        "waiting": term.say("仍等候", "waiting"),
        "corrected": term.say("更改", "corrected"),
        "ended": term.say("终止", "ended"),
        "withdrawn": term.say("撤回", "withdrawn"),
        "adds_up": term.say("相符", "adds up"),
    }
    rows = [{**f, "adds_up": "✓" if f["adds_up"] else "✗"} for f in files[-_FILES:]]
    term.table(columns, list(rows))
    if more := len(files) - len(rows):
        term.print(
            term.say(
                f"另有 {more} 个较早的文件：`creditgraph files`",
                f"and {more} earlier files: `creditgraph files`",
            )
        )


def verify(context: typer.Context, as_json: Json = False) -> None:
    """核对图、账本与投影；发现改动即指名。Compare graph, journal and projection."""
    term = terminal(context)
    with term.service() as service:
        report = service.verify()
    if as_json:
        term.json(
            {
                "ok": report.ok,
                "findings": [f.as_dict() for f in report.findings],
                "history": report.chain,
                "contents": report.contents,
            }
        )
    elif report.ok:
        term.print(term.say("一致，未见异常。", "All agree."))
        term.print(term.say("账本摘要 history  ", "history   ") + report.chain)
        term.print(term.say("内容摘要 contents ", "contents  ") + report.contents)
    else:
        for finding in report.findings:
            term.print(f"{finding.kind} {finding.key}: {term.tell(finding.problem)}")
    if not report.ok:
        raise typer.Exit(EXIT_FAULTS)


def config(context: typer.Context, as_json: Json = False) -> None:
    """显示生效的设置（密码遮蔽）。Show the effective settings, secrets masked."""
    term = terminal(context)
    found = term.settings.effective()
    if as_json:
        term.json(found)
    else:
        key_values(term, found)


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """检查安装、服务器与数据夹，缺什么、怎么补。Check the installation."""
    term = terminal(context)
    rows = [_checked(name, check, term) for name, check in _CHECKS.items()]
    if as_json:
        term.json(rows)
    else:
        term.table(
            {
                "check": term.say("项目", "check"),
                "ok": "ok",
                "found": term.say("结果", "found"),
                "mend": term.say("改法", "mend"),
            },
            list(rows),
        )
    if not all(row["ok"] for row in rows):
        raise typer.Exit(EXIT_FAULTS)


def _checked(
    name: str, check: Callable[[Terminal], str], term: Terminal
) -> dict[str, Any]:
    try:
        return {"check": name, "ok": True, "found": check(term), "mend": ""}
    except CreditGraphError as error:
        found, mend = term.tell(error.message), term.tell(error.hint)
        return {"check": name, "ok": False, "found": found, "mend": mend}


def _python(_: Terminal) -> str:
    return f"{sys.version.split()[0]}, creditgraph {version()}"


def _java(term: Terminal) -> str:
    found = shutil.which("java")
    if found is None:
        return term.say(
            "PATH 中没有；内嵌服务器自带",
            "none on PATH; the embedded server brings its own",
        )
    answer = subprocess.run(  # noqa: S603  # a path that which() found
        [found, "-version"], capture_output=True, text=True, check=False
    )
    return (answer.stderr or answer.stdout).splitlines()[0]


def _law(term: Terminal) -> str:
    from graph.law.book import LawBook  # noqa: PLC0415  # slow to load

    book = LawBook.load()
    return term.say(
        f"{len(book.rules)} 条规则，摘要 {book.digest[:12]}",
        f"{len(book.rules)} rules, digest {book.digest[:12]}",
    )


def _store(term: Terminal) -> str:
    with term.service() as service:
        found = service.status()
    return term.say(
        f"{found['server']}，载入 {found['loads']} 次，事实 {found['facts']} 条",
        f"{found['server']}, {found['loads']} loads, {found['facts']} facts",
    )


def _disk(term: Terminal) -> str:
    folder = term.settings.data if term.settings.data.exists() else Path()
    usage = shutil.disk_usage(folder)
    if usage.free * 20 < usage.total:
        raise StoreUnavailable(
            f"{folder} 所在磁盘只剩 {usage.free // 2**20} MB。",
            f"Only {usage.free // 2**20} MB are free below {folder}.",
            hint_zh="请腾出空间：低于 5 % 时服务不报告就绪。",
            hint_en="Free some space: below 5 % the service does not report ready.",
        )
    free = usage.free // 2**30
    return term.say(f"剩余 {free} GB", f"{free} GB free")


_CHECKS: dict[str, Callable[[Terminal], str]] = {
    "python": _python,
    "java": _java,
    "law": _law,
    "disk": _disk,
    "store": _store,
}


def version() -> str:
    """Return the version of the installed program."""
    try:
        return importlib.metadata.version("creditgraph")
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="地址。Address.")] = None,
    port: Annotated[int | None, typer.Option(help="端口。Port.")] = None,
    with_demo: Annotated[
        bool,
        typer.Option(
            "--demo", help="使用示例城市（没有就先载入）。Serve the demo city."
        ),
    ] = False,
) -> None:
    """启动接口服务（/docs 有交互说明页，无须联网）。Serve the HTTP API."""
    from api.serving import serve_api  # noqa: PLC0415  # imports the web framework

    term = terminal(context)
    address = host or term.settings.host
    wanted = term.settings.port if port is None else port
    require_free(address, wanted)
    if not with_demo:
        with term.service() as service:
            serve_api(term, service, host=address, port=wanted)
        return
    from api.demo.city import city_service, demo_terminal  # noqa: PLC0415  # demo only

    term = demo_terminal(term)
    with city_service(term, fresh=False) as (service, _):
        serve_api(term, service, host=address, port=wanted)


def require_free(host: str, port: int) -> None:
    """Return when the port can be bound.

    Raises:
        BadInput: somebody else listens there.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"{host} 的端口 {port} 无法使用：{error.strerror}。",
                f"Port {port} on {host} cannot be used: {error.strerror}.",
                hint_zh="请用 --port 换一个端口，或者结束占用它的程序。",
                hint_en="Choose another with --port, or end the program that listens.",
            ) from error


def demo(context: typer.Context) -> None:
    """讲述示例城市的故事：谁受罚、谁负责、如何撤回。Tell the story of a city."""
    from api.demo.story import tell  # noqa: PLC0415  # needed by this command alone

    term = terminal(context)
    settings = term.settings.model_copy(update={"language": term.settings.demo_lang})
    # For the whole run: an error is told in the language of the story.
    told = context.find_root().obj = replace(term, settings=settings)
    tell(told)
