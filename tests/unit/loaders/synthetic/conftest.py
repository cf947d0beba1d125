"""The city of the repository, drawn again, and its tables."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import fastexcel
import pyarrow as pa
import pytest
from pyarrow import csv

from loaders.synthetic import synthesize

DAY = date(2026, 11, 22)
EXAMPLES = Path(__file__).parents[4] / "examples"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("city")
    synthesize(out, reference=DAY)
    return out


@pytest.fixture(scope="session")
def tables(folder: Path) -> Mapping[str, pa.Table]:
    return {p.stem: read(p) for p in folder.iterdir() if p.suffix in {".csv", ".xlsx"}}


def read(path: Path) -> pa.Table:
    """Return a file's rows, every cell as text."""
    if path.suffix == ".xlsx":
        sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
        return pa.table(sheet.to_arrow())
    encoding = "gb18030" if path.stem == "posts" else "utf-8"
    names = path.read_text(encoding).split("\n", 1)[0].lstrip("\ufeff").split(",")
    return csv.read_csv(
        path,
        read_options=csv.ReadOptions(encoding=encoding),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
