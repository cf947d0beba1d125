"""Reading a source's description: every mistake is told, each with file and line."""

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import Final

from pydantic import ValidationError

from graph.errors import BadInput, Said
from graph.law.strict_yaml import Document, Path, read
from loaders.consistency import inconsistencies
from loaders.description import SourceDescription

_HINT: Final = Said(
    "各字段的写法见 docs/how-to/add-a-source.md。",
    "docs/how-to/add-a-source.md explains the fields.",
)


def read_description(folder: Traversable) -> SourceDescription:
    """Return the description in a source's folder.

    Raises:
        BadInput: with file, line where YAML knows it, field, and what is wrong.
    """
    file = folder / "source.yaml"
    name = f"{folder.name}/source.yaml"
    document = read(name, file.read_text("utf-8"))
    if document.faults:
        raise BadInput(
            f"数据源说明有误：{'；'.join(f.text('zh') for f in document.faults)}。",
            f"The description of the source is wrong: {'; '.join(f.text('en') for f in document.faults)}.",
            hint_zh=_HINT.zh,
            hint_en=_HINT.en,
        )
    try:
        found = SourceDescription.model_validate(
            document.data, context={"folder": folder}
        )
    except ValidationError as error:
        raise _broken(
            document, [(e["loc"], Said(e["msg"], e["msg"])) for e in error.errors()]
        ) from None
    if faults := list(inconsistencies(found)):
        raise _broken(document, faults)
    if found.key != folder.name:
        what = Said(
            f"key 是 {found.key}，文件夹却是 {folder.name}",
            f"the key is {found.key!r}, the folder {folder.name!r}",
        )
        raise _broken(document, [(("key",), what)])
    return found


def _broken(document: Document, faults: Sequence[tuple[Path, Said]]) -> BadInput:
    """Return the error that tells every fault with its line."""
    told = [
        (f"{document.file}:{document.line(path)} {'.'.join(map(str, path))}", what)
        for path, what in faults
    ]
    return BadInput(
        f"数据源说明有误：{'；'.join(f'{place}：{what.zh}' for place, what in told)}。",
        f"The description of the source is wrong: {'; '.join(f'{place}: {what.en}' for place, what in told)}.",
        hint_zh=_HINT.zh,
        hint_en=_HINT.en,
    )
