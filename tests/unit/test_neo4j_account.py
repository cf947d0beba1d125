"""A run that met no Neo4j says so, and in CI it fails."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.servers import Neo4jAccount


def _report(outcome: str, *, marked: bool = True) -> Any:
    return SimpleNamespace(
        user_properties=[["server", "neo4j"]] if marked else [],
        skipped=outcome == "skipped",
        when="setup" if outcome == "skipped" else "call",
        longrepr=("file", 1, "Skipped: there is no Java"),
    )


def _session(*args: str, **config: object) -> Any:
    config = {"args": args, "option": SimpleNamespace(collectonly=False), **config}
    return SimpleNamespace(config=SimpleNamespace(**config), exitstatus=0)


def _status(account: Neo4jAccount, session: Any) -> int:
    account.pytest_sessionfinish(session)
    return int(session.exitstatus)


def _summary(account: Neo4jAccount) -> list[str]:
    lines: list[str] = []
    reporter: Any = SimpleNamespace(write_line=lambda text, **_: lines.append(text))
    account.pytest_terminal_summary(reporter, _session("tests/unit").config)
    return lines


def test_ci_fails_when_all_neo4j_tests_were_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")
    account = Neo4jAccount()
    account.pytest_runtest_logreport(_report("skipped"))
    account.pytest_runtest_logreport(_report("passed", marked=False))
    assert _status(account, _session("tests")) == 1
    assert _status(account, _session("tests/unit")) == 0
    assert _status(account, _session("tests", workerinput={})) == 0


def test_ci_passes_when_a_neo4j_test_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    account = Neo4jAccount()
    account.pytest_runtest_logreport(_report("passed"))
    assert _status(account, _session("tests")) == 0


def test_elsewhere_a_skip_is_told_and_no_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    account = Neo4jAccount()
    account.pytest_runtest_logreport(_report("skipped"))
    assert _status(account, _session("tests")) == 0
    assert _summary(account) == [
        "Neo4j contract tests: skipped, 1 tests, because there is no Java"
    ]
