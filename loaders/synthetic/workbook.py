"""Writing XLSX without a library.

The bytes depend on nothing but the rows: no time stamps, and no compression, whose
result differs between versions of zlib.
"""

from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.compute as pc


def write_xlsx(path: Path, table: pa.Table) -> None:
    """Write the table as the only sheet of a workbook; every cell is text."""
    words, sheet = _sheet(table)
    parts = _PARTS | {
        "xl/sharedStrings.xml": _shared(words),
        "xl/worksheets/sheet1.xml": sheet,
    }
    with ZipFile(path, "w", ZIP_STORED) as file:
        for name, text in parts.items():
            file.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode())


def _sheet(table: pa.Table) -> tuple[pa.Array, str]:
    """Return the different words of the table, and its sheet of references to them."""
    cells = [
        pa.concat_arrays([pa.array([name]), *column.chunks])
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]
    coded = pa.concat_arrays(cells).dictionary_encode()
    rows = table.num_rows + 1
    parts = [
        _cells(coded.slice(i * rows, rows), _letters(i)) for i in range(len(cells))
    ]
    numbers = pc.cast(pa.array(range(1, rows + 1)), pa.string())
    open_row = pc.binary_join_element_wise('<row r="', numbers, '">', "")
    body = pc.binary_join_element_wise(open_row, *parts, "</row>", "")
    return coded.dictionary, _SHEET.format("".join(body.to_pylist()))


def _cells(column: pa.DictionaryArray, letters: str) -> pa.Array:
    """Return the column's cells as XML; empty ones are left out."""
    numbers = pc.cast(pa.array(range(1, len(column) + 1)), pa.string())
    index = pc.cast(column.indices, pa.string())
    head, middle = f'<c r="{letters}', '" t="s"><v>'
    cell = pc.binary_join_element_wise(head, numbers, middle, index, "</v></c>", "")
    return pc.if_else(pc.equal(column.dictionary_decode(), ""), "", cell)


def _letters(position: int) -> str:
    """Return the letters of a column: A to Z, AA, AB and so on."""
    head, tail = divmod(position, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + tail)


def _shared(words: pa.Array) -> str:
    items = "".join(f"<si><t>{escape(w)}</t></si>" for w in words.to_pylist())
    return f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(words)}">{items}</sst>'


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET: Final = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{{}}</sheetData></worksheet>'
)
_PARTS: Final = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{_TYPE}.worksheet+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" '
        f'ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="行政处罚" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    ),
}
