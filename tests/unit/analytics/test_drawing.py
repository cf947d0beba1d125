"""Trees of reasons as pictures: well formed, nothing lost, nothing read as syntax."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.drawing import mermaid, svg
from analytics.explanation import Explanation, FactSource

TEXT = "{http://www.w3.org/2000/svg}text"
NASTY = '甲<b>&"公司"</b>#`]--> x 《公司法》第八条'


def tree(root: str, *children: str) -> dict[str, Any]:
    below = tuple(Explanation("role", zh, f"en {zh}") for zh in children)
    return Explanation("effect", root, f"en {root}", children=below).as_dict()


def told(picture: str) -> str:
    """Return all words of an SVG, lines joined."""
    root = ElementTree.fromstring(picture)
    return "".join(node.text or "" for node in root.iter(TEXT))


def squeezed(text: str) -> str:
    return text.replace(" ", "")


def labels(chart: str) -> Iterator[str]:
    """Yield the texts of the boxes of a flow chart, entities and breaks undone."""
    marks = {"#35;": "#", "#quot;": '"', "#lt;": "<", "#gt;": ">", "#96;": "`"}
    for label in re.findall(r'^  n\d+\["(.*)"\]$', chart, re.MULTILINE):
        plain = label.replace("<br/>", "")
        yield re.sub("|".join(marks), lambda found: marks[found[0]], plain)


def test_a_picture_says_every_sentence_and_nothing_as_markup() -> None:
    drawn = tree(NASTY, "任职<至今>", "其他&")
    assert told(svg(drawn, "zh")) == NASTY + "任职<至今>" + "其他&"
    assert squeezed(told(svg(drawn, "en"))).startswith(squeezed(f"en {NASTY}"))
    assert list(labels(mermaid(drawn, "zh"))) == [NASTY, "任职<至今>", "其他&"]


def test_edges_of_a_chart_go_from_what_is_carried_to_what_carries() -> None:
    deep = Explanation(
        "effect",
        "一",
        "one",
        children=(
            Explanation("ground", "二", "two", children=(Explanation("x", "三", "3"),)),
            Explanation("ground", "四", "four"),
        ),
    ).as_dict()
    chart = mermaid(deep, "zh")
    assert re.findall(r"(n\d+) --> (n\d+)", chart) == [
        ("n0", "n1"),
        ("n1", "n2"),
        ("n0", "n3"),
    ]
    assert list(labels(chart)) == ["一", "二", "三", "四"]


@pytest.mark.parametrize(
    ("language", "where"), [("zh", "〔a.csv 第7行〕"), ("en", "[a.csv line 7]")]
)
def test_the_source_of_a_fact_is_drawn(language: str, where: str) -> None:
    source = FactSource(
        dataset="posts",
        file="a.csv",
        file_digest="",
        line=7,
        load=1,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    drawn = Explanation("role", "任职", "post", source=source).as_dict()
    assert where in told(svg(drawn, language))
    assert where in "".join(labels(mermaid(drawn, language)))


@given(st.text("甲乙丙丁（）《》，。“” abcdef0123<&>", min_size=1, max_size=400))
def test_lines_lose_no_letter_fit_and_break_where_one_may(text: str) -> None:
    picture = svg(tree(text), "zh")
    assert squeezed(told(picture)) == squeezed(text)
    root = ElementTree.fromstring(picture)
    lines = [node.text or "" for node in root.iter(TEXT)]
    middle = "甲乙丙丁"
    for line, after in pairwise(lines):
        if line[-1:] in middle or after[:1] in middle:
            assert after[:1] not in {*"）》，。”"}
            assert line[-1:] not in {*"（《“"}


def test_boxes_stand_below_one_another_within_the_picture() -> None:
    root = ElementTree.fromstring(svg(tree("甲" * 300, "乙", "丙" * 90), "zh"))
    boxes = [
        (float(node.attrib["y"]), float(node.attrib["height"]))
        for node in root.iter("{http://www.w3.org/2000/svg}rect")
        if node.attrib.get("rx")
    ]
    assert len(boxes) == 3
    for (top, height), (below, _) in pairwise(boxes):
        assert top + height < below
    assert sum(boxes[-1]) < float(root.attrib["height"])
