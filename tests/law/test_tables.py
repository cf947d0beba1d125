"""法律案例：法律人员可读、可写，不需要会编程。Cases that a jurist can read and write.

每个文件 tables/*.yaml 是一串案例。一个案例写明规则、事实和逐日的预期；预期之外的人一律不得出现。
所有“止”都是第一个不再有效的日子。

    - 案例: 一句话说明
      规则: 规则键                # 只看由这条规则产生的后果
      组织: {甲公司: {类型: 公司, 地区: '230717'}}     # 可省略，默认如此
      只知姓名: [王五]            # 没有证件号码的人
      任职: [[张三, 甲公司, 法定代表人, 2018-01-01, 2021-01-01]]          # 止可省略
      惩戒:
        - {文号: 列1, 对象: 甲公司, 名单: market_supervision, 起: 2021-01-01, 行为: [2020-06-01, 2020-06-02]}
      认定: [[张三, 甲公司, 列1, 法定代表人, true, 2021-02-01]]
      解除: [[张三, 甲公司, 列1, 法院解除, 2021-03-01]]
      中止: [[甲公司, 甲公司, 列1, 2021-04-01, 2021-05-01]]
      作废: [列1]
      预期:
        2020-12-31: {}
        2021-01-01: {张三: 生效}
"""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from analytics.propagation.engine import Derivation, derive
from graph.law.book import LawBook
from graph.records import Fact, Finding, Profile, Release, Sanction, Suspension, Tie
from graph.snapshot import day_of
from graph.vocabulary import (
    EffectStatus,
    EndReason,
    OrganizationKind,
    ReleaseReason,
    Role,
)
from tests.journal import Journal

FOLDER = Path(__file__).parent / "tables"
CASES = [
    pytest.param(case, id=f"{file.stem}：{case['案例']}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
STRONGEST_FIRST = list(EffectStatus)


@pytest.fixture(scope="session")
def law() -> LawBook:
    return LawBook.load()


class World:
    """The facts of one case, with identifiers made of the names."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.organizations: dict[str, dict[str, Any]] = case.get("组织", {})
        self.by_name = set(case.get("只知姓名", ()))
        self.names: dict[str, str] = {}

    def id(self, name: str) -> str:
        if not name:
            return ""
        digest = sha256(name.encode()).hexdigest()
        if name in self._places():
            found = f"org:{digest[:18]}"
        elif name in self.by_name:
            found = f"per:scoped:{digest[:24]}"
        else:
            found = f"per:{digest[:32]}"
        self.names[found] = name
        return found

    def _places(self) -> set[str]:
        held = {tie[1] for tie in self.case.get("任职", ())}
        return {*self.organizations, *held}

    def facts(self) -> Iterator[Fact]:
        for name in sorted(self._places()):
            about = self.organizations.get(name, {})
            yield Profile(
                subject=self.id(name),
                name=name,
                organization_kind=OrganizationKind.parse(about.get("类型", "公司")),
                region=about.get("地区", "230717"),
            )
        for tie in self.case.get("任职", ()):
            person, place, role, begins, *ends = tie
            yield Tie(
                person=self.id(person),
                organization=self.id(place),
                role=Role.parse(role),
                valid_from=begins,
                valid_to=ends[0] if ends else None,
            )
        yield from map(self._sanction, self.case.get("惩戒", ()))
        yield from self._decisions()

    def _sanction(self, about: dict[str, Any]) -> Sanction:
        first, last = about.get("行为", (None, None))
        reason = about.get("止因")
        return Sanction(
            authority="机关",
            document_number=about["文号"],
            subject=self.id(about["对象"]),
            list=about.get("名单", ""),
            measures=tuple(about.get("措施", ())),
            field=about.get("领域"),
            decided_on=about.get("决定", about["起"]),
            listed_on=about["起"] if about.get("名单") else None,
            act_from=first,
            act_to=last,
            valid_from=about["起"],
            valid_to=about.get("止"),
            end_reason=EndReason.parse(reason) if reason else None,
            region=about.get("地区", "230717"),
        )

    def _decisions(self) -> Iterator[Fact]:
        for person, place, about, role, responsible, day in self.case.get("认定", ()):
            yield Finding(
                person=self.id(person),
                organization=self.id(place),
                about_document=about,
                document=f"认定{person}",
                authority="机关",
                role=Role.parse(role),
                responsible=responsible,
                valid_from=day,
            )
        for person, place, about, reason, day in self.case.get("解除", ()):
            yield Release(
                person=self.id(person),
                organization=self.id(place),
                about_document=about,
                document=f"解除{person}",
                authority="法院",
                reason=ReleaseReason.parse(reason),
                valid_from=day,
            )
        for subject, place, about, begins, ends in self.case.get("中止", ()):
            yield Suspension(
                subject=self.id(subject),
                organization=self.id(place),
                about_document=about,
                document="中止",
                authority="法院",
                valid_from=begins,
                valid_to=ends,
            )

    def standing(self, derivation: Derivation, day: date) -> dict[str, str]:
        """Return who stands how by the rule of the case on a day."""
        found: dict[str, EffectStatus] = {}
        number = day_of(day)
        for effect in derivation.effects.values():
            for ground in effect.grounds_on(number):
                if ground.rule == self.case["规则"]:
                    name = self.names[effect.bearer]
                    now = ground.status_on(number)
                    held = found.get(name, now)
                    found[name] = min(held, now, key=STRONGEST_FIRST.index)
        return {name: status.zh for name, status in found.items()}


@pytest.mark.parametrize("case", CASES)
def test_case(law: LawBook, case: dict[str, Any]) -> None:
    world = World(case)
    facts = list(world.facts())
    journal = Journal(*facts)
    voided = set(case.get("作废", ()))
    wrong = [
        f for f in facts if isinstance(f, Sanction) and f.document_number in voided
    ]
    if wrong:
        journal.void(*wrong)
    assert case["规则"] in law.rules
    derivation = derive(journal.now(), law)
    told = {day: world.standing(derivation, day) for day in case["预期"]}
    assert told == {day: dict(who or {}) for day, who in case["预期"].items()}


def test_a_rule_of_the_tables_is_tried_on_both_sides_of_its_first_day(
    law: LawBook,
) -> None:
    """A version is covered when a case tells who answers on or after its first day,
    and another, or the same, asks about an event on the day before. Rules that the
    tables do not take up are asked for by test_cases.py."""
    days: dict[str, set[date]] = {}
    for param in CASES:
        (case,) = param.values
        seen = days.setdefault(case["规则"], set())
        seen |= set(case["预期"])
        for sanction in case.get("惩戒", ()):
            seen |= {sanction["起"], sanction.get("决定", sanction["起"])}
    missing = [
        version_id
        for version_id, rule, version in law.active_versions()
        if rule.key in days
        for day in (version.in_force_from, version.in_force_from - timedelta(days=1))
        if day not in days.get(rule.key, set())
    ]
    assert missing == []
