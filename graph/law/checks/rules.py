"""Rules that contradict themselves, their texts or the plan of the system."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import Said
from graph.law.checks.grounds import STATUTES, covers, is_stronger, texts
from graph.law.checks.versions import check_version
from graph.law.faults import Fault, FaultKind
from graph.law.reading import Draft, Item
from graph.law.reference import Instrument, ListDefinition, Measure
from graph.law.rule import Rule, RuleVersion
from graph.law.strict_yaml import Path
from graph.law.words import ListSubjects, MeasureClass, Subjects, TriggerOn
from graph.vocabulary import VersionAt

_TRIGGERS = {
    TriggerOn.SANCTION: {
        MeasureClass.A,
        MeasureClass.PENALTY,
        MeasureClass.EVALUATION,
    },
    TriggerOn.CONVICTION: {MeasureClass.JUDICIAL},
    TriggerOn.INSOLVENCY: {MeasureClass.JUDICIAL},
    TriggerOn.PERSON_STATE: {MeasureClass.JUDICIAL},
}
"""Classes of measures that may set a rule off; management measures never do."""


@dataclass(frozen=True, slots=True)
class _Tables:
    instruments: dict[str, Instrument]
    measures: dict[str, Measure]
    lists: dict[str, ListDefinition]
    outcomes: frozenset[str]


def check_rules(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with each rule, by itself and against the tables."""
    tables = _Tables(
        draft.by_key(Instrument),
        draft.by_key(Measure),
        draft.by_key(ListDefinition),
        frozenset(v.effect.measure for r in draft.of(Rule) for v in r.model.versions),
    )
    for item in draft.of(Rule):
        yield from _periods(item)
        for number, version in enumerate(item.model.versions):
            at: Path = ("versions", number)
            yield from check_version(item, at, version)
            yield from _grounds(item, at, version, tables)
            yield from _trigger(item, at, version, tables)
            yield from _targets(item, at, version, tables)
            yield from _otherwise(item, at, version, draft.by_key(Rule))


def _periods(item: Item[Rule]) -> Iterator[Fault]:
    before: RuleVersion | None = None
    for number, version in enumerate(item.model.versions):
        end = version.in_force_to
        if end is not None and end <= version.in_force_from:
            yield item.fault(
                ("versions", number, "in_force_to"),
                FaultKind.VERSIONS,
                Said(
                    "终止日不晚于起始日",
                    "the day it ends is not after the day it begins",
                ),
                Said(
                    "in_force_to 写失效后的第一天",
                    "write the first day without it in in_force_to",
                ),
            )
        if before is not None and (
            before.in_force_to is None or before.in_force_to > version.in_force_from
        ):
            yield item.fault(
                ("versions", number, "in_force_from"),
                FaultKind.VERSIONS,
                Said(
                    "与前一版本的期间重叠，或者没有按时间先后排列",
                    "it overlaps the version before, or the versions are not in order "
                    "of time",
                ),
                Said(
                    "给前一版本写 in_force_to，等于本版本的 in_force_from 或者更早",
                    "give the version before an in_force_to that is not after "
                    "in_force_from of this one",
                ),
            )
        before = version


def _grounds(
    item: Item[Rule], at: Path, version: RuleVersion, tables: _Tables
) -> Iterator[Fault]:
    found = texts(version.basis, tables.instruments)
    if is_stronger(version.evidence, version.basis, tables.instruments):
        yield item.fault(
            (*at, "evidence"),
            FaultKind.EVIDENCE,
            Said(
                f"写 {version.evidence}，但所依据的文件没有读到这个程度",
                f"it says {version.evidence}, but the text it rests on was not read so "
                "far",
            ),
            Said(
                "降低等级，或者补读文件后改 instruments/ 里的 evidence",
                "lower it, or read the text and then change evidence in instruments/",
            ),
        )
    measure = tables.measures.get(version.effect.measure)
    ranks = {i.rank for i in found}
    if measure and measure.needs_statute and ranks and not ranks & STATUTES:
        yield item.fault(
            (*at, "basis"),
            FaultKind.NO_BASIS,
            Said(
                f"{measure.zh}须有法律、法规依据，这里只有规范性文件",
                f"{measure.en} needs a law or regulation as its basis; here are "
                "normative documents only",
            ),
            Said(
                "补上法律、法规的条文；没有的，这条规则不能成立",
                "add the article of a law or regulation; without one there can be no "
                "such rule",
            ),
        )
    for number, basis in enumerate(version.basis):
        text = tables.instruments.get(basis.instrument)
        if text and not covers(text.jurisdiction, item.model.jurisdiction):
            yield item.fault(
                (*at, "basis", number, "instrument"),
                FaultKind.INCONSISTENT,
                Said(
                    f"{text.title}不在 {item.model.jurisdiction} 施行",
                    f"{text.title} is not in force in {item.model.jurisdiction}",
                ),
                Said(
                    "改 jurisdiction，或者换一个依据",
                    "change jurisdiction, or take another basis",
                ),
            )
    yield from _life(item, at, version, tables)


