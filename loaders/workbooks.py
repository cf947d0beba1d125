"""Workbooks looked at before they are opened: macros, links, entities, absurd sheets."""

import re
from pathlib import Path
from typing import Final

from graph.errors import Said
from loaders.archives import Archive, inspect_archive, refused

_MOST_ROWS: Final = 1_048_576
_MOST_CELLS: Final = 1 << 28
_DIMENSION: Final = re.compile(
    rb'<(?:\w+:)?dimension\s[^>]*ref="([A-Z]{1,7})(\d{1,20}):([A-Z]{1,7})(\d{1,20})"'
)
_ENTITIES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
"""How XML in UTF-16 or UTF-32 begins: nobody writes workbooks so, except to hide."""

_UNWANTED: Final = {
    "xl/vbaproject.bin": Said("含有宏", "contains macros"),
    "xl/macrosheets/": Said("含有宏", "contains macros"),
    "xl/externallinks/": Said("引用了外部文件", "refers to other files"),
    "xl/connections.xml": Said("引用了外部数据", "refers to data elsewhere"),
    "xl/embeddings/": Said("嵌有其他文件", "has other files embedded"),
    "xl/activex/": Said("含有控件", "contains controls"),
}
_UNLINK: Final = Said(
    "请断开外部链接，只粘贴数值，另存为 .xlsx 或 CSV。",
    "Break the links, paste values only, and save it as .xlsx or CSV.",
)


def inspect_workbook(path: Path) -> None:
    """Look at a workbook without opening it.

    Raises:
        BadInput: it is no workbook, or one that is not opened; the message says why.
    """
    archive = inspect_archive(path)
    if "xl/workbook.xml" not in archive.names:
        raise refused(
            path,
            Said(
                "是 ZIP 压缩包，不是 XLSX 工作簿",
                "is a ZIP archive, but no XLSX workbook",
            ),
            Said("请解压后载入其中的文件。", "Unpack it and load the files in it."),
        )
    for name in sorted(archive.names):
        for unwanted, what in _UNWANTED.items():
            if name.lower().startswith(unwanted):
                raise refused(path, what, _UNLINK)
    if b"macroEnabled" in archive.beginnings.get("[Content_Types].xml", b""):
        raise refused(path, _UNWANTED["xl/vbaproject.bin"], _UNLINK)
    _check_texts(path, archive)


def _check_texts(path: Path, archive: Archive) -> None:
    for name, text in archive.beginnings.items():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        if text.startswith(_WIDE) or _ENTITIES.search(text):
            raise refused(
                path,
                Said(f"的 {name} 定义了实体", f"defines entities in {name}"),
            )
        found = _DIMENSION.search(text) if "worksheets/" in name else None
        if found and _is_absurd(*found.groups()):
            claims = found.group(0).split(b'"')[1].decode()
            raise refused(
                path,
                Said(
                    f"的 {name} 称有 {claims} 的范围，超出表格的限度",
                    f"claims the range {claims} in {name}, beyond what a sheet holds",
                ),
                Said(
                    "请删除数据之外的空行空列，或者另存为 CSV。",
                    "Delete the empty rows and columns around the data, or save as CSV.",
                ),
            )


def _is_absurd(left: bytes, top: bytes, right: bytes, bottom: bytes) -> bool:
    height = int(bottom) - int(top) + 1
    width = _column(right) - _column(left) + 1
    return int(bottom) > _MOST_ROWS or height * width > _MOST_CELLS


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
