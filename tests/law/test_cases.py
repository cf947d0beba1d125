"""The law cases: what must follow on which day, and what must not.

A jurist reads and writes the files in tests/law/cases; no Python is needed. Each
file is a list of cases:

    - 案例: 列入前一天离任的，不承担        one sentence: the point of the case
      说明: …                              why, where it is not plain (may be absent)
      主体:                                 everybody by name; 类型 makes an organization
        - {名称: 甲公司, 类型: 公司, 登记地: '230700', 自: 2015-01-01}
        - {名称: 张三}
        - {名称: 李四, 仅知姓名: true}       known by name in one organization only
        - {名称: 张三二, 登记姓名: 张三}      another person of the same name
      任职:
        - {人: 张三, 职务: 法定代表人, 组织: 甲公司, 自: 2018-01-01, 至: 2024-05-31}
      惩戒:                                 list entries and measures, also of courts
        - {文书: 一号, 对象: 甲公司, 名单: 安全生产严重失信主体, 列入: 2024-06-01,
           决定: 2024-05-20, 自: 2024-06-01, 至: 2027-05-31, 终止原因: 期限届满,
           行为自: 2024-01-10, 行为至: 2024-01-20, 领域: 食品, 措施: [吊销许可证件],
           机关所在地: '230700'}
      记录:  {种类: 破产清算, 文书, 对象, 决定, 自, 至, 领域}
      认定:  {人, 组织, 关于: 文书号, 身份: 法定代表人, 负责: true, 自: 认定之日}
      解除:  {人, 组织, 关于, 原因: 个人信用修复, 自}
      中止:  {对象, 组织, 关于, 自, 至}
      身份:  {甲, 乙, 判断: 同一主体}
      作废:  [文书号]                        records that turned out to be wrong
      预期:
        2024-06-01:
          张三: {记入个人信用记录: 生效}      exactly these measures, in this standing
          李四: 无                           bears nothing on this day
          其他人: 无                         nor does anybody else

Periods in the files end with their LAST day (至), as documents say it. Where rules of
several places give one measure, the strongest standing counts; 记入个人信用记录@2307
asks for the one of a place.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from analytics.propagation.anchors import version_day
from analytics.propagation.effects import STRENGTH, Effect
from analytics.propagation.engine import Derivation, derive
from analytics.propagation.explain import examine, explain
from analytics.propagation.provisions import provisions_of
from analytics.propagation.triggers import Causes
from graph.law.book import LawBook
from graph.snapshot import date_of, day_of
from graph.vocabulary import EffectStatus
from tests.journal import Journal, key_of
from tests.law.reading import NONE, OTHERS, LawCase, read_cases, standing_word

FOLDER = Path(__file__).parent / "cases"


@cache
def law() -> LawBook:
    return LawBook.load()


@cache
def cases() -> tuple[LawCase, ...]:
    return tuple(read_cases(FOLDER, law()))


@cache
def derivation_of(number: int) -> Derivation:
    case = cases()[number]
    journal = Journal(*case.facts)
    if case.voided:
        journal.void(*case.voided)
    return derive(journal.now(), law())


each_case = pytest.mark.parametrize(
    "number",
    range(len(cases())),
    ids=[f"{case.file.removesuffix('.yaml')}：{case.name}" for case in cases()],
)
each_version = pytest.mark.parametrize(
    "version", [v.version_id for v in law().active_versions()]
)


def told(effects: Iterable[Effect], day: int) -> dict[str, str]:
    """Return measure → strongest standing, by measure and by measure and place."""
    found: dict[str, list[EffectStatus]] = {}
    for effect in effects:
        status = effect.status_on(day)
        if status not in (None, EffectStatus.ENDED):
            name = law().measures[effect.measure].zh
            found.setdefault(name, []).append(status)
            found.setdefault(f"{name}@{effect.jurisdiction}", []).append(status)
    return {n: standing_word(min(of, key=STRENGTH.index)) for n, of in found.items()}


def bears(number: int, name: str, day: int) -> dict[str, str]:
    """Return what somebody bears on a day."""
    person = cases()[number].persons[name]
    return told(derivation_of(number).of_bearer(person), day)


@each_case
def test_everybody_stands_as_the_case_says(number: int) -> None:
    for on, expected in cases()[number].expected.items():
        for name, measures in expected.items():
            if name != OTHERS:
                found = bears(number, name, day_of(on))
                asked = {m: found.get(m, NONE) for m in measures}
                assert asked == measures, f"{on} {name}"
                plain = {m for m in found if "@" not in m}
                assert plain <= {m.partition("@")[0] for m in measures}, f"{on} {name}"


@each_case
def test_nobody_else_bears_anything_where_the_case_says_so(number: int) -> None:
    case, derivation = cases()[number], derivation_of(number)
    canonical = derivation.snapshot.identities.canonical
    for on, expected in case.expected.items():
        if OTHERS in expected:
            named = {canonical(case.persons[n]) for n in expected if n != OTHERS}
            others = [e for e in derivation.effects.values() if e.bearer not in named]
            assert told(others, day_of(on)) == {}, f"{on} {OTHERS}"


@each_case
def test_every_effect_and_every_sanction_of_a_case_can_be_told(number: int) -> None:
    case, derivation = cases()[number], derivation_of(number)
    snapshot = derivation.snapshot
    for on in case.expected:
        for effect in derivation.effects.values():
            tree = explain(effect, derivation, snapshot, law(), day=day_of(on))
            assert "不予披露" not in tree.text()
        for fact in case.facts:
            if fact.kind_of_fact == "sanction" and fact not in case.voided:
                key = key_of(fact).hex()
                tree = examine(key, snapshot, law(), day=day_of(on))
                assert tree.children, case.name


# ---- is every version asked about on both sides of its days? -----------------


@cache
def asked_days() -> dict[str, set[date]]:
    """Return, per rule version, the days that the cases put to it."""
    asked: dict[str, set[date]] = {}
    for number, case in enumerate(cases()):
        derivation = derivation_of(number)
        chained = {e.measure for e in derivation.effects.values()}
        causes = Causes(derivation.snapshot, law()).all()
        for provision in provisions_of(law()).all:
            days = asked.setdefault(provision.version_id, set())
            if chained & set(provision.version.trigger.measures):
                days |= set(case.expected)
            for cause in filter(provision.matches, causes):
                chosen = version_day(cause, provision.version.version_at)
                day = date_of(chosen.first) if chosen else None
                days |= {day} if day else set(case.expected)
    return asked


@each_version
def test_a_version_is_tried_on_both_sides_of_its_days(version: str) -> None:
    found = law().version(version)
    assert found is not None
    turns = (found.version.in_force_from, found.version.in_force_to)
    needed = {d for turn in turns if turn for d in (turn - timedelta(days=1), turn)}
    missing = sorted(map(str, needed - asked_days()[version]))
    assert not missing, f"没有案例问到 {'、'.join(missing)}"


@each_version
def test_a_version_has_an_effect_in_some_case(version: str) -> None:
    grounds = {
        f"{g.rule}@{g.version.isoformat()}"
        for number in range(len(cases()))
        for effect in derivation_of(number).effects.values()
        for g in effect.grounds
    }
    assert version in grounds
