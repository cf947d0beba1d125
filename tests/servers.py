"""Bolt servers for tests, and the account of which tests met a real Neo4j.

A test asks for `embedded_endpoint` or `neo4j_endpoint`; whoever needs a clean
store wipes it first (`wipe`), because a server is shared by all tests of a worker.
Tests marked `neo4j` run on one worker, on one server. Where none can be had they
are skipped, the summary says how many and why, and under CI=true that is a failure.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import neo4j
import pytest

from deploy.neo4j.run import LocalNeo4j, Neo4jUnavailable, why_not
from graph.store.embedded import EmbeddedServer, Endpoint

_PROPERTY = ("server", "neo4j")
_ROOT = Path(__file__).parent
_WIPE = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"


@pytest.fixture(scope="session")
def embedded_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An embedded server for the tests of this worker."""
    folder = tmp_path_factory.mktemp("embedded")
    with EmbeddedServer(folder, memory="512m") as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def neo4j_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real Neo4j: the one NEO4J_TEST_URI names, or a local one from Maven Central.

    It is wiped: never name a server whose data somebody wants to keep.
    """
    named = _named_neo4j()
    if named is not None:
        yield named
        return
    server = LocalNeo4j(tmp_path_factory.mktemp("neo4j"), memory="768m")
    try:
        endpoint = server.start()
    except Neo4jUnavailable as error:
        pytest.skip(str(error))
    yield endpoint
    server.stop()


def wipe(endpoint: Endpoint) -> None:
    """Leave no node and no relationship; constraints and indexes stay."""
    with (
        neo4j.GraphDatabase.driver(
            endpoint.uri, auth=(endpoint.user, endpoint.password)
        ) as driver,
        driver.session(database=endpoint.database) as session,
    ):
        session.run(_WIPE).consume()


def _named_neo4j() -> Endpoint | None:
    uri = os.environ.get("NEO4J_TEST_URI")
    if not uri:
        return None
    return Endpoint(
        uri=uri,
        user=os.environ.get("NEO4J_TEST_USER", "neo4j"),
        password=os.environ.get("NEO4J_TEST_PASSWORD", "neo4j"),
        database=os.environ.get("NEO4J_TEST_DATABASE", "neo4j"),
    )


class Neo4jAccount:
    """Counts what became of the tests marked `neo4j`, over all workers."""

    def __init__(self) -> None:
        self._outcomes: Counter[Literal["ran", "skipped"]] = Counter()
        self._reasons: set[str] = set()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put Neo4j tests on one worker; skip them where there is no server."""
        marked = [item for item in items if item.get_closest_marker("neo4j")]
        missing = None if not marked or _named_neo4j() else why_not()
        for item in marked:
            item.user_properties.append(_PROPERTY)
            item.add_marker(pytest.mark.xdist_group("neo4j"))
            if missing is not None:
                item.add_marker(pytest.mark.skip(reason=missing))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of a Neo4j test that ran or was skipped."""
        if _PROPERTY not in [tuple(pair) for pair in report.user_properties]:
            return
        if report.skipped:
            self._outcomes["skipped"] += 1
            if isinstance(report.longrepr, tuple):
                self._reasons.add(report.longrepr[2].removeprefix("Skipped: "))
        elif report.when == "call":
            self._outcomes["ran"] += 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a whole run in CI that met no Neo4j."""
        if self._is_ci_without_neo4j(session.config):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Say plainly how many tests ran on Neo4j, and why others did not."""
        ran, skipped = self._outcomes["ran"], self._outcomes["skipped"]
        parts = [f"{ran} ran"] if ran else []
        if skipped:
            why = "; ".join(sorted(self._reasons)) or "no reason given"
            parts.append(f"skipped, {skipped} tests, because {why}")
        if parts:
            terminalreporter.write_line(f"Neo4j contract tests: {', '.join(parts)}")
        if self._is_ci_without_neo4j(config):
            terminalreporter.write_line(
                "CI=true and no Neo4j test ran: failed", red=True
            )

    def _is_ci_without_neo4j(self, config: pytest.Config) -> bool:
        whole_run = any(_ROOT.is_relative_to(Path(x).resolve()) for x in config.args)
        return (
            os.environ.get("CI", "").lower() == "true"
            and whole_run
            and not config.option.collectonly
            and not hasattr(config, "workerinput")
            and not self._outcomes["ran"]
        )