def _life(
    item: Item[Rule], at: Path, version: RuleVersion, tables: _Tables
) -> Iterator[Fault]:
    """Compare the version with the text it rests on, the first of its bases."""
    text = tables.instruments.get(version.basis[0].instrument)
    if text is None:
        return
    if version.in_force_from < text.in_force_from:
        yield item.fault(
            (*at, "in_force_from"),
            FaultKind.VERSIONS,
            Said(
                f"早于依据文本《{text.title}》的施行日 {text.in_force_from}",
                f"it is before {text.in_force_from}, when 《{text.title}》 on which it "
                "rests came into force",
            ),
            Said(
                "改晚，或者补上更早的文本作为另一个版本",
                "make it later, or add the earlier text as another version",
            ),
        )
    repealed = text.repealed_from
    if repealed and (version.in_force_to is None or version.in_force_to > repealed):
        yield item.fault(
            (*at, "in_force_to"),
            FaultKind.VERSIONS,
            Said(
                f"依据文本《{text.title}》自 {repealed} 起失效，版本却更晚",
                f"《{text.title}》 on which it rests is repealed from {repealed}, but "
                "the version goes on",
            ),
            Said(f"写 in_force_to: {repealed}", f"write in_force_to: {repealed}"),
        )


def _trigger(
    item: Item[Rule], at: Path, version: RuleVersion, tables: _Tables
) -> Iterator[Fault]:
    trigger = version.trigger
    for number, key in enumerate(trigger.measures):
        measure = tables.measures.get(key)
        where: Path = (*at, "trigger", "measures", number)
        if trigger.on is TriggerOn.EFFECT:
            if key not in tables.outcomes:
                message = Said(
                    f"没有任何规则产生 {key} 这种后果", f"no rule has the effect {key}"
                )
                yield item.fault(
                    where,
                    FaultKind.DANGLING,
                    message,
                    Said("改正触发的后果", "mend the effect that sets it off"),
                )
        elif measure and measure.measure_class not in _TRIGGERS[trigger.on]:
            message = Said(
                f"{measure.zh}（{measure.measure_class.zh}）不能触发责任传导",
                f"{measure.en} ({measure.measure_class.en}) cannot set off a liability",
            )
            mend = Said(
                "触发只能是列入名单、法定的惩戒措施、处罚、判决或者破产清算",
                "a rule is set off by a listing, a statutory sanction, a penalty, a "
                "judgement or an insolvency only",
            )
            yield item.fault(where, FaultKind.INCONSISTENT, message, mend)
    for number, key in enumerate(trigger.lists):
        entry = tables.lists.get(key)
        if entry and not _meet(entry.subjects, trigger.subject):
            yield item.fault(
                (*at, "trigger", "lists", number),
                FaultKind.INCONSISTENT,
                Said(
                    f"名单“{entry.zh}”上没有{trigger.subject.zh}",
                    f"the list {entry.zh} has no such subjects: {trigger.subject.en}",
                ),
                Said("改 subject，或者换名单", "change subject, or take another list"),
            )


def _meet(listed: ListSubjects, wanted: Subjects) -> bool:
    if listed is ListSubjects.BOTH or wanted is Subjects.ANY:
        return True
    return listed.value == wanted.value


def _targets(
    item: Item[Rule], at: Path, version: RuleVersion, tables: _Tables
) -> Iterator[Fault]:
    measure = tables.measures.get(version.effect.measure)
    if measure is None:
        return
    for number, kind in enumerate(b.bears for b in version.bearers):
        allowed = {t.value for t in measure.targets}
        wanted = version.trigger.subject.value if kind is None else kind.value
        if wanted in allowed or (wanted == Subjects.ANY and len(allowed) > 1):
            continue
        yield item.fault(
            (*at, "bearers", number),
            FaultKind.INCONSISTENT,
            Said(
                f"{measure.zh}不能由这类主体承担",
                f"{measure.en} cannot be borne by such a subject",
            ),
            Said(
                f"measures.yaml 里该措施的 targets 是：{'、'.join(sorted(allowed))}",
                "the targets of the measure in measures.yaml are: "
                f"{', '.join(sorted(allowed))}",
            ),
        )


def _otherwise(
    item: Item[Rule], at: Path, version: RuleVersion, rules: dict[str, Rule]
) -> Iterator[Fault]:
    """Yield rules named by an exception that no single day says to be in force."""
    for number, exception in enumerate(version.exceptions):
        for place, key in enumerate(exception.when.rules):
            other = rules.get(key)
            if other is None or not _is_open(item.model, version, other):
                continue
            yield item.fault(
                (*at, "exceptions", number, "when", "rules", place),
                FaultKind.INCONSISTENT,
                Said(
                    f"不能以 {key} 另有规定为条件",
                    f"that {key} provides otherwise cannot be a condition",
                ),
                Said(
                    "只能写另一条由惩戒触发、version_at 不是 as_of 的规则",
                    "name another rule that sanctions set off and whose version_at is "
                    "not as_of",
                ),
            )


def _is_open(rule: Rule, version: RuleVersion, other: Rule) -> bool:
    by_effect = (v.trigger.on is TriggerOn.EFFECT for v in (version, *other.versions))
    as_of = (v.version_at is VersionAt.AS_OF for v in other.versions)
    return other.key == rule.key or any(by_effect) or any(as_of)
