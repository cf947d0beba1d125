"""The service on an embedded store, and the commands on top of it: one small world."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import graph.law
from api.acts import End, Void
from api.cli import app
from api.clock import FixedClock
from api.service import Service
from api.settings import Settings
from api.wiring import open_service
from graph.errors import BadInput, Conflict, NotFound
from graph.identifiers import resident_check_character, uscc_check_character
from graph.scope import ALL
from graph.snapshot import day_of
from graph.vocabulary import EffectStatus, EndReason, FactKind, LoadKind

pytestmark = [pytest.mark.embedded, pytest.mark.xdist_group("embedded-service")]

TODAY = date(2026, 11, 22)


def uscc(body: str) -> str:
    return body + uscc_check_character(body)


def resident(body: str) -> str:
    return body + resident_check_character(body)


CODE = uscc("91230717MX0000001")
ID = resident("23079919700101001")
POSTS = f"""姓名,证件类型,证件号码,任职单位,统一社会信用代码,职务,任职起始日期,任职终止日期,数据来源单位
张三,身份证,{ID},伊春市甲公司,{CODE},法定代表人,2020-01-01,,市场监管局
李四,,,伊春市甲公司,{CODE},实际控制人,2020-01-01,,市场监管局
"""
LISTS = f"""名单名称,主体名称,主体类别,统一社会信用代码,决定文书号,决定机关,决定日期,列入日期,行为起始日期,行为终止日期,届满日期,移出日期,移出原因,行政区划代码
市场监督管理严重违法失信名单,伊春市甲公司,法人及非法人组织,{CODE},文1,市监局,2026-01-01,2026-01-01,2025-06-01,2025-06-01,2028-12-31,,,230717
市场监督管理严重违法失信名单,伊春市甲公司,法人及非法人组织,{CODE},文2,市监局,2026-02-01,2026-02-01,2025-06-01,2025-06-01,2026-11-22,,,230717
"""
REGISTRATION = f"""企业名称,统一社会信用代码,企业类型,登记状态,成立日期,行政区划代码
伊春市甲公司,{CODE},有限责任公司,存续,2015-01-01,230717
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    for name, text in (("posts", POSTS), ("lists", LISTS), ("reg", REGISTRATION)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def clock() -> FixedClock:
    return FixedClock.on(TODAY)


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, clock: FixedClock, world: Path
) -> Iterator[Service]:
    data = tmp_path_factory.mktemp("data") / "d"
    with open_service(Settings(data=data), clock) as opened:
        tried = opened.load(sorted(world.glob("*.csv")), dry_run=True)
        before = opened.store.head()
        done = opened.load(sorted(world.glob("*.csv")))
        assert before == 2, "a dry run writes nothing: only law and day are there"
        assert {c.effect.id for c in tried.effects.gained} == {
            c.effect.id for c in done.effects.gained
        }
        assert done.effects.gained
        yield opened


def borne(service: Service, day: date) -> dict[str, EffectStatus | None]:
    derivation = service.board.derivation
    person = service.find_subject("张三", view=service.board.view, scope=ALL)
    return {
        e.jurisdiction: e.status_on(day_of(day)) for e in derivation.of_bearer(person)
    }


def key_of(service: Service, document: str) -> str:
    snapshot = service.board.snapshot
    (row,) = (
        int(r)
        for r in snapshot.all_rows(FactKind.SANCTION)
        if snapshot.text(FactKind.SANCTION, int(r), "document_number") == document
    )
    return snapshot.key(FactKind.SANCTION, row).hex()


def act(key: str, request: str) -> dict[str, str]:
    return {
        "key": key,
        "document": "决1",
        "authority": "市监局",
        "actor": "test",
        "request": request,
    }


def test_the_representative_answers_and_the_unknown_controller_waits(
    service: Service,
) -> None:
    assert set(borne(service, TODAY).values()) == {EffectStatus.IN_FORCE}
    waiting = [
        e.status_on(day_of(TODAY))
        for e in service.board.derivation.effects.values()
        if ":scoped:" in e.bearer
    ]
    assert waiting
    assert set(waiting) == {EffectStatus.PENDING_IDENTITY}


