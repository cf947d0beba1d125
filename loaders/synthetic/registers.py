"""Registrations, posts and holdings as the rows of their files."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.authorities import REGISTRARS
from loaders.synthetic.columns import (
    LONG_TERM,
    NO_DAY,
    amounts,
    blank_unless,
    days,
    glue,
    look_up,
    numbers,
)
from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.holdings import Holdings
from loaders.synthetic.layout import RESIDENT_CARD, table_of
from loaders.synthetic.organizations import FORMS, STATUSES, Organizations
from loaders.synthetic.people import ROLES, People, Posts
from loaders.synthetic.trades import TRADES

_CAPITAL: Final = ("(万元)", "(万)", "万元人民币", "万人民币", "(万元人民币)", "万元")
_CAPITAL_WEIGHTS: Final = (1053, 866, 247, 18, 25, 2)
"""How the measured registrations write ten thousand yuan, and how often."""


def registrations(
    draw: Draw, orgs: Organizations, people: People, posts: Posts, rows: Ints
) -> pa.Table:
    """Return one row per organization; its present representative came last.

    Whether the number of the representative is known, and since when he serves, is
    what the post says: the first posts are those of the present representatives.
    """
    numbered = posts.numbered[rows]
    who = people.representative[rows]
    at, capital = pa.array(rows), orgs.capital[rows]
    unit = look_up(_CAPITAL, draw.pick(len(rows), _CAPITAL_WEIGHTS))
    number = people.numbers.take(pa.array(who))
    return table_of(
        "registrations",
        {
            "企业名称": orgs.names.take(at),
            "统一社会信用代码": orgs.codes.take(at),
            "企业类型": look_up([f.registered for f in FORMS], orgs.form[rows]),
            "登记状态": look_up(STATUSES, orgs.status[rows]),
            "成立日期": days(orgs.established[rows]),
            "核准日期": days(posts.start[rows]),
            "法定代表人": people.names(who),
            "法定代表人证件类型": _card(numbered),
            "法定代表人证件号码": blank_unless(numbered, number),
            "注册资本": blank_unless(capital > 0, glue(numbers(capital), unit)),
            "行业门类": look_up([t.section for t in TRADES], orgs.trade[rows]),
            "行政区划代码": numbers(orgs.region[rows]),
            "住所": orgs.sites.addresses(rows),
            "经营范围": look_up([t.scope for t in TRADES], orgs.trade[rows]),
            "登记机关": look_up([r.name for r in REGISTRARS], orgs.prefecture[rows]),
        },
    )


def posts_table(orgs: Organizations, people: People, posts: Posts) -> pa.Table:
    """Return one row per post, past ones included."""
    where = pa.array(posts.organization)
    place = orgs.prefecture[posts.organization]
    number = people.numbers.take(pa.array(posts.person))
    return table_of(
        "posts",
        {
            "姓名": people.names(posts.person),
            "证件类型": _card(posts.numbered),
            "证件号码": blank_unless(posts.numbered, number),
            "任职单位": orgs.names.take(where),
            "统一社会信用代码": orgs.codes.take(where),
            "职务": look_up(ROLES, posts.role),
            "任职起始日期": days(posts.start),
            "任职终止日期": days(posts.end),
            "数据来源单位": look_up([r.name for r in REGISTRARS], place),
        },
    )


def holdings_table(orgs: Organizations, people: People, holdings: Holdings) -> pa.Table:
    """Return one row per holding; votes differ from shares nowhere in this city."""
    person = np.where(holdings.by_firm, 0, holdings.holder)
    firm = pa.array(np.where(holdings.by_firm, holdings.holder, 0))
    by_firm = pa.array(holdings.by_firm)
    where = pa.array(holdings.organization)
    number = people.numbers.take(pa.array(person))
    share = glue(amounts(holdings.share), "%")
    name = pc.if_else(by_firm, orgs.names.take(firm), people.names(person))
    return table_of(
        "holdings",
        {
            "股东名称": name,
            "股东类型": look_up(("自然人", "组织"), holdings.by_firm.astype(np.int64)),
            "股东统一社会信用代码": blank_unless(
                holdings.by_firm, orgs.codes.take(firm)
            ),
            "证件类型": _card(~holdings.by_firm),
            "证件号码": blank_unless(~holdings.by_firm, number),
            "被投资企业名称": orgs.names.take(where),
            "统一社会信用代码": orgs.codes.take(where),
            "持股比例": share,
            "表决权比例": share,
            "认缴出资额（万元）": amounts(holdings.amount),
            "起始日期": days(holdings.start),
            "终止日期": _end(holdings),
        },
    )


def _end(holdings: Holdings) -> pa.Array:
    """Return the last day; where there is none, some files write the long term."""
    open_ended = holdings.end == NO_DAY
    long_term = blank_unless(open_ended & (holdings.share % 200 == 0), LONG_TERM)
    return pc.if_else(pa.array(open_ended), long_term, days(holdings.end))


def _card(known: Flags) -> pa.Array:
    return blank_unless(known, RESIDENT_CARD)
