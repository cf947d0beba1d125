"""Branches, contacts, guarantees and A-grade taxpayers as the rows of their files."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pyarrow as pa

from loaders.synthetic.authorities import REGISTRARS
from loaders.synthetic.columns import (
    NO_DAY,
    constant,
    days,
    glue,
    look_up,
    numbers,
    serials,
    years,
)
from loaders.synthetic.draw import Draw, Ints
from loaders.synthetic.grades import CLEAN
from loaders.synthetic.layout import table_of
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.places import PREFECTURES

_REPORTING: Final = 0.85
"""Share of organizations whose annual report says how they are reached; a guess."""


def reporting(draw: Draw, orgs: Organizations) -> Ints:
    """Return the organizations whose addresses and telephones are known."""
    return np.flatnonzero(draw.chance(len(orgs), _REPORTING))


def contacts_table(orgs: Organizations, rows: Ints) -> pa.Table:
    """Return how these organizations are reached."""
    where = pa.array(rows)
    place = look_up([r.name for r in REGISTRARS], orgs.prefecture[rows])
    return table_of(
        "contacts",
        {
            "主体名称": orgs.names.take(where),
            "统一社会信用代码": orgs.codes.take(where),
            "注册地址": orgs.sites.addresses(rows),
            "联系电话": orgs.sites.phones(rows),
            "起始日期": days(orgs.established[rows]),
            "数据来源单位": place,
            "行政区划代码": numbers(orgs.region[rows]),
        },
    )


def branches_table(orgs: Organizations, rows: Ints) -> pa.Table:
    """Return these branches and their companies."""
    where, parent = pa.array(rows), pa.array(orgs.parent[rows])
    return table_of(
        "branches",
        {
            "分支机构名称": orgs.names.take(where),
            "分支机构统一社会信用代码": orgs.codes.take(where),
            "所属企业名称": orgs.names.take(parent),
            "所属企业统一社会信用代码": orgs.codes.take(parent),
            "成立日期": days(orgs.established[rows]),
            "登记机关": look_up([r.name for r in REGISTRARS], orgs.prefecture[rows]),
            "行政区划代码": numbers(orgs.region[rows]),
        },
    )


_A_GRADE: Final = 0.12
"""Share of companies without adverse record that are A-grade taxpayers; a guess."""


def good_taxpayers(draw: Draw, orgs: Organizations, today: int) -> Ints:
    """Return companies of three years' standing that are A-grade taxpayers."""
    fit = orgs.companies & (orgs.grade == CLEAN) & (orgs.established < today - 1100)
    return np.flatnonzero(fit & draw.chance(len(orgs), _A_GRADE))


def taxpayers_table(orgs: Organizations, rows: Ints, today: int) -> pa.Table:
    """Return these companies as the tax offices publish them, each in April."""
    where, count = pa.array(rows), len(rows)
    year = int(years(np.array([today - 130]))[0])
    names = [f"国家税务总局{p.name}税务局" for p in PREFECTURES]
    return table_of(
        "taxpayers_a",
        {
            "纳税人识别号": orgs.codes.take(where),
            "纳税人名称": orgs.names.take(where),
            "评价年度": constant(str(year - 1), count),
            "评价结果": constant("A", count),
            "评价机关": look_up(names, orgs.prefecture[rows]),
            "公布日期": constant(f"{year}-04-26", count),
            "行政区划代码": numbers(orgs.region[rows]),
        },
    )


_GUARANTEED: Final = 0.03
"""Share of companies that somebody guarantees for; a guess."""


@dataclass(frozen=True, slots=True)
class Guarantees:
    """Who guarantees for whom; `amount` in 万元, `end` the last day."""

    guarantor: Ints
    debtor: Ints
    amount: Ints
    start: Ints
    end: Ints
    released: Ints
    serial: Ints

    def __len__(self) -> int:
        return len(self.guarantor)

    def taken(self, rows: Ints) -> "Guarantees":
        """Return these guarantees."""
        return Guarantees(*(getattr(self, f.name)[rows] for f in fields(self)))


def make_guarantees(draw: Draw, orgs: Organizations, today: int) -> Guarantees:
    """Return guarantees of the last four years; nothing here runs in a circle.

    A company guarantees for what came after it, and a few guarantee for very many.
    """
    companies = np.flatnonzero(orgs.companies)
    place = 1 + np.flatnonzero(draw.chance(len(companies) - 1, _GUARANTEED))
    count = len(place)
    guarantor = companies[draw.heavy(count, place)]
    debtor = companies[place]
    since = np.maximum(orgs.established[guarantor], orgs.established[debtor])
    start = np.maximum(today - 30 - draw.below(count, 4 * 365), since + 30)
    end = start + 365 * (1 + draw.below(count, 3)) - 1
    early = start + 100 + draw.below(count, 200)
    freed = draw.chance(count, 0.2) & (early < np.minimum(end, today))
    order = np.argsort(start, kind="stable")
    made = Guarantees(
        guarantor=guarantor,
        debtor=debtor,
        amount=50 * (1 + draw.leaning(count, 60)),
        start=start,
        end=end,
        released=np.where(freed, early, NO_DAY),
        serial=np.zeros(count, dtype=np.int64),
    ).taken(order)
    made.serial[:] = serials(years(made.start))
    return made


def guarantees_table(orgs: Organizations, made: Guarantees) -> pa.Table:
    """Return one row per guarantee."""
    guarantor, debtor = pa.array(made.guarantor), pa.array(made.debtor)
    place = orgs.prefecture[made.debtor]
    contract = glue(
        "示〔", numbers(years(made.start)), "〕", numbers(made.serial), "号"
    )
    count = len(made)
    return table_of(
        "guarantees",
        {
            "担保人名称": orgs.names.take(guarantor),
            "担保人类别": constant("企业", count),
            "担保人统一社会信用代码": orgs.codes.take(guarantor),
            "被担保人名称": orgs.names.take(debtor),
            "被担保人统一社会信用代码": orgs.codes.take(debtor),
            "债权人名称": look_up(
                [f"{p.name}虚拟农村商业银行" for p in PREFECTURES], place
            ),
            "担保合同编号": glue("保", contract),
            "担保方式": constant("连带责任保证", count),
            "主合同编号": glue("借", contract),
            "担保金额（万元）": numbers(made.amount),
            "担保起始日期": days(made.start),
            "担保终止日期": days(made.end),
            "责任解除日期": days(made.released),
            "数据来源单位": look_up(
                [f"{p.name}地方金融监管局" for p in PREFECTURES], place
            ),
            "行政区划代码": look_up([str(p.code) for p in PREFECTURES], place),
        },
    )
