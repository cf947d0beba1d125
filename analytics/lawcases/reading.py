"""Reads law cases: Chinese YAML for jurists into facts and expectations.

tests/law/README.md tells the format. Every fault of every case is collected.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analytics.lawcases.entry import Entry
from analytics.lawcases.facts import FactReader
from analytics.lawcases.faults import BrokenLawCases, CaseFault
from graph.errors import BadInput, Said
from graph.law import strict_yaml
from graph.law.book import LawBook
from graph.law.faults import Fault, FaultKind
from graph.law.strict_yaml import Document
from graph.records import Fact

NONE = "无"
OTHERS = "其他人"


@dataclass
class LawCase:
    """One case: what happened, and how everybody stands on which day.

    Args:
        line: the line of the file on which it begins.
        expected: day → bearer (name, or OTHERS) → measure → standing in Chinese;
            an empty mapping of measures means that he bears nothing.
        corrections: facts that were loaded later and take the place of earlier ones.
        lines: day → line of the file.
        persons: name in the case → identifier.
    """

    file: str
    line: int
    name: str
    facts: list[Fact]
    corrections: list[Fact]
    voided: list[Fact]
    expected: dict[date, dict[str, dict[str, str]]]
    lines: dict[date, int] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)


def read_cases(place: Path, law: LawBook) -> list[LawCase]:
    """Return every case of a file, or of every .yaml file of a folder.

    Raises:
        BrokenLawCases: with every fault, each with file and line.
        BadInput: there is no such place, or no case in it.
    """
    files = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
    if not files or not all(file.is_file() for file in files):
        raise BadInput(
            f"{place} 里没有案例文件。",
            f"There are no case files in {place}.",
            hint_zh="写出案例文件，或者放着 .yaml 案例的文件夹。",
            hint_en="Name a case file, or a folder of .yaml case files.",
        )
    cases: list[LawCase] = []
    faults: list[Fault] = []
    for file in files:
        for made in _of_file(file, law):
            if isinstance(made, Fault):
                faults.append(made)
            else:
                cases.append(made)
    if faults:
        raise BrokenLawCases(sorted(set(faults)))
    return cases


def _of_file(file: Path, law: LawBook) -> Iterator[LawCase | Fault]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        message = Said("不是 UTF-8 文字", "it is not UTF-8 text")
        mend = Said("用 UTF-8 编码重新保存", "save it again as UTF-8")
        yield Fault(file.name, 1, "", FaultKind.NOT_YAML, message, mend)
        return
    document = strict_yaml.read(file.name, text)
    yield from document.faults
    if document.faults:
        return
    if not isinstance(document.data, list):
        message = Said("文件应是案例的列表", "the file should be a list of cases")
        mend = Said("每个案例以“- 案例:”开头", "see tests/law/README.md for its form")
        yield Fault(file.name, 1, "", FaultKind.BAD_VALUE, message, mend)
        return
    for number, data in enumerate(document.data):
        try:
            yield _case(document, number, data, law)
        except CaseFault as error:
            yield error.fault


def _case(document: Document, number: int, data: Any, law: LawBook) -> LawCase:
    entry = Entry(document, (number,), data)
    name = entry.text("案例")
    entry.optional("说明")
    reader = FactReader(law)
    facts = reader.read(entry)
    corrections = reader.corrections(entry)
    voided = {str(v) for v in entry.items("作废")}
    expected = _expected(entry, reader)
    entry.done()
    return LawCase(
        file=document.file,
        line=document.line((number,)),
        name=name,
        facts=facts,
        corrections=corrections,
        voided=[f for f in facts if getattr(f, "document_number", "") in voided],
        expected=expected,
        lines={on: document.line((number, "预期", on.isoformat())) for on in expected},
        persons=reader.ids,
    )


def _expected(
    entry: Entry, reader: FactReader
) -> dict[date, dict[str, dict[str, str]]]:
    found: dict[date, dict[str, dict[str, str]]] = {}
    days = Entry(entry.document, (*entry.path, "预期"), entry.left.pop("预期", None))
    for on, of in days.left.items():
        day = days.day_of(str(on), (on,))
        told = Entry(entry.document, (*days.path, on), of)
        found[day] = {
            who: _standings(told, who, reader) for who in sorted(told.left, key=str)
        }
    return found


def _standings(told: Entry, who: str, reader: FactReader) -> dict[str, str]:
    if who != OTHERS:
        reader.id_of(told, who, (who,))
    said = told.left[who]
    if said == NONE:
        return {}
    if not isinstance(said, dict) or who == OTHERS:
        raise told.wrong(
            (who,),
            Said(
                "应写“无”，或者 {措施: 状态}",
                "write {measure: standing}, or the word for nothing",
            ),
            Said(
                "例如 {记入个人信用记录: 生效}", "see tests/law/README.md for its form"
            ),
        )
    for measure, standing in said.items():
        reader.measure(told, str(measure).partition("@")[0], (who, measure))
        reader.standing(told, str(standing), (who, measure))
    return {str(measure): str(standing) for measure, standing in said.items()}
