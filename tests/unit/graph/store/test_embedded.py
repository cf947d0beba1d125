"""One server a folder, shared by its users, gone with the last of them."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import neo4j
import pytest

from graph.errors import BadInput, StoreUnavailable
from graph.store.embedded import EmbeddedServer, Endpoint, answers_bolt
from graph.store.keeper import State

# A user in another process: prints its endpoint's URI, leaves when told to.
_USER = """
import sys
from pathlib import Path
from graph.store.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), memory="512m")
print(server.start().uri, flush=True)
sys.stdin.readline()
server.stop()
"""

Users = Callable[[Path], "OtherUser"]


class OtherUser:
    """Another process that uses the server of a folder."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _USER, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def uri(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate("\n", timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def other_user() -> Iterator[Users]:
    users: list[OtherUser] = []

    def begin(folder: Path) -> OtherUser:
        users.append(OtherUser(folder))
        return users[-1]

    yield begin
    for user in users:
        user.kill()


def _eventually(claim: Callable[[], object], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _state(folder: Path) -> dict[str, int]:
    state: dict[str, int] = json.loads((folder / "server.json").read_text())
    return state


def _is_alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def _ask(endpoint: Endpoint, cypher: str) -> int:
    with neo4j.GraphDatabase.driver(
        endpoint.uri, auth=(endpoint.user, endpoint.password)
    ) as driver:
        answer = driver.execute_query(
            cypher,
            database_=endpoint.database,
        )
    return int(answer.records[0][0])


def _listening_addresses(pid: int) -> list[str]:
    """Return the local addresses, as hexadecimal, on which a process listens."""
    links = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed while we looked
            links.append(link.readlink())
    sockets = {m[1] for x in links if (m := re.match(r"socket:\[(\d+)]", str(x)))}
    found = []
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            columns = row.split()
            if columns[3] == "0A" and columns[9] in sockets:
                found.append(columns[1].split(":")[0])
    return found


@pytest.mark.embedded
def test_a_server_is_private_durable_and_gone_after_its_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    folder = tmp_path / "store"
    with EmbeddedServer(folder, memory="512m") as endpoint:
        assert _ask(endpoint, "CREATE (n:Probe) RETURN 1") == 1
        pid = _state(folder)["server_pid"]
        loopback = {"0100007F", "0000000000000000FFFF00000100007F"}
        addresses = _listening_addresses(pid)
        assert len(addresses) >= 2
        assert set(addresses) <= loopback
        assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        command = Path(f"/proc/{pid}/cmdline").read_text()
        assert endpoint.password not in command
        assert endpoint.password not in repr(endpoint)
        assert "-Xmx512m" in command
        assert "WAL flush: 2 (full fsync)" in (folder / "server.log").read_text()
    assert not _is_alive(pid)
    assert not list(elsewhere.iterdir())

    with EmbeddedServer(folder, memory="512m") as again:
        assert again == endpoint
        assert _ask(again, "MATCH (n:Probe) RETURN count(n)") == 1


@pytest.mark.embedded
def test_the_server_outlives_the_user_that_started_it(
    tmp_path: Path, other_user: Users
) -> None:
    owner = other_user(tmp_path)
    uri = owner.uri()
    server = EmbeddedServer(tmp_path)
    assert server.start().uri == uri
    pid = _state(tmp_path)["server_pid"]

    owner.kill()
    second = other_user(tmp_path)
    assert second.uri() == uri
    second.leave()
    assert _is_alive(pid)
    assert _ask(server.start(), "RETURN 1") == 1

    server.stop()
    assert not _is_alive(pid)


@pytest.mark.embedded
def test_the_server_dies_with_its_only_user(tmp_path: Path, other_user: Users) -> None:
    owner = other_user(tmp_path)
    assert owner.uri()
    state = _state(tmp_path)
    owner.kill()
    assert _eventually(lambda: not _is_alive(state["server_pid"]))
    assert _eventually(lambda: not _is_alive(state["keeper_pid"]))


@pytest.mark.embedded
def test_a_killed_server_and_a_killed_keeper_come_back_on_the_same_port(
    tmp_path: Path,
) -> None:
    server = EmbeddedServer(tmp_path)
    endpoint = server.start()
    first = _state(tmp_path)

    os.kill(first["server_pid"], signal.SIGKILL)
    assert _eventually(lambda: _state(tmp_path)["server_pid"] != first["server_pid"])
    assert server.start() == endpoint
    assert _ask(endpoint, "RETURN 1") == 1

    second = _state(tmp_path)
    os.kill(second["keeper_pid"], signal.SIGKILL)
    assert _eventually(lambda: not _is_alive(second["keeper_pid"]))
    assert server.start() == endpoint
    assert _eventually(lambda: not _is_alive(second["server_pid"]))
    assert _ask(endpoint, "RETURN 1") == 1
    server.stop()
    assert not _is_alive(_state(tmp_path)["server_pid"])


def test_a_keeper_that_was_killed_keeps_nothing_although_nobody_buried_it() -> None:
    def state(pid: int) -> State:
        return State(port=1, http_port=2, server_pid=3, keeper_pid=pid)

    assert state(os.getpid()).is_kept()
    with subprocess.Popen(["sleep", "60"]) as process:
        assert state(process.pid).is_kept()
        process.kill()
        assert _eventually(lambda: not state(process.pid).is_kept())
    assert not state(process.pid).is_kept()


@pytest.mark.embedded
def test_users_that_come_at_once_share_one_server(
    tmp_path: Path, other_user: Users
) -> None:
    users = [other_user(tmp_path) for _ in range(3)]
    assert len({user.uri() for user in users}) == 1


@pytest.mark.embedded
def test_a_lost_password_is_replaced(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as endpoint:
        assert _ask(endpoint, "CREATE (n:Probe) RETURN 1") == 1
    (tmp_path / "password").unlink()
    with EmbeddedServer(tmp_path) as again:
        assert again.password != endpoint.password
        assert _ask(again, "MATCH (n:Probe) RETURN count(n)") == 1


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        server = EmbeddedServer(tmp_path, port=port)
        with pytest.raises(StoreUnavailable, match=str(port)):
            server.start()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    server = EmbeddedServer(tmp_path / "file" / "store")
    with pytest.raises(StoreUnavailable, match="file/store cannot be used"):
        server.start()


def test_a_missing_runtime_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    server = EmbeddedServer(tmp_path)
    with pytest.raises(StoreUnavailable, match="not installed"):
        server.start()


def test_a_server_that_ends_while_starting_shows_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "graph.store.embedded._command",
        lambda *_: ["sh", "-c", "echo no room for the heap; exit 1"],
    )
    server = EmbeddedServer(tmp_path)
    with pytest.raises(StoreUnavailable, match="no room for the heap"):
        server.start()


def test_a_silent_server_is_given_up_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.embedded._command", lambda *_: ["sleep", "600"])
    server = EmbeddedServer(tmp_path, patience=1.0)
    with pytest.raises(StoreUnavailable, match="within 1 s"):
        server.start()
    assert _eventually(lambda: not _is_alive(_state(tmp_path)["server_pid"]))


@pytest.mark.parametrize("memory", ["", "lots", "0m", "1g -version", "1.5g"])
def test_an_amount_of_memory_is_checked_before_anything_starts(
    tmp_path: Path, memory: str
) -> None:
    with pytest.raises(BadInput, match="amount of memory"):
        EmbeddedServer(tmp_path, memory=memory)


def test_a_port_without_a_server_does_not_answer() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        assert not answers_bolt(other.getsockname()[1])
