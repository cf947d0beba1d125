"""How a source keeps what it said before: the words for it, and what goes with what."""

from collections.abc import Iterator
from typing import Final

from graph.errors import Said
from graph.schema import SCHEMAS
from graph.vocabulary import EndReason, FactKind, Term
from loaders.description import SourceDescription

Found = Iterator[tuple[tuple[str | int, ...], Said]]


class Operation(Term):
    """What a row of a change feed does."""

    ADD = "add", "新增", "add"
    REPLACE = "replace", "变更", "replace"
    WITHDRAW = "withdraw", "撤销", "withdraw"


_OPERATIONS: Final = frozenset(op.value for op in Operation)
_REASONS: Final = frozenset(reason.value for reason in EndReason)


def mode_faults(source: SourceDescription) -> Found:
    """Yield path and message of what does not go with the mode of the source."""
    yield from _only_with(source, "operation", "change_feed")
    yield from _only_with(source, "dropped", "full")
    if source.replaces_within and source.mode != "full":
        yield ("replaces_within",), _goes_with("replaces_within", "full")
    if source.mode == "change_feed":
        yield from _operation(source)
    yield from _ending(source)
    for place, name in enumerate(source.replaces_within):
        for rule in source.own_rules:
            if not _restricts(source, name, rule.fact, rule.set):
                yield (
                    ("replaces_within", place),
                    Said(
                        f"每行产生的{rule.fact.zh}没有 {name} 的值",
                        f"the {rule.fact.value} of a row has no value of {name!r}",
                    ),
                )
    for heading in source.expect.fill:
        if heading not in source.columns:
            yield (
                ("expect", "fill", heading),
                Said(f"没有列“{heading}”", f"{heading!r} is no column"),
            )


def _only_with(source: SourceDescription, field: str, mode: str) -> Found:
    if (getattr(source, field) is not None) is not (source.mode == mode):
        yield (field,), _goes_with(field, mode)


def _goes_with(field: str, mode: str) -> Said:
    return Said(f"{field} 与 mode: {mode} 同用", f"`{field}` goes with `mode: {mode}`")


def _operation(source: SourceDescription) -> Found:
    heading, rule = source.filled_from(source.operation or "")
    words = rule.words if rule and isinstance(rule.words, dict) else {}
    if rule is None or rule.type != "word" or not rule.required or not words:
        yield (
            ("operation",),
            Said(
                "须是一列必填的 word，词表写在该列上",
                "must be a required column of type word with its own words",
            ),
        )
    elif unknown := sorted(set(words.values()) - _OPERATIONS):
        known = ", ".join(sorted(_OPERATIONS))
        yield (
            ("columns", heading, "words"),
            Said(
                f"没有操作 {'、'.join(unknown)}；可用：{known}",
                f"there is no operation {', '.join(unknown)}; operations: {known}",
            ),
        )


def _ending(source: SourceDescription) -> Found:
    """Yield what is wrong with the reason for which dropped sanctions end."""
    ends = source.dropped == "end" and any(
        rule.fact is FactKind.SANCTION for rule in source.own_rules
    )
    if ends is not (source.drop_reason is not None):
        yield (
            ("drop_reason",),
            Said(
                "惩戒因不再出现而终止的，须写明原因；其他情形不写",
                "is given where sanctions end by being dropped, and only there",
            ),
        )
    elif ends and source.drop_reason not in _REASONS:
        known = ", ".join(sorted(_REASONS))
        yield (
            ("drop_reason",),
            Said(f"可用的原因：{known}", f"the reasons are: {known}"),
        )


def _restricts(
    source: SourceDescription, name: str, kind: FactKind, given: dict[str, str]
) -> bool:
    """Return whether a kind keeps the column in memory, and the rule fills it."""
    kept = {column.name for column in SCHEMAS[kind].kept_columns}
    filled = name in given or name == "department" or _read(source, name)
    return name in kept and filled


def _read(source: SourceDescription, name: str) -> bool:
    """Return whether a column of the file or of mapping.py bears the name of a mark."""
    columns = {rule.to for rule in source.columns.values()}
    return name in {"region", "sector"} and name in columns | set(source.derived)
