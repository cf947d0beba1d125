"""Files into a store: all or nothing where it must be, row by row where it can be."""

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from graph.batch import Batch
from graph.errors import BadInput
from graph.snapshot.intake import Trial
from graph.vocabulary import FactKind
from loaders import judging, piece, writing
from loaders.issues import Issue, Reason
from loaders.report import LoadReport, ReportMismatch
from tests.unit.loaders.conftest import P1, P2, A, Desk

Posts = Callable[..., Path]


def test_a_file_of_ones_own_with_three_mistakes(desk: Desk) -> None:
    """What a stranger does first: a file by hand, with a code, a day and a word wrong."""
    text = (
        "姓名,证件号码,任职单位,统一社会信用代码,职务,任职起始日期\n"
        f"林甲,{P1},示例公司,{A},法定代表人,2020-01-01\n"
        f"林乙,,示例公司,{A[:-1]}0,监事,2020-01-01\n"
        f"林丙,,示例公司,{A},监事,2022-09-31\n"
        f"林丁,,示例公司,{A},顾问,2020-01-01\n"
        f"林戊,,示例公司,{A},董事,2020/1/1\n"
    )
    report = desk.load(desk.write("my.csv", text))
    assert (report.source, report.read, report.new) == ("posts", 5, 2)
    assert report.reasons == {"code": 1, "day": 1, "word": 1}
    assert sorted((i.line, i.field, i.value) for i in report.issues) == [
        (3, "统一社会信用代码", A[:-1] + "0"),
        (4, "任职起始日期", "2022-09-31"),
        (5, "职务", "顾问"),
    ]
    for issue in report.issues:
        assert issue.message_zh
        assert issue.message_en
        assert issue.advice_zh
        assert issue.advice_en
    assert [r.line for r in desk.quarantine.rows(report.digest)] == [3, 4, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_makes_no_difference(desk: Desk, encoding: str) -> None:
    text = f"姓名,任职单位,统一社会信用代码,职务\n林𠮷,示例公司,{A},监事\n"
    report = desk.load(desk.write("p.csv", text, encoding))
    assert (report.encoding, report.new) == (encoding, 1)
    assert "林𠮷" in {p.name for p in desk.store.all(FactKind.PROFILE)}


def test_the_format_makes_no_difference(desk: Desk) -> None:
    headings = ["姓名", "任职单位", "统一社会信用代码", "职务", "任职起始日期"]
    cells = ["林甲", "示例公司", A, "监事", "2020-01-01"]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["任职信息表"])
    sheet.append(headings)
    sheet.append(cells)
    book.create_sheet("词表").append(["x"])
    book.save(desk.folder / "p.xlsx")
    first = desk.load(
        desk.csv("p.csv", headings, [dict(zip(headings, cells, strict=True))])
    )
    second = desk.load(desk.folder / "p.xlsx")
    assert (first.new, second.known) == (1, 1)
    assert [(i.reason, i.field, i.line) for i in second.issues] == [
        (Reason.BESIDE, "", 1),
        (Reason.SHEET, "词表", 2),
    ]


def test_facts_carry_the_line_of_their_row(desk: Desk) -> None:
    text = f'姓名,任职单位,统一社会信用代码,职务\n"林\n甲",公司,{A},监事\n\n林乙,公司,{A},董事\n'
    desk.load(desk.write("p.csv", text))
    assert [t.line for t in desk.store.all(FactKind.TIE)] == [2, 5]


def test_a_broken_row_is_counted_and_kept(desk: Desk) -> None:
    text = f"姓名,任职单位,统一社会信用代码,职务\n林甲,公司,{A},监事\n林乙,监事\n"
    report = desk.load(desk.write("p.csv", text))
    assert (report.read, report.new, report.quarantined) == (2, 1, 1)
    assert report.reasons == {"cells": 1}
    (row,) = desk.quarantine.rows(report.digest)
    assert row.row[""] == "林乙\t监事"


# --- refused whole ----------------------------------------------------------------


def test_a_file_without_one_good_row_is_refused_whole(desk: Desk, posts: Posts) -> None:
    with pytest.raises(BadInput, match="2 of its first 2 rows are bad") as caught:
        desk.load(posts({"职务": "顾问"}, {"任职起始日期": "2022-09-31"}))
    assert "not among the words" in caught.value.message.en
    assert "Nothing was written" in caught.value.hint.en
    assert (desk.store.batches, desk.quarantine.files()) == ([], [])


