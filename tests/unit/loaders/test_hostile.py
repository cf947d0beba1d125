"""Whatever stands in the cells: no crash, no lost row, no clear number, no half file."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.identity import PersonKeys
from graph.law.book import LawBook
from loaders.pipeline import LoadReport, load
from loaders.quarantine import Quarantine
from loaders.registry import sources
from loaders.sampling import sample_of
from loaders.tabular import open_table
from tests.unit.loaders.conftest import NOW, P1, A, Store

LAW = LawBook.load()
KEYS = PersonKeys(bytes(32))
SOURCES = sources()

each_source = pytest.mark.parametrize("key", sorted(SOURCES))
quick = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NASTY = st.sampled_from(
    [
        "", " ", "N/A", "\x00", "\x1a", "\u202e", "\ufeff", "\u2028", '"', ",", "\n", "\r",
        "=1+1", "@SUM(A1)", "2022-09-31", "2024-02-29", "9999-12-31", "99999", "0000-00-00",
        "1e999", "NaN", "-1", "1/0", "100%", "101%", A, A[:-1], A.lower(), P1, P1[:-1] + "0",
        "2307**********1234", "00000000000000000X", "是", "否", "自然人", "法人及非法人组织",
        "监事", "罚款;吊销许可证", "失信被执行人", "限制相关消费行为", "同一主体", "履行完毕",
        "２０２０－０１－０２", "𠮷", "e\u0301", "ﷺ", "\ud7ff", "长" * 400, "'; DROP TABLE x; --",
        "../../etc/passwd", "${jndi:ldap://x}", "<script>",
    ]
)  # fmt: skip
CELL = NASTY | st.text(max_size=12)


def sample_rows(key: str) -> list[dict[str, str]]:
    folder = SOURCES[key].folder
    assert folder is not None
    file = open_table(sample_of(Path(str(folder))))
    return [row for piece in file.pieces() for row in piece.table.to_pylist()]


def written(headings: list[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([[row.get(h, "") for h in headings] for row in rows])
    return out.getvalue().encode()


def checked(
    tmp_path: Path, data: bytes, key: str, name: str = "f.csv"
) -> LoadReport | None:
    """Load the file twice and check what must always hold."""
    path, store = tmp_path / name, Store()
    path.write_bytes(data)
    box = Quarantine(tmp_path / "q", bytes(32))
    for old in (tmp_path / "q").glob("*"):
        old.unlink()

    def once() -> LoadReport:
        return load(
            [path],
            store=store,
            keys=KEYS,
            law=LAW,
            quarantine=box,
            recorded_at=NOW,
            source=key,
        )[0]

    report = None
    try:
        report = once()
    except BadInput as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert P1 not in refused
        assert store.batches == []
        return None
    assert report is not None
    assert report.read == report.new + report.known + report.quarantined
    kept = list(box.rows(report.digest))
    assert len(kept) == report.quarantined
    assert len({row.line for row in kept}) == len(kept)
    assert P1 not in repr(report.issues)
    assert P1 not in "".join(p.read_text("utf-8") for p in (tmp_path / "q").glob("*"))
    assert P1 not in repr(
        [t.to_pylist() for b in store.batches for t in b.tables.values()]
    )
    again = once()
    assert (again.read, again.new) == (report.read, 0)
    assert again.quarantined == report.quarantined
    return report


@each_source
@quick
@given(data=st.data())
def test_any_text_in_any_cell_is_taken_or_told(
    tmp_path: Path, key: str, data: st.DataObject
) -> None:
    rows = sample_rows(key)
    headings = list(rows[0])
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.integers(0, len(rows) - 1))
        rows[row][data.draw(st.sampled_from(headings))] = data.draw(CELL)
    checked(tmp_path, written(headings, rows), key)


@each_source
@quick
@given(data=st.data())
def test_rows_of_nothing_but_nonsense(
    tmp_path: Path, key: str, data: st.DataObject
) -> None:
    headings = list(SOURCES[key].headings)
    row = st.fixed_dictionaries(dict.fromkeys(headings, CELL))
    rows: list[Mapping[str, str]] = [*sample_rows(key)]
    rows += data.draw(st.lists(row, max_size=3))
    checked(tmp_path, written(headings, rows), key)


@quick
@given(st.lists(st.lists(CELL, max_size=6), max_size=6))
@example([["林甲"], ["林甲", "示例公司", A, "监事", "多出的一格"]])
def test_rows_of_any_length(tmp_path: Path, rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    sound = ["林甲", "示例公司", A, "监事"]
    writer = csv.writer(out)
    writer.writerows([["姓名", "任职单位", "统一社会信用代码", "职务"], sound, *rows])
    checked(tmp_path, out.getvalue().encode(), "posts")


@each_source
def test_an_identity_number_in_any_column_is_stored_nowhere(
    tmp_path: Path, key: str
) -> None:
    for heading in SOURCES[key].headings:
        rows = sample_rows(key)
        rows[0][heading] = (
            f"{P1}" if SOURCES[key].columns[heading].sensitive else f"号{P1}。"
        )
        checked(tmp_path, written(list(rows[0]), rows), key)


@quick
@given(st.binary(max_size=300))
@example(b'"')
@example(b"\xef\xbb\xbf")
@example("姓名".encode() + b"\xff")
def test_any_bytes_after_sound_headings(tmp_path: Path, data: bytes) -> None:
    head = f"姓名,任职单位,统一社会信用代码,职务\n林甲,示例公司,{A},监事\n"
    checked(tmp_path, head.encode() + data, "posts")


@quick
@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
def test_any_bytes_at_all(tmp_path: Path, data: bytes) -> None:
    checked(tmp_path, data, "posts")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | CELL,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(CELL, inner, max_size=2)
    ),
    max_leaves=4,
)


@quick
@given(st.lists(st.dictionaries(st.sampled_from(["姓名", "职务", "x"]), JSON) | JSON))
def test_any_json_lines(tmp_path: Path, values: list[object]) -> None:
    first = {"姓名": "林甲", "任职单位": "示例公司", "职务": "监事"}
    lines = [json.dumps(v) for v in (first, *values)]
    checked(tmp_path, "\n".join(lines).encode(), "posts", "f.jsonl")
