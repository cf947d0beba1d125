"""Workbooks as text, with the row's own number, and bombs refused unopened."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.errors import BadInput
from loaders import archives
from loaders.sheets import open_sheet

_MOMENT = datetime(2020, 1, 2, 3, 4)  # noqa: DTZ001  # sheets know no time zone


def book(path: Path, *rows: list[Any], title: str = "Sheet") -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def cells(path: Path) -> list[tuple[int, list[str]]]:
    found = []
    for piece in open_sheet(path).pieces():
        values = [list(r.values()) for r in piece.table.to_pylist()]
        found += list(zip(piece.lines.to_pylist(), values, strict=True))
    return found


def test_every_cell_is_text(tmp_path: Path) -> None:
    path = book(
        tmp_path / "b.xlsx",
        ["代码", "日期", "时刻", "金额", "真假"],
        ["0012", date(2020, 1, 2), _MOMENT, 0.1, True],
        [1000000, None, None, "", None],
    )
    assert cells(path) == [
        (2, ["0012", "2020-01-02 00:00:00", "2020-01-02 03:04:00", "0.1", "true"]),
        (3, ["1000000", "", "", "", ""]),
    ]


def test_a_title_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    path = book(
        tmp_path / "b.xlsx",
        [],
        ["行政处罚信息表", None, None],
        ["名称", "代码", "日期"],
        ["甲", "1", "2020-01-02"],
        [],
        ["乙", "2", ""],
    )
    sheet = open_sheet(path)
    assert (sheet.headings, sheet.heading_line) == (("名称", "代码", "日期"), 3)
    assert cells(path) == [(4, ["甲", "1", "2020-01-02"]), (6, ["乙", "2", ""])]


def test_columns_without_a_heading_are_there_where_they_hold_something(
    tmp_path: Path,
) -> None:
    rows = [["a", None, "b", None, None], ["1", None, "2", None, "note"]]
    path = book(tmp_path / "b.xlsx", *rows)
    assert open_sheet(path).headings == ("a", "b", "（第5列）")
    assert cells(path) == [(2, ["1", "2", "note"])]


def test_a_sheet_that_is_too_wide_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", [f"c{n}" for n in range(201)])
    with pytest.raises(BadInput, match="201 columns"):
        open_sheet(path)


def test_other_sheets_with_content_are_named(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("空")
    workbook.create_sheet("数据").append(["a"])
    workbook.create_sheet("词表").append(["x"])
    workbook.save(tmp_path / "b.xlsx")
    sheet = open_sheet(tmp_path / "b.xlsx")
    assert (sheet.name, sheet.others) == ("数据", ("词表",))


def test_a_book_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no sheet with content"):
        open_sheet(book(tmp_path / "b.xlsx"))


def test_an_archive_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.csv", "a,b")
    with pytest.raises(BadInput, match="no XLSX workbook"):
        open_sheet(path)


def test_a_torn_workbook_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ["a"], ["1"])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BadInput, match="not a readable XLSX"):
        open_sheet(path)


def test_broken_parts_within_a_workbook_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not a workbook")
    with pytest.raises(BadInput, match="not a readable XLSX"):
        open_sheet(path)


def test_a_small_file_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "")
        archive.writestr("xl/sharedStrings.xml", b"\0" * (8 << 20))
    assert path.stat().st_size < 20_000
    with pytest.raises(BadInput, match=r"unreasonable size \(xl/sharedStrings"):
        open_sheet(path)


def test_a_workbook_of_too_many_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    with pytest.raises(BadInput, match="parts"):
        open_sheet(book(tmp_path / "b.xlsx", ["a"], ["1"]))


def test_macros_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ["a"], ["1"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(BadInput, match="macros"):
        open_sheet(path)
