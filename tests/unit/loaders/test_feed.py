"""A change feed: every row says what it does, and the rows count in their order."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.vocabulary import EndReason, FactKind
from loaders import piece
from tests.journal import Journal, key_of
from tests.unit.loaders.modes import Lists, entries, entry, feed, listed

DAY = date.fromisoformat


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def test_rows_add_replace_and_withdraw(lists: Lists) -> None:
    lists.send(feed(), entries((1, 2, 3)))
    report = lists.send(
        feed(),
        [
            entry(1, 操作类型="撤销"),
            entry(2, 操作类型="变更", 移出日期="2025-02-01", 移出原因="信用修复"),
            entry(4),
        ],
    )
    standing = lists.standing()
    assert sorted(standing) == [f"列〔2024〕{n}号" for n in (2, 3, 4)]
    assert standing["列〔2024〕2号"].end_reason is EndReason.REPAIR
    assert (report.read, report.new, report.withdrawn) == (3, 3, 2)


def test_the_rows_of_one_file_count_in_their_order(lists: Lists) -> None:
    rows = [
        entry(1),
        entry(1, 操作类型="变更", 列入日期="2024-08-01"),
        entry(1, 操作类型="撤销"),
        entry(1, 列入日期="2024-09-01"),
        entry(2),
        entry(2, 操作类型="撤销"),
    ]
    report = lists.send(feed(), rows)
    assert list(lists.standing()) == ["列〔2024〕1号"]
    assert lists.standing()["列〔2024〕1号"].listed_on == DAY("2024-09-01")
    assert (report.new, report.facts, report.withdrawn) == (6, 9, 4)
    days = [s.listed_on for s in lists.store.all(FactKind.SANCTION) if "1号" in
            s.document_number]  # fmt: skip
    assert [str(day) for day in days] == ["2024-07-05", "2024-08-01", "2024-09-01"]


def test_withdrawing_what_was_never_said_is_set_aside(lists: Lists) -> None:
    lists.send(listed(key="another_list"), entries((2,)), name="other.csv")
    report = lists.send(feed(), [entry(1), entry(2, 操作类型="撤销")])
    assert (report.new, report.reasons) == (1, {"never_said": 1})
    assert "列〔2024〕2号" in lists.standing()
    (row,) = lists.quarantine.rows(report.digest)
    assert row.issues[0]["advice_zh"] == "核对文书号和主体；先报送该事实"


def test_withdrawing_again_is_known(lists: Lists) -> None:
    lists.send(feed(), [entry(), entry(2)])
    lists.send(feed(), [entry(1, 操作类型="撤销")], name="b.csv")
    report = lists.send(feed(), [entry(1, 操作类型="撤销")], name="c.csv")
    assert (report.known, report.withdrawn) == (1, 0)


def test_a_file_sent_again_does_again_what_it_says(lists: Lists) -> None:
    lists.send(feed(), [entry()], name="a.csv")
    lists.send(feed(), [entry(1, 操作类型="撤销")], name="b.csv")
    assert lists.standing() == {}
    lists.send(feed(), [entry()], name="a.csv")
    assert len(lists.standing()) == 1


def test_a_file_that_takes_back_what_it_says_adds_nothing_when_it_comes_again(
    lists: Lists,
) -> None:
    rows = [
        entry(1),
        entry(2),
        entry(2, 操作类型="撤销"),
        entry(1, 列入日期="2024-09-01"),
    ]
    first = lists.send(feed(), rows)
    versions = lists.store.facts.tables[FactKind.SANCTION].size
    again = lists.send(feed(), rows)
    assert (first.new, first.withdrawn) == (4, 2)
    assert (again.new, again.known, again.withdrawn) == (0, 4, 0)
    assert lists.store.facts.tables[FactKind.SANCTION].size == versions
    assert lists.standing()["列〔2024〕1号"].listed_on == DAY("2024-09-01")


def test_an_unknown_operation_is_set_aside(lists: Lists) -> None:
    report = lists.send(feed(), [entry(), entry(2, 操作类型="作废")])
    assert (report.new, report.reasons) == (1, {"word": 1})


def test_what_was_voided_is_not_added_but_may_be_withdrawn(lists: Lists) -> None:
    lists.send(feed(), [entry(), entry(2)])
    sanction = lists.standing()["列〔2024〕1号"]
    journal = Journal()
    journal.trial = lists.store.trial
    journal.void(sanction)
    report = lists.send(
        feed(), [entry(1, 操作类型="变更"), entry(1, 操作类型="撤销"), entry(3)]
    )
    assert report.reasons == {"voided": 1}
    assert (report.quarantined, report.new) == (1, 2)
    assert key_of(sanction) not in {key_of(s) for s in lists.standing().values()}


def test_a_withdrawal_says_nothing_in_passing(lists: Lists) -> None:
    lists.send(feed(), [entry(), entry(2)])
    lists.send(feed(), [entry(1, 操作类型="撤销", 主体名称="写错的名称")], name="b.csv")
    names = {p.name for p in lists.store.all(FactKind.PROFILE)}
    assert names == {"示例公司"}


def test_what_follows_is_taken_back_unless_another_source_asserts_it(
    lists: Lists,
) -> None:
    other = listed(key="another_list")
    lists.company()
    lists.send(feed(), [entry()])
    lists.send(other, [entry()], name="other.csv")
    lists.send(feed(), [entry(1, 操作类型="撤销")], name="b.csv")
    assert lists.borne("2025-01-01") == 1
    withdrawn = feed(key="another_list")
    lists.send(withdrawn, [entry(1, 操作类型="撤销")], name="c.csv")
    assert lists.borne("2025-01-01") == 0


# --- cut off --------------------------------------------------------------------------


@pytest.mark.parametrize("fail_at", range(1, 8))
def test_cut_off_anywhere_the_same_command_finishes_and_repeats_nothing(
    lists: Lists, fail_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piece, "CHUNK_ROWS", 2)
    rows = [
        entry(1),
        entry(2),
        entry(2, 操作类型="变更", 列入日期="2024-08-01"),
        entry(2, 操作类型="撤销"),
        entry(1, 操作类型="撤销"),
        entry(3),
        entry(1, 列入日期="2024-09-01"),
        entry(3, 操作类型="变更", 列入日期="2024-08-01"),
    ]
    (lists.folder / "whole").mkdir()
    whole = Lists(lists.folder / "whole")
    whole.send(feed(), rows)
    lists.store.fail_at = fail_at
    try:
        lists.send(feed(), rows)
    except ConnectionError:
        lists.send(feed(), rows)
    assert lists.standing() == whole.standing()
    versions = lists.store.facts.tables[FactKind.SANCTION].size
    assert versions == whole.store.facts.tables[FactKind.SANCTION].size


# --- against a plain account of the rows ----------------------------------------------


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.integers(1, 3),
                st.sampled_from(("新增", "变更", "撤销")),
                st.sampled_from(("2024-07-05", "2024-08-01")),
            ),
            min_size=1,
            max_size=8,
        ),
        max_size=4,
    )
)
def test_it_ends_where_taking_the_rows_one_by_one_ends(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, str, str]]]
) -> None:
    lists = Lists(tmp_path_factory.mktemp("feed"))
    expected: dict[str, str] = {}
    for number, rows in enumerate(files):
        lists.send(
            feed(),
            [
                entry(9, 列入日期=f"2024-01-0{number + 1}"),
                *(entry(n, 操作类型=op, 列入日期=day) for n, op, day in rows),
            ],
            name=f"{number}.csv",
        )
        expected["列〔2024〕9号"] = f"2024-01-0{number + 1}"
        for n, op, day in rows:
            if op == "撤销":
                expected.pop(f"列〔2024〕{n}号", None)
            else:
                expected[f"列〔2024〕{n}号"] = day
    found = {n: str(s.listed_on) for n, s in lists.standing().items()}
    assert found == expected
