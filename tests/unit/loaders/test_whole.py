"""A file that is the whole truth of its source ends or withdraws what it has not."""

from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.snapshot.intake import Trial
from graph.vocabulary import EndReason, FactKind
from loaders import judging, piece
from loaders.description import SourceDescription
from loaders.expecting import Acceptance, ExpectationMissed
from loaders.redriving import Redriving
from tests.unit.loaders.conftest import KEYS, LAW, NOW, A, B
from tests.unit.loaders.modes import Lists, entries, entry, listed, whole

ACCEPTED = Acceptance("名单清空", "某人")
DAY = date.fromisoformat


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def test_what_the_file_has_no_more_is_withdrawn(lists: Lists) -> None:
    lists.send(whole(), entries((1, 2, 3)))
    report = lists.send(whole(), entries((1, 3)))
    assert sorted(lists.standing()) == ["列〔2024〕1号", "列〔2024〕3号"]
    assert sorted(lists.recorded()) == sorted(lists.standing())
    assert (report.new, report.known, report.withdrawn) == (0, 2, 2)


def test_what_the_file_has_no_more_ends_on_the_day_of_the_file(lists: Lists) -> None:
    lists.send(whole("end"), entries((1, 2)))
    report = lists.send(whole("end"), entries((1,)), on=DAY("2025-03-01"))
    gone = lists.standing()["列〔2024〕2号"]
    assert (gone.valid_to, gone.end_reason) == (
        DAY("2025-03-01"),
        EndReason.LIST_EXIT,
    )
    assert lists.recorded()["列〔2024〕2号"].valid_to == DAY("2025-03-01")
    assert lists.standing()["列〔2024〕1号"].valid_to is None
    assert (report.ended, report.withdrawn) == (2, 0)


def test_an_ending_keeps_the_texts_that_only_the_journal_has(lists: Lists) -> None:
    lists.send(whole("end"), entries((1, 2), 列入事由="长长的事由"))
    lists.send(whole("end"), entries((1,)))
    ended = lists.store.all(FactKind.SANCTION)[-1]
    assert (ended.document_number, ended.content) == ("列〔2024〕2号", "长长的事由")


def test_without_a_day_it_ends_on_the_day_of_the_load_in_china(lists: Lists) -> None:
    late = NOW.replace(hour=20)  # in China it is the next day
    lists.send(whole("end"), entries((1, 2)))
    lists.send(whole("end"), entries((1,)), recorded_at=late)
    assert lists.standing()["列〔2024〕2号"].valid_to == DAY("2026-11-23")


def test_what_ended_before_the_file_needs_not_stand_in_it(lists: Lists) -> None:
    ended = entry(2, 移出日期="2025-01-01", 移出原因="信用修复")
    lists.send(whole("end"), [entry(), ended])
    report = lists.send(whole("end"), [entry()], on=DAY("2025-03-01"))
    assert report.ended == 0
    assert lists.standing()["列〔2024〕2号"].valid_to == DAY("2025-01-01")


def test_what_was_to_begin_later_never_held(lists: Lists) -> None:
    lists.send(whole("end"), [entry(), entry(2, 列入日期="2026-10-01")])
    report = lists.send(whole("end"), [entry()], on=DAY("2026-09-01"))
    assert list(lists.standing()) == ["列〔2024〕1号"]
    assert (report.ended, report.withdrawn) == (0, 2)


@pytest.mark.parametrize("dropped", ["end", "withdraw"])
def test_a_then_b_then_a_ends_as_a(lists: Lists, dropped: str) -> None:
    a, b = entries((1, 2)), [entry(1, 列入日期="2024-08-01"), entry(3)]
    source = whole(dropped)
    lists.send(source, a)
    first = lists.standing()
    lists.send(source, b)
    lists.send(source, a)
    last = lists.standing()
    assert {n: s for n, s in last.items() if s.valid_to is None} == first


