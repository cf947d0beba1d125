"""All sources in one table, for readers: what each is, takes, and makes of it.

`creditgraph sources --markdown` prints it; docs/reference/sources.md is what it printed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import Said
from graph.schema import SCHEMAS
from loaders.description import (
    AnchorRule,
    EitherRule,
    EmitRule,
    OrganizationRule,
    PersonRule,
    SourceDescription,
)
from loaders.formats import Format
from loaders.sampling import sample_of

MODES: Final[Mapping[str, Said]] = {
    "append": Said("增量", "append"),
    "change_feed": Said("变更流", "change feed"),
    "full": Said("全量", "full"),
}
_HEAD: Final = """# 数据源 Sources

由 `creditgraph sources --markdown` 写出。Written by `creditgraph sources --markdown`.

- 方式 mode：增量 append 只增加和更改；变更流 change feed 每行写明新增、变更、撤销；全量 full 文件没有的即不再成立。见
  [增加数据源](../how-to/add-a-source.md)。
- 主键 key：同一主键的后一行更改前一行。A later row with the same key changes the earlier one. 括号里是所填的列 the columns that fill it.
- 终止列 end columns：“含”写的是最后一天 the last day, inclusive；“不含”写的是不再成立的第一天 the first day without it, exclusive.
"""
_COLUMNS: Final = (
    "数据源 source",
    "内容 what",
    "格式 formats",
    "方式 mode",
    "事实与主键 facts and keys",
    "终止列 end columns",
    "版式 layout",
)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a reader wants to know of a source before he sends a file.

    Args:
        keys: business key of each kind of fact that its rows yield, with the headings.
        inclusive: headings of days that are the last ones.
        exclusive: headings of days that are the first ones without it.
    """

    key: str
    title: Said
    layout: Said
    formats: tuple[Format, ...]
    mode: Said
    keys: tuple[str, ...]
    inclusive: tuple[str, ...]
    exclusive: tuple[str, ...]


def overview(source: SourceDescription) -> Overview:
    """Return what the description of a source says about it."""
    layout = source.layout
    return Overview(
        key=source.key,
        title=Said(source.title.zh, source.title.en),
        layout=Said(layout.zh, layout.en) if layout else Said("", ""),
        formats=_formats(source),
        mode=MODES[source.mode],
        keys=tuple(dict.fromkeys(_key(source, rule) for rule in source.own_rules)),
        inclusive=tuple(h for h, c in source.columns.items() if c.type == "last_day"),
        exclusive=tuple(_exclusive(source)),
    )


def markdown(sources: Iterable[SourceDescription]) -> str:
    """Return the table of sources as a page."""
    lines = [_HEAD, _row(_COLUMNS), _row("---" for _ in _COLUMNS)]
    lines += [_row(_cells(overview(source))) for source in sources]
    return "\n".join(lines) + "\n"


def _formats(source: SourceDescription) -> tuple[Format, ...]:
    """Return the formats; the statements of foreign standards nest, so no table."""
    sample = sample_of(Path(str(source.folder))) if source.folder else None
    if sample is not None and sample.suffix == ".jsonl":
        return (Format.JSONL, Format.JSON)
    return tuple(Format)


def _key(source: SourceDescription, rule: EmitRule) -> str:
    schema = SCHEMAS[rule.fact]
    parts = [
        _part(source, column.zh, rule.set[column.name])
        for column in schema.key_columns
        if not rule.set.get(column.name, "=").startswith("=")
    ]
    return f"{rule.fact.zh}：{' + '.join(parts)}"


def _part(source: SourceDescription, label: str, filled: str) -> str:
    names = [filled]
    if filled.startswith("$"):
        names = list(_columns_of(source, filled.removeprefix("$")))
    headings = [source.filled_from(name) for name in names]
    written = dict.fromkeys(h for h, rule in headings if rule is not None)
    return f"{label}（{'、'.join(written)}）" if written else label


def _columns_of(source: SourceDescription, name: str) -> Iterator[str]:
    """Yield the parsed columns that say who a subject is, names left out."""
    match source.subjects[name]:
        case OrganizationRule() as rule:
            for column in (rule.uscc, rule.registration_number, rule.number):
                if column:
                    yield column
        case PersonRule() as rule:
            if rule.id_number:
                yield rule.id_number
        case EitherRule() as rule:
            yield from _columns_of(source, rule.organization)
            yield from _columns_of(source, rule.person)
        case AnchorRule() as rule:
            yield rule.value


def _exclusive(source: SourceDescription) -> Iterator[str]:
    # What ends one stage and begins another, such as a declaration, is no end.
    ends = {end for _, end in source.periods} - {begin for begin, _ in source.periods}
    ends |= {rule.set["valid_to"] for rule in source.emit if "valid_to" in rule.set}
    for heading, column in source.columns.items():
        if column.to in ends and column.type in {"day", "day_first"}:
            yield heading


def _cells(one: Overview) -> Iterator[str]:
    yield f"`{one.key}`"
    yield f"{one.title.zh} {one.title.en}"
    yield "全部 all" if one.formats == tuple(Format) else "、".join(one.formats)
    yield f"{one.mode.zh} {one.mode.en}"
    yield "；".join(one.keys)
    ends = (("含", one.inclusive), ("不含", one.exclusive))
    yield "；".join(f"{how} {'、'.join(names)}" for how, names in ends if names)
    yield f"{one.layout.zh} {one.layout.en}"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
