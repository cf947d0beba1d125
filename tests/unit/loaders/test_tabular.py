"""What kind of file it is, and its headings."""

import gzip
import json
from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders.formats import given
from loaders.tabular import TextFile, open_table


def opened(tmp_path: Path, data: str | bytes, name: str = "f.csv") -> TextFile:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return open_table(path)


def rows(file: TextFile) -> list[dict[str, str]]:
    return [row for piece in file.pieces() for row in piece.table.to_pylist()]


def test_what_is_known_of_a_file_before_it_is_used(tmp_path: Path) -> None:
    file = opened(tmp_path, "a;b\n1;2\n3;4\n")
    assert (file.format, file.encoding, file.headings, file.rows) == (
        "csv",
        "utf-8",
        ("a", "b"),
        2,
    )
    assert len(file.digest) == 64
    assert rows(file) == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]


def test_the_mark_of_utf8_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    file = opened(tmp_path, "企业名称,代码\n甲,1\n".encode("utf-8-sig"))
    assert file.headings == ("企业名称", "代码")


def test_blanks_and_line_breaks_in_headings_do_not_matter(tmp_path: Path) -> None:
    file = opened(tmp_path, '"企业 名称\n（全称）", Clean  Name \n甲,x\n')
    assert file.headings == ("企业名称（全称）", "Clean Name")
    assert rows(file) == [{"企业名称（全称）": "甲", "Clean Name": "x"}]


def test_a_column_without_heading_has_its_place_for_a_name(tmp_path: Path) -> None:
    assert opened(tmp_path, "a,,b\n1,2,3\n").headings == ("a", "（第2列）", "b")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>', "is XML"),
        (b"\xef\xbb\xbf\n<html><table>", "is a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (gzip.compress(b"a,b"), "gzip"),
        (b"\x7fELF\x00\x01,b\n", "is binary"),
        (b",,\n,,\n", "no headings"),
        (b"a,b,a\n", "the heading 'a', which stands twice"),
        (b",".join(b"c%d" % i for i in range(501)), "501 columns"),
        (b'"a,b\n', "begins in line 1 cannot be cut"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_named(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        opened(tmp_path, data)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a file"):
        open_table(tmp_path / "none.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a file"):
        open_table(tmp_path)


# --- JSON Lines --------------------------------------------------------------------


def test_json_lines_are_rows_of_text(tmp_path: Path) -> None:
    lines = ['{"a": "0012", "b": 0.10}', "", '{"b": null, "a": true}']
    file = opened(tmp_path, "\n".join(lines), "f.jsonl")
    assert (file.format, file.rows) == ("jsonl", 2)
    assert rows(file) == [{"a": "0012", "b": "0.10"}, {"a": "true", "b": ""}]
    (piece,) = file.pieces()
    assert piece.lines.to_pylist() == [1, 3]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        "7",
        '{"a": {"x": 1}}',
        '{"a": [{}]}',
        '{"a": [[1]]}',
        '{"a": ["x;y", "z"]}',
        '{"a": 1, "a": 2}',
        '{"a": 1} {"a": 2}',
        '{"a": "\\ud800"}',
        "[" * 100_000,
    ],
    ids=lambda line: line[:20],
)
def test_a_line_that_is_no_flat_object_is_broken_and_kept(
    tmp_path: Path, line: str
) -> None:
    file = opened(tmp_path, '{"a": "1"}\n' + line + '\n{"a": "2"}\n', "f.jsonl")
    (piece,) = file.pieces()
    assert list(piece.broken) == [1]
    assert piece.broken[1].raw == line
    assert [r["a"] for r in piece.table.to_pylist()] == ["1", "", "2"]


def test_a_file_without_any_object_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the first is not a JSON object"):
        opened(tmp_path, "1", "f.jsonl")


def test_the_keys_of_all_objects_are_the_headings(tmp_path: Path) -> None:
    lines = '{"a": 1}\n{"c": 3, " b\\n": 2}\n'
    file = opened(tmp_path, lines, "f.jsonl")
    assert file.headings == ("a", "c", "b")
    assert rows(file)[1] == {"a": "", "c": "3", "b": "2"}


def test_a_list_of_single_values_is_one_cell(tmp_path: Path) -> None:
    file = opened(tmp_path, '{"a": ["罚款", "没收违法所得", 3, null]}', "f.jsonl")
    assert rows(file) == [{"a": "罚款;没收违法所得;3;"}]


def test_large_numbers_in_json_keep_every_digit(tmp_path: Path) -> None:
    number = "912307021295337801" * 3
    file = opened(tmp_path, json.dumps({"a": int(number)}), "f.jsonl")
    assert rows(file) == [{"a": number}]


# --- what is declared --------------------------------------------------------------


def test_a_declared_delimiter_is_kept_to(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("a^b;c\n1^2;3\n", "utf-8")
    file = open_table(path, given(delimiter="^"))
    assert rows(file) == [{"a": "1", "b;c": "2;3"}]


def test_a_tab_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text("a,a\tb\n1\t2\n", "utf-8")
    assert open_table(path, given(delimiter="tab")).headings == ("a,a", "b")


@pytest.mark.parametrize("delimiter", ['"', "", ",,", "\n", "a", "，"])
def test_not_everything_delimits(delimiter: str) -> None:
    with pytest.raises(BadInput, match="no delimiter"):
        given(delimiter=delimiter)


def test_a_format_that_there_is_not_is_told() -> None:
    with pytest.raises(BadInput, match="csv, xlsx, json, jsonl, parquet"):
        given(format="xml")


def test_a_declared_format_counts_more_than_the_name(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text('{"a": 1}\n', "utf-8")
    assert open_table(path, given(format="jsonl")).format == "jsonl"
    with pytest.raises(BadInput, match="is csv, not xlsx as declared"):
        open_table(path, given(format="xlsx"))


@pytest.mark.parametrize(
    ("data", "kind"), [('[{"a": 1}]', "json"), ("a,b\n1,2\n", "csv")]
)
def test_a_file_without_a_suffix_is_known_by_its_content(
    tmp_path: Path, data: str, kind: str
) -> None:
    assert opened(tmp_path, data, "stdin").format == kind
