"""Data quality over HTTP and at the command line: every query that is told works."""

import csv
import io
import json
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.cli import app
from api.console import Terminal
from api.quality import filled_columns
from api.service import Service
from graph.records import Profile, Tie
from graph.schema import SCHEMAS
from graph.vocabulary import Role
from tests.unit.api import city
from tests.unit.api.conftest import World

CODE, THIRD = "91230717MXEXAMP18K", "91230717MXEXAMP26E"
WRONG = "91230719MXY0MRJE10"
REGISTERED = f"""企业名称,统一社会信用代码,企业类型,登记状态,成立日期,登记机关,行政区划代码
甲公司,{CODE},有限责任公司,存续,2020-01-01,market,230717
乙公司,{WRONG},有限责任公司,存续,2020-01-01,market,230717
丙公司,{THIRD},有限责任公司,存续,2020-02-30,housing,230718
"""
PENALTIES = f"""行政相对人名称,行政相对人类别,行政相对人代码_1,行政处罚决定书文号,违法行为类型,处罚类别,处罚决定日期,处罚机关,数据来源单位
甲公司,法人及非法人组织,{CODE},市监罚〔2026〕1号,违法,罚款,2026-11-20,市监局,market
甲公司,法人及非法人组织,{CODE},市监罚〔2026〕2号,违法,罚款,2026-11-02,市监局,market
甲公司,法人及非法人组织,{CODE},住建罚〔2026〕1号,违法,罚款,2019-11-02,住建局,housing
"""
Run = Callable[..., Result]


@pytest.fixture
def files(world: World, tmp_path: Path) -> World:
    """Load a register and penalties into the world, on 22 November 2026."""
    for name, text in (("登记.csv", REGISTERED), ("处罚.csv", PENALTIES)):
        (tmp_path / name).write_text(text, "utf-8")
    world.service.load([tmp_path / "登记.csv", tmp_path / "处罚.csv"])
    world.service.refresh()
    return world