@pytest.mark.parametrize("dropped", ["end", "withdraw"])
def test_the_same_file_again_changes_nothing(lists: Lists, dropped: str) -> None:
    lists.send(whole(dropped), entries((1, 2)))
    lists.send(whole(dropped), entries((1,)))
    batches = len(lists.store.batches)
    report = lists.send(whole(dropped), entries((1,)), name="renamed.csv")
    assert (report.known, report.ended, report.withdrawn) == (1, 0, 0)
    assert len(lists.store.batches) == batches


def test_what_another_source_still_asserts_stands(lists: Lists) -> None:
    other = listed(key="another_list")
    lists.company()
    lists.send(whole(), entries((1, 2)))
    lists.send(other, entries((1,)), name="other.csv")
    assert lists.borne("2025-01-01") == 1
    lists.send(whole(), entries((2,)))
    assert sorted(lists.standing()) == ["列〔2024〕1号", "列〔2024〕2号"]
    assert lists.borne("2025-01-01") == 1


@pytest.mark.parametrize(("dropped", "before"), [("withdraw", 0), ("end", 1)])
def test_what_follows_is_taken_back_with_the_last_source(
    lists: Lists, dropped: str, before: int
) -> None:
    """The representative answers no more: from the day of the file, or ever."""
    other = listed(key="another_list")
    lists.company()
    lists.send(whole(dropped), [entry(), entry(2, 统一社会信用代码=B)])
    lists.send(other, entries((1,)), name="other.csv")
    lists.send(whole(dropped), [entry(2, 统一社会信用代码=B)], on=DAY("2025-03-01"))
    assert lists.borne("2025-03-01") == (1 if dropped == "withdraw" else 0)
    lists.send(whole(dropped, key="another_list"), [], name="none.csv",
               on=DAY("2025-03-01"), acceptance=ACCEPTED)  # fmt: skip
    assert lists.borne("2025-03-01") == 0
    assert lists.borne("2025-02-28") == before


# --- a slip of the pen ends nothing ---------------------------------------------------


@pytest.mark.parametrize(
    "slip",
    [
        {"列入日期": "2024-13-05"},
        {"统一社会信用代码": A[:-1] + "0"},
        {"决定文书号": ""},
        {"名单名称": "自拟名单"},
    ],
)
def test_a_fact_of_which_a_bad_row_may_speak_stays(
    lists: Lists, slip: dict[str, str]
) -> None:
    lists.send(whole(), [entry(), entry(2, 统一社会信用代码=B, 主体名称="另一公司")])
    second = entry(2, 统一社会信用代码=B, 主体名称="另一公司")
    report = lists.send(whole(), [entry(1, **slip), second])
    assert (report.quarantined, report.kept, report.withdrawn) == (1, 2, 0)
    assert len(lists.standing()) == 2


def test_a_row_without_usable_cells_keeps_what_its_text_names(lists: Lists) -> None:
    rows = [entry(n, 统一社会信用代码="", 主体名称=f"公司{n}号") for n in (1, 2, 3)]
    lists.send(whole(), rows)
    path = lists.folder / "list.csv"
    text = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*text[:2], text[2] + ",一格太多"]), "utf-8")
    report = lists.load(path, known_sources={"severe_lists": whole()})
    assert (report.kept, report.withdrawn) == (2, 2)
    assert sorted(lists.standing()) == ["列〔2024〕1号", "列〔2024〕2号"]


# --- the truth for a part ------------------------------------------------------------


def by_region(dropped: str = "withdraw") -> SourceDescription:
    return whole(dropped, replaces_within=("region",))


def test_only_the_regions_in_the_file_are_replaced(lists: Lists) -> None:
    north = entries((1, 2), 行政区划代码="230717")
    south = entries((3, 4), 行政区划代码="230700")
    lists.send(by_region(), [*north, *south])
    report = lists.send(by_region(), north[:1])
    assert report.withdrawn == 2
    assert sorted(lists.standing()) == [f"列〔2024〕{n}号" for n in (1, 3, 4)]


