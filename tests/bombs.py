"""Hostile files, made where they are needed: each kind by name, and what is said of it."""

import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

_MB: Final = 1 << 20
_LARGE: Final = 40 * _MB
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROW: Final = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'

PARTS: Final = {
    "[Content_Types].xml": _HEAD
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET: Final = "xl/worksheets/sheet1.xml"


def sheet(rows: str = _ROW, before: str = "", head: str = _HEAD) -> str:
    """Return the XML of a sheet."""
    data = f"<sheetData>{rows}</sheetData>"
    return f'{head}<worksheet xmlns="{_MAIN}">{before}{data}</worksheet>'


def workbook(path: Path, parts: dict[str, str | bytes] | None = None) -> Path:
    """Write a small workbook with further or other parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, SHEET: sheet(), **(parts or {})}.items():
            archive.writestr(name, text)
    return path


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", bytes(_LARGE))


def _xlsx_bomb(path: Path) -> None:
    workbook(path, {"xl/sharedStrings.xml": bytes(_LARGE)})


def _lying_directory(path: Path) -> None:
    """Say in the directory, and in the part's own header, that 40 MB are 1 MB."""
    workbook(path, {"xl/sharedStrings.xml": bytes(_LARGE)})
    _replace(path, struct.pack("<L", _LARGE), struct.pack("<L", _MB))


def _two_directories(path: Path) -> None:
    """Say one size in the directory and another in the part's own header."""
    workbook(path, {"xl/sharedStrings.xml": bytes(_LARGE)})
    data, size = path.read_bytes(), struct.pack("<L", _LARGE)
    at = data.rfind(size)
    path.write_bytes(data[:at] + struct.pack("<L", _MB) + data[at + 4 :])


def _overlapping_parts(path: Path) -> None:
    """Let every part of the directory point to the same bytes."""
    workbook(path)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[at + 42 : at + 46] = bytes(4)
    path.write_bytes(data)


def _replace(path: Path, old: bytes, new: bytes) -> None:
    path.write_bytes(path.read_bytes().replace(old, new))


def _entity_expansion(path: Path) -> None:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)]
    bomb = f'<!DOCTYPE w [<!ENTITY a0 "ha">{"".join(lines)}]>'
    workbook(path, {SHEET: sheet(head=_HEAD + bomb)})


def _hidden_entity(path: Path) -> None:
    text = sheet(head="<!DOCTYPE w>").encode("utf-16")
    workbook(path, {SHEET: text})


def _entities_in_plain_xml(path: Path) -> None:
    path.write_text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def _billion_rows(path: Path) -> None:
    claim = '<dimension ref="A1:XFD1073741824"/>'
    workbook(path, {SHEET: sheet(before=claim)})


def _far_cells(path: Path) -> None:
    """Two cells, at opposite corners of a sheet: a table between them is 17 G cells."""
    far = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'
    workbook(path, {SHEET: sheet(_ROW + far)})


def _far_beyond(path: Path) -> None:
    far = '<row r="4000000000"><c r="ZZZZZZ4000000000"><v>1</v></c></row>'
    workbook(path, {SHEET: sheet(_ROW + far)})


def _external_links(path: Path) -> None:
    workbook(path, {"xl/externalLinks/externalLink1.xml": _HEAD + "<externalLink/>"})


def _connections(path: Path) -> None:
    workbook(path, {"xl/connections.xml": _HEAD + "<connections/>"})


