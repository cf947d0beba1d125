"""Planting cases: people, firms, addresses and papers like those that are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import numpy as np

from loaders.synthetic.cases.case import Case
from loaders.synthetic.cases.texts import TEXTS
from loaders.synthetic.draw import Draw
from loaders.synthetic.names import name_numbers, person_names, trade_names
from loaders.synthetic.places import STREETS, town
from loaders.synthetic.stories.plan import (
    DEMO_DAY,
    Firm,
    Human,
    Paper,
    Plan,
    court,
    registrar,
)

_FIRST: Final = 10_000
"""Number of the first firm and person of the cases: apart from those of the stories."""

_FIRST_PAPER: Final = 9_000_000
_FIRST_PHONE: Final = 9_900_000

_HOMES: Final = (
    (230717, "伊春市"), (230718, "伊春市"), (230719, "伊春市"), (230781, "铁力市"),
    (230726, "南岔县"), (230402, "鹤岗市"), (230403, "鹤岗市"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business as cases use it: noun of the name, section, scope."""

    noun: str
    section: str
    scope: str


FOOD: Final = Trade("餐饮", "H", "餐饮服务；冷热食品制售")
SHOP: Final = Trade("商贸", "F", "预包装食品、日用百货批发零售")
BUILDING: Final = Trade("建筑工程", "E", "房屋建筑工程施工；市政工程施工")
WOOD: Final = Trade("木业", "C", "木制品、地板加工制造")
HOLDING: Final = Trade("企业管理", "L", "企业管理服务；以自有资金从事投资活动")
TRADES: Final = (FOOD, SHOP, BUILDING, WOOD)


@dataclass(slots=True)
class Scene:
    """Where cases are planted; `names` numbers the trade names not yet given."""

    draw: Draw
    plan: Plan
    names: int
    cases: list[Case] = field(default_factory=list)
    region: int = _HOMES[0][0]
    _city: str = _HOMES[0][1]
    _papers: int = _FIRST_PAPER
    _places: int = 0

    def open(self, story: str, number: int, *, decoy: bool) -> Case:
        """Return a new case, somewhere in the two prefectures."""
        self.region, self._city = _HOMES[self.roll(0, len(_HOMES))]
        case = Case(story, number, decoy)
        self.cases.append(case)
        return case

    def roll(self, low: int, high: int) -> int:
        """Return a whole number from low up to and without high."""
        return low + int(self.draw.below(1, high - low)[0])

    def some(self, trades: tuple[Trade, ...] = TRADES) -> Trade:
        """Return one of the lines of business."""
        return trades[self.roll(0, len(trades))]

    def ago(self, days: int) -> str:
        """Return the day so long before the reference day, as plans write days."""
        return (DEMO_DAY - timedelta(days=days)).isoformat()

    def person(self) -> Human:
        """Return somebody with a name that only his prefecture has."""
        home = 1 if self.region // 100 == 2304 else 0
        name = person_names(name_numbers(self.draw, np.array([home + 1])))[0].as_py()
        return self.plan.person(name, region=self.region // 100 * 100 + 99)

    def address(self) -> str:
        """Return a place nobody else has."""
        self._places += 1
        street = STREETS[self.roll(0, len(STREETS))]
        return f"{street}{self.roll(1, 260)}号{self._places}单元"

    def firm(
        self,
        trade: Trade,
        founded: int,
        leader: Human | None,
        *,
        since: int | None = None,
        address: str = "",
        status: str = "存续",
    ) -> Firm:
        """Register a company so many days ago; its leader serves since, or ever."""
        word = trade_names(np.array([self.names]))[0].as_py()
        self.names += 1
        return self.plan.firm(
            f"{self._city}{word}{trade.noun}有限公司",
            region=self.region,
            section=trade.section,
            founded=self.ago(founded),
            leader=leader,
            since=self.ago(founded if since is None else since),
            address=address or self.address(),
            status=status,
            scope=trade.scope,
        )

    def post(
        self, human: Human, firm: Firm, role: str, start: int, end: int | None = None
    ) -> None:
        """Give a post so many days ago; `end` is the last day."""
        last = "" if end is None else self.ago(end)
        self.plan.post(human, firm, role, self.ago(start), last)

    def own(self, firm: Firm, days: int, *owners: tuple[Human | Firm, int]) -> None:
        """Give whole per cents of a firm; somebody new holds what is left."""
        rest = 100 - sum(share for _, share in owners)
        for holder, share in (*owners, *([(self.person(), rest)] if rest else [])):
            self.plan.hold(holder, firm, f"{share}%", self.ago(days))

    def phone(self) -> str:
        """Return a telephone nobody else has."""
        self._places += 1
        return f"0458-0{_FIRST_PHONE + self._places}"

    def reach(
        self,
        firm: Firm,
        address: str,
        phone: str,
        start: int,
        end: int | None = None,
    ) -> None:
        """Say where a firm sits and by which telephone it is reached."""
        self.plan.add(
            "contacts",
            {
                "主体名称": firm.name,
                "统一社会信用代码": firm.code,
                "注册地址": town(firm.region) + address,
                "联系电话": phone,
                "起始日期": self.plan.on(self.ago(start)),
                "终止日期": "" if end is None else self.plan.on(self.ago(end)),
                "数据来源单位": registrar(firm.region).name,
                "行政区划代码": str(firm.region),
            },
        )

    def paper(self, kind: str, days: int) -> Paper:
        """Return a paper of the registrar of the place; `kind` as 罚 or 列严."""
        self._papers += 1
        by = registrar(self.region)
        year = self.plan.on(self.ago(days))[:4]
        number = f"{by.sign}{kind}示〔{year}〕{self._papers}号"
        return Paper(number, by, self.ago(days))

    def order(self, days: int) -> Paper:
        """Return an order of the court of the place."""
        self._papers += 1
        by = court(self.region)
        year = self.plan.on(self.ago(days))[:4]
        return Paper(f"（{year}）{by.sign}执示{self._papers}号", by, self.ago(days))

    def contract(self, days: int) -> str:
        """Return the number of a contract made so many days ago."""
        self._papers += 1
        return f"示〔{self.plan.on(self.ago(days))[:4]}〕{self._papers}号"

    def day(self, days: int) -> str:
        """Return the day so long ago as the files write it."""
        return self.plan.on(self.ago(days))

    def as_json(self) -> list[Mapping[str, Any]]:
        """Return all cases for the key."""
        return [case.as_json(TEXTS) for case in self.cases]


def new_scene(draw: Draw, plan: Plan, names: int) -> Scene:
    """Return an empty scene; `names` trade names are given already."""
    plan.first_firm = plan.first_person = _FIRST
    return Scene(draw, plan, names)
