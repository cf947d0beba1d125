"""The table of situations in tests/law/README.md names cases that are there."""

import re
from functools import cache
from pathlib import Path

import pytest

from analytics.lawcases.reading import LawCase, read_cases
from graph.law.book import LawBook

HERE = Path(__file__).parent
TABLE = (HERE / "README.md").read_text("utf-8").split("## 情形与案例")[1]
ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TABLE, re.M)[1:]


@cache
def cases() -> list[LawCase]:
    return read_cases(HERE / "cases", LawBook.load())


def test_there_is_a_table() -> None:
    assert len(ROWS) >= 50


@pytest.mark.parametrize(("situation", "file", "title"), ROWS)
def test_a_situation_has_its_case(situation: str, file: str, title: str) -> None:
    found = [c for c in cases() if c.file == f"{file}.yaml" and title in c.name]
    assert found, f"{situation}：{file} 里没有“{title}”"


def test_no_two_cases_of_a_file_have_one_title() -> None:
    names = [(c.file, c.name) for c in cases()]
    assert sorted({n for n in names if names.count(n) > 1}) == []
