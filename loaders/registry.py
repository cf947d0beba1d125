"""The sources there are: every folder of loaders/sources with a description."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from graph.errors import BadInput
from loaders.description import SourceDescription
from loaders.interpret import Parsed
from loaders.reading import read_description

Hook = Callable[[Parsed], None]


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
        raise BadInput(f"{path} is not a Python module.")
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
            f"There is no source {wanted!r}.",
            hint=f"Sources: {', '.join(sorted(known))}.",
        )
    found = known[wanted] if wanted else _fitting(headings, name, known)
    required = [h for h, c in found.columns.items() if c.required]
    if missing := _lacking(found, headings, required):
        raise BadInput(
            f"{name} lacks the column {'、'.join(missing)} of {found.key}.",
            hint="`creditgraph sources` lists the headings.",
        )
    if doubled := _filled_twice(found, headings):
        raise BadInput(
            f"{name}: the columns {'、'.join(doubled)} mean the same in {found.key}.",
            hint="Keep one of them.",
        )
    return found


def _fitting(
    headings: tuple[str, ...], name: str, known: Mapping[str, SourceDescription]
) -> SourceDescription:
    fitting = [s for s in known.values() if not _lacking(s, headings, s.match)]
    if not fitting:
        raise BadInput(f"{name} fits no source.", hint=_nearest(headings, known))
    most = max(len(s.match) for s in fitting)
    best = [s for s in fitting if len(s.match) == most]
    if len(best) > 1:
        raise BadInput(
            f"{name} fits several sources: {', '.join(s.key for s in best)}.",
            hint="Name one with --source.",
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


def _nearest(headings: tuple[str, ...], known: Mapping[str, SourceDescription]) -> str:
    """Return which source is nearest, what it lacks and what it does not know."""

    def common(source: SourceDescription) -> int:
        return sum(source.official(h) is not None for h in headings)

    best = max(known.values(), key=common)
    if not common(best):
        return (
            f"None of its headings ({'、'.join(headings)[:120]}) is known to any "
            "source. `creditgraph sources` lists them."
        )
    missing = "、".join(_lacking(best, headings, best.match))
    unknown = "、".join(unknown_headings(best, headings))[:200] or "none"
    return (
        f"The nearest is {best.key} ({best.title.zh}): the file lacks {missing}; not "
        f"known there: {unknown}. Rename the headings or name a source with --source."
    )


def unknown_headings(source: SourceDescription, headings: tuple[str, ...]) -> list[str]:
    """Return the headings that the source neither maps nor ignores by name."""
    return [
        h for h in headings if source.official(h) is None and h not in source.ignored
    ]