def _macros(path: Path) -> None:
    workbook(path, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def _macros_by_another_name(path: Path) -> None:
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    name = "[Content_Types].xml"
    workbook(path, {name: str(PARTS[name]).replace("application/xml", kind)})


def _embedded_file(path: Path) -> None:
    workbook(path, {"xl/embeddings/oleObject1.bin": b"MZ"})


def _leading_elsewhere(path: Path) -> None:
    workbook(path, {"../../etc/cron.d/x": "* * * * * root true"})


def _absolute_name(path: Path) -> None:
    workbook(path, {"/etc/passwd": "x"})


def _backward_slashes(path: Path) -> None:
    workbook(path, {"xl\\..\\..\\x": "x"})


def _symbolic_link(path: Path) -> None:
    workbook(path)
    link = zipfile.ZipInfo("xl/media/picture")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")


def _name_twice(path: Path) -> None:
    workbook(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET.upper(), sheet())


def _many_parts(path: Path) -> None:
    workbook(path, {f"xl/{n}.xml": "" for n in range(2_100)})


def _long_directory(path: Path) -> None:
    workbook(path, {f"xl/{n}{'x' * 60_000}": "" for n in range(20)})


def _encrypted(path: Path) -> None:
    workbook(path)
    data = bytearray(path.read_bytes())
    at = -1
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    path.write_bytes(data)


def _long_line(path: Path) -> None:
    path.write_bytes(b"a,b\n1,2\n" + b"x" * (20 * _MB))


def _long_heading(path: Path) -> None:
    path.write_bytes(b"x" * (20 * _MB))


def _long_record(path: Path) -> None:
    """A quotation mark that opens and is never closed, over many lines."""
    path.write_bytes(b'a,b\n1,"' + b"x" * 999 + b"\nxxxxxxxx" * (2 * _MB))


def _many_quoted_cells(path: Path) -> None:
    """One record over a million lines, each cell of it short."""
    path.write_bytes(b'a,b"\n1' + b',"x\nx"' * (4 * _MB))


def _long_json_line(path: Path) -> None:
    path.write_bytes(b'{"a": 1}\n{"a": "' + b"x" * (20 * _MB) + b'"}\n')


def _long_json_object(path: Path) -> None:
    path.write_bytes(b'[{"a": 1}, {"a": "' + b"x" * (20 * _MB) + b'"}]')


def _deep_json(path: Path) -> None:
    path.write_bytes(b'[{"a": ' + b"[" * (2 * _MB))


def _deep_wrapping(path: Path) -> None:
    path.write_bytes(b'{"a":' * (2 * _MB))


def _key_twice(path: Path) -> None:
    path.write_text('{"rows": [{"a": 1}], "rows": [{"a": 2}]}')


def _keys_without_end(path: Path) -> None:
    with path.open("w") as file:
        file.writelines(json.dumps({f"k{n}": 1}) + "\n" for n in range(600))


def _unpacking_parquet(path: Path) -> None:
    """Fifty thousand rows that are all the same text of a megabyte, which is kept once."""
    text = pa.array(["x" * _MB])
    rows = pa.array([0] * 50_000, pa.int32())
    table = pa.table({"a": pa.DictionaryArray.from_arrays(rows, text)})
    pq.write_table(table, path, compression="zstd")


def _endless_footer(path: Path) -> None:
    path.write_bytes(b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1")


@dataclass(frozen=True, slots=True)
class Bomb:
    """A kind of hostile file.

    Args:
        family: the kind of safety.md to which it belongs.
        suffix: of its name.
        make: writes it.
        told: what the refusal says.
        header: whether the header alone tells, so that nothing is unpacked.
    """

    family: str
    suffix: str
    make: Callable[[Path], None]
    told: str
    header: bool = True


BOMBS: Final = {
    "zip bomb": Bomb("zip bomb", "xlsx", _zip_bomb, "unreasonable size"),
    "xlsx bomb": Bomb("xlsx bomb", "xlsx", _xlsx_bomb, "unreasonable size"),
    "directory and header lie": Bomb(
        "lying directory", "xlsx", _lying_directory, "unreasonable size"
    ),
    "directory lies": Bomb("lying directory", "xlsx", _two_directories, "does not agree"),
    "parts overlap": Bomb("lying directory", "xlsx", _overlapping_parts, "does not agree"),
    "entity expansion": Bomb("entities", "xlsx", _entity_expansion, "defines entities"),
    "entities in UTF-16": Bomb("entities", "xlsx", _hidden_entity, "defines entities"),
    "plain XML": Bomb("entities", "xml", _entities_in_plain_xml, "is XML"),
    "billion rows": Bomb("absurd sheet", "xlsx", _billion_rows, "beyond what a sheet"),
    "cells far apart": Bomb(
        "absurd sheet", "xlsx", _far_cells, "more memory or time", header=False
    ),
    "cells beyond the sheet": Bomb(
        "absurd sheet", "xlsx", _far_beyond, "no sheet with content", header=False
    ),
    "external links": Bomb("external links", "xlsx", _external_links, "other files"),
    "connections": Bomb("external links", "xlsx", _connections, "data elsewhere"),
    "macros": Bomb("macros", "xlsx", _macros, "macros"),
    "macros by type": Bomb("macros", "xlsx", _macros_by_another_name, "macros"),
    "embedded file": Bomb("macros", "xlsx", _embedded_file, "embedded"),
    "name leads elsewhere": Bomb("path names", "xlsx", _leading_elsewhere, "leads out"),
    "absolute name": Bomb("path names", "xlsx", _absolute_name, "leads out"),
    "backward slashes": Bomb("path names", "xlsx", _backward_slashes, "leads out"),
    "symbolic link": Bomb("path names", "xlsx", _symbolic_link, "leads out"),
    "name twice": Bomb("path names", "xlsx", _name_twice, "same name"),
    "many parts": Bomb("many parts", "xlsx", _many_parts, "parts"),
    "long directory": Bomb("many parts", "xlsx", _long_directory, "parts"),
    "password": Bomb("password", "xlsx", _encrypted, "password"),
    "long line": Bomb("long line", "csv", _long_line, "too long", header=False),
    "long heading": Bomb("long line", "csv", _long_heading, "too long", header=False),
    "unclosed quotation mark": Bomb("long cell", "csv", _long_record, "cannot be cut|too long", header=False),
    "record without end": Bomb("long line", "csv", _many_quoted_cells, "cannot be cut|too long", header=False),
    "long JSON line": Bomb("long line", "jsonl", _long_json_line, "longer than", header=False),
    "long JSON object": Bomb("long line", "json", _long_json_object, "longer than", header=False),
    "deep JSON": Bomb("deep JSON", "json", _deep_json, "nests more"),
    "deep wrapping": Bomb("deep JSON", "json", _deep_wrapping, "nests more", header=False),
    "key twice": Bomb("duplicate keys", "json", _key_twice, "written twice"),
    "keys without end": Bomb("duplicate keys", "jsonl", _keys_without_end, "different keys"),
    "Parquet bomb": Bomb("Parquet bomb", "parquet", _unpacking_parquet, "more memory|not a readable", header=False),
    "Parquet footer": Bomb("Parquet bomb", "parquet", _endless_footer, "not a readable"),
}  # fmt: skip
