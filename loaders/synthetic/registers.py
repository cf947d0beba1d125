"""Registrations, posts and holdings as the rows of their files."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.authorities import REGISTRARS
from loaders.synthetic.columns import (
    LONG_TERM,
    NO_DAY,
    amounts,
    blank_unless,
    constant,
    days,
    glue,
    look_up,
    numbers,
)
from loaders.synthetic.draw import Flags
from loaders.synthetic.holdings import Holdings
from loaders.synthetic.layout import RESIDENT_CARD, table_of
from loaders.synthetic.organizations import FORMS, STATUSES, Organizations
from loaders.synthetic.people import ROLES, People, Posts
from loaders.synthetic.trades import TRADES


def registrations(orgs: Organizations, people: People, posts: Posts) -> pa.Table:
    """Return one row per organization; its present representative came last.

    Whether the number of the representative is known, and since when he serves, is
    what the post says: the first posts are those of the present representatives.
    """
    since = posts.start[: len(orgs)]
    numbered = posts.numbered[: len(orgs)]
    who = pa.array(people.representative)
    capital = glue(numbers(orgs.capital), "万元")
    return table_of(
        "registrations",
        {
            "企业名称": orgs.names,
            "统一社会信用代码": orgs.codes,
            "企业类型": look_up([f.registered for f in FORMS], orgs.form),
            "登记状态": look_up(STATUSES, orgs.status),
            "成立日期": days(orgs.established),
            "核准日期": days(since),
            "法定代表人": people.names.take(who),
            "法定代表人证件类型": _card(numbered),
            "法定代表人证件号码": blank_unless(numbered, people.numbers.take(who)),
            "注册资本": blank_unless(orgs.capital > 0, capital),
            "行业门类": look_up([t.section for t in TRADES], orgs.trade),
            "行政区划代码": numbers(orgs.region),
            "住所": orgs.addresses,
            "经营范围": look_up([t.scope for t in TRADES], orgs.trade),
            "登记机关": look_up([r.name for r in REGISTRARS], orgs.prefecture),
        },
    )


def posts_table(orgs: Organizations, people: People, posts: Posts) -> pa.Table:
    """Return one row per post, past ones included."""
    who, where = pa.array(posts.person), pa.array(posts.organization)
    place = orgs.prefecture[posts.organization]
    return table_of(
        "posts",
        {
            "姓名": people.names.take(who),
            "证件类型": _card(posts.numbered),
            "证件号码": blank_unless(posts.numbered, people.numbers.take(who)),
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
    firm = np.where(holdings.by_firm, holdings.holder, 0)
    by_firm = pa.array(holdings.by_firm)
    where = pa.array(holdings.organization)
    of_firm = [orgs.names.take(pa.array(firm)), orgs.codes.take(pa.array(firm))]
    of_person = people.names.take(pa.array(person))
    number = people.numbers.take(pa.array(person))
    share = glue(amounts(holdings.share), "%")
    return table_of(
        "holdings",
        {
            "股东名称": pc.if_else(by_firm, of_firm[0], of_person),
            "股东类型": look_up(("自然人", "组织"), holdings.by_firm.astype(np.int64)),
            "股东统一社会信用代码": blank_unless(holdings.by_firm, of_firm[1]),
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
    long_term = blank_unless(
        open_ended & (holdings.share % 200 == 0), constant(LONG_TERM, len(holdings))
    )
    return pc.if_else(pa.array(open_ended), long_term, days(holdings.end))


def _card(known: Flags) -> pa.Array:
    return blank_unless(known, constant(RESIDENT_CARD, len(known)))
