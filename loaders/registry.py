"""The sources there are: every folder of loaders/sources with a description."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Final

from graph.errors import BadInput, Said
from loaders.description import SourceDescription
from loaders.headings import is_unnamed
from loaders.interpret import Parsed
from loaders.reading import read_description

Hook = Callable[[Parsed], None]

ACCOMPANYING: Final = ("行号", "原因")
"""The columns that an export of rows in quarantine has in front of all others."""


@cache
def sources(root: Traversable | None = None) -> Mapping[str, SourceDescription]:
    """Return the described sources by key; by default those shipped.

    Raises:
        BadInput: a description is wrong; file, line and field are named.
    """
    folder = root or files("loaders.sources")
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and (entry / "source.yaml").is_file():
            found[entry.name] = read_description(entry)
    return found


def hook_of(source: SourceDescription) -> Hook | None:
    """Return what the source's mapping.py adds to the parsed columns, if it has one."""
    folder = source.folder
    if folder is None or not (folder / "mapping.py").is_file():
        return None
    if folder == files("loaders.sources") / folder.name:
        module = import_module(f"loaders.sources.{folder.name}.mapping")
    else:
        with as_file(folder / "mapping.py") as path:
            module = _module_at(path, f"creditgraph_source_{folder.name}")
    hook: Hook = module.derive
    return hook


def _module_at(path: Path, name: str) -> ModuleType:
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise BadInput(f"{path} 不是 Python 模块。", f"{path} is not a Python module.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recognise(
    headings: tuple[str, ...],
    name: str,
    known: Mapping[str, SourceDescription],
    wanted: str | None = None,
) -> SourceDescription:
    """Return the source whose headings the file has.

    Args:
        headings: of the file.
        name: of the file, for messages.
        known: the sources to choose from.
        wanted: the key the user named, if any.

    Raises:
        BadInput: no source, several, or required headings are missing.
    """
    if wanted is not None and wanted not in known:
        raise BadInput(
            f"没有数据源 {wanted}。",
            f"There is no source {wanted!r}.",
            hint_zh=f"可用的数据源：{'、'.join(sorted(known))}。",
            hint_en=f"Sources: {', '.join(sorted(known))}.",
        )
    found = known[wanted] if wanted else _fitting(headings, name, known)
    required = [h for h, c in found.columns.items() if c.required]
    if missing := _lacking(found, headings, required):
        raise BadInput(
            f"{name} 缺少数据源 {found.key} 必需的列：{'、'.join(missing)}。",
            f"{name} lacks the column {', '.join(missing)} of {found.key}.",
            hint_zh="`creditgraph sources` 列出各数据源的表头。",
            hint_en="`creditgraph sources` lists the headings.",
        )
    if doubled := _filled_twice(found, headings):
        raise BadInput(
            f"{name}：列{'、'.join(doubled)}在数据源 {found.key} 中是同一含义。",
            f"{name}: the columns {', '.join(doubled)} mean the same in {found.key}.",
            hint_zh="请只留一列。",
            hint_en="Keep one of them.",
        )
    return found


def _fitting(
    headings: tuple[str, ...], name: str, known: Mapping[str, SourceDescription]
) -> SourceDescription:
    fitting = [s for s in known.values() if not _lacking(s, headings, s.match)]
    if not fitting:
        nearest = _nearest(headings, known)
        raise BadInput(
            f"{name} 不符合任何数据源。",
            f"{name} fits no source.",
            hint_zh=nearest.zh,
            hint_en=nearest.en,
        )
    most = max(len(s.match) for s in fitting)
    best = [s for s in fitting if len(s.match) == most]
    if len(best) > 1:
        raise BadInput(
            f"{name} 符合几个数据源：{'、'.join(s.key for s in best)}。",
            f"{name} fits several sources: {', '.join(s.key for s in best)}.",
            hint_zh="请用 --source 指定一个。",
            hint_en="Name one with --source.",
        )
    return best[0]


def _lacking(
    source: SourceDescription, headings: tuple[str, ...], wanted: Iterable[str]
) -> list[str]:
    there = {source.official(h) for h in headings}
    return [heading for heading in wanted if heading not in there]


def _filled_twice(source: SourceDescription, headings: tuple[str, ...]) -> list[str]:
    official = [source.official(h) for h in headings]
    return [
        h
        for h, o in zip(headings, official, strict=True)
        if o and official.count(o) > 1
    ]


def _nearest(headings: tuple[str, ...], known: Mapping[str, SourceDescription]) -> Said:
    """Return which source is nearest, what it lacks and what it does not know."""

    def common(source: SourceDescription) -> int:
        return sum(source.official(h) is not None for h in headings)

    best = max(known.values(), key=common)
    if not common(best):
        return Said(
            f"它的表头（{'、'.join(headings)[:120]}）没有一个属于已知的数据源。"
            "`creditgraph sources` 列出各数据源的表头。",
            f"None of its headings ({', '.join(headings)[:120]}) is known to any "
            "source. `creditgraph sources` lists them.",
        )
    missing = _lacking(best, headings, best.match)
    unknown = unknown_headings(best, headings)
    return Said(
        f"最接近的是 {best.key}（{best.title.zh}）：文件缺少 {'、'.join(missing)}；"
        f"其中没有说明的列：{'、'.join(unknown)[:200] or '无'}。"
        "请改正表头，或者用 --source 指定数据源。",
        f"The nearest is {best.key} ({best.title.en}): the file lacks "
        f"{', '.join(missing)}; not known there: {', '.join(unknown)[:200] or 'none'}. "
        "Rename the headings or name a source with --source.",
    )


def unknown_headings(source: SourceDescription, headings: tuple[str, ...]) -> list[str]:
    """Return the headings that the source neither maps nor ignores by name.

    A column without a name is told where it holds something.
    """
    own = headings[2:] if headings[:2] == ACCOMPANYING else headings
    return [h for h in own if not source.describes(h) and not is_unnamed(h)]
