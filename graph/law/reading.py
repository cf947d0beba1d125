"""From law files to models: every item that can be read, and every fault on the way.

A file with a fault never stops the reading of the next one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Generic, TypeVar, cast

from pydantic import ValidationError

from graph.errors import Said
from graph.law import strict_yaml
from graph.law.base import LawModel
from graph.law.faults import Fault, FaultKind
from graph.law.shelves import SHELVES, Shelf
from graph.law.strict_yaml import Document, Path, Value
from graph.law.wording import faults_of

M = TypeVar("M", bound=LawModel)


@dataclass(frozen=True, slots=True)
class Item(Generic[M]):
    """One model and the place in a file from which it was read."""

    model: M
    key: str
    document: Document
    path: Path

    def fault(self, path: Path, kind: FaultKind, message: Said, mend: Said) -> Fault:
        """Return a fault at a path inside this item."""
        line = self.document.line((*self.path, *path))
        name = ".".join(str(p) for p in path)
        return Fault(self.document.file, line, name, kind, message, mend)


@dataclass(slots=True)
class Draft:
    """What was read: items by shelf, keys that were at least written, faults."""

    items: dict[type[LawModel], list[Item[LawModel]]] = field(default_factory=dict)
    written: dict[type[LawModel], set[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def of(self, model: type[M]) -> list[Item[M]]:
        """Return every item of one model, in the order of the files."""
        return cast("list[Item[M]]", self.items[model])

    def by_key(self, model: type[M]) -> dict[str, M]:
        """Return the models by key, the first where two share it."""
        found: dict[str, M] = {}
        for item in self.of(model):
            found.setdefault(item.key, item.model)
        return found


def read_book(root: Traversable) -> Draft:
    """Return everything that stands in the folder of a law book."""
    draft = Draft()
    for shelf in SHELVES:
        draft.items[shelf.model] = []
        draft.written[shelf.model] = set()
        for document in _documents(root, shelf, draft.faults):
            _take(draft, shelf, document)
    return draft


def _documents(
    root: Traversable, shelf: Shelf, faults: list[Fault]
) -> Iterator[Document]:
    place = root / shelf.place
    if not shelf.is_folder:
        if place.is_file():
            yield _read(shelf.place, place, faults)
        elif not shelf.is_optional:
            faults.append(_missing(shelf.place))
        return
    if not place.is_dir():
        faults.append(_missing(shelf.place))
        return
    for file in sorted(place.iterdir(), key=lambda f: f.name):
        if file.name.startswith((".", "__")):
            continue
        name = f"{shelf.place}/{file.name}"
        if file.name.endswith(".yaml"):
            yield _read(name, file, faults)
        else:
            mend = Said(
                "改名为 .yaml，或者移出这个文件夹",
                "rename it to .yaml, or move it out of the folder",
            )
            message = Said(
                "这个文件夹只放 .yaml 文件", "the folder holds .yaml files only"
            )
            faults.append(Fault(name, 1, "", FaultKind.FILE_NAME, message, mend))


def _missing(place: str) -> Fault:
    message = Said(f"法规库缺少 {place}", f"the law book lacks {place}")
    return Fault(
        place,
        1,
        "",
        FaultKind.INCOMPLETE,
        message,
        Said(f"补上 {place}", f"add {place}"),
    )


def _read(name: str, file: Traversable, faults: list[Fault]) -> Document:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = Said(
            f"第 {error.start + 1} 个字节起不是 UTF-8 文字",
            f"from byte {error.start + 1} on it is not UTF-8 text",
        )
        mend = Said("用 UTF-8 编码重新保存", "save it again as UTF-8")
        faults.append(Fault(name, 1, "", FaultKind.NOT_YAML, message, mend))
        return Document(name, data=[])
    document = strict_yaml.read(name, text)
    faults.extend(document.faults)
    return document


def _take(draft: Draft, shelf: Shelf, document: Document) -> None:
    if any(f.kind is FaultKind.NOT_YAML for f in document.faults):
        stem = document.file.rpartition("/")[2].removesuffix(".yaml")
        draft.written[shelf.model].add(stem)
        return
    data = document.data
    if shelf.is_folder:
        _take_one(draft, shelf, document, data, ())
    elif isinstance(data, list):
        for position, entry in enumerate(data):
            _take_one(draft, shelf, document, entry, (position,))
    else:
        message = Said(
            "文件内容应是一个列表，每一项以“- ”开头",
            "the file should be a list, each entry beginning with '- '",
        )
        mend = Said("参照同目录其他文件的写法", "see the other files of the folder")
        draft.faults.append(
            Fault(document.file, 1, "", FaultKind.BAD_VALUE, message, mend)
        )


def _take_one(
    draft: Draft, shelf: Shelf, document: Document, data: Value, path: Path
) -> None:
    if data == [] and shelf.is_folder:
        return
    key = str(data.get(shelf.key, "")) if isinstance(data, dict) else ""
    draft.written[shelf.model].add(key)
    try:
        model = shelf.model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        draft.faults += faults_of(shelf.model, document, path, problems)
        return
    draft.items[shelf.model].append(Item(model, key, document, path))
