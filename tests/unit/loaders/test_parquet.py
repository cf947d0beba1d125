"""Parquet says the same as the CSV file of the same rows."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.errors import BadInput
from graph.vocabulary import FactKind
from loaders import parquet
from loaders.tabular import open_table
from tests.unit.loaders.conftest import P1, A, Desk

COLUMNS = {
    "姓名": ["林甲", "林乙"],
    "证件类型": ["身份证", None],
    "证件号码": [P1, None],
    "任职单位": ["示例公司", "示例公司"],
    "统一社会信用代码": [A, A],
    "职务": ["监事", "董事"],
    "任职起始日期": [date(2020, 1, 2), date(2021, 3, 4)],
    "任职终止日期": [None, date(2022, 1, 1)],
}


def written(folder: Path, columns: dict[str, object], name: str = "posts") -> Path:
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_and_csv_of_the_same_rows_bring_the_same_facts(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    binary = one.load(written(tmp_path / "one", COLUMNS))
    rows = zip(*COLUMNS.values(), strict=True)
    lines = [",".join(COLUMNS), *(",".join(str(v or "") for v in row) for row in rows)]
    text = two.load(two.write("posts.csv", "\n".join([*lines, ""])))
    assert (binary.read, binary.new, binary.quarantined) == (2, 2, 0)
    assert (text.read, text.new) == (2, 2)
    found, expected = (
        [replace(f, line=0) for f in desk.store.all(FactKind.TIE)]
        for desk in (one, two)
    )
    assert found == expected
    assert found


def test_values_are_text_as_a_person_would_write_them(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {
            "a": pa.array([7, None], pa.int64()),
            "b": pa.array(["x", "x"]).dictionary_encode(),
            "c": [
                datetime.fromisoformat(t) for t in ("2020-01-02", "2020-01-02T03:04")
            ],
            "d": [True, False],
        },
    )
    file = open_table(path)
    (piece,) = file.pieces()
    assert (file.format, file.rows, piece.lines.to_pylist()) == ("parquet", 2, [1, 2])
    assert piece.table["a"].to_pylist() == ["7", ""]
    assert piece.table["b"].to_pylist() == ["x", "x"]
    assert piece.table["c"].to_pylist()[0] == "2020-01-02"
    assert piece.table["c"].to_pylist()[1].startswith("2020-01-02 03:04")
    assert piece.table["d"].to_pylist() == ["true", "false"]


def test_what_is_nested_damaged_or_too_large_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInput, match=r"'b' of nested\.parquet"):
        open_table(written(tmp_path, {"a": [1], "b": [[1, 2]]}, "nested"))
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(BadInput, match=r"broken\.parquet is not a readable"):
        open_table(broken)
    monkeypatch.setattr(parquet, "_MOST_BYTES", 10)
    with pytest.raises(BadInput, match="unpacks to more"):
        open_table(written(tmp_path, {"a": ["x" * 100]}, "large"))
