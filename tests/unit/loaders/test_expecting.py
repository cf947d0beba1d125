"""What is expected of a file: told with figures before anything is written."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from loaders.description import Expectations, SourceDescription
from loaders.expecting import Acceptance, ExpectationMissed
from loaders.redriving import Redriving
from loaders.report import FileReceipt, receipts
from tests.unit.loaders.conftest import KEYS, LAW, NOW, A
from tests.unit.loaders.modes import Lists, entries, entry, listed

ACCEPTED = Acceptance("该局本月起不再填写", "某人")


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def expecting(**values: Any) -> SourceDescription:
    return listed(expect=Expectations.model_validate(values))


def last(lists: Lists) -> FileReceipt:
    return receipts(lists.store.facts.loads)[-1]


def months(numbers: Iterable[int], **changes: str) -> list[dict[str, str]]:
    return entries(numbers, 行政区划代码="230717", **changes)


def test_a_file_that_is_filled_worse_than_the_last_stops(lists: Lists) -> None:
    lists.send(listed(), months(range(200)), name="may.csv")
    batches = len(lists.store.batches)
    rows = [*months(range(200, 280)), *entries(range(280, 400))]
    with pytest.raises(ExpectationMissed) as caught:
        lists.send(listed(), rows, name="june.csv")
    assert "june.csv is not loaded" in caught.value.message.en
    assert (
        "rows with a usable value in '行政区划代码' are 40.0%, at least 80.0% are "
        "expected (last time, may.csv: 100.0%)"
    ) in caught.value.message.en
    assert "列“行政区划代码”有可用值的行只占 40.0%" in caught.value.message.zh
    assert len(lists.store.batches) == batches


def test_a_column_that_is_gone_is_noticed(lists: Lists) -> None:
    lists.send(listed(), months(range(120)))
    headings = [h for h in entry() if h not in {"操作类型", "统一社会信用代码"}]
    path = lists.csv("gone.csv", headings, months(range(120, 240)))
    with pytest.raises(ExpectationMissed, match=r"统一社会信用代码' are 0\.0%"):
        lists.load(path)


def test_it_is_taken_with_a_reason_that_the_journal_keeps(lists: Lists) -> None:
    lists.send(listed(), months(range(100)))
    report = lists.send(listed(), entries(range(100, 200)), acceptance=ACCEPTED)
    assert report.new == 100
    assert report.missed == {"fill.region": "0 < 0.8"}
    found = last(lists)
    assert (found.accepted, found.accepted_by) == ("该局本月起不再填写", "某人")
    assert found.missed == {"fill.region": "0 < 0.8"}
    lists.send(listed(), entries(range(200, 300)))
    assert last(lists).accepted == ""


def test_a_reason_for_a_file_that_misses_nothing_is_not_kept(lists: Lists) -> None:
    lists.send(listed(), months(range(3)), acceptance=ACCEPTED)
    assert (last(lists).accepted, last(lists).missed) == ("", {})


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_a_reason_says_something(reason: str) -> None:
    with pytest.raises(BadInput, match="1 to 500"):
        Acceptance(reason, "某人")


def test_small_files_are_not_compared(lists: Lists) -> None:
    lists.send(listed(), months(range(99)))
    assert lists.send(listed(), entries(range(99, 300))).new == 201
    assert lists.send(listed(), months(range(300, 320))).new == 20


def test_wrong_codes_beyond_what_is_expected_stop_the_file(lists: Lists) -> None:
    wrong = A[:-1] + "0"
    rows = [*months(range(30)), *months(range(30, 34), 统一社会信用代码=wrong)]
    with pytest.raises(ExpectationMissed, match=r"sound unified codes are 88\.2%"):
        lists.send(expecting(valid_codes="95%"), rows)
    assert lists.send(expecting(valid_codes="85%"), rows).quarantined == 4


def test_more_wrong_codes_than_in_the_last_file_stop_it(lists: Lists) -> None:
    lists.send(listed(), months(range(100)))
    wrong = months(range(200, 260), 统一社会信用代码=A[:-1] + "0")
    with pytest.raises(ExpectationMissed, match=r"62\.5%, at least 80\.0%"):
        lists.send(listed(), [*months(range(100, 200)), *wrong])


def test_declared_fill_rates_and_rows(lists: Lists) -> None:
    source = expecting(fill={"行政区划代码": "50%"}, rows={"min": 21})
    with pytest.raises(ExpectationMissed) as caught:
        lists.send(source, entries(range(20)))
    assert "20 rows instead of at least 21" in caught.value.message.en
    assert "0.0%, at least 50.0% are expected." in caught.value.message.en
    assert lists.send(source, months(range(21))).new == 21


def test_a_file_shorter_than_the_last_stops_where_the_source_says_so(
    lists: Lists,
) -> None:
    source = expecting(rows={"min_share_of_last": "80%"})
    lists.send(source, months(range(50)), name="may.csv")
    with pytest.raises(ExpectationMissed, match=r"39 rows are 78.0% of the last file"):
        lists.send(source, months(range(50, 89)))
    assert lists.send(source, months(range(50, 90))).new == 40
    assert lists.send(listed(), months(range(90, 95))).new == 5


def test_rows_driven_again_are_not_the_last_file(lists: Lists) -> None:
    source = expecting(rows={"min_share_of_last": "80%"})
    first = lists.send(source, [*months(range(50)), entry(99, 名单名称="自拟")])
    Redriving(lists.quarantine, lists.store, KEYS, LAW, NOW).again(first.digest)
    assert last(lists).redriven
    assert lists.send(source, months(range(50, 91))).new == 41
    with pytest.raises(ExpectationMissed):
        lists.send(source, months(range(91, 100)))


def test_a_file_loaded_again_settles_the_rows_that_are_good_now(lists: Lists) -> None:
    rows = [entry(), entry(2, 移出日期="2025-01-01", 移出原因="修复好了")]
    first = lists.send(listed(), rows)
    assert lists.quarantine.lines(first.digest) == [3]
    words = {"words": {"修复好了": "repair"}}
    reason = listed().columns["移出原因"].model_copy(update=words)
    mended = listed(columns={**listed().columns, "移出原因": reason})
    again = lists.send(mended, rows)
    assert (again.quarantined, lists.quarantine.lines(first.digest)) == (0, [])
