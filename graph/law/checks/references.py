"""Every key that is named anywhere must be defined, once, under its own file name."""

from collections.abc import Iterable, Iterator

from graph.errors import Said
from graph.law.base import Basis, LawModel
from graph.law.faults import Fault, FaultKind
from graph.law.reading import Draft, Item, M
from graph.law.reference import (
    Field,
    Instrument,
    ListDefinition,
    Measure,
    PersonState,
    Purpose,
    RoleRule,
    Threshold,
)
from graph.law.rule import SEVERE, Rule, RuleVersion
from graph.law.shelves import SHELVES
from graph.law.strict_yaml import Path

Reference = tuple[Path, type[LawModel], str]
"""Where a key is named, what it must be, and the key."""

_NAMES: dict[type[LawModel], tuple[Said, Said]] = {
    Instrument: (
        Said("法规文件", "instrument"),
        Said(
            "在 instruments/ 里新建同名文件", "make a file of that name in instruments/"
        ),
    ),
    Measure: (
        Said("措施", "measure"),
        Said("在 measures.yaml 里登记", "enter it in measures.yaml"),
    ),
    Field: (
        Said("监管领域", "field of supervision"),
        Said("在 fields.yaml 里登记", "enter it in fields.yaml"),
    ),
    ListDefinition: (
        Said("名单", "list"),
        Said("在 lists.yaml 里登记", "enter it in lists.yaml"),
    ),
    Threshold: (
        Said("门槛", "threshold"),
        Said("在 thresholds.yaml 里登记", "enter it in thresholds.yaml"),
    ),
    Rule: (
        Said("规则", "rule"),
        Said("在 liability/ 里新建同名文件", "make a file of that name in liability/"),
    ),
}


def check_references(draft: Draft) -> Iterator[Fault]:
    """Yield wrong file names, keys defined twice and references to nothing."""
    for shelf in SHELVES:
        items = draft.of(shelf.model)
        yield from _repeated(items)
        if shelf.is_folder:
            yield from _misnamed(items)
    for rule in draft.of(Rule):
        yield from _dangling(draft, rule, _of_rule(rule.model))
    for measure in draft.of(Measure):
        yield from _dangling(draft, measure, _bases(("basis",), measure.model.basis))
    for entry in draft.of(ListDefinition):
        yield from _dangling(draft, entry, _of_list(entry.model))
    for role in draft.of(RoleRule):
        yield from _dangling(draft, role, _bases(("basis",), role.model.basis))
    for purpose in draft.of(Purpose):
        yield from _dangling(draft, purpose, _of_purpose(purpose.model))
    for state in draft.of(PersonState):
        yield from _dangling(draft, state, _bases(("basis",), state.model.basis))
    for threshold in draft.of(Threshold):
        yield from _dangling(draft, threshold, _of_threshold(threshold.model))


def _repeated(items: Iterable[Item[M]]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for item in items:
        if item.key in seen:
            message = Said(
                f"{item.key} 在 {seen[item.key]} 已经定义过",
                f"{item.key} is defined in {seen[item.key]} already",
            )
            yield item.fault(
                ("key",),
                FaultKind.REPEATED,
                message,
                Said("删去一处或者改名", "remove one of them, or rename it"),
            )
        seen.setdefault(item.key, item.document.file)


def _misnamed(items: Iterable[Item[M]]) -> Iterator[Fault]:
    for item in items:
        if not item.document.file.endswith(f"/{item.key}.yaml"):
            message = Said(
                f"key 是 {item.key}，文件名却不是 {item.key}.yaml",
                f"key is {item.key}, but the file is not named {item.key}.yaml",
            )
            yield item.fault(
                ("key",),
                FaultKind.FILE_NAME,
                message,
                Said("让两者一致", "make the two agree"),
            )


def _dangling(
    draft: Draft, item: Item[M], references: Iterable[Reference]
) -> Iterator[Fault]:
    for path, model, key in references:
        if key not in draft.written[model]:
            what, where = _NAMES[model]
            message = Said(
                f"没有名为 {key} 的{what.zh}", f"there is no {what.en} {key}"
            )
            mend = Said(
                f"改正拼写，或者{where.zh}", f"mend the spelling, or {where.en}"
            )
            yield item.fault(path, FaultKind.DANGLING, message, mend)


def _of_rule(rule: Rule) -> Iterator[Reference]:
    for number, version in enumerate(rule.versions):
        for path, model, key in _of_version(version):
            yield ("versions", number, *path), model, key


def _of_version(version: RuleVersion) -> Iterator[Reference]:
    trigger, effect = version.trigger, version.effect
    lists = [key for key in trigger.lists if key != SEVERE]
    yield from _keys(("trigger", "lists"), ListDefinition, lists)
    yield from _keys(("trigger", "measures"), Measure, trigger.measures)
    yield from _keys(("trigger", "fields"), Field, trigger.fields)
    yield from _keys(("trigger", "thresholds"), Threshold, trigger.thresholds)
    yield ("effect", "measure"), Measure, effect.measure
    yield from _keys(("effect", "scope_fields"), Field, effect.scope_fields)
    yield from _bases(("basis",), version.basis)
    for number, exception in enumerate(version.exceptions):
        when: Path = ("exceptions", number, "when")
        yield from _keys((*when, "lists"), ListDefinition, exception.when.lists)
        yield from _keys((*when, "measures"), Measure, exception.when.measures)
        yield from _keys((*when, "fields"), Field, exception.when.fields)
        yield from _keys((*when, "rules"), Rule, exception.when.rules)
        yield from _bases(("exceptions", number, "basis"), exception.basis)


def _of_list(entry: ListDefinition) -> Iterator[Reference]:
    yield from _keys(("measures",), Measure, entry.measures)
    yield from _bases(("legal_basis",), entry.legal_basis)


def _of_purpose(purpose: Purpose) -> Iterator[Reference]:
    for number, bar in enumerate(purpose.bars):
        at: Path = ("bars", number)
        yield from _keys((*at, "measures"), Measure, bar.measures)
        yield from _keys((*at, "lists"), ListDefinition, bar.lists)
        yield from _bases((*at, "basis"), bar.basis)


def _of_threshold(threshold: Threshold) -> Iterator[Reference]:
    yield from _keys(("fields",), Field, threshold.fields)
    yield from _keys(("lists",), ListDefinition, threshold.lists)
    yield from _bases(("basis",), threshold.basis)


def _keys(
    path: Path, model: type[LawModel], keys: Iterable[str]
) -> Iterator[Reference]:
    for number, key in enumerate(keys):
        yield (*path, number), model, key


def _bases(path: Path, bases: Iterable[Basis]) -> Iterator[Reference]:
    for number, basis in enumerate(bases):
        yield (*path, number, "instrument"), Instrument, basis.instrument
