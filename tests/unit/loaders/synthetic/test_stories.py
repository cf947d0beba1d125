"""The planted stories name things that exist once, and the key gives nobody away."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from graph.law.book import LawBook
from graph.vocabulary import EffectStatus, Role
from loaders.synthetic.stories import planted
from tests.unit.loaders.synthetic.conftest import DAY, EXAMPLES

KEY = json.loads((EXAMPLES / "city" / "answers.json").read_text("utf-8"))
ROWS = [
    row
    for story in KEY["stories"]
    for part in ("expected", "ended")
    for row in story[part]
]


def test_all_stories_are_there() -> None:
    assert [s["key"] for s in KEY["stories"]] == [f"{n:02}" for n in range(1, 18)]


def test_the_key_holds_no_resident_number(folder: Path) -> None:
    text = (folder / "answers.json").read_text("utf-8")
    codes = {o["code"] for s in KEY["stories"] for o in s["organizations"]}
    assert set(re.findall(r"[0-9]{17}[0-9X]", text)) <= codes


def test_papers_are_numbered_once_and_marked_as_samples() -> None:
    plan = planted(DAY)
    numbers = [r["决定文书号"] for r in plan.rows["severe_lists"]]
    numbers += [r["行政处罚决定书文号"] for r in plan.rows["penalties"]]
    assert max(Counter(numbers).values()) == 1
    assert all("示" in number for number in numbers)


def test_papers_and_firms_of_the_stories_occur_once_in_the_city(
    tables: Mapping[str, pa.Table],
) -> None:
    papers = Counter(tables["severe_lists"]["决定文书号"].to_pylist())
    papers += Counter(tables["penalties"]["行政处罚决定书文号"].to_pylist())
    names = Counter(tables["registrations"]["企业名称"].to_pylist())
    for story in KEY["stories"]:
        assert [papers[d] for d in story["documents"]] == [1] * len(story["documents"])
        assert {names[o["name"]] for o in story["organizations"]} == {1}


def test_drawn_rows_do_not_touch_the_firms_of_the_stories(
    tables: Mapping[str, pa.Table],
) -> None:
    plan = planted(DAY)
    codes = {r["统一社会信用代码"] for r in plan.rows["registrations"]}
    for file in ("posts", "holdings", "findings"):
        found = Counter(tables[file]["统一社会信用代码"].to_pylist())
        mine = sum(found[code] for code in codes)
        assert mine == sum(
            r["统一社会信用代码"] in codes for r in plan.rows.get(file, ())
        )


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['bearer']}-{r['rule']}")
def test_the_key_speaks_in_words_of_the_law_book(row: dict[str, Any]) -> None:
    law = LawBook.load()
    assert row["rule"] in law.rules
    assert row["measure"] in law.measures
    assert row["role"] in list(Role)
    assert row["status"] in list(EffectStatus)
