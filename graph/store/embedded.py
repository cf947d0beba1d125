"""The local ArcadeDB server: one a data folder, shared by all processes that use it.

The first user starts it, the next ones attach, and it stops when the last one has
left or died; who came first does not matter (see graph/store/keeper.py). It listens
on loopback only and demands a password that never leaves the data folder.
"""

import contextlib
import importlib.util
import re
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http import client as http_client
from pathlib import Path
from types import TracebackType

from graph.errors import BadInput, StoreUnavailable
from graph.store import keeper
from graph.store.locks import FileLock, writer_lock
from graph.store.ports import LOOPBACK, answers_bolt, any_free_port, is_free

__all__ = [
    "EmbeddedServer",
    "Endpoint",
    "answers_bolt",
    "any_free_port",
    "is_free",
    "writer_lock",
]

_DATABASE = "credit"
_USER = "root"
_PAUSE = 0.02
_LONGEST_STREAM = 1 << 42
_LOG_TAIL = 12
_INSTALL_ZH = "请安装本平台的程序包 arcadedb-embedded，或者改用 Neo4j。"
_INSTALL_EN = "Install the wheel arcadedb-embedded for this platform, or use Neo4j."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a Bolt server is and how to enter it."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str


@dataclass(frozen=True, slots=True)
class BatchDoor:
    """Where the server takes a whole graph in one stream (HTTP on loopback)."""

    port: int
    user: str
    password: str = field(repr=False)
    database: str


