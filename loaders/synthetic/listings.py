"""Lists of severe dishonesty and court orders: who came on, and who came off again."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from loaders.synthetic.authorities import COURTS, OFFICE_AUTHORITIES, office_position
from loaders.synthetic.columns import (
    NO_DAY,
    blank_unless,
    days,
    glue,
    look_up,
    numbers,
)
from loaders.synthetic.draw import Draw, Flags, Ints
from loaders.synthetic.grades import SEVERE
from loaders.synthetic.layout import RESIDENT_CARD, table_of
from loaders.synthetic.offices import OFFICES
from loaders.synthetic.organizations import FORMS, Organizations
from loaders.synthetic.people import People
from loaders.synthetic.trades import TRADES

COURT: Final = -1
"""Stands for the court of the prefecture where others name an office."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of entry: list or measure, who makes it, for how long, how it ends.

    `years` 0 means until performed. `weight` says how common it is among the entries
    of organizations whose scope of business contains `needs`.
    """

    list: str
    measure: str
    office: int
    field: str
    reason: str
    years: int
    weight: int
    exit: str
    needs: str = ""


def _office(key: str) -> int:
    return [o.key for o in OFFICES].index(key)


SORTS: Final = (
    Sort("失信被执行人", "", COURT, "司法执行", "有履行能力而拒不履行生效法律文书确定义务", 0, 30, "履行完毕"),
    Sort("", "限制相关消费行为", COURT, "司法执行", "未按执行通知书指定的期间履行给付义务", 0, 32, "履行完毕"),
    Sort("市场监督管理严重违法失信名单", "", _office("市监"), "食品", "违反食品安全规定受到较重行政处罚", 3, 26, "信用修复", "食"),
    Sort("重大税收违法失信主体", "", _office("税务"), "税收", "虚开增值税专用发票", 3, 8, "信用修复"),
    Sort("拖欠农民工工资失信联合惩戒对象", "", _office("人社"), "工资支付", "克扣、无故拖欠农民工工资", 3, 30, "信用修复", "施工"),
    Sort("安全生产严重失信主体", "", _office("应急"), "安全生产", "发生生产安全事故负有责任", 3, 5, "信用修复"),
    Sort("严重违法超限超载运输当事人", "", _office("交通"), "交通运输", "一年内违法超限运输超过三次", 2, 30, "信用修复", "运输"),
)  # fmt: skip
RESTRICTION: Final = 1
"""The sort that is an order of a court without a list."""

_SPAN: Final = 4 * 365
_CHILDHOOD: Final = 420
"""Days of its life in which an organization is not yet listed."""

_LISTED: Final = 0.8
_TWICE: Final = 0.3
"""Shares of the organizations with a severe record: on a list, and on a second one."""

_PERSONS_PER_MILLE: Final = 6
"""People who are judgment defaulters themselves."""


@dataclass(frozen=True, slots=True)
class Listings:
    """Entries of organizations (`person` -1) and people (`organization` -1)."""

    organization: Ints
    person: Ints
    prefecture: Ints
    sort: Ints
    serial: Ints
    listed: Ints
    act_from: Ints
    act_to: Ints
    due: Ints
    left: Ints

    def __len__(self) -> int:
        return len(self.sort)

    def taken(self, rows: Ints) -> "Listings":
        """Return these entries."""
        return Listings(*(getattr(self, f.name)[rows] for f in fields(self)))

    def listed_of(self, organizations: int) -> Flags:
        """Return which of so many organizations have an entry."""
        listed = np.zeros(organizations, dtype=np.bool_)
        listed[self.organization[self.organization >= 0]] = True
        return listed


def make_listings(
    draw: Draw, orgs: Organizations, people: People, today: int
) -> Listings:
    """Return the entries of the last four years, in the order of their days.

    Organizations with a severe record come onto lists, some onto two.
    """
    grown = orgs.established <= today - 2 * _CHILDHOOD
    severe = np.flatnonzero(
        (orgs.grade == SEVERE) & grown & draw.chance(len(orgs), _LISTED)
    )
    organization = np.concatenate((severe, severe[draw.chance(len(severe), _TWICE)]))
    sort = _sorts(draw, orgs.trade[organization])
    keep = np.unique(organization * len(SORTS) + sort, return_index=True)[1]
    organization, sort = organization[keep], sort[keep]
    person = np.flatnonzero(draw.uniform(len(people)) * 1000 < _PERSONS_PER_MILLE)
    organization = np.concatenate((organization, np.full(len(person), -1)))
    sort = np.concatenate((sort, np.zeros(len(person), dtype=np.int64)))
    person = np.concatenate((np.full(len(keep), -1), person))
    place = np.where(person < 0, orgs.prefecture[organization], people.home[person])
    since = np.where(person < 0, orgs.established[organization], 0) + _CHILDHOOD
    listed = today - 20 - draw.below(len(sort), np.minimum(_SPAN, today - 20 - since))
    order = np.argsort(listed, kind="stable")
    return _dated(
        draw, organization[order], person[order], place[order], sort[order],
        listed[order], today,
    )  # fmt: skip


def _sorts(draw: Draw, trade: Ints) -> Ints:
    """Return a sort of entry for each line of business."""
    sort = np.empty(len(trade), dtype=np.int64)
    for number, one in enumerate(TRADES):
        mine = np.flatnonzero(trade == number)
        weights = [s.weight if s.needs in one.scope else 0 for s in SORTS]
        sort[mine] = draw.pick(len(mine), weights)
    return sort


def _dated(
    draw: Draw,
    organization: Ints,
    person: Ints,
    place: Ints,
    sort: Ints,
    listed: Ints,
    today: int,
) -> Listings:
    """Return the entries with what happened before and after they were made."""
    count = len(sort)
    years = np.array([s.years for s in SORTS], dtype=np.int64)[sort]
    act_to = listed - 40 - draw.below(count, 160)
    due = np.where(years > 0, listed + 365 * years - 1, NO_DAY)
    stayed = listed + 200 + draw.below(count, 900)
    early = draw.chance(count, 0.35) & (stayed <= today)
    off = np.where(early & (years > 0), np.minimum(stayed, due + 1), stayed)
    over = (years > 0) & (due < today)
    left = np.where(early, off, np.where(over, due + 1, NO_DAY))
    return Listings(
        organization=organization,
        person=person,
        prefecture=place,
        sort=sort,
        serial=np.arange(1001, 1001 + count),
        listed=listed,
        act_from=act_to - draw.below(count, 200),
        act_to=act_to,
        due=due,
        left=left,
    )


def listings_table(orgs: Organizations, people: People, entries: Listings) -> pa.Table:
    """Return one row per entry."""
    of_person = pa.array(entries.person >= 0)
    org = pa.array(np.maximum(entries.organization, 0))
    who = pa.array(np.maximum(entries.person, 0))
    organ = _organs(entries)
    left = entries.left != NO_DAY
    name = authority_names(entries)
    expired = left & (entries.left > entries.due) & (entries.due != NO_DAY)
    why = look_up([s.exit for s in SORTS], entries.sort)
    paper = listing_numbers(entries)
    return table_of(
        "severe_lists",
        {
            "名单名称": look_up([s.list for s in SORTS], entries.sort),
            "主体名称": pc.if_else(
                of_person,
                people.names(np.maximum(entries.person, 0)),
                orgs.names.take(org),
            ),
            "主体类别": _categories(orgs, entries),
            "统一社会信用代码": pc.if_else(of_person, "", orgs.codes.take(org)),
            "证件类型": pc.if_else(of_person, RESIDENT_CARD, ""),
            "证件号码": pc.if_else(of_person, people.numbers.take(who), ""),
            "决定文书号": paper,
            "决定机关": name,
            "决定机关代码": look_up([a.code for a in _ORGANS], organ),
            "决定日期": days(entries.listed),
            "列入日期": days(entries.listed),
            "行为起始日期": days(entries.act_from),
            "行为终止日期": days(entries.act_to),
            "列入事由": look_up([s.reason for s in SORTS], entries.sort),
            "监管领域": look_up([s.field for s in SORTS], entries.sort),
            "惩戒措施": look_up([s.measure for s in SORTS], entries.sort),
            "届满日期": days(entries.due),
            "移出日期": days(entries.left),
            "移出原因": blank_unless(
                left, pc.if_else(pa.array(expired), "期限届满", why)
            ),
            "移出文书号": blank_unless(left & ~expired, glue(paper, "之一")),
            "移出决定机关": blank_unless(left & ~expired, name),
            "行政区划代码": pc.if_else(of_person, "", numbers(orgs.region).take(org)),
            "行业门类": pc.if_else(
                of_person,
                "",
                look_up([t.section for t in TRADES], orgs.trade).take(org),
            ),
        },
    )


_ORGANS = (*OFFICE_AUTHORITIES, *COURTS)


def authority_names(entries: Listings) -> pa.Array:
    """Return who made each entry."""
    return look_up([a.name for a in _ORGANS], _organs(entries))


def _organs(entries: Listings) -> Ints:
    office = np.array([s.office for s in SORTS], dtype=np.int64)[entries.sort]
    court = len(OFFICE_AUTHORITIES) + entries.prefecture
    return np.where(office == COURT, court, office_position(entries.prefecture, office))


def _categories(orgs: Organizations, entries: Listings) -> pa.Array:
    trader = np.array([f.shop for f in FORMS])[orgs.form[entries.organization]]
    kind = np.where(entries.person >= 0, 2, trader.astype(np.int64))
    return look_up(("法人及非法人组织", "个体工商户", "自然人"), kind)


def listing_numbers(entries: Listings) -> pa.Array:
    """Return the numbers of the papers: case numbers of courts, else decisions."""
    sign = look_up([a.sign for a in _ORGANS], _organs(entries))
    year = pc.utf8_slice_codeunits(days(entries.listed), 0, 4)
    serial = numbers(entries.serial)
    case = glue("（", year, "）", sign, "执示", serial, "号")
    paper = glue(sign, "列严示〔", year, "〕", serial, "号")
    court = np.array([s.office == COURT for s in SORTS])[entries.sort]
    return pc.if_else(pa.array(court), case, paper)
