"""The table of sources is what the descriptions say, and the page is that table."""

from pathlib import Path

import pytest

from loaders.formats import Format
from loaders.overview import markdown, overview
from loaders.registry import sources

PAGE = Path(__file__).parents[3] / "docs/reference/sources.md"


def test_the_page_is_what_the_command_prints() -> None:
    # After a change: creditgraph sources --markdown > docs/reference/sources.md
    assert PAGE.read_text("utf-8") == markdown(sources().values())


@pytest.mark.parametrize("key", sources())
def test_every_source_says_whose_layout_it_is_and_what_a_row_becomes(key: str) -> None:
    found = overview(sources()[key])
    assert found.layout.zh
    assert found.layout.en
    assert found.keys
    assert all("：" in told and told[-1] != "：" for told in found.keys)
    assert not set(found.inclusive) & set(found.exclusive)


def test_ends_formats_and_modes_are_told() -> None:
    penalties, lists = overview(sources()["penalties"]), overview(sources()["edges"])
    assert penalties.inclusive == ("处罚有效期", "公示截止期", "违法行为终止日期")
    assert penalties.exclusive == ()
    assert lists.formats == tuple(Format)
    assert overview(sources()["abnormal_operation"]).exclusive == ("移出日期",)
    assert overview(sources()["bods"]).formats == (Format.JSONL, Format.JSON)
    assert overview(sources()["penalties_2015"]).mode.en == "change feed"