class EmbeddedServer:
    """A user's hold on the server of one data folder.

    Args:
        folder: data folder of the server, on a local disk; made if missing.
        memory: heap of the server as java's `-Xmx` takes it. The first user decides.
        port: Bolt port to insist on. Without one the port of the last run is taken
            again if it is free, else any free one.
        patience: seconds to wait for the server to answer.
    """

    def __init__(
        self,
        folder: Path,
        *,
        memory: str = "1g",
        port: int | None = None,
        patience: float = 60.0,
    ) -> None:
        if not re.fullmatch(r"[1-9]\d*[kmg]", memory, re.IGNORECASE):
            raise BadInput(
                f"“{memory}”不是内存大小。",
                f"{memory!r} is not an amount of memory.",
                hint_zh="请按 java 的写法，例如 512m 或 2g。",
                hint_en="Write it as java does, for example 512m or 2g.",
            )
        self._folder = folder.absolute()
        self._memory = memory
        self._port = port
        self._patience = patience
        self._use: FileLock | None = None

    def start(self) -> Endpoint:
        """Return the endpoint of the running server, starting one if there is none.

        Called again it heals: a server that is gone is started anew, on the same
        port unless somebody else took it.

        Raises:
            StoreUnavailable: the folder cannot be written, the port is taken, the
                server's files are missing, or it does not answer in time.
        """
        deadline = time.monotonic() + self._patience
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._hold(deadline)
            state = self._running(deadline)
            password = _read_password(self._folder)
        except OSError as error:
            self._let_go()
            raise StoreUnavailable(
                f"数据目录 {self._folder} 无法使用：{error.strerror}。",
                f"The data folder {self._folder} cannot be used: {error.strerror}.",
                hint_zh="请指定本机磁盘上当前用户可写的文件夹。",
                hint_en="Name a folder on a local disk that this user may write.",
            ) from error
        except BaseException:
            self._let_go()
            raise
        uri = f"bolt://{LOOPBACK}:{state.port}"
        return Endpoint(uri=uri, user=_USER, password=password, database=_DATABASE)

    def door(self) -> BatchDoor:
        """Return the batch door of the running server, which `start` has found.

        Raises:
            StoreUnavailable: it does not run.
        """
        state = keeper.State.read(self._folder)
        if state is None:
            raise StoreUnavailable(
                "内嵌服务器没有运行。", "The embedded server does not run."
            )
        return BatchDoor(
            port=state.http_port,
            user=_USER,
            password=_read_password(self._folder),
            database=_DATABASE,
        )

    def stop(self) -> None:
        """Leave the server; the last user waits until it has stopped in order."""
        use, self._use = self._use, None
        if use is None or not use.release_last():
            return
        deadline = time.monotonic() + self._patience
        while time.monotonic() < deadline and _is_held(self._folder / "keeper.lock"):
            if _is_shared_again(self._folder / "users.lock"):
                return
            time.sleep(_PAUSE)

    def __enter__(self) -> Endpoint:
        """Start, and return the endpoint."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the server, whatever happened."""
        self.stop()

    def _hold(self, deadline: float) -> None:
        """Become a user; waits while a server without users is stopping."""
        while self._use is None:
            self._use = FileLock.try_shared(self._folder / "users.lock")
            if self._use is None:
                self._check_time(deadline)

    def _let_go(self) -> None:
        if self._use is not None:
            self._use.release()
            self._use = None

    def _running(self, deadline: float) -> keeper.State:
        """Return the state of a server that answers; one of all starters starts it."""
        while (lock := FileLock.try_exclusive(self._folder / "keeper.lock")) is None:
            state = keeper.State.read(self._folder)
            if state is not None and state.is_kept() and _is_ready(state):
                return state
            self._check_time(deadline)
        try:
            # A server whose keeper was killed is stopping; its port shall be free.
            while _is_held(self._folder / "server.lock"):
                self._check_time(deadline)
            self._launch(lock)
        finally:
            lock.release()  # the keeper has inherited it
        return self._started(deadline)

    def _launch(self, keeper_lock: FileLock) -> None:
        last = keeper.State.read(self._folder)
        state_file = self._folder / "server.json"
        state_file.unlink(missing_ok=True)
        port, http_port = self._choose_port(last), any_free_port()
        _ensure_password(self._folder)
        job = keeper.Job(
            folder=str(self._folder),
            port=port,
            http_port=http_port,
            keeper_lock=keeper_lock.descriptor,
            command=_command(self._folder, self._memory, port, http_port),
        )
        log = self._folder / "server.log"
        with contextlib.suppress(FileNotFoundError):
            log.replace(self._folder / "server.log.1")
        with log.open("wb") as output:
            subprocess.run(  # noqa: S603 — our own script under our own interpreter
                [sys.executable, "-I", "-S", keeper.__file__, job.as_json()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=[keeper_lock.descriptor],
                start_new_session=True,  # Ctrl-C is for the user, not for the server
                check=True,
            )

    def _started(self, deadline: float) -> keeper.State:
        while True:
            state = keeper.State.read(self._folder)
            if state is not None and _is_ready(state):
                return state
            if not _is_held(self._folder / "keeper.lock"):
                raise self._failure(
                    "内嵌服务器在启动中退出。",
                    "The embedded server ended while it started.",
                )
            self._check_time(deadline)

    def _choose_port(self, last: keeper.State | None) -> int:
        if self._port is not None:
            if not is_free(self._port):
                raise StoreUnavailable(
                    f"{LOOPBACK} 的端口 {self._port} 已被占用或者不许使用。",
                    f"Port {self._port} on {LOOPBACK} is taken or not allowed.",
                    hint_zh="请停止占用该端口的程序，或者指定另一个端口。",
                    hint_en="Stop the program that listens there, or name another "
                    "port.",
                )
            return self._port
        if last is not None and is_free(last.port):
            return last.port
        return any_free_port()

    def _check_time(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise self._failure(
                f"内嵌服务器在 {self._patience:.0f} 秒内没有应答。",
                f"The embedded server did not answer within {self._patience:.0f} s.",
            )
        time.sleep(_PAUSE)

    def _failure(self, zh: str, en: str) -> StoreUnavailable:
        log = self._folder / "server.log"
        try:
            lines = log.read_text("utf-8", "replace").splitlines()[-_LOG_TAIL:]
        except OSError:
            lines = []
        tail = "\n  ".join(["", *lines])
        return StoreUnavailable(
            zh,
            en,
            hint_zh=f"它的日志 {log} 末尾是：{tail or '（空）'}",
            hint_en=f"Its log {log} ends with:{tail or ' nothing'}",
        )


def _is_ready(state: keeper.State) -> bool:
    """Return whether Bolt answers and the databases behind it are open."""
    http = http_client.HTTPConnection(LOOPBACK, state.http_port, timeout=2)
    try:
        http.request("GET", "/api/v1/ready")
        ready = http.getresponse().status == HTTPStatus.NO_CONTENT
    except (OSError, http_client.HTTPException):
        return False
    finally:
        http.close()
    return ready and answers_bolt(state.port)


def _is_held(lock_file: Path) -> bool:
    lock = FileLock.try_exclusive(lock_file)
    if lock is not None:
        lock.release()
    return lock is None


def _is_shared_again(lock_file: Path) -> bool:
    """Return whether a new user came before the keeper could close the door."""
    lock = FileLock.try_exclusive(lock_file)
    if lock is not None:
        lock.release()
        return False
    lock = FileLock.try_shared(lock_file)
    if lock is not None:
        lock.release()
    return lock is not None


def _ensure_password(folder: Path) -> None:
    """Make the password once; without it the server's stored users are useless."""
    path = folder / "password"
    if path.exists() and path.stat().st_size:
        path.chmod(0o600)
        return
    (folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
    draft = folder / "password.new"
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
    draft.replace(path)


def _read_password(folder: Path) -> str:
    return (folder / "password").read_text(encoding="ascii").strip()


def _command(folder: Path, memory: str, port: int, http_port: int) -> list[str]:
    files = _server_files()
    options = {
        "txWalFlush": "2",  # fsync at commit: the default survives kill -9, not power
        "server.mode": "production",
        "server.rootPath": str(folder),
        "server.rootPasswordPath": str(folder / "password"),
        "server.databaseDirectory": str(folder / "databases"),
        "server.logsDirectory": str(folder / "log"),
        "server.defaultDatabases": f"{_DATABASE}[{_USER}]",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": LOOPBACK,
        "bolt.port": str(port),
        # The HTTP side cannot be switched off; it says when the databases are open.
        "server.httpIncomingHost": LOOPBACK,
        "server.httpIncomingPort": str(http_port),
        # A first load comes as one stream (graph.store.bulk), however long.
        "server.httpBodyContentMaxSize": str(_LONGEST_STREAM),
    }
    return [
        str(files / "jre" / "bin" / "java"),
        f"-Xmx{memory}",
        "-XX:+ExitOnOutOfMemoryError",  # the keeper starts it again
        "-XX:-UsePerfData",  # no files under /tmp
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-exports=java.management/sun.management=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        *(f"-Darcadedb.{name}={value}" for name, value in options.items()),
        "-cp",
        str(files / "jars" / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _server_files() -> Path:
    """Return the folder of the wheel; importing it would load a JVM bridge."""
    spec = importlib.util.find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise StoreUnavailable(
            "没有安装内嵌服务器。",
            "The embedded server is not installed.",
            hint_zh=_INSTALL_ZH,
            hint_en=_INSTALL_EN,
        )
    files = Path(spec.submodule_search_locations[0])
    if not (files / "jre" / "bin" / "java").is_file():
        raise StoreUnavailable(
            f"{files} 中没有 Java 运行环境。",
            f"There is no Java runtime in {files}.",
            hint_zh=_INSTALL_ZH,
            hint_en=_INSTALL_EN,
        )
    return files
