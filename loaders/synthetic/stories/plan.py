"""What a story plants: named firms and people, and the rows that concern them.

Days are written as they fall on the city's own day (DEMO_DAY) and move with the
reference day. Numbers of papers carry 示 (示例, sample): no real paper has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from loaders.synthetic.authorities import Authority, authority
from loaders.synthetic.codes import PREFIXES, resident_numbers, unified_codes
from loaders.synthetic.layout import RESIDENT_CARD, Row
from loaders.synthetic.places import town
from loaders.synthetic.stories.answers import Act, Expected, Story, Unaffected
from loaders.synthetic.stories.texts import TEXTS

DEMO_DAY: Final = date(2026, 11, 22)

_FIRST_FIRM: Final = 880_000_000
_FIRST_PERSON: Final = 12_000_000
"""Running numbers of what is planted: apart from those of what is drawn."""

COMPANY: Final = "有限责任公司(自然人投资或控股)"


@dataclass(frozen=True, slots=True)
class Human:
    """A planted person; without `number` the files know only the name."""

    name: str
    number: str

    @property
    def card(self) -> str:
        """Return the kind of document, where there is a number."""
        return RESIDENT_CARD if self.number else ""


@dataclass(frozen=True, slots=True)
class Firm:
    """A planted organization."""

    name: str
    code: str
    region: int
    section: str
    form: str

    @property
    def category(self) -> str:
        """Return what the official forms call this kind of subject."""
        return "个体工商户" if self.form == "个体工商户" else "法人及非法人组织"


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision: its number, who made it, and when."""

    number: str
    by: Authority
    day: str


_LEADERS: Final = {"个体工商户": "经营者", "机关": "主要负责人"}
"""Who stands for the forms that have no legal representative."""


@dataclass(slots=True)
class Plan:
    """Collects the rows of all stories, file by file.

    `first_firm` and `first_person` keep the codes of two plans apart.
    """

    reference: date
    rows: dict[str, list[Row]] = field(default_factory=dict)
    stories: list[Story] = field(default_factory=list)
    first_firm: int = 0
    first_person: int = 0

    def on(self, day: str) -> str:
        """Return a day of the story as it falls for this reference day; "" stays."""
        if not day:
            return ""
        return (date.fromisoformat(day) + (self.reference - DEMO_DAY)).isoformat()

    def add(self, file: str, row: Row) -> None:
        """Add a row to a file."""
        self.rows.setdefault(file, []).append(row)

    def person(
        self, name: str, *, numbered: bool = True, region: int = 230799
    ) -> Human:
        """Return a new person; without a number only the name will be known."""
        self.first_person += 1
        number = resident_numbers(
            np.array([region]), np.array([_FIRST_PERSON + self.first_person])
        )
        return Human(name, str(number[0].as_py()) if numbered else "")

    def firm(
        self,
        name: str,
        *,
        region: int,
        section: str,
        founded: str,
        leader: Human | None,
        since: str = "",
        form: str = COMPANY,
        prefix: str = "91",
        status: str = "存续",
        address: str = "",
        scope: str = "",
    ) -> Firm:
        """Register an organization whose leader serves `since` a day, or ever.

        Without a leader the register names nobody; with one, the posts do too.
        """
        self.first_firm += 1
        firm = Firm(name, self._code(prefix, region), region, section, form)
        self.add(
            "registrations",
            {
                "企业名称": name,
                "统一社会信用代码": firm.code,
                "企业类型": form,
                "登记状态": status,
                "成立日期": self.on(founded),
                "核准日期": self.on(since or founded),
                "法定代表人": leader.name if leader else "",
                "法定代表人证件类型": leader.card if leader else "",
                "法定代表人证件号码": leader.number if leader else "",
                "注册资本": "" if prefix in ("11", "12") else "300万元",
                "行业门类": section,
                "行政区划代码": str(region),
                "住所": town(region) + (address or f"松影街{self.first_firm}号"),
                "经营范围": scope,
                "登记机关": registrar(region).name,
            },
        )
        if leader:
            role = _LEADERS.get(form, "法定代表人")
            self.post(leader, firm, role, since or founded)
        return firm

    def tell(
        self,
        key: str,
        firms: Sequence[Firm],
        papers: Sequence[Paper],
        *,
        expected: tuple[Expected, ...] = (),
        unaffected: tuple[Unaffected, ...] = (),
        ended: tuple[Expected, ...] = (),
        acts: tuple[Act, ...] = (),
    ) -> None:
        """Enter the story in the answer key."""
        named = tuple((firm.name, firm.code) for firm in firms)
        numbers = tuple(paper.number for paper in papers)
        self.stories.append(
            Story(key, *TEXTS[key], named, numbers, expected, unaffected, ended, acts)
        )

    def _code(self, prefix: str, region: int) -> str:
        codes = unified_codes(
            np.array([PREFIXES.index(prefix)]),
            np.array([region]),
            np.array([_FIRST_FIRM + self.first_firm]),
        )
        return str(codes[0].as_py())

    def post(
        self, human: Human, firm: Firm, role: str, start: str, end: str = ""
    ) -> None:
        """Give a post; `end` is the last day in office."""
        self.add(
            "posts",
            {
                "姓名": human.name,
                "证件类型": human.card,
                "证件号码": human.number,
                "任职单位": firm.name,
                "统一社会信用代码": firm.code,
                "职务": role,
                "任职起始日期": self.on(start),
                "任职终止日期": self.on(end),
                "数据来源单位": registrar(firm.region).name,
            },
        )

    def hold(self, holder: Human | Firm, firm: Firm, share: str, start: str) -> None:
        """Give a share, for example "51%"."""
        person = isinstance(holder, Human)
        self.add(
            "holdings",
            {
                "股东名称": holder.name,
                "股东类型": "自然人" if person else "组织",
                "股东统一社会信用代码": holder.code if isinstance(holder, Firm) else "",
                "证件类型": holder.card if isinstance(holder, Human) else "",
                "证件号码": holder.number if isinstance(holder, Human) else "",
                "被投资企业名称": firm.name,
                "统一社会信用代码": firm.code,
                "持股比例": share,
                "表决权比例": share,
                "起始日期": self.on(start),
            },
        )


def registrar(region: int) -> Authority:
    """Return who registers organizations in a district's prefecture."""
    city = "伊春市" if region // 100 == 2307 else "鹤岗市"
    return authority(f"{city}市场监督管理局", f"{city[0]}市监", region // 100 * 100)


def court(region: int = 230700) -> Authority:
    """Return the court of a district's prefecture."""
    city = "伊春市" if region // 100 == 2307 else "鹤岗市"
    return authority(
        f"{city}中级人民法院", f"黑{region // 100 % 100:02d}", region // 100 * 100
    )
