"""What the strict reader makes of plain YAML values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.law.faults import FaultKind
from graph.law.strict_yaml import read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 甲公司", {"a": "甲公司"}),
        ("a: 2024-07-01", {"a": "2024-07-01"}),
        ("a: '0123'", {"a": "0123"}),
        ("a: 12", {"a": 12}),
        ("a: -3", {"a": -3}),
        ("a: true", {"a": True}),
        ("a: false", {"a": False}),
        ("a: null", {"a": None}),
        ("a:", {"a": None}),
        ("on: sanction", {"on": "sanction"}),
        ("a: [x, {b: z}]", {"a": ["x", {"b": "z"}]}),
        ("a: >-\n  一\n  二", {"a": "一 二"}),
        ("", None),
        ("- a\n- b", ["a", "b"]),
    ],
)
def test_values_are_what_they_look_like(text: str, value: object) -> None:
    found = read("f.yaml", text)

    assert found.data == value
    assert found.faults == []


@pytest.mark.parametrize(
    "text",
    [
        "2307",
        "0123",
        "1_000",
        "1,5",
        "0x1F",
        "0o17",
        "1e3",
        "12:30",
        "1.5",
        ".5",
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "N",
        "True",
        "NULL",
        ".inf",
        "-.NaN",
        "+12",
        "007",
    ],
)
def test_what_other_readers_would_change_must_be_quoted(text: str) -> None:
    bare, quoted = read("f.yaml", f"\na: {text}"), read("f.yaml", f"a: '{text}'")

    assert [(f.kind, f.line) for f in bare.faults] == [(FaultKind.UNQUOTED, 2)]
    assert quoted.faults == []
    assert quoted.data == {"a": text}


def test_every_path_has_its_line() -> None:
    found = read("f.yaml", "a:\n  - b: 1\n    c: 2\n")

    assert found.line(("a", 0, "c")) == 3
    assert found.line(("a", 0, "missing")) == 2
    assert found.line(("nothing",)) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 'x\n", 2),
        ("a: 1\nb: \x07\n", 2),
        ("? [a, b]\n: c\n", 1),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int) -> None:
    found = read("f.yaml", text)

    assert [f.line for f in found.faults] == [line], found.faults


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    found = read("f.yaml", text)

    assert all(f.line >= 1 and f.mend for f in found.faults)


@given(st.text(alphabet="ab:-[]{},'\"#&*!|>? \n\t019.：\u3000"))
def test_no_punctuation_makes_the_reader_fail(text: str) -> None:
    found = read("f.yaml", text)

    assert all(f.line >= 1 and f.mend for f in found.faults)
