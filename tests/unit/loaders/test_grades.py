"""Grades in one spelling, and what is no grade."""

import pytest

from loaders.grades import _grade


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("A", "A"),
        ("ａ级", "A"),
        ("信用等级：AA-", "AA-"),
        ("AAA 级", "AAA"),
        ("A＋", "A+"),
        ("5A级", "5A"),
        ("优", "优"),
        ("一级", "一级"),
        ("高级认证企业", "高级认证企业"),
        ("环保诚信（绿色）", "环保诚信(绿色)"),
    ],
)
def test_a_grade_has_one_spelling(written: str, grade: str) -> None:
    assert _grade(written) == grade


@pytest.mark.parametrize(
    "written", ["86.5", "2024-01-01", "ABCD", "该企业信用状况良好，无任何不良记录", "-"]
)
def test_a_score_a_day_or_a_sentence_is_no_grade(written: str) -> None:
    assert _grade(written) is None