def test_loading_the_same_files_again_adds_nothing(
    service: Service, world: Path
) -> None:
    before = service.status()["facts"], len(service.receipts())
    outcome = service.load(sorted(world.glob("*.csv")))
    assert [r.known for r in outcome.reports] == [r.read for r in outcome.reports]
    assert service.status()["facts"] == before[0]
    assert not outcome.effects.gained
    told = service.receipts()[before[1] :]
    assert [(r.file, r.read, r.new, r.known) for r in told] == [
        (r.file, r.read, 0, r.read) for r in outcome.reports
    ]


def test_an_act_that_cannot_be_is_refused_by_name(service: Service) -> None:
    key = key_of(service, "文1")
    with pytest.raises(NotFound, match="No sanction has the key"):
        service.preview(Void(**act("0" * 32, "x"), reason="错"))
    with pytest.raises(BadInput, match="not a key"):
        service.preview(Void(**act("zz", "x"), reason="错"))
    early = End(**act(key, "x"), on=date(2025, 1, 1), reason=EndReason.REPAIR)
    with pytest.raises(BadInput, match="began on 2026-01-01"):
        service.preview(early)


def test_a_repair_ends_what_the_preview_said_and_the_second_ground_holds(
    service: Service,
) -> None:
    key = key_of(service, "文1")
    end = End(**act(key, "repair-1"), on=TODAY, reason=EndReason.REPAIR)
    tried, done = service.preview(end), service.perform(end)
    assert tried.receipt is None
    assert done.receipt is not None
    assert tried.effects == done.effects
    assert not done.effects.lost, "the second listing still holds the effect"
    assert set(borne(service, TODAY).values()) == {EffectStatus.IN_FORCE}
    again = service.perform(end)
    assert again.receipt is not None
    assert again.receipt.repeated
    assert again.receipt.seq == done.receipt.seq
    with pytest.raises(Conflict, match="already ended"):
        service.perform(End(**act(key, "2"), on=TODAY, reason=EndReason.REPAIR))


def test_a_new_day_is_an_entry_of_the_journal_and_ends_what_expired(
    service: Service, clock: FixedClock
) -> None:
    clock.move_to(TODAY + timedelta(days=1))
    board = service.refresh()
    assert board.snapshot.loads[-1].kind is LoadKind.DAY
    assert set(borne(service, board.today).values()) == {EffectStatus.ENDED}
    assert set(borne(service, TODAY).values()) == {EffectStatus.IN_FORCE}


def test_what_was_known_then_stays_answerable_after_a_void(service: Service) -> None:
    before = service.board
    instant = before.snapshot.loads[-1].recorded_at
    change = service.perform(
        Void(**act(key_of(service, "文2"), "v"), reason="认定有误")
    )
    assert change.receipt is not None
    assert EffectStatus.IN_FORCE not in borne(service, TODAY).values()
    then = service.view(as_of=TODAY, known_at=instant - timedelta(seconds=1))
    assert then.snapshot.seq < service.board.snapshot.seq
    person = service.find_subject("张三", view=service.board.view, scope=ALL)
    old = service.view(as_of=TODAY, known_at=datetime(2026, 11, 22, 1, tzinfo=UTC))
    statuses = {e.status_on(day_of(TODAY)) for e in old.derivation.of_bearer(person)}
    assert statuses == {EffectStatus.IN_FORCE}


def test_another_process_attaches_and_sees_the_same(service: Service) -> None:
    with open_service(service.settings, service.clock) as second:
        assert second.board.snapshot.digest == service.board.snapshot.digest
    assert service.verify().ok


def run(service: Service, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        app, list(words), env={"CREDITGRAPH_DATA": str(service.settings.data)}
    )
    return result.exit_code, result.output


@pytest.mark.parametrize("command", ["status", "verify", "config", "doctor", "sources"])
def test_reading_commands_speak_json(service: Service, command: str) -> None:
    code, output = run(service, command, "--json")
    assert code == 0, output
    assert json.loads(output)


