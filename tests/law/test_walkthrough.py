"""The example of graph/law/README.md, walked through as a jurist would: YAML only."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.console import EXIT_FAULTS
from graph.law.shelves import SHELVES

ROOT = Path(__file__).parents[2]
LAW = ROOT / "graph" / "law"
BLOCKS = re.findall(r"```yaml\n(.*?)```", (LAW / "README.md").read_text("utf-8"), re.S)
INSTRUMENT, RULE, CASE = BLOCKS
KEY = "INTERNET-CAFE-PERMIT-REVOKED-OFFICE-BAN"
TEXT = "INTERNET-CAFE-REGULATION-2022"

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped law, before anybody wrote the rule of the example."""
    root = tmp_path / "法规库"
    root.mkdir()
    for shelf in SHELVES:
        if shelf.is_folder:
            shutil.copytree(LAW / shelf.place, root / shelf.place)
        else:
            shutil.copy(LAW / shelf.place, root / shelf.place)
    for file in (root / "liability").glob("INTERNET-CAFE-*.yaml"):
        file.unlink()
    return root


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "网吧.yaml"
    file.write_text(CASE, "utf-8")
    return file


def law(*words: object) -> Result:
    return CliRunner().invoke(app, ["--lang", "zh", "law", *map(str, words)])


def write(folder: Path, *, instrument: str = INSTRUMENT, rule: str = RULE) -> None:
    (folder / "instruments" / f"{TEXT}.yaml").write_text(instrument, "utf-8")
    (folder / "liability" / f"{KEY}.yaml").write_text(rule, "utf-8")


def test_without_the_rule_the_case_does_not_hold(folder: Path, case: Path) -> None:
    assert law("check", folder).exit_code == 0
    done = law("try", case, "--law", folder)
    assert done.exit_code == EXIT_FAULTS
    assert "李四" in done.output


def test_the_four_steps_give_a_sound_book_and_a_case_that_holds(
    folder: Path, case: Path
) -> None:
    write(folder)
    checked = law("check", folder)
    assert checked.exit_code == 0, checked.output
    done = law("try", case, "--law", folder)
    assert done.exit_code == 0, done.output
    assert "1 个案例，0 处与预期不符" in done.output


def test_the_case_shows_the_rule_but_for_the_first_day_of_the_law(
    folder: Path, case: Path
) -> None:
    write(folder)
    left = [
        line
        for line in law("cover", case, "--law", folder).output.splitlines()
        if line.startswith(KEY)
    ]
    assert left == [f"{KEY}@2022-05-01  施行前一天和当天"]


def test_a_rule_without_its_instrument_is_named(folder: Path) -> None:
    write(folder)
    (folder / "instruments" / f"{TEXT}.yaml").unlink()
    done = law("check", folder)
    assert done.exit_code == EXIT_FAULTS
    assert f"liability/{KEY}.yaml:" in done.output
    assert TEXT in done.output


def test_a_slip_is_named_with_line_and_what_to_write(folder: Path) -> None:
    write(folder, rule=RULE.replace("anchor: revocation", "anchor: 吊销时"))
    done = law("check", folder)
    assert f"liability/{KEY}.yaml:16 versions.0.anchor" in done.output
    assert "吊销许可证照时(revocation)" in done.output


def test_a_shorter_term_is_told_by_the_case(folder: Path, case: Path) -> None:
    write(folder, rule=RULE.replace("length: P5Y", "length: P3Y"))
    done = law("try", case, "--law", folder)
    assert done.exit_code == EXIT_FAULTS
    assert "2029-05-31 李四" in done.output
    assert "应为“生效”，推导为“无”" in done.output
