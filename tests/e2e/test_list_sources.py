"""What the law says of an entry, from the file of each list to the effect and back.

Each list source loads one row; the effect of the law book follows. The same row comes
again with its exit; the effect is over from that day on.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from csv import DictWriter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from analytics.propagation.engine import Derivation, derive
from api.cli import main
from api.clock import SystemClock
from api.settings import Settings
from api.wiring import open_service
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.snapshot import Facts, day_of
from graph.snapshot.intake import Trial
from graph.store.embedded import EmbeddedServer
from graph.vocabulary import EffectStatus, FactKind
from loaders.pipeline import load

LAW = LawBook.load()
KEYS = PersonKeys(b"a secret of the tests, 32 bytes!!")
AT = datetime(2026, 11, 22, tzinfo=UTC)

COMPANY = ("伊春示例食品有限公司", "91230717MXEXAMP18K")
REPRESENTATIVE = ("林甲", "230799198001010016")
DEBTOR = ("林丙", "230799197912300124")
REGISTRATION = {
    "企业名称": COMPANY[0],
    "统一社会信用代码": COMPANY[1],
    "企业类型": "有限责任公司",
    "登记状态": "存续",
    "成立日期": "2018-03-01",
    "核准日期": "2018-03-01",
    "法定代表人": REPRESENTATIVE[0],
    "法定代表人证件类型": "身份证",
    "法定代表人证件号码": REPRESENTATIVE[1],
    "行政区划代码": "230717",
}
RECORD, RESTRICTION, OFFICE = (
    "personal_record",
    "consumption_restriction",
    "office_ban",
)
NO_HEAD = "representative_ban"


class Entry(NamedTuple):
    """A row of a list, how it leaves, and what follows for whom while it is on."""

    row: Mapping[str, str]
    exit: Mapping[str, str]
    measure: str | None
    bearer: tuple[str, str] = REPRESENTATIVE
    once_found: str | None = None
    """A measure that waits for a finding."""


def _exit(day: str = "移出日期", reason: str = "移出原因") -> dict[str, str]:
    return {day: "2025-06-01", reason: "信用修复"}


_COURT = {
    "失信被执行人姓名/名称": COMPANY[0],
    "身份证号码/组织机构代码": COMPANY[1],
    "案号": "（2024）黑0702执示1号",
    "执行法院": "伊春市伊美区人民法院",
    "失信被执行人行为具体情形": "违反财产报告制度",
    "发布时间": "2024-08-01",
}
ENTRIES = {
    "court_defaulters": Entry(
        _COURT, {"退出日期": "2025-06-01", "退出原因": "履行完毕"}, RECORD
    ),
    "court_defaulters of a person": Entry(
        {
            **_COURT,
            "失信被执行人姓名/名称": DEBTOR[0],
            "身份证号码/组织机构代码": DEBTOR[1],
        },
        {"屏蔽日期": "2025-06-01"},
        OFFICE,
        DEBTOR,
        once_found=NO_HEAD,
    ),
    "consumption_restrictions": Entry(
        {
            "案号": "（2024）黑0702执示2号",
            "执行法院": "伊春市伊美区人民法院",
            "被限制人": COMPANY[0],
            "身份证号码/组织机构代码": COMPANY[1],
            "发布日期": "2024-08-01",
        },
        {"解除日期": "2025-06-01", "解除原因": "法院解除"},
        RESTRICTION,
    ),
    "severe_safety": Entry(
        {
            "单位名称": COMPANY[0],
            "统一社会信用代码/工商注册号": COMPANY[1],
            "失信行为简况": "瞒报事故",
            "信息报送机关": "伊春市应急管理局",
            "纳入理由": "瞒报谎报事故",
            "列入日期": "2024-08-01",
        },
        _exit(),
        RECORD,
    ),
    "severe_tax": Entry(
        {
            "纳税人名称": COMPANY[0],
            "统一社会信用代码": COMPANY[1],
            "案件性质": "偷税",
            "主要违法事实": "少列收入",
            "确定文书号": "伊税稽失示〔2024〕1号",
            "公布日期": "2024-08-01",
        },
        _exit("停止公布日期", "停止公布原因"),
        RECORD,
    ),
    "severe_procurement": Entry(
        {
            "企业名称": COMPANY[0],
            "统一社会信用代码/组织机构代码": COMPANY[1],
            "严重违法失信行为的具体情形": "恶意串通",
            "处罚结果": "三年内禁止参加政府采购活动",
            "处罚日期": "2024-08-01",
        },
        _exit(),
        RECORD,
    ),
    "severe_overload": Entry(
        {
            "企业名称": COMPANY[0],
            "统一社会信用代码": COMPANY[1],
            "入库时间": "2024-08-01",
            "车牌号": "黑F示001",
            "失信行为": "一年内违法超限运输超过三次",
        },
        _exit(),
        RECORD,
    ),
    "wage_arrears": Entry(
        {
            "列入对象名称": COMPANY[0],
            "列入对象类别": "企业",
            "统一社会信用代码": COMPANY[1],
            "列入事由": "无故拖欠农民工工资",
            "列入决定书文号": "伊人社列失示〔2024〕1号",
            "列入决定机关": "伊春市人力资源和社会保障局",
            "列入日期": "2024-08-01",
        },
        _exit(),
        RECORD,
    ),
    "abnormal_operation": Entry(
        {
            "企业名称": COMPANY[0],
            "统一社会信用代码": COMPANY[1],
            "列入原因": "通过登记的住所无法联系",
            "列入决定机关": "伊春市市场监督管理局",
            "列入日期": "2024-08-01",
        },
        {"移出日期": "2025-06-01", "移出原因": "已取得联系"},
        None,
    ),
}


def written(folder: Path, name: str, row: Mapping[str, str]) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(dict(row))
    return path


@dataclass
class Office:
    """A store in memory that files are loaded into."""

    folder: Path

    def __post_init__(self) -> None:
        self.trial = Trial(Facts())
        self.take("registrations", REGISTRATION)

    def take(self, name: str, row: Mapping[str, str]) -> str:
        """Load one row and return the source it was taken for."""
        (report,) = load(
            [written(self.folder, name, row)],
            store=self.trial,
            keys=KEYS,
            law=LAW,
            quarantine=None,
            recorded_at=AT,
        )
        assert (report.new, report.quarantined) == (1, 0)
        return report.source

    def derived(self) -> Derivation:
        return derive(self.trial.facts.snapshot(), LAW)

    def borne(self, number: str, day: str) -> dict[str, EffectStatus | None]:
        """Return what somebody bears on a day: measure → status."""
        on = day_of(date.fromisoformat(day))
        bearer = KEYS.person_id("resident_id", number)
        found = self.derived().of_bearer(bearer)
        known = ((e.measure, e.status_on(on)) for e in found)
        return {m: s for m, s in known if s not in (None, EffectStatus.ENDED)}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_has_the_effect_of_the_law_until_its_exit(
    name: str, office: Office
) -> None:
    entry = ENTRIES[name]
    number = entry.bearer[1]
    follows = {entry.measure: EffectStatus.IN_FORCE} if entry.measure else {}
    if entry.once_found:
        follows[entry.once_found] = EffectStatus.PENDING_FINDING
    source = name.split(maxsplit=1)[0]
    assert office.take("entry", entry.row) == source
    assert office.borne(number, "2024-07-31") == {}
    assert office.borne(number, "2024-08-01") == follows
    assert office.borne(number, "2026-07-31") == follows
    assert office.take("exit", {**entry.row, **entry.exit}) == source
    assert office.borne(number, "2025-05-31") == follows
    assert office.borne(number, "2025-06-01") == {}


def test_abnormal_operation_is_no_sanction(office: Office) -> None:
    office.take("entry", ENTRIES["abnormal_operation"].row)
    snapshot = office.trial.facts.snapshot()
    assert len(snapshot.all_rows(FactKind.SANCTION)) == 0
    (row,) = snapshot.all_rows(FactKind.RECORD).tolist()
    assert snapshot.text(FactKind.RECORD, row, "category") == "C05"


BANKRUPTCY = {
    "破产案号": "（2023）黑07破示1号",
    "受理法院": "伊春市中级人民法院",
    "债务人名称": COMPANY[0],
    "统一社会信用代码": COMPANY[1],
    "程序类别": "破产清算",
    "受理日期": "2023-02-01",
    "宣告破产日期": "2023-06-01",
    "程序终结日期": "2024-03-15",
}
DIRECTOR = {
    "姓名": DEBTOR[0],
    "证件类型": "身份证",
    "证件号码": DEBTOR[1],
    "任职单位": COMPANY[0],
    "统一社会信用代码": COMPANY[1],
    "职务": "董事",
    "任职起始日期": "2019-01-01",
}
FINDING = {
    "姓名": DEBTOR[0],
    "证件类型": "身份证",
    "证件号码": DEBTOR[1],
    "所在单位": COMPANY[0],
    "统一社会信用代码": COMPANY[1],
    "所涉文书号": BANKRUPTCY["破产案号"],
    "认定责任身份": "董事",
    "是否负有责任": "是",
    "认定文书号": "（2024）黑07民初示9号",
    "认定机关": "伊春市中级人民法院",
    "认定日期": "2024-02-01",
}


def test_a_director_responsible_for_a_liquidation_is_barred_from_its_last_day(
    office: Office,
) -> None:
    office.take("posts", DIRECTOR)
    office.take("insolvency", BANKRUPTCY)
    number = DEBTOR[1]
    assert office.borne(number, "2024-03-15") == dict.fromkeys(
        (OFFICE, NO_HEAD), EffectStatus.PENDING_FINDING
    )
    office.take("findings", FINDING)
    assert office.borne(number, "2024-03-14") == {}
    assert office.borne(number, "2024-03-15") == dict.fromkeys(
        (OFFICE, NO_HEAD), EffectStatus.IN_FORCE
    )
    assert office.borne(number, "2027-03-14") == dict.fromkeys(
        (OFFICE, NO_HEAD), EffectStatus.IN_FORCE
    )
    assert office.borne(number, "2027-03-15") == {}


@pytest.mark.parametrize(
    "changed",
    [
        {"宣告破产日期": ""},
        {"宣告破产日期": "", "程序类别": "破产重整", "裁定批准日期": "2023-12-01"},
    ],
    ids=["accepted and closed", "reorganised"],
)
def test_a_case_without_a_declaration_of_bankruptcy_bars_nobody(
    office: Office, changed: dict[str, str]
) -> None:
    office.take("posts", DIRECTOR)
    office.take("insolvency", {**BANKRUPTCY, **changed})
    office.take("findings", FINDING)
    assert office.borne(DEBTOR[1], "2024-03-15") == {}


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    with open_service(
        Settings(data=folder, embedded_memory="512m"), SystemClock()
    ) as _:
        pass
    # Kept up, so that each command attaches instead of starting Java again.
    with EmbeddedServer(folder / "store", memory="512m"):
        yield folder


def typed(
    *words: str,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """Return what `creditgraph` prints."""
    with monkeypatch.context() as patch:
        for name in ("NEO4J_URI", "NEO4J_PASSWORD", "CREDITGRAPH_LANGUAGE"):
            patch.delenv(name, raising=False)
        patch.setenv("CREDITGRAPH_DATA", str(data))
        patch.setenv("CREDITGRAPH_EMBEDDED_MEMORY", "512m")
        patch.setattr(sys, "argv", ["creditgraph", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
    assert not left.value.code, said.err
    return said.out


@pytest.mark.embedded
@pytest.mark.slow
@pytest.mark.xdist_group("list-sources")
def test_on_the_command_line_too(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def say(*words: str) -> str:
        return typed(*words, data=data, monkeypatch=monkeypatch, capsys=capsys)

    def effects(day: str) -> dict[str, int]:
        """Return the effects in force about the company: measure → grounds."""
        out = json.loads(say("effects", COMPANY[1], "--as-of", day, "--json"))
        assert {e["bearer"]["name"] for e in out} <= {REPRESENTATIVE[0]}
        assert {e["status"]["value"] for e in out} <= {"in_force"}
        return {e["measure"]["value"]: len(e["grounds"]) for e in out}

    entries, exits = tmp_path / "entries", tmp_path / "exits"
    for folder in (entries, exits):
        folder.mkdir()
    written(entries, "registrations", REGISTRATION)
    for name, entry in ENTRIES.items():
        written(entries, name.replace(" ", "_"), entry.row)
        written(exits, name.replace(" ", "_"), {**entry.row, **entry.exit})
    lists = sum(
        e.measure == RECORD and e.bearer == REPRESENTATIVE for e in ENTRIES.values()
    )
    say("load", str(entries))
    assert effects("2025-06-01") == {RECORD: lists, RESTRICTION: 1}
    say("load", str(exits))
    assert effects("2025-05-31") == {RECORD: lists, RESTRICTION: 1}
    assert effects("2025-06-01") == {}
