"""docs/how-to/add-a-source.md tells the truth: its example loads, its lists are whole."""

import re
from pathlib import Path
from typing import get_args

import pytest

from graph.vocabulary import FactKind
from loaders.description import Type
from loaders.issues import Reason
from loaders.judging import JUDGED_ROWS
from loaders.registry import sources
from loaders.vocabularies import NAMES
from tests.unit.loaders.conftest import A, Desk

GUIDE = (Path(__file__).parents[2] / "docs/how-to/add-a-source.md").read_text("utf-8")


def table(heading: str) -> set[str]:
    """Return the codes in the first column of the table under a heading."""
    rows = GUIDE.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"^\| `(\w+)` \|", rows, re.M))


def test_the_example_is_a_source_that_loads(tmp_path: Path) -> None:
    (yaml,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)
    folder = tmp_path / "mine" / "honours"
    folder.mkdir(parents=True)
    (folder / "source.yaml").write_text(yaml, "utf-8")
    desk = Desk(tmp_path)
    text = (
        "序号,获奖单位,统一社会信用代码,奖项名称,文号,授予机关,授予日期,有效期至\n"
        f"1,示例公司,{A},守信企业,示1号,某委,2024-05-01,2026-04-30\n"
    )
    known = sources(folder.parent)
    report = desk.load(desk.write("h.csv", text), known_sources=known)
    assert (report.source, report.new, report.reasons) == ("honours", 1, {})
    (record,) = desk.store.all(FactKind.RECORD)
    assert (record.kind, str(record.valid_to)) == ("honour", "2026-05-01")
    assert record.department == "某委"


def test_every_type_of_column_is_explained() -> None:
    assert table("`type`") == set(get_args(Type))


def test_every_reason_is_explained() -> None:
    assert table("reason") == {reason.value for reason in Reason}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_shared_list_of_words_is_named(name: str) -> None:
    assert f"`{name}`" in GUIDE


def test_the_numbers_are_those_of_the_program() -> None:
    assert f"{JUDGED_ROWS:_}".replace("_", " ") in GUIDE
