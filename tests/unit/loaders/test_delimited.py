"""CSV in blocks equals CSV as Python reads it, with the right line for each row."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from loaders import delimited
from loaders.delimited import CsvText
from loaders.piece import LONGEST_CELL, Piece

HEADINGS = ("a", "b")


def reader(path: Path, text: str, delimiter: str = ",") -> CsvText:
    path.write_bytes(text.encode())
    return CsvText(path, "utf-8", delimiter, HEADINGS)


def rows(file: CsvText) -> list[tuple[int, list[str] | None]]:
    """Return line and cells of every row; None for the cells of a broken one."""
    found: list[tuple[int, list[str] | None]] = []
    for piece in file.pieces():
        cells = [list(r.values()) for r in piece.table.to_pylist()]
        for place, line in enumerate(piece.lines.to_pylist()):
            found.append((line, None if place in piece.broken else cells[place]))
    return found


def by_python(text: str) -> list[tuple[int, list[str] | None]]:
    """Return the same as Python's own reader sees it."""
    found: list[tuple[int, list[str] | None]] = []
    source = csv.reader(io.StringIO(text, newline=""), strict=True)
    last = 0
    for cells in source:
        line, last = last + 1, source.line_num
        if any(c.strip() for c in cells):
            found.append((line, cells if len(cells) == 2 else None))
    return found[1:]


def test_a_line_is_the_physical_line_also_after_quoted_newlines(tmp_path: Path) -> None:
    file = reader(tmp_path / "f", 'a,b\n1,"x\ny\nz"\n\n2,w\n')
    assert rows(file) == [(2, ["1", "x\ny\nz"]), (6, ["2", "w"])]


def test_blank_rows_are_passed_over_and_count_as_lines(tmp_path: Path) -> None:
    file = reader(tmp_path / "f", "a,b\r\n\r\n , \r\n,\r\n1,2\r\n\r\n")
    assert rows(file) == [(5, ["1", "2"])]


def test_the_last_line_may_lack_its_end(tmp_path: Path) -> None:
    assert rows(reader(tmp_path / "f", "a,b\n1,2")) == [(2, ["1", "2"])]


def test_headings_alone_are_no_rows(tmp_path: Path) -> None:
    file = reader(tmp_path / "f", "a,b\n")
    assert (rows(file), file.count()) == ([], 0)


@pytest.mark.parametrize("bad", ["1", "1,2,3"])
def test_a_row_with_other_cells_is_broken_and_kept(tmp_path: Path, bad: str) -> None:
    file = reader(tmp_path / "f", f"a,b\n1,2\n{bad}\n3,4\n")
    assert rows(file) == [(2, ["1", "2"]), (3, None), (4, ["3", "4"])]
    (piece,) = file.pieces()
    assert piece.broken[1].raw == "\t".join(bad.split(","))
    assert "2" in piece.broken[1].fault.zh


def test_empty_cells_too_many_are_only_padding(tmp_path: Path) -> None:
    assert rows(reader(tmp_path / "f", "a,b\n1,2,,\n")) == [(2, ["1", "2"])]


def test_a_cell_without_end_breaks_its_row(tmp_path: Path) -> None:
    long = "长" * (LONGEST_CELL + 1)
    file = reader(tmp_path / "f", f"a,b\n{long},2\n1,{long[1:]}\n")
    found = rows(file)
    assert found[0] == (2, None)
    assert found[1][1] is not None
    (piece,) = file.pieces()
    assert piece.table["a"][0].as_py() == ""


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(
    tmp_path: Path,
) -> None:
    file = reader(tmp_path / "f", 'a,b\n1,2\n3,"4\n5,6\n')
    with pytest.raises(BadInput, match="begins in line 3") as caught:
        file.count()
    assert "quotation mark" in caught.value.hint.en


def test_a_mark_within_a_cell_is_a_character(tmp_path: Path) -> None:
    text = 'a,b\n1,27" screen\n2,3\n'
    assert rows(reader(tmp_path / "f", text)) == [
        (2, ["1", '27" screen']),
        (3, ["2", "3"]),
    ]


def test_lone_carriage_returns_end_lines_too(tmp_path: Path) -> None:
    assert rows(reader(tmp_path / "f", "a,b\r1,2\r3,4\r")) == [
        (2, ["1", "2"]),
        (3, ["3", "4"]),
    ]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_delimiters(tmp_path: Path, delimiter: str) -> None:
    text = "a,b\n1,2\n".replace(",", delimiter)
    assert rows(reader(tmp_path / "f", text, delimiter)) == [(2, ["1", "2"])]


def test_gb18030_is_read_in_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "utf8_blocks", _tiny_blocks)
    path = tmp_path / "f"
    path.write_bytes("a,b\n伊春,长治\n".encode("gb18030"))
    file = CsvText(path, "gb18030", ",", HEADINGS)
    assert rows(file) == [(2, ["伊春", "长治"])]


def _tiny_blocks(path: Path, encoding: str) -> list[bytes]:
    data = path.read_bytes().decode(encoding).encode()
    return [data[i : i + 5] for i in range(0, len(data), 5)]


CELL = st.text(st.sampled_from(['"', ",", "\n", "\r", "x", "长", " ", "1"]), max_size=6)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(CELL, CELL), max_size=8), st.sampled_from(["\n", "\r\n"]))
@example([("x", '"\n"')], "\n")
@example([("\r", "")], "\r\n")
def test_what_a_writer_quotes_comes_back(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cells: list[tuple[str, str]],
    end: str,
) -> None:
    monkeypatch.setattr(delimited, "utf8_blocks", _tiny_blocks)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows([HEADINGS, *cells])
    file = reader(tmp_path / "f", out.getvalue())
    assert rows(file) == by_python(out.getvalue())


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(st.sampled_from(['"', ",", "\n", "\r", "x", "长"]), max_size=40))
@example('"')
@example('x"x"\n"')
def test_any_text_is_read_as_python_reads_it_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(delimited, "utf8_blocks", _tiny_blocks)
    whole = "a,b\n" + text
    file = reader(tmp_path / "f", whole)
    try:
        expected = by_python(whole)
    except csv.Error:
        with pytest.raises(BadInput, match="cannot be cut into cells"):
            file.count()
        return
    padded = [(line, cells) for line, cells in rows(file) if cells is not None]
    sound = [(line, cells) for line, cells in expected if cells is not None]
    assert [p for p in padded if p in sound] == sound
    assert [line for line, _ in rows(file)] == [line for line, _ in expected]
    assert file.count() >= len(expected)


def test_memory_is_that_of_a_piece_not_of_the_file(tmp_path: Path) -> None:
    file = reader(tmp_path / "f", "a,b\n" + "1,2\n" * 50_000)
    sizes = [len(piece) for piece in file.pieces()]
    assert sum(sizes) == 50_000
    assert max(sizes) <= 20_000
    assert all(isinstance(piece, Piece) for piece in file.pieces())