@pytest.fixture
def run(files: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs `creditgraph` on the world."""

    @contextmanager
    def service(_: Terminal) -> Iterator[Service]:
        yield files.service

    monkeypatch.setattr(Terminal, "service", service)

    def invoke(*words: object, language: str = "zh") -> Result:
        settings = files.service.settings.model_copy(update={"language": language})
        terminal = Terminal(settings, files.service.clock)
        return CliRunner().invoke(app, list(map(str, words)), obj=terminal)

    return invoke


def told(answer: Result) -> Any:
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def figures(world: World, query: str = "", key: str = "reader") -> list[Any]:
    """Return the figures of all pages."""
    found: list[Any] = []
    cursor = ""
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        answer = world.get(f"/v1/data-quality?limit=40{query}{more}", key=key).json()
        found += answer["items"]
        cursor = answer["next_cursor"]
        if cursor is None:
            assert len(found) == answer["total"]
            return found


def rows(
    world: World, address: str, limit: int = 500, key: str = "reader"
) -> list[Any]:
    """Return the rows of all pages."""
    found: list[Any] = []
    cursor, joint = "", "&" if "?" in address else "?"
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        answer = world.get(f"{address}{joint}limit={limit}{more}", key=key).json()
        found += answer["items"]
        cursor = answer["next_cursor"]
        if cursor is None:
            assert len(found) == answer["total"]
            return found


def counted(found: list[Any], *marks: str) -> dict[tuple[str, ...], tuple[int, int]]:
    return {
        (f["measure"]["value"], *(f["group"][m] for m in marks)): (
            f["numerator"],
            f["denominator"],
        )
        for f in found
    }


# ---- figures -------------------------------------------------------------


# The codes of the small city that is there before are invented, and wrong.


def test_figures_of_a_register_and_penalties(files: World) -> None:
    found = counted(figures(files, "&by=source"), "source")
    # Three codes on the register, one wrong; the row with an impossible day waits too.
    assert found["wrong_codes", "registrations"] == (1, 3)
    assert found["wrong_codes", "penalties"] == (0, 1)
    assert found["rows_set_aside", "registrations"] == (2, 3)
    assert found["rows_set_aside", "penalties"] == (0, 3)
    # From 2 to 22 November 2026 are fourteen working days, from 20 November none.
    assert found["late_records", "penalties"] == (2, 3)
    assert found["before_establishment", "penalties"] == (1, 3)


def test_marks_of_a_row_in_quarantine_are_read_from_its_cells(files: World) -> None:
    found = counted(
        figures(files, "&by=department&by=region&measure=rows_set_aside"),
        "department",
        "region",
    )
    assert found["rows_set_aside", "market", "230717"] == (1, 2)
    assert found["rows_set_aside", "housing", "230718"] == (1, 1)


def test_a_figure_tells_its_definition_target_and_distribution(files: World) -> None:
    found = figures(files, "&by=source")
    by_key = {f["measure"]["value"]: f for f in found if f["group"]["source"] != "demo"}
    wrong = next(
        f
        for f in found
        if (f["measure"]["value"], f["examples"]) == ("wrong_codes", [WRONG])
    )
    assert (wrong["target"], wrong["met"]) == (0.0001, False)
    assert wrong["unit"]["zh"] == "代码"
    assert "GB 32100" in wrong["counts"]["en"]
    buckets = by_key["late_records"]["waits"]["buckets"]
    assert sum(b["count"] for b in buckets) == by_key["late_records"]["denominator"]
    assert by_key["late_records"]["target"] is None


@pytest.mark.parametrize(
    "query", ["", "&by=source", "&by=department", "&by=region&by=month"]
)
def test_the_address_of_a_figure_lists_its_rows(files: World, query: str) -> None:
    found = figures(files, query)
    assert any(f["numerator"] for f in found)
    for figure in found:
        listed = rows(files, figure["rows"]["api"])
        assert len(listed) == figure["numerator"], figure["rows"]["api"]
        names = {row["name"] for row in listed}
        assert names.issuperset(figure["examples"])


def test_the_command_of_a_figure_lists_its_rows(files: World, run: Run) -> None:
    for figure in figures(files, "&by=department&by=source"):
        if figure["numerator"] or figure["group"]["department"] == "":
            _, *words = shlex.split(figure["rows"]["cli"])
            found = told(run(*words, "--limit", 0, "--json"))
            assert found["total"] == len(found["rows"]) == figure["numerator"]


def test_pages_of_rows_join_without_gap(files: World) -> None:
    for measure in ("empty_fields", "late_records", "rows_set_aside", "wrong_codes"):
        address = f"/v1/data-quality/{measure}/rows"
        whole = rows(files, address)
        assert whole
        assert rows(files, address, limit=1) == whole


def test_a_cursor_of_another_list_is_refused(files: World) -> None:
    address = "/v1/data-quality/empty_fields/rows?limit=1"
    cursor = files.get(address).json()["next_cursor"]
    answer = files.get(f"/v1/data-quality/late_records/rows?cursor={cursor}")
    assert answer.json()["type"].endswith(":bad_input")


@pytest.mark.parametrize(
    "address", ["?by=colour", "?measure=beauty", "/beauty/rows", "/trend?by=field2"]
)
def test_what_is_not_measured_is_refused(files: World, address: str) -> None:
    assert files.get(f"/v1/data-quality{address}").status_code in {400, 422}


def test_a_row_names_file_line_and_reason(files: World) -> None:
    (row,) = rows(files, "/v1/data-quality/wrong_codes/rows?source=registrations")
    assert row["found"]["zh"] == "校验不通过"
    (place,) = row["waiting"]
    assert (place["file"], place["line"], place["source"]) == (
        "登记.csv",
        3,
        "registrations",
    )
    assert [r["value"] for r in place["reasons"]] == ["code"]
    (early,) = rows(files, "/v1/data-quality/before_establishment/rows")
    assert early["found"]["zh"] == "2019-11-02 决定，主体 2020-01-01 才成立"
    assert early["facts"][0]["source"]["line"] == 4
    assert early["facts"][0]["department"] == "housing"


# ---- what a key may see --------------------------------------------------


def test_a_department_is_told_about_its_own_rows_only(files: World) -> None:
    """The key `limited` is of the department `market`."""
    found = figures(files, "&by=department", key="limited")
    assert {f["group"]["department"] for f in found} <= {"market"}
    assert counted(found, "department")["late_records", "market"] == (2, 3)
    assert counted(found, "department")["wrong_codes", "market"] == (2, 3)
    for figure in figures(files, key="limited"):
        for row in rows(files, figure["rows"]["api"], key="limited"):
            own = [p for p in row["facts"] if p["department"] == "market"]
            waiting = [p["department"] for p in row["waiting"]]
            assert own or waiting
            assert set(waiting) <= {"market"}
    assert (
        rows(files, "/v1/data-quality/before_establishment/rows", key="limited") == []
    )
    address = "/v1/data-quality/rows_set_aside/rows?department=housing"
    assert rows(files, address, key="limited") == []


def test_names_of_persons_are_masked(files: World) -> None:
    posts = [
        Tie(
            person=p,
            organization=city.MINE,
            role=Role.LEGAL_REPRESENTATIVE,
            public=False,
        )
        for p in ("per:" + "e" * 32, "per:" + "f" * 32)
    ]
    people = [
        Profile(subject=t.person, name=n)
        for t, n in zip(posts, ("周小丽", "吴小刚"), strict=True)
    ]
    files.store.append(city.batch("posts", [*posts, *people], source="t"))
    files.service.refresh()
    address = "/v1/data-quality/two_representatives/rows"
    (row,) = rows(files, address)
    names = {s["name"] for s in row["subjects"] if s["kind"] == "person"}
    assert {"周*丽", "吴*刚"} <= names
    (row,) = rows(files, address, key="personal")
    assert {"周小丽", "吴小刚"} <= {s["name"] for s in row["subjects"]}


# ---- other days, trend, report -------------------------------------------


def test_an_earlier_state_of_knowledge_has_its_own_figures(files: World) -> None:
    before = "&known_at=2026-11-21T00:00:00Z"
    found = counted(figures(files, before))
    assert found["rows_set_aside",] == (0, 1)
    assert found["wrong_codes",][0] == 3  # the codes of the small city are invented
    for figure in figures(files, before):
        listed = rows(files, figure["rows"]["api"])
        assert len(listed) == figure["numerator"]


def test_the_trend_has_a_point_for_each_day_of_loads(files: World) -> None:
    answer = files.get("/v1/data-quality/trend?measure=rows_set_aside&by=source")
    points = answer.json()["item"]["points"]
    assert [p["day"] for p in points] == ["2026-11-20", "2026-11-22"]
    last = {f["group"]["source"]: f["numerator"] for f in points[1]["figures"]}
    assert last == {"demo": 0, "registrations": 2, "penalties": 0}


def test_a_row_that_was_corrected_counts_no_more(files: World) -> None:
    (row,) = rows(files, "/v1/data-quality/wrong_codes/rows?source=registrations")
    box = files.service.quarantine
    digest = row["waiting"][0]["file_digest"]
    box.resolve(digest, [3], at=files.service.clock.now())
    assert rows(files, "/v1/data-quality/wrong_codes/rows?source=registrations") == []
    assert counted(figures(files))["rows_set_aside",][0] == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_as_markdown_and_csv(files: World, run: Run, language: str) -> None:
    words = ("quality", "--markdown", "--trend")
    printed = run(*words, language=language)
    assert printed.exit_code == 0, printed.output
    served = files.get(f"/v1/data-quality/report?lang={language}")
    assert served.headers["content-type"] == "text/markdown; charset=utf-8"
    for text in (printed.stdout, served.text):
        assert ("错码" in text) is (language == "zh")
        assert ("wrong codes" in text) is (language == "en")
        assert "creditgraph quality rows late_records --department market" in text
        tables = [line for line in text.splitlines() if line.startswith("|")]
        assert len(tables) > 20
    answer = files.get(f"/v1/data-quality/report?format=csv&lang={language}")
    found = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    by_key = {(r["by"], r["measure"], r["source"], r["field"]): r for r in found}
    late = by_key["source", "late_records", "penalties", ""]
    assert (late["numerator"], late["denominator"]) == ("2", "3")
    assert {r["by"] for r in found} == {"", "source", "department", "region", "month"}
    name = by_key["source", "empty_fields", "penalties", "record.region"]
    assert name["filled_rate"] == "0.0"


def test_the_command_line_writes_and_prints(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "quality.csv"
    answer = run("quality", "--csv", out)
    assert answer.exit_code == 0, answer.output
    assert "未达标 (＜1‱)" in answer.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert {"wrong_codes", "stale_sources"} <= {
            r["measure"] for r in csv.DictReader(file)
        }
    fields = run("quality", "--measure", "empty_fields", "--by", "source")
    assert "完整率" in fields.output
    found = told(run("quality", "--json", "--by", "source", "--measure", "wrong_codes"))
    assert [f["source"] for f in found["figures"] if f["numerator"]]
    assert run("quality", "trend", "--json").exit_code == 0
    assert run("quality", "rows", "beauty").exit_code != 0


def test_a_cell_that_looks_like_a_formula_is_none(files: World, tmp_path: Path) -> None:
    path = tmp_path / "=1+1.csv"
    path.write_text(REGISTERED.replace("乙公司", "丁公司"), "utf-8")
    files.service.load([path])
    text = files.get("/v1/data-quality/report?format=csv").text
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [r for r in found if r["examples"].startswith("'=1+1.csv")]
    assert not [r for r in found if r["examples"].startswith("=")]


def test_the_columns_that_a_source_fills_are_columns_of_its_facts() -> None:
    found = filled_columns()
    assert found
    for (_, form), columns in found.items():
        assert columns <= {c.name for c in SCHEMAS[form.kind].columns}
