"""Reading a source's description: every mistake is told, each with file and line."""

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import Final

from pydantic import ValidationError

from graph.errors import BadInput
from graph.law.strict_yaml import Document, Path, read
from loaders.consistency import inconsistencies
from loaders.description import SourceDescription

_HINT: Final = "docs/how-to/add-a-source.md explains the fields."


def read_description(folder: Traversable) -> SourceDescription:
    """Return the description in a source's folder.

    Raises:
        BadInput: with file, line where YAML knows it, field, and what is wrong.
    """
    file = folder / "source.yaml"
    name = f"{folder.name}/source.yaml"
    document = read(name, file.read_text("utf-8"))
    if document.faults:
        raise BadInput("; ".join(str(fault) for fault in document.faults), hint=_HINT)
    try:
        found = SourceDescription.model_validate(
            document.data, context={"folder": folder}
        )
    except ValidationError as error:
        raise _broken(
            document, [(e["loc"], e["msg"]) for e in error.errors()]
        ) from None
    if faults := list(inconsistencies(found)):
        raise _broken(document, faults)
    if found.key != folder.name:
        what = f"the key is {found.key!r}, the folder {folder.name!r}"
        raise _broken(document, [(("key",), what)])
    return found


def _broken(document: Document, faults: Sequence[tuple[Path, str]]) -> BadInput:
    """Return the error that tells every fault with its line."""
    told = [
        f"{document.file}:{document.line(path)} {'.'.join(map(str, path))}: {what}"
        for path, what in faults
    ]
    return BadInput("; ".join(told) + ".", hint=_HINT)
