"""Objections against lists that had effect: the consequences rest while they last."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.columns import NO_DAY, blank_unless, days, glue, look_up
from loaders.synthetic.draw import Draw
from loaders.synthetic.layout import RESIDENT_CARD, table_of
from loaders.synthetic.listings import Listings, authority_names, listing_numbers
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.people import People

_STAYED: Final = 0.04
"""Share of entries against which somebody objected with effect; a guess."""

_REASONS: Final = (
    "行政复议期间停止执行",
    "人民法院裁定停止执行",
    "异议核查期间暂停公示",
)


def suspensions_table(
    draw: Draw, orgs: Organizations, people: People, entries: Listings, today: int
) -> pa.Table:
    """Return one row per entry whose consequences rest or rested for a while."""
    last = np.where(entries.left == NO_DAY, today, entries.left)
    rows = np.flatnonzero(
        draw.chance(len(entries), _STAYED) & (last - entries.listed > 60)
    )
    mine, count = entries.taken(rows), len(rows)
    start = mine.listed + 10 + draw.below(count, 40)
    until = start + 30 + draw.below(count, 150)
    of_person = mine.person >= 0
    person = np.maximum(mine.person, 0)
    org = pa.array(np.maximum(mine.organization, 0))
    names = people.names(person)
    about = listing_numbers(mine)
    return table_of(
        "suspensions",
        {
            "主体名称": pc.if_else(pa.array(of_person), names, orgs.names.take(org)),
            "姓名": blank_unless(of_person, names),
            "证件类型": blank_unless(of_person, RESIDENT_CARD),
            "证件号码": blank_unless(of_person, people.numbers.take(pa.array(person))),
            "统一社会信用代码": blank_unless(~of_person, orgs.codes.take(org)),
            "所涉文书号": about,
            "中止原因": look_up(_REASONS, draw.pick(count, (5, 2, 3))),
            "中止文书号": glue(about, "中止"),
            "决定机关": authority_names(mine),
            "中止日期": days(start),
            "恢复日期": days(until),
        },
    )
