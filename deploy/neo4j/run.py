"""A real Neo4j Community server from Maven Central, on loopback.

For tests and for trying things out: `make neo4j`, or `LocalNeo4j` as a context
manager. Needs Java 17 or newer and Maven; the jars (116 MB) are fetched once into
a cache. For production install Neo4j the way its makers describe.
"""

import argparse
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import neo4j

from graph.store.embedded import Endpoint, answers_bolt, any_free_port, is_free
from graph.store.keeper import end_with_parent
from graph.store.locks import FileLock

_POM = Path(__file__).with_name("pom.xml")
_OLDEST_JAVA = 17
_TOOL = "org.neo4j.cli.AdminTool"
_OPENED_PACKAGES = ("java.nio", "java.io", "sun.nio.ch", "java.lang")
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=256m
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
"""


class Neo4jUnavailable(Exception):
    """A local Neo4j cannot be had here; the text says why."""


def why_not() -> str | None:
    """Return what is missing to run Neo4j on this machine, or None."""
    java, maven = shutil.which("java"), shutil.which("mvn")
    if java is None:
        return "there is no Java"
    version = _java_version(java)
    if version < _OLDEST_JAVA:
        return f"Java is version {version}, {_OLDEST_JAVA} is needed"
    if maven is None and not _marker(cache_folder()).exists():
        return "there is no Maven"
    return None


def cache_folder() -> Path:
    """Return where jars are kept: CREDITGRAPH_CACHE or the user's cache folder."""
    named = os.environ.get("CREDITGRAPH_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "creditgraph"


def provision(cache: Path) -> Path:
    """Return the folder with the jars, fetching them if they are not there yet.

    Processes that ask at once wait for one another; an interrupted fetch is begun
    again.

    Raises:
        Neo4jUnavailable: Maven did not bring them.
    """
    jars, marker = _jars(cache), _marker(cache)
    jars.parent.mkdir(parents=True, exist_ok=True)
    while (lock := FileLock.try_exclusive(jars.parent / "lock")) is None:
        time.sleep(0.2)
    try:
        if not marker.exists():
            shutil.rmtree(jars, ignore_errors=True)
            _fetch(jars)
            marker.touch()
    finally:
        lock.release()
    return jars


class LocalNeo4j:
    """A server in a folder of its own; it dies with the process that started it.

    Args:
        home: data, configuration and password of the server; kept between starts.
        port: Bolt port; any free one without it.
        cache: where the jars are, see `cache_folder`.
        memory: heap of the server as java's `-Xmx` takes it.
        patience: seconds to wait for the server to answer.
    """

    def __init__(
        self,
        home: Path,
        *,
        port: int | None = None,
        cache: Path | None = None,
        memory: str = "1g",
        patience: float = 120.0,
    ) -> None:
        self._home = home.absolute()
        self._port = port
        self._cache = cache or cache_folder()
        self._memory = memory
        self._patience = patience
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> Endpoint:
        """Start the server and return its endpoint once it answers queries.

        Raises:
            Neo4jUnavailable: something is missing, or it does not answer in time.
        """
        missing = why_not()
        if missing is not None:
            raise Neo4jUnavailable(missing)
        jars = provision(self._cache)
        port = self._choose_port()
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._home / "conf").mkdir(exist_ok=True)
        text = _CONFIGURATION.format(port=port)
        (self._home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")
        password = self._ensure_password(jars)
        with (self._home / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                self._command(jars),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us first
                preexec_fn=end_with_parent,  # noqa: PLW1509 — no lock is held here
            )
        endpoint = Endpoint(
            uri=f"bolt://127.0.0.1:{port}",
            user="neo4j",
            password=password,
            database="neo4j",
        )
        self._wait_for(endpoint, port)
        return endpoint

    def import_files(self, arguments: Sequence[str]) -> None:
        """Import into the stopped server, before its first start.

        Args:
            arguments: what `neo4j-admin database import full neo4j` is told.

        Raises:
            Neo4jUnavailable: the importer failed; the text says why.
        """
        jars = provision(self._cache)
        (self._home / "conf").mkdir(parents=True, exist_ok=True)
        (self._home / "conf" / "neo4j.conf").touch()
        tool = [*_java(self._memory, jars), _TOOL]
        self._run([*tool, "database", "import", "full", "neo4j", *arguments])

    def wait(self) -> int:
        """Wait for the end of the server and return its exit code."""
        return self._server.wait() if self._server else 0

    def stop(self) -> None:
        """Stop the server in order; a second call does nothing."""
        server, self._server = self._server, None
        if server is None:
            return
        server.terminate()
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def __enter__(self) -> Endpoint:
        """Start, and return the endpoint."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop, whatever happened."""
        self.stop()

    def _choose_port(self) -> int:
        if self._port is None:
            return any_free_port()
        if not is_free(self._port):
            raise Neo4jUnavailable(f"port {self._port} is taken")
        return self._port

    def _ensure_password(self, jars: Path) -> str:
        """Return the password, set before the first start and kept beside the data."""
        path = self._home / "password"
        if not path.exists():
            # Hexadecimal: one that began with a dash would be read as an option.
            password = secrets.token_hex(24)
            tool = [*_java("256m", jars), _TOOL]
            # Seen for a second in the list of processes: good enough for loopback.
            self._run([*tool, "dbms", "set-initial-password", password])
            path.touch(mode=0o600)
            path.write_text(password, encoding="ascii")
        return path.read_text(encoding="ascii")

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            command,
            env={
                **os.environ,
                "NEO4J_HOME": str(self._home),
                "NEO4J_CONF": str(self._home / "conf"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            what = " ".join(command[command.index(_TOOL) + 1 :][:3])
            raise Neo4jUnavailable(
                f"Neo4j refused {what!r}: {done.stderr.strip()[:600]}"
            )

    def _command(self, jars: Path) -> list[str]:
        opened = [
            f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED_PACKAGES
        ]
        return [
            *_java(self._memory, jars),
            *opened,
            "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={self._home}",
            f"--config-dir={self._home / 'conf'}",
        ]

    def _wait_for(self, endpoint: Endpoint, port: int) -> None:
        deadline = time.monotonic() + self._patience
        while not (answers_bolt(port) and _answers_queries(endpoint)):
            assert self._server is not None
            ended = self._server.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                raise Neo4jUnavailable(f"Neo4j did not start; it says\n{self._tail()}")
            time.sleep(0.1)

    def _tail(self) -> str:
        logs = [self._home / "server.log", self._home / "logs" / "neo4j.log"]
        texts = [x.read_text("utf-8", "replace") for x in logs if x.exists()]
        return "\n".join(texts)[-800:]


def _java(memory: str, jars: Path) -> list[str]:
    return [
        "java",
        f"-Xmx{memory}",
        "-XX:+UseG1GC",
        "-XX:-UsePerfData",
        "-Dfile.encoding=UTF-8",
        "-cp",
        f"{jars}/*",
    ]


def _java_version(java: str) -> int:
    said = subprocess.run(
        [java, "-version"], capture_output=True, text=True, check=False
    )
    found = re.search(r'version "(\d+)', said.stderr)
    return int(found[1]) if found else 0


def _version() -> str:
    found = re.search(r"<neo4j.version>(.+?)<", _POM.read_text(encoding="utf-8"))
    if found is None:
        raise Neo4jUnavailable(f"{_POM} names no version of Neo4j")
    return found[1]


def _jars(cache: Path) -> Path:
    return cache / f"neo4j-{_version()}" / "lib"


def _marker(cache: Path) -> Path:
    return _jars(cache).with_name("complete")


def _fetch(jars: Path) -> None:
    command = ["mvn", "-q", "-B", "-f", str(_POM), "dependency:copy-dependencies"]
    options = ["-DincludeScope=runtime", f"-DoutputDirectory={jars}"]
    done = subprocess.run(
        [*command, *options], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Neo4jUnavailable(f"Maven did not bring Neo4j:\n{done.stdout[-800:]}")


def _answers_queries(endpoint: Endpoint) -> bool:
    try:
        with neo4j.GraphDatabase.driver(
            endpoint.uri, auth=(endpoint.user, endpoint.password)
        ) as driver:
            driver.execute_query("RETURN 1", database_=endpoint.database)
    except neo4j.exceptions.AuthError as error:
        raise Neo4jUnavailable(f"the password does not fit: {error}") from error
    except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError):
        return False
    return True


def main() -> int:
    """Run a server in the foreground until Ctrl-C or the end of the server."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, help="Bolt port; 7687 if it is free")
    parser.add_argument(
        "--home", type=Path, help="data folder; in the cache without it"
    )
    arguments = parser.parse_args()
    port = arguments.port or (7687 if is_free(7687) else None)
    home = arguments.home or cache_folder() / f"neo4j-{_version()}" / "home"
    server = LocalNeo4j(home, port=port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(
        "Starting Neo4j (the first time it is fetched, a minute or so) ...", flush=True
    )
    try:
        _print_access(server.start())
        return server.wait()
    except Neo4jUnavailable as error:
        print(f"Neo4j cannot run here: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        server.stop()


def _print_access(endpoint: Endpoint) -> None:
    print(f"export NEO4J_URI={endpoint.uri}")
    print(f"export NEO4J_USER={endpoint.user}")
    print(f"export NEO4J_PASSWORD={endpoint.password}")
    print("Ready. Ctrl-C stops it; the data stay.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