def test_a_long_file_that_is_mostly_bad_is_refused_whole(
    desk: Desk, posts: Posts
) -> None:
    rows = [{"职务": "顾问"}] * 15 + [{"姓名": f"林{i}"} for i in range(10)]
    with pytest.raises(BadInput, match="15 of its first 25"):
        desk.load(posts(*rows))
    assert desk.load(posts(*rows), refuse_above=0.8).quarantined == 15


def test_a_short_file_with_many_mistakes_is_taken(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts({"职务": "顾问"}, {"姓名": ""}, {"姓名": "林乙"}))
    assert (report.new, report.quarantined) == (1, 2)


def test_when_one_of_several_files_is_refused_none_is_written(
    desk: Desk, posts: Posts
) -> None:
    good = posts({}, name="good.csv")
    bad = posts({"职务": "顾问"}, name="bad.csv")
    with pytest.raises(BadInput, match=r"bad.csv is refused"):
        desk.load(good, bad)
    assert desk.store.batches == []


def test_an_unclosed_quotation_mark_far_down_writes_nothing(
    desk: Desk, posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piece, "CHUNK_ROWS", 2)
    path = posts(*({"姓名": f"林{i}"} for i in range(10)))
    with path.open("a", encoding="utf-8") as file:
        file.write('"林,未完\n')
    with pytest.raises(BadInput, match="begins in line 12"):
        desk.load(path)
    assert desk.store.batches == []


def test_headings_alone_are_a_file_without_news(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts())
    assert (report.read, report.new) == (0, 0)


# --- batches ----------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut files into pieces of three rows, judged by the first two pieces."""
    monkeypatch.setattr(piece, "CHUNK_ROWS", 3)
    monkeypatch.setattr(judging, "JUDGED_ROWS", 6)


@pytest.mark.usefixtures("small")
def test_each_piece_is_one_batch_of_the_file(desk: Desk, posts: Posts) -> None:
    report = desk.load(posts(*({"姓名": f"林{i}"} for i in range(9))))
    batches = desk.store.batches
    assert len(batches) == 3
    assert {b.digest for b in batches} == {report.digest}
    assert {b.file for b in batches} == {"posts.csv"}
    assert {b.source for b in batches} == {"posts"}
    assert len({b.batch for b in batches}) == 3


@pytest.mark.usefixtures("small")
def test_a_load_cut_off_in_the_middle_is_finished_by_repeating_it(
    desk: Desk, posts: Posts
) -> None:
    path = posts(*({"姓名": f"林{i}"} for i in range(9)), {"职务": "顾问"})
    desk.store.fail_at = 1
    with pytest.raises(ConnectionError):
        desk.load(path)
    assert len(desk.store.all(FactKind.TIE)) == 3
    report = desk.load(path)
    assert (report.known, report.new, report.quarantined) == (3, 6, 1)
    assert len(desk.store.all(FactKind.TIE)) == 9


@pytest.mark.usefixtures("small")
def test_progress_is_told_with_the_number_of_all_rows(desk: Desk, posts: Posts) -> None:
    told: list[tuple[str, int, int | None, float]] = []
    desk.load(
        posts(*({"姓名": f"林{i}"} for i in range(7))),
        progress=lambda *step: told.append(step),
    )
    assert [(name, done, total) for name, done, total, _ in told] == [
        ("posts.csv", 3, 7),
        ("posts.csv", 6, 7),
        ("posts.csv", 7, 7),
    ]
    assert all(rate > 0 for *_, rate in told)


def test_a_trial_changes_nothing_and_tells_the_same(desk: Desk, posts: Posts) -> None:
    path = posts({}, {"姓名": "林乙"}, {"职务": "顾问"})
    trial = Trial(desk.store.facts)
    tried = desk.load(path, store=trial, quarantine=None)
    assert trial.facts.seq == 2  # the rows, and the receipt
    assert (desk.store.facts.seq, desk.quarantine.files()) == (0, [])
    done = desk.load(path)
    assert (tried.new, tried.quarantined, tried.reasons) == (
        done.new,
        done.quarantined,
        done.reasons,
    )


# --- counts -----------------------------------------------------------------------


def test_a_report_that_does_not_add_up_is_an_error() -> None:
    report = LoadReport("f.csv", "posts", "d", "utf-8", read=3, new=1, known=1)
    with pytest.raises(ReportMismatch, match="3 rows read, but 1 new, 1 known and 0"):
        report.reconcile()


