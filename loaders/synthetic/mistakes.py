"""A small file with three mistakes, to see what becomes of bad rows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from loaders.synthetic.csv_text import write_csv
from loaders.synthetic.layout import Row, rows_of
from loaders.synthetic.stories import Plan

_FIRMS: Final = (
    ("伊春市听雨榭书店有限公司", "郁砚秋", 230717, "F", "2022-03-09"),
    ("铁力市半山亭餐饮有限公司", "相屿安", 230781, "H", "2021-07-15"),
    ("友好区拾穗园农业有限公司", "蔚珂舟", 230719, "A", "2020-09-28"),
    ("南岔县枕流居旅馆有限公司", "阚澍棠", 230726, "H", "2023-01-12"),
    ("嘉荫县松间照木业有限公司", "巫霁野", 230722, "C", "2019-11-04"),
    ("汤旺县问渠阁物流有限公司", "牧笙澈", 230723, "G", "2024-02-28"),
    ("丰林县照夜白信息科技有限公司", "谷珩屿", 230724, "I", "2022-12-01"),
    ("金林区采薇里医药有限公司", "车栖澜", 230751, "F", "2021-05-20"),
)


def _wrong_check_character(row: Row) -> Row:
    """Change the last character of the code to its neighbour in the alphabet."""
    code = row["统一社会信用代码"]
    other = "1" if code[-1] == "0" else "0"
    return {**row, "统一社会信用代码": code[:-1] + other}


def _impossible_day(row: Row) -> Row:
    return {**row, "成立日期": "2024-02-30"}


def _unknown_word(row: Row) -> Row:
    return {**row, "登记状态": "已搬走"}


_MISTAKES: Final[dict[int, Callable[[Row], Row]]] = {
    2: _wrong_check_character,
    4: _impossible_day,
    6: _unknown_word,
}
"""Positions of the bad rows; in the file they are lines 4, 6 and 8."""


def write_mistakes(path: Path, *, reference: date) -> tuple[int, ...]:
    """Write registrations of which three are wrong; return the lines of those.

    Args:
        path: the file; its folder is made where it does not exist.
        reference: the day on which the file is looked at.
    """
    plan = Plan(reference, first_firm=1_000, first_person=1_000)
    for name, leader, region, section, founded in _FIRMS:
        human = plan.person(leader)
        plan.firm(name, region=region, section=section, founded=founded, leader=human)
    rows = plan.rows["registrations"]
    for position, spoil in _MISTAKES.items():
        rows[position] = spoil(rows[position])
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(path, rows_of("registrations", rows))
    return tuple(position + 2 for position in _MISTAKES)
