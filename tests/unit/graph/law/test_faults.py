"""Every kind of fault is found, at its file and line, in words one can act on."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.errors import LawDataError, Said
from graph.law.book import LawBook
from graph.law.faults import BrokenLawBook, Fault, FaultKind
from tests.unit.graph.law.conftest import Edit

CAFE = "liability/INTERNET-CAFE-PERMIT-REVOKED-OFFICE-BAN.yaml"
FOOD = "liability/FOOD-PERMIT-REVOKED-OCCUPATION-BAN.yaml"
SEVERE = "liability/SEVERE-LIST-PERSON-RECORD-CN.yaml"
YICHUN = "liability/SEVERE-LIST-PERSON-RECORD-YICHUN.yaml"
REMOVAL = "liability/OFFICE-BAN-REMOVAL-DUTY.yaml"
LICENCE = "liability/LICENCE-REVOKED-OFFICE-BAN.yaml"
DEFAULTER = "liability/PERSON-DEFAULTER-OFFICE-BAN.yaml"
CONSUMPTION = "liability/CONSUMPTION-RESTRICTION.yaml"


@dataclass(frozen=True)
class Case:
    """One spoiled place: what is replaced, and what must be said about it.

    `at` is a text that begins on the line where the fault is told, when that is not
    the line of the edit; `told_in` is the file, when that is another one.
    """

    name: str
    file: str
    old: str
    new: str
    kind: FaultKind
    says: str
    at: str = ""
    told_in: str = ""


K = FaultKind
CASES = [
    Case("tab", CAFE, "  - in_force_from", "\t- in_force_from", K.NOT_YAML, "制表符"),
    Case("wide-colon", CAFE, "topic: ", "topic：", K.NOT_YAML, "半角冒号", "jurisdiction: CN"),
    Case("double-key", CAFE, "topic: ", "title: x\ntopic: ", K.DUPLICATE_KEY, "title"),
    Case("code", YICHUN, "'2307'", "2307", K.UNQUOTED, "'2307'"),
    Case("octal", YICHUN, "'2307'", "0230", K.UNQUOTED, "'0230'"),
    Case("underscore", YICHUN, "'2307'", "2_307", K.UNQUOTED, "'2_307'"),
    Case("sexagesimal", CAFE, "第三十六条第一款", "36:01", K.UNQUOTED, "'36:01'"),
    Case("truth", CAFE, "act_check: false", "act_check: no", K.UNQUOTED, "true 或 false"),
    Case("capital", CAFE, "act_check: false", "act_check: False", K.UNQUOTED, "False"),
    Case("float", CAFE, "第三十六条第一款", "36.1", K.UNQUOTED, "'36.1'"),
    Case("anchor", CAFE, "exceptions: []", "exceptions: &n []", K.FORBIDDEN_YAML, "&"),
    Case("alias", CAFE, "exceptions: []", "exceptions: *n", K.FORBIDDEN_YAML, "*n"),
    Case("tag", CAFE, "exceptions: []", "exceptions: !a []", K.FORBIDDEN_YAML, "!"),
    Case("two-documents", CAFE, "topic: ", "---\ntopic: ", K.FORBIDDEN_YAML, "多个文档"),
    Case("no-anchor", CAFE, "    anchor: revocation\n", "", K.MISSING_FIELD, "anchor", "- in_force_from"),
    Case("no-sticky", CAFE, ", sticky: false", "", K.MISSING_FIELD, "sticky"),
    Case("no-basis", CAFE, "    basis:", "    grounds:", K.MISSING_FIELD, "basis", "- in_force_from"),
    Case("typo", CAFE, "anchor:", "ancor:", K.UNKNOWN_FIELD, "是否想写 anchor"),
    Case("typo-below", CAFE, "finding: none", "findings: none", K.UNKNOWN_FIELD, "finding"),
    Case("word", CAFE, "anchor: revocation", "anchor: 吊销时", K.UNKNOWN_WORD, "revocation"),
    Case("role", CAFE, "role: first_answering", "role: boss", K.UNKNOWN_WORD, "法定代表人"),
    Case("day", CAFE, "2022-05-01", "2022-05-32", K.BAD_VALUE, "2024-07-01"),
    Case("length", CAFE, "P5Y", "五年", K.BAD_VALUE, "length"),
    Case("text-as-list", CAFE, "fields: [internet_cafe]", "fields: internet_cafe", K.BAD_VALUE, "[甲, 乙]"),
    Case("empty", CAFE, "title_en: Five", "title_en: ''\n# Five", K.BAD_VALUE, "不能为空"),
    Case("quoted-truth", CAFE, "act_check: false", "act_check: 'false'", K.BAD_VALUE, "true 或 false"),
    Case("no-bearers", REMOVAL, "      - organizations_of: [legal_representative, director, supervisor, senior_manager]\n        organization_kinds: [company]\n", "      []\n", K.BAD_VALUE, "至少", "    bearers:"),
    Case("not-a-list", "fields.yaml", "- {key: general", "x: 1 #", K.NOT_YAML, "检查", "- {key: food"),
    Case("absence", SEVERE, "when: {organization_kinds: [organ]}", "when: {without_effect: [office_ban]}", K.ABSENCE, "没有某后果"),
    Case("name", CAFE, "key: INTERNET", "key: INTRANET", K.FILE_NAME, "一致"),
    Case("twice", "fields.yaml", "key: drugs", "key: food", K.REPEATED, "已经定义"),
    Case("alias-twice", "lists.yaml", "老赖名单", "严重违法失信名单", K.REPEATED, "只能指一个", "  aliases: [严重违法失信企业名单"),
    Case("instrument", CAFE, "instrument: INTERNET-CAFE-REGULATION-2022", "instrument: NO-SUCH", K.DANGLING, "NO-SUCH"),
    Case("measure", CAFE, "measure: sector_office_ban", "measure: sector_ban", K.DANGLING, "登记"),
    Case("field", CAFE, "scope_fields: [internet_cafe]", "scope_fields: [cafes]", K.DANGLING, "fields.yaml"),
    Case("list", DEFAULTER, "lists: [judgment_defaulter]", "lists: [defaulters]", K.DANGLING, "lists.yaml"),
    Case("threshold", "liability/MARKET-BAN-REVIEW-YICHUN.yaml", "refusal_days", "refusing_days", K.DANGLING, "thresholds.yaml"),
    Case("threshold-number", "thresholds.yaml", "value: '3'", "value: 'three'", K.BAD_VALUE, "value"),
    Case("threshold-period", "thresholds.yaml", "within: P180D", "within: null", K.INCONSISTENT, "多长期间"),
    Case("threshold-no-period", "thresholds.yaml", "within: null", "within: P1Y", K.INCONSISTENT, "按次数"),
    Case("threshold-evidence", "thresholds.yaml", "- instrument: WORK-SAFETY-LAW-2021", "- instrument: MEASURE-LIST-2024", K.EVIDENCE, "证据等级", "  evidence: read"),
    Case("threshold-field", "thresholds.yaml", "fields: [food]", "fields: [foods]", K.DANGLING, "foods"),
    Case("threshold-on-effect", REMOVAL, "      fields: []\n", "      fields: []\n      thresholds: [refusal_days]\n", K.INCONSISTENT, "不能写门槛", "      thresholds:"),
    Case("no-relevance", "measures.yaml", "  relevance: 限于法律所写的市场、行业\n", "", K.INCOMPLETE, "relevance", "- key: market_access_ban"),
    Case("no-proportionality", "measures.yaml", "  proportionality_en: only by statute, for the time that statute or decision says\n", "", K.INCOMPLETE, "proportionality_en", "- key: market_access_ban"),
    Case("state", "person_states.yaml", "key: minor", "key: young", K.UNKNOWN_WORD, "未成年"),
    Case("state-evidence", "person_states.yaml", "evidence: unverified", "evidence: read", K.EVIDENCE, "证据等级"),
    Case("list-measure", "lists.yaml", "measures: [key_supervision]", "measures: [watching]", K.DANGLING, "watching"),
    Case("no-such-effect", REMOVAL, "measures: [office_ban]", "measures: [exit_ban]", K.DANGLING, "没有任何规则产生"),
    Case("severe-without", "lists.yaml", "severe: false", "severe: true", K.NO_BASIS, "互联网", "  legal_basis: []"),
    Case("city-ban", YICHUN, "measure: personal_record", "measure: office_ban", K.NO_BASIS, "规范性文件", "    basis:\n      - instrument: YICHUN-CREDIT-TASKS\n        article: 三、第二行\n        gist: 市场主体被"),
    Case("ends-early", LICENCE, "in_force_to: 2024-07-01", "in_force_to: 2018-01-01", K.VERSIONS, "不晚于"),
    Case("ends-at-once", LICENCE, "in_force_to: 2024-07-01", "in_force_to: 2018-10-26", K.VERSIONS, "不晚于"),
    Case("any-bearer", DEFAULTER, "subject: person", "subject: any", K.INCONSISTENT, "承担", "      - {role: self"),
    Case("overlap", CONSUMPTION, "in_force_to: 2015-07-22", "in_force_to: 2016-01-01", K.VERSIONS, "重叠", "- in_force_from: 2015"),
    Case("before-text", CAFE, "in_force_from: 2022-05-01", "in_force_from: 2012-05-01", K.VERSIONS, "施行日"),
    Case("after-repeal", LICENCE, "in_force_to: 2024-07-01\n", "\n", K.VERSIONS, "2024-07-01", "- in_force_from: 2018"),
    Case("any-penalty", CAFE, "measures: [permit_revoked]", "measures: []", K.INCONSISTENT, "任何处罚", "    trigger:"),
    Case("attention", CAFE, "measures: [permit_revoked]", "measures: [key_supervision]", K.INCONSISTENT, "不能触发"),
    Case("otherwise-nothing", SEVERE, "rules: [SEVERE-LIST-PERSON-RECORD-SHENZHEN]", "rules: [NO-SUCH-RULE]", K.DANGLING, "NO-SUCH-RULE"),
    Case("otherwise-itself", SEVERE, "rules: [SEVERE-LIST-PERSON-RECORD-SHENZHEN]", "rules: [SEVERE-LIST-PERSON-RECORD-CN]", K.INCONSISTENT, "另有规定"),
    Case("otherwise-as-of", SEVERE, "rules: [SEVERE-LIST-PERSON-RECORD-SHENZHEN]", "rules: [CONSUMPTION-RESTRICTION]", K.INCONSISTENT, "as_of"),
    Case("otherwise-effect", SEVERE, "rules: [SEVERE-LIST-PERSON-RECORD-SHENZHEN]", "rules: [OFFICE-BAN-REMOVAL-DUTY]", K.INCONSISTENT, "由惩戒触发"),
    Case("loop", REMOVAL, "length: as_trigger", "length: P3Y", K.INCONSISTENT, "as_trigger"),
    Case("effect-anchor", REMOVAL, "anchor: current", "anchor: decision", K.INCONSISTENT, "现任"),
    Case("effect-list", REMOVAL, "lists: []", "lists: [severe]", K.INCONSISTENT, "不能写名单"),
    Case("bearer", CAFE, "measure: sector_office_ban", "measure: removal_duty", K.INCONSISTENT, "承担", "      - {role: first"),
    Case("person-role", DEFAULTER, "role: self", "role: director", K.INCONSISTENT, "self"),
    Case("sticky", CAFE, "sticky: false", "sticky: true", K.INCONSISTENT, "离任"),
    Case("act-check", CONSUMPTION, "act_check: false", "act_check: true", K.INCONSISTENT, "act_check"),
    Case("no-own-term", CAFE, "ended_by: [own_term]", "ended_by: [list_exit]", K.INCONSISTENT, "own_term"),
    Case("own-term", SEVERE, "ended_by: [list_exit,", "ended_by: [own_term,", K.INCONSISTENT, "own_term"),
    Case("start", CAFE, "starts: revocation", "starts: sentence_completed", K.INCONSISTENT, "conviction"),
    Case("start-as-trigger", SEVERE, "starts: trigger", "starts: listing", K.INCONSISTENT, "trigger"),
    Case("empty-exception", SEVERE, "when: {organization_kinds: [organ]}", "when: {}", K.INCONSISTENT, "没有写任何条件"),
    Case("same-role", SEVERE, "role: actual_controller", "role: first_answering", K.INCONSISTENT, "两次", "    bearers:"),
    Case("organizations", REMOVAL, "subject: person", "subject: organization", K.INCONSISTENT, "person", "      - organizations_of"),
    Case("list-subject", "lists.yaml", "subjects: both", "subjects: organization", K.INCONSISTENT, "自然人", "lists: [judg", DEFAULTER),
    Case("elsewhere", FOOD, "FOOD-SAFETY-LAW-2021", "YICHUN-CREDIT-TASKS", K.INCONSISTENT, "不在 CN 施行"),
    Case("repealed", "instruments/COMPANY-LAW-2018.yaml", "repealed_from: 2024-07-01", "repealed_from: 2018-10-26", K.INCONSISTENT, "失效日"),
    Case("evidence", CONSUMPTION, "evidence: cited", "evidence: read", K.EVIDENCE, "降低等级"),
    Case("list-evidence", "lists.yaml", "evidence: cited", "evidence: read", K.EVIDENCE, "降低等级"),
    Case("bar-of-nothing", "purposes.yaml", "measures: [honours_limit]", "measures: []", K.INCONSISTENT, "哪些措施", "    - measures: []\n      lists: []"),
    Case("bar-twice", "purposes.yaml", "measures: [occupation_ban, sector", "measures: [office_ban, sector", K.REPEATED, "两次"),
    Case("bar-unbearable", "purposes.yaml", "measures: [representative_ban]", "measures: [key_supervision]", K.INCONSISTENT, "申请人"),
    Case("bar-list", "purposes.yaml", "lists: [government_procurement]", "lists: [procurers]", K.DANGLING, "procurers"),
    Case("role-missing", "roles.yaml", "organization_kind: organ", "organization_kind: company", K.INCOMPLETE, "organ", "#"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_fault_names_kind_file_line_and_mend(
    case: Case, folder: Path, edit: Edit
) -> None:
    line = edit(case.file, case.old, case.new)
    file = case.told_in or case.file
    if case.at:
        text = (folder / file).read_text("utf-8")
        line = text.count("\n", 0, text.index(case.at)) + 1

    faults = LawBook.check(folder)

    told = [
        f for f in faults if f.kind is case.kind and (f.file, f.line) == (file, line)
    ]
    assert told, faults
    assert any(case.says in f.message.zh + f.mend.zh for f in told), told
    for fault in faults:
        for said in (fault.message, fault.mend):
            assert re.search(r"[\u4e00-\u9fff]", said.zh), said
            quoted = re.sub(r"《[^》]*》", "", said.en)
            assert said.en, fault
            assert not re.search(r"[，。；：“”]", quoted), said


def test_a_measure_for_both_may_be_borne_by_whoever_was_sanctioned(
    folder: Path, edit: Edit
) -> None:
    file = "liability/FOOD-PERMIT-REVOKED-PERMIT-BAN.yaml"
    edit(file, "subject: organization", "subject: any")

    assert LawBook.check(folder) == []


def test_every_kind_of_fault_has_a_case() -> None:
    assert {c.kind for c in CASES} == set(FaultKind)


def test_all_faults_of_all_files_are_raised_at_once(folder: Path, edit: Edit) -> None:
    edit(CAFE, "anchor: revocation", "anchor: then")
    edit(FOOD, "P5Y", "5年")
    edit("fields.yaml", "key: drugs", "key: food")

    with pytest.raises(BrokenLawBook) as caught:
        LawBook.load(folder)

    assert {f.file for f in caught.value.faults} >= {CAFE, FOOD, "fields.yaml"}
    assert isinstance(caught.value, LawDataError)
    assert all(f.text("en") in str(caught.value) for f in caught.value.faults)


def test_fault_reads_file_line_field_message_mend() -> None:
    none, add = Said("没有", "none"), Said("补上", "add it")
    fault = Fault("a.yaml", 3, "key", K.DANGLING, none, add)

    assert fault.text("zh") == "a.yaml:3 key 引用的对象不存在：没有 → 补上"
    assert fault.text("en") == "a.yaml:3 key a reference to nothing: none → add it"
    assert fault.as_dict() == {
        "file": "a.yaml",
        "line": 3,
        "field": "key",
        "kind": "dangling",
        "message_zh": "没有",
        "message_en": "none",
        "mend_zh": "补上",
        "mend_en": "add it",
    }


def test_a_broken_file_does_not_make_its_references_dangle(
    folder: Path, edit: Edit
) -> None:
    edit("instruments/FOOD-SAFETY-LAW-2021.yaml", "rank: law", "rank: statute")

    assert {f.file for f in LawBook.check(folder)} == {
        "instruments/FOOD-SAFETY-LAW-2021.yaml"
    }


def test_an_unreadable_file_does_not_make_its_references_dangle(
    folder: Path, edit: Edit
) -> None:
    edit("instruments/FOOD-SAFETY-LAW-2021.yaml", "rank: law", "rank: [law")

    assert {f.kind for f in LawBook.check(folder)} == {K.NOT_YAML}


def test_a_file_with_another_ending_is_told_not_skipped(folder: Path) -> None:
    (folder / CAFE).rename(folder / CAFE.replace(".yaml", ".yml"))

    faults = LawBook.check(folder)

    assert [f.kind for f in faults] == [K.FILE_NAME]
    assert faults[0].file.endswith(".yml")


def test_a_missing_part_of_the_book_is_told(folder: Path) -> None:
    (folder / "measures.yaml").unlink()

    assert ("measures.yaml", K.INCOMPLETE) in {
        (f.file, f.kind) for f in LawBook.check(folder)
    }


def test_a_file_that_is_not_utf8_is_told(folder: Path) -> None:
    (folder / CAFE).write_bytes("key: 网吧".encode("gb18030"))

    assert [(f.file, f.kind) for f in LawBook.check(folder)] == [(CAFE, K.NOT_YAML)]


def test_an_empty_rule_file_is_told(folder: Path) -> None:
    (folder / CAFE).write_text("", "utf-8")

    assert [(f.file, f.kind) for f in LawBook.check(folder)] == [(CAFE, K.BAD_VALUE)]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    text = (folder / CAFE).read_text("utf-8")
    (folder / CAFE).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))

    assert LawBook.load(folder) == LawBook.load()


@pytest.mark.parametrize("file", [SEVERE, REMOVAL, "lists.yaml"])
def test_a_line_left_out_is_a_fault_or_harmless_never_a_crash(
    folder: Path, file: str
) -> None:
    lines = (folder / file).read_text("utf-8").splitlines(keepends=True)[:60]
    for number in range(0, len(lines), 3):
        rest = lines[:number] + lines[number + 1 :]
        (folder / file).write_text("".join(rest), "utf-8")
        for fault in LawBook.check(folder):
            assert 1 <= fault.line <= len(lines) or fault.file != file
            assert all(fault.message)
            assert all(fault.mend)
