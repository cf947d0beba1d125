"""Everything that goes wrong for a person at the command line, told in his language.

Each mistake is made as a user makes it; the answer must name the place and the value,
carry the right exit code, and leave the store as it was.
"""

import json
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.cli import main
from api.clock import SystemClock
from api.demo.city import _FOLDER as DEMO_FOLDER
from api.settings import Settings
from api.wiring import open_service
from graph.store.embedded import EmbeddedServer

pytestmark = [
    pytest.mark.embedded,
    pytest.mark.slow,
    pytest.mark.xdist_group("mistakes"),
]

REGISTRATIONS = (
    "企业名称,统一社会信用代码,企业类型,登记状态,成立日期,法定代表人,登记机关"
)
GOOD = "甲有限公司,91230717MXEXAMP18K,有限责任公司,存续,2020-01-01,张三,某局"
LISTS = (
    "名单名称,主体名称,主体类别,统一社会信用代码,证件类型,证件号码,决定文书号,决定机关,"
    "决定日期,列入日期,惩戒措施,届满日期"
)


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


class Person:
    """Somebody at a terminal with a data folder of his own."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        self.monkeypatch: pytest.MonkeyPatch
        self.capsys: pytest.CaptureFixture[str]

    def file(self, name: str, *lines: str, encoding: str = "utf-8") -> str:
        path = self.folder / name
        path.write_bytes("\n".join([*lines, ""]).encode(encoding))
        return str(path)

    def types(self, *words: str, **environment: str) -> Said:
        with self.monkeypatch.context() as patch:
            for name in ("NEO4J_URI", "NEO4J_PASSWORD", "CREDITGRAPH_LANGUAGE"):
                patch.delenv(name, raising=False)
            patch.setenv("CREDITGRAPH_DATA", str(self.data))
            patch.setenv("CREDITGRAPH_EMBEDDED_MEMORY", "512m")
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["creditgraph", *words])
            self.capsys.readouterr()
            code = 0
            try:
                main()
            except SystemExit as left:
                code = int(left.code or 0)
            said = self.capsys.readouterr()
        return Said(code, said.out, said.err)

    def facts(self) -> int:
        return int(json.loads(self.types("status", "--json").out)["facts"])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("mistakes") / "data"
    settings = Settings(data=folder, embedded_memory="512m")
    with open_service(settings, SystemClock()):
        pass
    # Kept up, so that each command attaches instead of starting Java again.
    with EmbeddedServer(folder / "store", memory="512m"):
        yield folder


@pytest.fixture
def person(
    tmp_path: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Person:
    found = Person(tmp_path, data)
    found.monkeypatch, found.capsys = monkeypatch, capsys
    return found


def chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


# ---- whole files -------------------------------------------------------------


def files(person: Person) -> dict[str, tuple[list[str], tuple[str, ...]]]:
    """Return the arguments of `load` and what the answer must name, by mistake."""
    header = REGISTRATIONS.split(",")
    return {
        "wrong type": ([person.file("a.pdf", "%PDF-1.7")], ("a.pdf",)),
        "not there": ([str(person.folder / "no.csv")], ("no.csv",)),
        "broken encoding": ([_broken(person)], ("b.csv",)),
        "missing column": (
            [
                person.file("c.csv", ",".join(header[2:]), "有限责任公司,存续,,,"),
                "--source",
                "registrations",
            ],
            ("c.csv", "企业名称"),
        ),
        "unknown source": (
            [person.file("d.csv", REGISTRATIONS, GOOD), "--source", "tea"],
            ("tea",),
        ),
        "headings of nobody": ([person.file("e.csv", "甲,乙", "1,2")], ("e.csv",)),
        "no good row": (
            [person.file("f.csv", REGISTRATIONS, *[GOOD.replace("18K", "181")] * 3)],
            ("f.csv",),
        ),
    }


def _broken(person: Person) -> str:
    path = person.folder / "b.csv"
    path.write_bytes(f"{REGISTRATIONS}\n".encode() + b"\x81\xff\xfe,\xff\n")
    return str(path)


MISTAKES = (
    "wrong type",
    "not there",
    "broken encoding",
    "missing column",
    "unknown source",
    "headings of nobody",
    "no good row",
)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_file_that_cannot_be_taken_is_refused_by_name(
    person: Person, mistake: str
) -> None:
    arguments, named = files(person)[mistake]
    before = person.facts()
    said = person.types("load", *arguments)
    assert said.code == 2, said.all
    assert all(word in said.err for word in named), said.err
    assert chinese(said.err)
    english = person.types("--lang", "en", "load", *arguments)
    assert english.code == 2
    assert all(word in english.err for word in named), english.err
    assert english.err != said.err
    assert person.facts() == before


def test_an_unknown_column_is_told_and_the_rest_is_taken(person: Person) -> None:
    said = person.types(
        "load", "--dry-run", person.file("g.csv", REGISTRATIONS + ",喜好", GOOD + ",茶")
    )
    assert said.code == 0, said.all
    assert "喜好" in said.all


# ---- rows --------------------------------------------------------------------

ROWS = {
    "wrong check digit": (
        "registrations", REGISTRATIONS, GOOD.replace("18K", "181"),
        ("统一社会信用代码", "91230717MXEXAMP181", "K"),
    ),
    "placeholder code": (
        "registrations", REGISTRATIONS, GOOD.replace("91230717MXEXAMP18K", "0" * 18),
        ("统一社会信用代码",),
    ),
    "impossible date": (
        "registrations", REGISTRATIONS, GOOD.replace("2020-01-01", "2021-02-30"),
        ("成立日期", "2021-02-30"),
    ),
    "unknown list": (
        "severe_lists", LISTS,
        "爱迟到名单,甲有限公司,法人及非法人组织,91230717MXEXAMP18K,,,文1,某局,2025-01-01,2025-01-01,,",
        ("爱迟到名单",),
    ),
    "unknown measure": (
        "severe_lists", LISTS,
        "失信被执行人,甲有限公司,法人及非法人组织,91230717MXEXAMP18K,,,文1,某局,2025-01-01,2025-01-01,罚站,",
        ("罚站",),
    ),
    "end before start": (
        "severe_lists", LISTS,
        "失信被执行人,甲有限公司,法人及非法人组织,91230717MXEXAMP18K,,,文1,某局,2025-01-01,2025-01-01,,2024-01-01",
        ("2024-01-01",),
    ),
    "share above one": (
        "holdings",
        "股东名称,股东类型,股东统一社会信用代码,证件类型,证件号码,被投资企业名称,统一社会信用代码,持股比例,起始日期,终止日期",
        "乙有限公司,企业,91230717MXEXAMP26E,,,甲有限公司,91230717MXEXAMP18K,140%,2020-01-01,",
        ("140%",),
    ),
}  # fmt: skip
OTHER = GOOD.replace("甲", "丙").replace("91230717MXEXAMP18K", "91230717MXEXAMP26E")


@pytest.mark.parametrize("mistake", ROWS)
def test_a_bad_row_is_set_aside_with_line_field_value_and_advice(
    person: Person, mistake: str
) -> None:
    source, header, row, named = ROWS[mistake]
    path = person.file("rows.csv", header, row)
    arguments = ("load", path, "--dry-run", "--source", source)
    said = person.types(*arguments)
    english = person.types("--lang", "en", *arguments)
    for answer in (said, english):
        assert all(word in answer.all for word in named), answer.all
    assert "2" in said.all
    assert chinese(said.all)
    assert said.all != english.all


# ---- acts --------------------------------------------------------------------


@pytest.fixture
def sanction(person: Person) -> str:
    row = (
        "失信被执行人,甲有限公司,法人及非法人组织,91230717MXEXAMP18K,,,文9,某局,"
        "2025-01-01,2025-01-01,,"
    )
    person.types("load", person.file("reg.csv", REGISTRATIONS, GOOD))
    person.types("load", person.file("list.csv", LISTS, row))
    told = json.loads(person.types("subject", "91230717MXEXAMP18K", "--json").out)
    return str(told["sanctions"][0]["key"])


def test_acts_that_cannot_be(person: Person, sanction: str) -> None:
    act = ("--document", "文10", "--authority", "某局", "--yes")
    wrong = (*act, "--reason", "列错")
    unknown = person.types("void", "0" * 32, *wrong)
    assert unknown.code == 3
    assert "0" * 32 in unknown.err
    early = person.types("end", sanction, *act, "--on", "2020-01-01")
    assert early.code == 2
    assert "2025-01-01" in early.err
    assert chinese(early.err)
    assert person.types("void", sanction, *wrong).code == 0
    facts = person.facts()
    again = person.types("void", sanction, *wrong)
    assert again.code == 4, again.all
    assert "文10" in again.err
    assert person.facts() == facts


# ---- the surroundings --------------------------------------------------------


def test_a_store_that_is_not_there_and_a_password_missing(person: Person) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        place = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
        gone = person.types("status", NEO4J_URI=place, NEO4J_PASSWORD="x")
    assert gone.code == 5, gone.all
    assert place.removeprefix("bolt://") in gone.err
    assert chinese(gone.err)
    half = person.types("status", NEO4J_URI=place)
    assert half.code == 2
    assert "NEO4J_PASSWORD" in half.err


def test_a_port_in_use(person: Person) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = person.types("serve", "--port", port)
    assert said.code == 2, said.all
    assert port in said.err
    assert chinese(said.err)


def test_a_data_folder_that_cannot_be(person: Person) -> None:
    blocked = person.file("plain", "a file, not a folder")
    said = person.types("status", CREDITGRAPH_DATA=blocked + "/data")
    assert said.code == 2, said.all
    assert blocked in said.err


def test_a_setting_that_cannot_be(person: Person) -> None:
    said = person.types("status", CREDITGRAPH_PORT="ninety")
    assert said.code == 2
    assert "port" in said.err.lower()


def test_a_demo_leaves_a_folder_of_somebody_else_alone(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(person.folder)
    (person.folder / "examples").symlink_to(Path(__file__).parents[2] / "examples")
    mine = person.folder / DEMO_FOLDER
    mine.mkdir()
    (mine / "letters.txt").write_text("mine")
    said = person.types("demo")
    assert said.code == 6, said.all
    assert str(DEMO_FOLDER) in said.err
    assert (mine / "letters.txt").read_text() == "mine"
