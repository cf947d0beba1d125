"""`creditgraph law`: versions shown and compared, cases tried, what none shows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.console import EXIT_FAULTS

Run = Callable[..., Result]
CASES = Path(__file__).parents[2] / "law" / "cases"
FILE = CASES / "限制消费.yaml"
RULE = "LICENCE-REVOKED-OFFICE-BAN"


@pytest.fixture
def run() -> Run:
    def invoke(*words: object, language: str = "zh") -> Result:
        return CliRunner().invoke(app, ["--lang", language, "law", *map(str, words)])

    return invoke


def test_a_rule_is_shown_as_of_a_day(run: Run) -> None:
    shown = run("show", RULE, "--at", "2024-06-30").output
    assert "自 2018-10-26 起" in shown
    assert "违法行为发生时(violation)" in shown
    assert "2024-07-01 起" not in shown
    assert "anchor：violation" in run("show", RULE, language="en").output
    never = run("show", RULE, "--at", "2018-10-25").output
    assert "该日尚无有效版本" in never


def test_versions_are_compared_on_any_day_of_theirs(run: Run) -> None:
    told = run("diff", f"{RULE}@2020-01-01", f"{RULE}@2026-01-01").output
    assert f"{RULE}@2018-10-26 → {RULE}@2024-07-01" in told
    assert "触发 措施" in told
    same = run("diff", f"{RULE}@2020-01-01", f"{RULE}@2024-06-30").output
    assert "没有差别" in same
    found = json.loads(
        run("diff", f"{RULE}@2020-01-01", f"{RULE}@2026-01-01", "--json").output
    )
    assert {"path": "in_force_to", "before": "2024-07-01", "after": None} in found


def test_books_are_compared_by_folder_and_by_digest(run: Run) -> None:
    digest = run("check").output.split("摘要 ")[1].strip()
    folder = Path(__file__).parents[3] / "graph" / "law"
    assert "没有差别" in run("diff", digest, folder).output


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        (f"{RULE}@2024-13-01", f"{RULE}@2024-07-01", 2),
        (f"{RULE}@2001-01-01", f"{RULE}@2024-07-01", 3),
        ("NO-SUCH@2024-07-01", f"{RULE}@2024-07-01", 3),
        ("nowhere", f"{RULE}@2024-07-01", 2),
    ],
)
def test_what_cannot_be_compared_is_an_error(
    run: Run, a: str, b: str, code: int
) -> None:
    assert run("diff", a, b).exit_code == code


def test_a_version_is_not_compared_with_a_book(run: Run) -> None:
    digest = run("check").output.split("摘要 ")[1].strip()
    assert run("diff", digest, f"{RULE}@2024-07-01").exit_code == 2


def test_cases_are_tried(run: Run) -> None:
    done = run("try", FILE)
    assert done.exit_code == 0
    assert "0 处与预期不符" in done.output


def test_a_case_that_does_not_hold_is_named_with_its_line(
    run: Run, tmp_path: Path
) -> None:
    text = FILE.read_text("utf-8").replace(
        "2023-05-31: {张三: 无", "2023-05-31: {张三: {限制相关消费行为: 生效}", 1
    )
    (tmp_path / "错.yaml").write_text(text, "utf-8")
    done = run("try", tmp_path)
    assert done.exit_code == EXIT_FAULTS
    assert "错.yaml:16" in done.output
    (found,) = json.loads(run("try", tmp_path, "--json").output)
    assert (found["line"], found["who"]) == (16, "张三")
    assert (found["expected"], found["found"]) == ("生效", "无")


def test_what_no_case_shows_is_named(run: Run) -> None:
    done = run("cover", FILE, "--json")
    assert done.exit_code == EXIT_FAULTS
    found = json.loads(done.output)
    owners = {f["owner"] for f in found if f["branch"] == "effect"}
    assert f"{RULE}@2024-07-01" in owners
    assert "CONSUMPTION-RESTRICTION@2015-07-22" not in owners
    assert "个没有案例" in run("cover", FILE).output
