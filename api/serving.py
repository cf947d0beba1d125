"""Running the HTTP application: in the foreground, or beside the demo."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import uvicorn

from api.app import create_app
from api.console import Terminal
from api.keys import KeyRing
from api.service import Service
from graph.errors import StoreUnavailable

_START_SECONDS = 20


def first_key(service: Service, *, name: str = "first") -> str | None:
    """Return the secret of a first operator key, None when there are keys already."""
    ring = KeyRing(service.settings.keys_file)
    if ring.records():
        return None
    _, secret = ring.create(name, role="operator", now=service.clock.now())
    return secret


def demo_key(service: Service) -> str:
    """Return the secret of a new operator key for a day with the sample city."""
    _, secret = KeyRing(service.settings.keys_file).create(
        "demo",
        role="operator",
        now=service.clock.now(),
        personal_data=True,
        lifetime=timedelta(days=1),
    )
    return secret


def serve_api(term: Terminal, service: Service, *, host: str, port: int) -> None:
    """Serve until interrupted; a key is made and shown where nobody can have one.

    A demonstration shows a new one at each start: the one before is forgotten.
    """
    if service.settings.purpose == "demo":
        secret: str | None = demo_key(service)
    else:
        secret = first_key(service)
    if secret:
        term.print(
            term.say(
                f"接口密钥（只显示这一次；在页面右上角 Authorize 填入）：{secret}",
                f"API key (shown this once; for Authorize on the page): {secret}",
            )
        )
    term.print(
        term.say(
            f"接口 http://{host}:{port} ，说明页 http://{host}:{port}/docs ，"
            "按 Ctrl+C 结束",
            f"API http://{host}:{port}, its page http://{host}:{port}/docs, "
            "Ctrl+C ends it",
        )
    )
    uvicorn.run(create_app(service), host=host, port=port, log_level="warning")


@contextmanager
def running_api(service: Service) -> Iterator[str]:
    """Serve on a free loopback port for the length of the block; yield the address.

    Raises:
        StoreUnavailable: the server does not come up.
    """
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(service), log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, daemon=True
    )
    thread.start()
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise StoreUnavailable(
                "接口未能启动。",
                "The API did not start.",
                hint_zh="原因见上面的日志。",
                hint_en="See its log above.",
            )
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
