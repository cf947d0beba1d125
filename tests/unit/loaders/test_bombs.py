"""Hostile files of every kind are refused by name, and nothing else falls with them."""

from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders import confined
from loaders.piece import LONGEST_CELL
from loaders.tabular import open_table
from tests.bombs import BOMBS, SHEET, sheet, workbook


def test_there_are_twelve_kinds_and_more() -> None:
    assert len({bomb.family for bomb in BOMBS.values()}) >= 12


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    bomb = BOMBS[name]
    path = tmp_path / f"hostile.{bomb.suffix}"
    bomb.make(path)
    with pytest.raises(BadInput, match=bomb.told) as caught:
        open_table(path)
    assert "hostile" in caught.value.message.zh
    assert caught.value.hint.zh


def test_a_sound_small_workbook_is_read(tmp_path: Path) -> None:
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>林甲</t></is></c></row>'
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    file = open_table(workbook(tmp_path / "b.xlsx", {SHEET: sheet(head + row)}))
    assert (file.headings, file.rows) == (("姓名",), 1)


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "jsonl"])
def test_a_row_with_an_absurdly_long_cell_is_set_aside_alone(
    tmp_path: Path, suffix: str
) -> None:
    long, path = "长" * (LONGEST_CELL + 1), tmp_path / f"f.{suffix}"
    if suffix == "csv":
        path.write_text(f"a,b\n1,{long}\n2,3\n", "utf-8")
    elif suffix == "jsonl":
        path.write_text(f'{{"a": "1", "b": "{long}"}}\n{{"a": "2"}}\n', "utf-8")
    else:
        text = "".join(
            f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{cell}</t></is></c></row>'
            for n, cell in enumerate(("a", long, "2"), 1)
        )
        workbook(path, {SHEET: sheet(text)})
    (piece,) = open_table(path).pieces()
    (place,) = piece.broken
    assert (place, len(piece)) == (0, 2)
    assert "more than 32,768" in piece.broken[0].fault.en
    assert piece.table["a"].to_pylist()[1] == "2"


def test_what_unpacks_has_little_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "SECONDS", 0)
    with pytest.raises(BadInput, match="more memory or time"):
        open_table(workbook(tmp_path / "b.xlsx"))
