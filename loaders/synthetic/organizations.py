"""The organizations of the city, as columns of numbers and of text."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.codes import PREFIXES, unified_codes
from loaders.synthetic.columns import constant, glue, look_up
from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.grades import draw_grades
from loaders.synthetic.names import trade_names
from loaders.synthetic.places import (
    SECOND_EVERY,
    district_of,
    place_names,
    region_codes,
)
from loaders.synthetic.sites import Sites, draw_sites
from loaders.synthetic.trades import TRADES


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form: as registered, its code prefix, who stands for it, how common.

    `noun` takes the place of the trade's in the name; `trade` is the code of the only
    line of business that it has.
    """

    registered: str
    prefix: str
    role: str
    suffix: str
    weight: int
    noun: str | None = None
    trade: str = ""
    shop: bool = False


FORMS: Final = (
    Form("有限责任公司(自然人投资或控股)", "91", "法定代表人", "有限公司", 330),
    Form("有限责任公司(自然人独资)", "91", "法定代表人", "有限公司", 210),
    Form("有限责任公司(法人独资)", "91", "法定代表人", "有限公司", 50),
    Form(
        "股份有限公司(非上市、自然人投资或控股)", "91", "法定代表人", "股份有限公司", 20
    ),
    Form("集体所有制", "91", "法定代表人", "厂", 6),
    Form("农民专业合作社", "93", "法定代表人", "种植专业合作社", 36, "", "0111"),
    Form("有限合伙企业", "91", "执行事务合伙人", "中心（有限合伙）", 16, "投资"),
    Form("普通合伙企业", "91", "执行事务合伙人", "经营部（普通合伙）", 10),
    Form("个人独资企业", "91", "投资人", "经营部", 34),
    Form("个体工商户", "92", "经营者", "", 220, shop=True),
    Form("有限责任公司分公司(自然人投资或控股)", "91", "主要负责人", "分公司", 40),
    Form("事业单位", "12", "法定代表人", "工作站", 14, "林业", "0220"),
    Form("民办非企业单位", "52", "法定代表人", "培训学校", 6, "职业", "8391"),
)
COMPANY_FORMS: Final = 4
"""The first four forms are companies."""

BRANCH_FORM: Final = 10
INSTITUTION_FORM: Final = 11

STATUSES: Final = ("存续", "歇业", "注销", "清算", "吊销")
_STATUS_WEIGHTS: Final = (940, 10, 44, 6)
REVOKED: Final = 4
"""Nobody is drawn as revoked: a penalty makes it so."""


_TRADE_CODES: Final = [t.code for t in TRADES]
_ONLY_TRADE: Final = np.array(
    [_TRADE_CODES.index(f.trade) if f.trade else -1 for f in FORMS], dtype=np.int64
)
_OWN_NOUN: Final = np.array([f.noun is not None for f in FORMS])
_SHOP: Final = np.array([f.shop for f in FORMS])


@dataclass(frozen=True, slots=True)
class Organizations:
    """What is registered; one position per organization in every column.

    Days count from 1970, `capital` is in 万元. `parent` is the position of a branch's
    company, else -1. `grade` says how severe its record is (grades.py).
    """

    codes: pa.Array
    names: pa.Array
    sites: Sites
    form: Ints
    prefecture: Ints
    district: Ints
    region: Ints
    trade: Ints
    status: Ints
    established: Ints
    capital: Ints
    parent: Ints
    grade: Ints

    def __len__(self) -> int:
        return len(self.form)

    @property
    def companies(self) -> Flags:
        """Return which organizations are companies."""
        return np.less(self.form, COMPANY_FORMS)

    @property
    def traders(self) -> Flags:
        """Return which organizations are sole traders."""
        traders: Flags = _SHOP[self.form]
        return traders