def test_files_of_several_regions_may_come_together(lists: Lists) -> None:
    source = by_region()
    headings = [*entry(), "行政区划代码"][1:]
    paths = [
        lists.csv(f"{region}.csv", headings, entries((n,), 行政区划代码=region))
        for n, region in enumerate(("230717", "230700"))
    ]
    lists.load(*paths, known_sources={"severe_lists": source})
    assert len(lists.standing()) == 2


def test_two_whole_truths_at_once_are_refused(lists: Lists) -> None:
    paths = [lists.csv(f"{n}.csv", [*entry()][1:], entries((n,))) for n in (1, 2)]
    with pytest.raises(BadInput, match=r"1.csv and 2.csv are each the whole truth"):
        lists.load(*paths, known_sources={"severe_lists": whole()})
    assert lists.store.batches == []


# --- it shrinks -----------------------------------------------------------------------


def test_a_file_that_lacks_much_stops_before_it_writes(lists: Lists) -> None:
    lists.send(whole(), entries(range(30)))
    batches = len(lists.store.batches)
    with pytest.raises(ExpectationMissed) as caught:
        lists.send(whole(), [*entries(range(20)), entry(99)])
    assert "lacks 20 of the 60 facts" in caught.value.message.en
    assert "66.7% are left, at least 80.0%" in caught.value.message.en
    assert "--accept" in caught.value.hint.zh
    assert len(lists.store.batches) == batches
    assert len(lists.standing()) == 30


def test_an_empty_file_never_ends_everything_unasked(lists: Lists) -> None:
    lists.send(whole(), entries((1,)))
    with pytest.raises(ExpectationMissed, match="lacks 2 of the 2"):
        lists.send(whole(), [])


def test_a_trial_tells_what_would_go_and_writes_nothing(lists: Lists) -> None:
    lists.send(whole("end"), entries((1, 2)))
    trial = Trial(lists.store.facts, lists.store.pages)
    report = lists.send(whole("end"), entries((1,)), store=trial, quarantine=None)
    assert report.ended == 2
    assert lists.standing()["列〔2024〕2号"].valid_to is None


def test_a_long_file_is_looked_through_to_its_end_first(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piece, "CHUNK_ROWS", 4)
    monkeypatch.setattr(judging, "JUDGED_ROWS", 8)
    lists.send(whole(), entries(range(30)))
    report = lists.send(whole(), entries(range(1, 30)))
    assert (report.read, report.known, report.withdrawn) == (29, 29, 2)
    with pytest.raises(ExpectationMissed):
        lists.send(whole(), entries(range(9, 30)))


def test_cut_off_before_it_drops_anything_the_same_command_drops_it(
    lists: Lists,
) -> None:
    lists.send(whole(), entries((1, 2, 3)))
    lists.store.fail_at = len(lists.store.batches) + 1
    with pytest.raises(ConnectionError):
        lists.send(whole(), entries((1, 4)))
    assert len(lists.standing()) == 4
    lists.send(whole(), entries((1, 4)))
    assert len(lists.standing()) == 2


# --- quarantine -----------------------------------------------------------------------


def test_rows_driven_again_drop_nothing(lists: Lists) -> None:
    first = lists.send(whole(), [entry(), entry(2, 名单名称="自拟名单")])
    Redriving(
        lists.quarantine,
        lists.store,
        KEYS,
        LAW,
        NOW,
        known_sources={"severe_lists": whole()},
    ).again(first.digest)
    assert list(lists.standing()) == ["列〔2024〕1号"]


def test_a_later_whole_file_overtakes_the_rows_that_wait(lists: Lists) -> None:
    """Driven again, they would assert what the later file does not have."""
    lists.send(whole(), [entry(), entry(2, 名单名称="自拟名单")])
    lists.send(whole(), [entry(), entry(3, 名单名称="自拟名单")], name="later.csv")
    (waiting,) = lists.quarantine.waiting()
    assert (waiting.file, waiting.waiting) == ("later.csv", 1)
