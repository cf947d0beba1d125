"""Spreadsheets as offices send them, as XLSX and as CSV: nothing lost, all told."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from graph.vocabulary import FactKind
from loaders.headings import KnownHeadings
from loaders.issues import Reason
from loaders.registry import sources
from loaders.report import LoadReport
from loaders.spelling import plain_heading
from loaders.tabular import TextFile, open_table
from tests.unit.loaders.conftest import A, B, Desk

Cells = Sequence[object]
Write = Callable[[Path, Sequence[Cells]], Path]

HEAD = ("企业名称", "统一社会信用代码", "企业类型", "成立日期", "注册资本", "住所")
ONE = ("示例一有限公司", A, "有限责任公司", "2020-01-02", "500万元", "示例路1号")
TWO = ("示例二有限公司", B, "有限责任公司", "2021/3/4", "3(万元)", "示例路2号")
KNOWN = KnownHeadings(sources().values())


def as_xlsx(folder: Path, rows: Sequence[Cells]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row) or [None])
    book.save(folder / "f.xlsx")
    return folder / "f.xlsx"


def as_csv(folder: Path, rows: Sequence[Cells]) -> Path:
    with (folder / "f.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(["" if c is None else c for c in r] for r in rows)
    return folder / "f.csv"


@pytest.fixture(params=[as_xlsx, as_csv], ids=["xlsx", "csv"])
def write(request: pytest.FixtureRequest) -> Write:
    written: Write = request.param
    return written


def told(report: LoadReport, reason: Reason) -> list[tuple[int, str]]:
    return [(i.line, i.value) for i in report.issues if i.reason is reason]


def found(desk: Desk) -> list[str | None]:
    return [fact.name for fact in desk.store.all(FactKind.PROFILE)]


def cells(file: TextFile) -> list[list[str]]:
    return [list(r.values()) for p in file.pieces() for r in p.table.to_pylist()]


def test_lines_above_and_below_the_table_are_told_and_no_data(
    desk: Desk, write: Write
) -> None:
    rows: list[Cells] = [
        ("附件1",),
        (),
        ("市场主体登记信息公示表（示例）",),
        ("填报单位：示例局", None, None, "填报日期：2024年3月5日"),
        HEAD,
        ONE,
        (),
        TWO,
        ("合计", None, None, None, "503万元"),
        ("备注：以上数据为示例。",),
        (),
        ("填表人：林甲", None, "审核人：林乙", None, None, "共2条"),
    ]
    report = desk.load(write(desk.folder, rows))
    assert (report.read, report.new) == (2, 2)
    assert found(desk) == [ONE[0], TWO[0]]
    assert told(report, Reason.BESIDE) == [
        (1, "附件1"),
        (3, "市场主体登记信息公示表（示例）"),
        (4, "填报单位：示例局 填报日期：2024年3月5日"),
        (9, "合计 503万元"),
        (10, "备注：以上数据为示例。"),
        (12, "填表人：林甲 审核人：林乙 共2条"),
    ]


def test_names_that_begin_like_a_note_are_data(desk: Desk, write: Write) -> None:
    rows = [
        HEAD,
        ONE,
        ("合计信息技术有限公司", B, *TWO[2:]),
        ("备注", A, "有限责任公司", "2020-01-02", "1万元", "示例路3号"),
    ]
    report = desk.load(write(desk.folder, rows))
    assert report.read == 3
    assert told(report, Reason.BESIDE) == []


def test_headings_merged_over_columns_and_rows_are_joined(
    tmp_path: Path, write: Write
) -> None:
    top = ("行政相对人名称", "行政相对人类别", "行政相对人代码_1", None, "行政处罚决定书文号",
           "处罚", None, None, "处罚机关")  # fmt: skip
    sub = (None, None, "统一社会信用代码", "其他号码", None,
           "处罚类别", "罚款金额（万元）", "处罚决定日期", None)  # fmt: skip
    row = (
        ONE[0],
        "法人及非法人组织",
        A,
        "x",
        "伊市监罚示〔2024〕1号",
        "罚款",
        "1",
        "2024-01-02",
        "示例局",
    )
    file = open_table(write(tmp_path, [("公示表",), top, sub, row]), known=KNOWN)
    assert file.headings == (
        "行政相对人名称",
        "行政相对人类别",
        "行政相对人代码_1（统一社会信用代码）",
        "行政相对人代码_1（其他号码）",
        "行政处罚决定书文号",
        "处罚类别",
        "罚款金额（万元）",
        "处罚决定日期",
        "处罚机关",
    )
    assert file.heading_line == 3
    assert cells(file) == [list(row)]


def test_really_merged_cells_are_read_so_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [
        ("登记表", None, None, None, None),
        ("企业名称", "统一社会信用代码", "登记", None, None),
        (None, None, "企业类型", "成立日期", "注册资本"),
        ONE[:5],
    ]:
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:E2"):
        sheet.merge_cells(area)
    book.save(tmp_path / "f.xlsx")
    file = open_table(tmp_path / "f.xlsx", known=KNOWN)
    assert file.headings == HEAD[:5]
    assert cells(file) == [list(ONE[:5])]


def test_columns_without_a_name_are_told_where_they_hold_something(
    desk: Desk, write: Write
) -> None:
    rows = [
        (None, None, *HEAD, None),
        (None, None, *ONE, None),
        (None, None, *TWO, "待核"),
    ]
    report = desk.load(write(desk.folder, rows))
    assert (report.read, report.new) == (2, 2)
    assert told(report, Reason.COLUMN) == [(3, "待核")]
    assert len(report.issues) == 1


def test_headings_may_be_written_in_many_ways(desk: Desk, write: Write) -> None:
    written = (
        "＊企业\n名称",
        " 统一社会 信用代码 ",
        "企业类型：",
        "成立日期（必填）",
        "\u200b注册资本*",
        "住所",
    )
    report = desk.load(write(desk.folder, [written, ONE, TWO]))
    assert (report.new, report.issues) == (2, [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("罚款金额（万元）", "罚款金额(万元)"),
        ("ＡＢＣ", "abc"),
        ("*姓名：", "姓 名"),
        ("姓名（选填项）", "姓名"),
        ("First  Name", "first name"),
    ],
)
def test_one_spelling_of_a_heading(one: str, other: str) -> None:
    assert plain_heading(one) == plain_heading(other)


def test_other_headings_stay_other() -> None:
    assert plain_heading("代码_1") != plain_heading("代码_2")
    assert plain_heading("名称(全称)") != plain_heading("名称")


def test_headings_are_looked_for_among_the_first_rows_only(
    tmp_path: Path, write: Write
) -> None:
    rows: list[Cells] = [(f"说明{n}",) for n in range(19)]
    deep = open_table(write(tmp_path, [*rows, HEAD, ONE]), known=KNOWN)
    assert (deep.headings, deep.heading_line) == (HEAD, 20)
    too_deep = open_table(write(tmp_path, [*rows, ("x",), HEAD, ONE]), known=KNOWN)
    assert too_deep.heading_line == 1


def test_the_delimiter_is_the_one_by_which_the_headings_are_known(
    tmp_path: Path,
) -> None:
    path = tmp_path / "f.csv"
    lines = ["公示表, 甲, 乙, 丙, 丁, 戊, 己, 庚, 辛", ";".join(HEAD), ";".join(ONE)]
    path.write_text("\n".join(lines), "utf-8")
    file = open_table(path, known=KNOWN)
    assert file.headings == HEAD
    assert cells(file) == [list(ONE)]


def test_days_and_numbers_kept_as_such_by_a_spreadsheet(desk: Desk) -> None:
    rows: list[Cells] = [
        HEAD,
        (*ONE[:3], date(2020, 1, 2), *ONE[4:]),
        (*TWO[:3], 44259, 30_000, TWO[5]),
    ]
    report = desk.load(as_xlsx(desk.folder, rows))
    assert report.quarantined == 0
    days = [f.established_on for f in desk.store.all(FactKind.PROFILE)]
    assert days == [date(2020, 1, 2), date(2021, 3, 4)]


def test_a_moment_is_its_day(desk: Desk) -> None:
    moment = datetime(2020, 1, 2, 13, 30)  # noqa: DTZ001  # sheets know no time zone
    report = desk.load(as_xlsx(desk.folder, [HEAD, (*ONE[:3], moment, *ONE[4:])]))
    assert report.quarantined == 0
    (fact,) = desk.store.all(FactKind.PROFILE)
    assert fact.established_on == date(2020, 1, 2)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\x7f"])
def test_a_row_with_a_direction_or_control_character_is_set_aside(
    desk: Desk, write: Write, mark: str
) -> None:
    rows = [HEAD, (f"示例{mark}有限公司", *ONE[1:]), TWO]
    report = desk.load(write(desk.folder, rows))
    assert (report.new, report.quarantined) == (1, 1)
    assert report.issues[0].reason is Reason.CHARACTER


def test_nul_in_a_cell_sets_its_row_aside(desk: Desk) -> None:
    path = as_csv(desk.folder, [HEAD, ("示例\0有限公司", *ONE[1:]), TWO])
    report = desk.load(path)
    assert (report.new, report.quarantined) == (1, 1)


def test_several_values_of_a_cell_are_separated_as_offices_do(
    desk: Desk, write: Write
) -> None:
    source = sources()["penalties"]
    head = [h for h, c in source.columns.items() if c.required]
    row = {
        "行政相对人名称": ONE[0],
        "行政相对人类别": "法人及非法人组织",
        "行政处罚决定书文号": "伊市监罚示〔2024〕1号",
        "违法行为类型": "示例",
        "处罚决定日期": "2024-01-02",
        "处罚机关": "伊春市市场监督管理局",
    }
    spellings = ["罚款;没收违法所得", "罚款；没收违法所得", "罚款\n没收违法所得"]
    rows: list[Cells] = [head]
    for n, kinds in enumerate(spellings, 1):
        number = f"伊市监罚示〔2024〕{n}号"
        more = {"处罚类别": kinds, "行政处罚决定书文号": number}
        rows.append([{**row, **more}[h] for h in head])
    report = desk.load(write(desk.folder, rows))
    assert (report.new, report.quarantined) == (3, 0)
    kinds_read = {tuple(f.penalty_kinds or ()) for f in desk.store.all(FactKind.RECORD)}
    assert len(kinds_read) == 1
    assert len(kinds_read.pop()) == 2