def test_a_lost_row_stops_the_load(
    desk: Desk, posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writing.Writing._write

    def losing(self: writing.Writing, *args: object) -> None:
        write(self, *args)  # type: ignore[arg-type]  # what a fault in _write would do
        self._report.known -= 1

    monkeypatch.setattr(writing.Writing, "_write", losing)
    with pytest.raises(ReportMismatch):
        desk.load(posts({}))


def issues(count: int, reason: Reason) -> Iterator[Issue]:
    for line in range(count):
        yield Issue("f", line, "", "", reason, "zh", "en", "", "")


def test_a_report_counts_all_issues_and_keeps_some_of_each_reason() -> None:
    report = LoadReport("f", "s", "d", "")
    report.add_issues(issues(5_000, Reason.DAY))
    report.add_issues(issues(3, Reason.WORD))
    assert report.reasons == {"day": 5_000, "word": 3}
    assert len(report.issues) == 203
    assert report.unlisted == 4_800


# --- what follows for facts ---------------------------------------------------------


def test_a_penalty_that_imposes_a_measure_is_a_sanction_on_its_record(
    desk: Desk,
) -> None:
    headings = (
        "行政相对人名称", "行政相对人类别", "行政相对人代码_1", "法定代表人", "行政处罚决定书文号",
        "违法行为类型", "处罚类别", "暂扣或吊销证照名称及编号", "处罚决定日期", "处罚机关",
        "罚款金额（万元）",
    )  # fmt: skip
    sound = dict(
        zip(headings, ("甲公司", "法人及非法人组织", A, "林甲", "示1号", "无证经营", "罚款", "",
                       "2024-01-01", "某局", "12.5"), strict=True)
    )  # fmt: skip
    revoked = {
        **sound,
        "行政处罚决定书文号": "示2号",
        "处罚类别": "吊销许可证",
        "暂扣或吊销证照名称及编号": "食品经营许可证 JY1",
    }
    desk.load(desk.csv("p.csv", headings, [sound, revoked]))
    fine, permit = desk.store.all(FactKind.RECORD)
    assert (fine.fine_yuan, permit.field) == (125_000, "food")
    (sanction,) = desk.store.all(FactKind.SANCTION)
    assert (sanction.document_number, sanction.field) == ("示2号", "food")
    assert sanction.measures == ("permit_revoked",)
    assert sanction.record_key == _key_of(desk.store.batches[0], 1)
    assert desk.store.all(FactKind.TIE) == []


def _key_of(batch: Batch, row: int) -> str:
    from graph.batch import fact_keys

    key: bytes = fact_keys(FactKind.RECORD, batch.tables[FactKind.RECORD])[row].as_py()
    return key.hex()


def test_the_role_of_whom_the_register_names_follows_from_the_kind(desk: Desk) -> None:
    headings = (
        "企业名称",
        "统一社会信用代码",
        "注册日期",
        "企业类型",
        "法人代表",
        "地区",
    )
    kinds = ["有限责任公司", "个人独资企业", "个体工商户", "普通合伙企业", "某某分公司"]
    rows = [
        dict(
            zip(headings, (f"{k}{i}", "", "2020-01-02", k, "林甲", "伊春"), strict=True)
        )
        for i, k in enumerate(kinds)
    ]
    desk.load(desk.csv("r.csv", headings, rows))
    roles = [tie.role.value for tie in desk.store.all(FactKind.TIE)]
    assert roles == [
        "legal_representative",
        "investor",
        "operator",
        "managing_partner",
        "principal_in_charge",
    ]
    # Since when he holds the post such a register does not say, and neither do we.
    assert {tie.valid_from for tie in desk.store.all(FactKind.TIE)} == {None}
    assert {p.region for p in desk.store.all(FactKind.PROFILE)} == {"230700", ""}


def test_an_exit_from_a_list_ends_the_sanction_with_its_reason(desk: Desk) -> None:
    headings = (
        "名单名称",
        "主体名称",
        "主体类别",
        "证件号码",
        "决定文书号",
        "决定机关",
        "列入日期",
        "届满日期",
        "移出日期",
        "移出原因",
    )
    person = ("失信被执行人", "林甲", "自然人", P2, "示1号", "某法院", "2024-01-01")
    rows = [
        dict(zip(headings, (*person, "2025-12-31", "", ""), strict=True)),
        dict(
            zip(
                headings,
                (
                    *person[:4],
                    "示2号",
                    *person[5:],
                    "2025-12-31",
                    "2025-02-01",
                    "履行完毕",
                ),
                strict=True,
            )
        ),
    ]
    desk.load(desk.csv("s.csv", headings, rows))
    planned, left = desk.store.all(FactKind.SANCTION)
    assert (str(planned.valid_to), planned.end_reason) == ("2026-01-01", "expiry")
    assert (str(left.valid_to), left.end_reason) == ("2025-02-01", "performance")