def make_organizations(draw: Draw, count: int, today: int) -> Organizations:
    """Return this many organizations, none founded within the last four months."""
    form = draw.pick(count, [f.weight for f in FORMS])
    form[0] = 0
    prefecture = draw.chance(count, SECOND_EVERY).astype(np.int64)
    district = district_of(draw, prefecture)
    trade = _trades(draw, form)
    region = region_codes(district)
    prefix = np.array([PREFIXES.index(f.prefix) for f in FORMS], dtype=np.int64)
    numbers = np.arange(count, dtype=np.int64)
    parent = _parents(draw, form, prefecture)
    u = draw.uniform(count)
    return Organizations(
        codes=unified_codes(prefix[form], region, numbers),
        names=_names(form, trade, district, numbers, parent),
        sites=draw_sites(draw, prefecture, district),
        form=form,
        prefecture=prefecture,
        district=district,
        region=region,
        trade=trade,
        status=draw.pick(count, _STATUS_WEIGHTS),
        established=today - 120 - (u * np.sqrt(u) * _OLDEST).astype(np.int64),
        capital=_capital(draw, form),
        parent=parent,
        grade=draw_grades(draw, count),
    )


_OLDEST: Final = 8_000
"""Days; with the power 1.5 as many were founded in each run of years as measured."""


def _trades(draw: Draw, form: Ints) -> Ints:
    usual = draw.pick(len(form), [t.weight for t in TRADES])
    shops = draw.pick(len(form), [t.shops for t in TRADES])
    drawn = np.where(_SHOP[form], shops, usual)
    return np.where(_ONLY_TRADE[form] >= 0, _ONLY_TRADE[form], drawn)


_SUMS: Final = (3, 5, 10, 15, 20, 30, 50, 80, 100, 200, 300, 500, 800, 1000, 8000)
_SUM_WEIGHTS: Final = (22, 92, 132, 11, 48, 88, 136, 15, 154, 62, 11, 84, 11, 40, 7)
"""The round sums that founders choose, as often in thousandths as measured."""

_SOLE_WITHOUT: Final = 0.5
"""Share of sole traders and cooperatives whose capital the register does not say."""


def _capital(draw: Draw, form: Ints) -> Ints:
    """Return registered capital in 万元; 0 where the register says none."""
    drawn = np.array(_SUMS)[draw.pick(len(form), _SUM_WEIGHTS)]
    small = form >= COMPANY_FORMS
    silent = small & draw.chance(len(form), _SOLE_WITHOUT)
    without = (form == BRANCH_FORM) | (form == INSTITUTION_FORM) | silent
    return np.where(without, 0, np.where(small, np.minimum(drawn, 200), drawn))


def _parents(draw: Draw, form: Ints, prefecture: Ints) -> Ints:
    """Return for each branch a company, preferably of the same prefecture."""
    parent = np.full(len(form), -1, dtype=np.int64)
    branches = np.flatnonzero(form == BRANCH_FORM)
    companies = np.flatnonzero(form < COMPANY_FORMS)
    drawn = companies[draw.below(len(branches), len(companies))]
    again = companies[draw.below(len(branches), len(companies))]
    apart = prefecture[drawn] != prefecture[branches]
    parent[branches] = np.where(apart, again, drawn)
    return parent


def _names(
    form: Ints, trade: Ints, district: Ints, numbers: Ints, parent: Ints
) -> pa.Array:
    of_trade = pc.if_else(
        pa.array(_SHOP[form]),
        look_up([t.shop for t in TRADES], trade),
        look_up([t.noun for t in TRADES], trade),
    )
    of_form = look_up([f.noun or "" for f in FORMS], form)
    noun = pc.if_else(pa.array(_OWN_NOUN[form]), of_form, of_trade)
    trade_name = trade_names(numbers)
    place = place_names(district)
    suffix = look_up([f.suffix for f in FORMS], form)
    own = glue(place, trade_name, noun, suffix)
    of_parent = own.take(pa.array(np.maximum(parent, 0)))
    branch = glue(of_parent, place, trade_name, constant("分公司", len(form)))
    return pc.if_else(pa.array(parent >= 0), branch, own)
