"""The sources there are: every folder of loaders/sources with a description."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph.errors import BadInput
from loaders.description import SourceDescription, read_description
from loaders.interpret import Parsed

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


def hook_of(key: str) -> Hook | None:
    """Return what the source's mapping.py adds to the parsed columns, if it has one."""
    folder = files("loaders.sources") / key
    if not (folder / "mapping.py").is_file():
        return None
    module = import_module(f"loaders.sources.{key}.mapping")
    hook: Hook = module.derive
    return hook


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
    if wanted is not None:
        if wanted not in known:
            raise BadInput(
                f"There is no source {wanted!r}.",
                hint=f"Sources: {', '.join(sorted(known))}.",
            )
        found = known[wanted]
        missing = _missing(found, headings, required_only=True)
        if missing:
            raise BadInput(
                f"{name} lacks the column {'、'.join(missing)} of {wanted}.",
                hint="`creditgraph sources` lists the headings.",
            )
        return found
    fitting = [s for s in known.values() if not _missing(s, headings)]
    if len(fitting) == 1:
        return fitting[0]
    fitting.sort(key=lambda s: len(s.match), reverse=True)
    if fitting and len(fitting[0].match) > len(fitting[1].match):
        return fitting[0]
    if fitting:
        raise BadInput(
            f"{name} fits several sources: {', '.join(s.key for s in fitting)}.",
            hint="Name one with --source.",
        )
    raise BadInput(f"{name} fits no source.", hint=_nearest(headings, known))


def _missing(
    source: SourceDescription, headings: tuple[str, ...], *, required_only: bool = False
) -> list[str]:
    wanted = (
        [h for h, c in source.columns.items() if c.required]
        if required_only
        else source.match
    )
    return [
        heading
        for heading in wanted
        if not {heading, *source.columns[heading].aliases} & set(headings)
    ]


def _nearest(headings: tuple[str, ...], known: Mapping[str, SourceDescription]) -> str:
    def common(source: SourceDescription) -> int:
        return len(set(headings) & set(source.headings))

    best = max(known.values(), key=common)
    missing = "、".join(_missing(best, headings))
    unknown = "、".join(h for h in headings if h not in best.columns)[:200]
    return (
        f"The nearest is {best.key}: it lacks {missing}; unknown there: "
        f"{unknown or 'none'}. Name a source with --source."
    )


def unknown_headings(source: SourceDescription, headings: tuple[str, ...]) -> list[str]:
    """Return the headings that the source neither maps nor ignores by name."""
    known = {*source.columns, *source.ignored}
    known |= {a for c in source.columns.values() for a in c.aliases}
    return [h for h in headings if h and h not in known]
