"""One JSON text of many objects: read piecemeal, with keys and depth watched."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from loaders import json_objects
from loaders.json_objects import Members
from loaders.tabular import TextFile, open_table

ROWS = [{"名称": "甲", "金额": 0.1}, {"名称": '乙{\\"]', "金额": None}]


def opened(tmp_path: Path, text: str, name: str = "f.json") -> TextFile:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return open_table(path)


def rows(file: TextFile) -> list[dict[str, str]]:
    return [row for piece in file.pieces() for row in piece.table.to_pylist()]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, ensure_ascii=False, indent=2),
        json.dumps({"data": ROWS}),
        json.dumps({"code": 0, "extra": {"x": [1]}, "data": ROWS, "total": 2}),
        "\n".join(map(json.dumps, ROWS)),
    ],
    ids=["array", "indented", "wrapped", "among others", "an object a line"],
)
def test_an_array_of_objects_is_rows(tmp_path: Path, text: str) -> None:
    file = opened(tmp_path, text)
    assert (file.format, file.rows, file.headings) == ("json", 2, ("名称", "金额"))
    assert rows(file) == [
        {"名称": "甲", "金额": "0.1"},
        {"名称": '乙{\\"]', "金额": ""},
    ]
    (piece,) = file.pieces()
    assert piece.lines.to_pylist() == [1, 2]


def test_an_array_under_the_name_of_json_lines_is_read(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, json.dumps(ROWS), "f.jsonl"))[0]["名称"] == "甲"


def test_one_object_is_one_row(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, '{"a": ["x"]}')) == [{"a": "x"}]


@given(st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=9)), max_size=9))
def test_pieces_of_any_size_give_the_same_objects(
    tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("j") / "f.json"
    path.write_text(json.dumps({"n": 1, "rows": values}, indent=1), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_objects, "_READ", 7)
        patch.setattr(json_objects, "LONGEST", 4_000)
        found = [json.loads(text) for _, text in Members(path, "utf-8").each()]
    assert found == values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1, 2", "object 2 a comma"),
        ('[{"a": 1}', "object 1 a comma"),
        ('[{"a": 1},]', "object 2"),
        ('[{"a": 1}] x', "something follows"),
        ('[{"a": 1}{"a": 2}]', "object 1 a comma"),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "two arrays"),
        ('{"a": 1,\n "b": 2}', "no array of objects"),
        ('{"a": [{"x": 1}], "a": 3}', "'a' is written twice"),
        ("[" + "[" * 200_000, "nests more than 20"),
        ('[{"a": ' + "[" * 21 + "]" * 21 + "}]", "nests more than 20"),
        ('{"deep": ' + "[" * 21 + "]" * 21 + ', "rows": [{}]}', "nests more than 20"),
        ("[]", "has no object"),
        ("7", "is expected"),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_no_such_json_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        opened(tmp_path, text)


def test_an_object_with_a_key_written_twice_is_a_broken_row(tmp_path: Path) -> None:
    file = opened(tmp_path, '[{"a": "1"}, {"a": "2", "a": "3"}]')
    (piece,) = file.pieces()
    assert "written twice" in piece.broken[1].fault.en
    assert piece.broken[1].raw == '{"a": "2", "a": "3"}'


@pytest.mark.parametrize("name", ["f.json", "f.jsonl"])
def test_an_endless_object_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(json_objects, "LONGEST", 1_000)
    monkeypatch.setattr(json_objects, "_READ", 2_000)
    text = '{"a": "1"}\n{"a": "' + "x" * 9_000 + '"}'
    with pytest.raises(BadInput, match="longer than 1,000 characters"):
        opened(
            tmp_path,
            text if name == "f.jsonl" else f"[{text.replace(chr(10), ',')}]",
            name,
        )


def test_keys_that_are_data_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="500 different keys"):
        opened(tmp_path, json.dumps([{f"k{i}": 1} for i in range(501)]))
