"""Every format over HTTP and from standard input: the same rows, whatever the file."""

import csv
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from api.spooling import STANDARD_INPUT, spooled
from graph.errors import BadInput
from loaders.formats import Format
from tests.unit.api.conftest import World
from tests.unit.api.test_imports import SAMPLE, finished, send

ROWS = list(csv.DictReader(io.StringIO(SAMPLE.decode("utf-8-sig"))))


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(ROWS[0]))
    for row in ROWS:
        sheet.append(list(row.values()))
    book.save(out := io.BytesIO())
    return out.getvalue()


def _parquet() -> bytes:
    pq.write_table(pa.Table.from_pylist(ROWS), out := io.BytesIO())
    return out.getvalue()


def _cut_by(delimiter: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(ROWS[0])
    writer.writerows(row.values() for row in ROWS)
    return out.getvalue().encode(encoding)


MADE: dict[str, Callable[[], bytes]] = {
    "r.csv": lambda: SAMPLE,
    "r.tsv": lambda: _cut_by("\t", "utf-16"),
    "r.json": lambda: json.dumps({"data": ROWS}).encode(),
    "r.jsonl": lambda: "\n".join(map(json.dumps, ROWS)).encode(),
    "r.xlsx": _workbook,
    "r.parquet": _parquet,
}


@pytest.mark.parametrize("name", MADE)
def test_every_format_may_be_uploaded(world: World, name: str) -> None:
    first = finished(world, send(world))["reports"][0]
    job = finished(
        world, send(world, name=name, content=MADE[name](), again="import-2")
    )
    assert job["problem"] is None
    (report,) = job["reports"]
    assert (report["read"], report["new"]) == (first["read"], 0)
    assert report["known"] == first["new"]


def test_what_is_declared_is_kept_to(world: World) -> None:
    told = "?encoding=gbk&delimiter=%5E&format=csv"
    content = _cut_by("^", "gb18030")
    job = finished(world, send(world, name="r.tsv", content=content, query=told))
    assert job["problem"] is None
    assert job["reports"][0]["read"] == len(ROWS)


@pytest.mark.parametrize(
    ("told", "status"), [("delimiter=%22", 422), ("format=xml", 422), ("format=", 422)]
)
def test_what_cannot_be_declared_is_refused(
    world: World, told: str, status: int
) -> None:
    assert send(world, query=f"?{told}").status_code == status


def test_standard_input_is_a_private_file_that_does_not_stay(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    paths = [other, STANDARD_INPUT]
    stream = io.BytesIO(b"a,b\n")
    with spooled(paths, stream, data=tmp_path, kind=Format.JSON, most=100) as files:
        assert files[0] == other
        assert files[1].name == "stdin.json"
        assert files[1].read_bytes() == b"a,b\n"
        assert stat.S_IMODE(files[1].parent.stat().st_mode) == 0o700
    assert list((tmp_path / "uploads").iterdir()) == []


def test_standard_input_is_bounded(tmp_path: Path) -> None:
    with (
        pytest.raises(BadInput, match="holds more than"),
        spooled(
            [STANDARD_INPUT],
            io.BytesIO(b"x" * 101),
            data=tmp_path,
            kind=None,
            most=100,
        ),
    ):
        pass
    assert list((tmp_path / "uploads").iterdir()) == []