def test_subject_effects_explain_and_examine(service: Service) -> None:
    code, output = run(service, "subject", CODE, "--json")
    assert code == 0, output
    shown = json.loads(output)
    assert shown["subject"]["subject"]["name"] == "伊春市甲公司"
    key = shown["sanctions"][0]["key"]
    code, output = run(service, "effects", CODE, "--ended", "--json")
    effect = next(e for e in json.loads(output) if ":scoped:" not in e["bearer"]["id"])
    for words in (["explain", effect["id"]], ["examine", key], ["subject", CODE]):
        code, output = run(service, *words)
        assert code == 0, output
        assert "张三" in output


@pytest.mark.parametrize(
    ("words", "language", "code", "told"),
    [
        (
            ["subject", "无此公司"],
            "zh",
            3,
            "not_found: 没有代码、标识或名称为“无此公司”的主体。",
        ),
        (["subject", "无此公司"], "en", 3, "not_found: No subject has the code,"),
        (["explain", "0"], "zh", 3, "→ `creditgraph effects 代码`"),
        (["explain", "0"], "en", 3, "→ `creditgraph effects CODE`"),
        (["examine", "0"], "zh", 2, "bad_input: “0”不是键"),
        (["examine", "0"], "en", 2, "bad_input: '0' is not a key"),
    ],
)
def test_errors_are_told_in_the_users_language_with_the_documented_code(
    service: Service, words: list[str], language: str, code: int, told: str
) -> None:
    for asked in (["--lang", language, *words], words):
        result = CliRunner().invoke(
            app,
            asked,
            env={
                "CREDITGRAPH_DATA": str(service.settings.data),
                "CREDITGRAPH_LANGUAGE": language,
            },
        )
        assert result.exit_code == code
        assert told in result.stderr


@pytest.mark.parametrize(
    ("option", "variable", "told"),
    [
        ([], None, "设置有误"),
        ([], "klingon", "设置有误"),
        ([], "en", "A setting is wrong"),
        (["--lang", "en"], None, "A setting is wrong"),
        (["--lang", "zh"], "en", "设置有误"),
        (["--lang", "fr"], "en", "A setting is wrong"),
    ],
)
def test_settings_that_cannot_be_read_are_told_in_the_language_that_was_asked_for(
    option: list[str], variable: str | None, told: str
) -> None:
    result = CliRunner().invoke(
        app,
        [*option, "config"],
        env={"CREDITGRAPH_PORT": "x", "CREDITGRAPH_LANGUAGE": variable},
    )
    assert result.exit_code == 2
    assert told in result.stderr


MISTAKES = Path(__file__).parents[3] / "examples/mistakes"


def test_rows_set_aside_are_told_in_one_language_with_their_values(
    service: Service,
) -> None:
    words = ["load", "--dry-run", str(MISTAKES)]
    code, zh = run(service, "--lang", "zh", *words)
    assert code == 0, zh
    assert "第 4 行 统一社会信用代码：" in zh
    assert "不是“登记状态”的规定用词" in zh
    code, en = run(service, "--lang", "en", *words)
    assert code == 0, en
    assert "line 6 " in en
    assert "write it as 2020-01-31" in en
    assert "is not among the words of registration status" in en
    assert not re.search("请|可用：|写作|核对|规定用词", en)


def test_faults_of_the_law_book_are_told_in_one_language(
    service: Service, tmp_path: Path
) -> None:
    folder = tmp_path / "law"
    shutil.copytree(Path(graph.law.__file__).parent, folder)
    (folder / "measures.yaml").unlink()
    code, zh = run(service, "--lang", "zh", "law", "check", str(folder))
    assert code == 7
    assert "measures.yaml:1 词表没有写全：法规库缺少 measures.yaml → 补上" in zh
    code, en = run(service, "--lang", "en", "law", "check", str(folder))
    assert code == 7
    assert "measures.yaml:1 a table is not complete: the law book lacks" in en
    assert not re.search("[\u4e00-\u9fff]", en)
