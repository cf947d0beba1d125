"""Reads the law cases: Chinese YAML for jurists into facts and expectations.

The format is described at the top of test_cases.py.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from graph.law import strict_yaml
from graph.law.book import LawBook
from graph.records import (
    Fact,
    Finding,
    IdentityLink,
    Profile,
    Record,
    Release,
    Sanction,
    Suspension,
    Tie,
)
from graph.vocabulary import (
    Category,
    EffectStatus,
    EndReason,
    Judgement,
    OrganizationKind,
    RecordKind,
    ReleaseReason,
    Role,
)

NONE = "无"
OTHERS = "其他人"


@dataclass
class LawCase:
    """One case: what happened, and how everybody stands on which day.

    Args:
        expected: day → bearer (name, or OTHERS) → measure → standing in Chinese;
            an empty mapping of measures means that he bears nothing.
    """

    file: str
    name: str
    facts: list[Fact]
    voided: list[Fact]
    expected: dict[date, dict[str, dict[str, str]]]
    persons: dict[str, str] = field(default_factory=dict)
    """Name in the case → identifier."""


def read_cases(folder: Path, law: LawBook) -> list[LawCase]:
    """Return every case of every file."""
    return [
        _Reader(file.name, data, law).case()
        for file in sorted(folder.glob("*.yaml"))
        for data in _entries(file)
    ]


def _entries(file: Path) -> list[Any]:
    document = strict_yaml.read(file.name, file.read_text("utf-8"))
    assert not document.faults, "\n".join(map(str, document.faults))
    assert isinstance(document.data, list), f"{file.name}: 应是案例的列表"
    return document.data


class _Reader:
    """Takes every field of one case out of its mapping; what is left is an error."""

    def __init__(self, file: str, data: dict[str, Any], law: LawBook) -> None:
        self.file, self.data, self.law = file, dict(data), law
        self.name = str(self.data.pop("案例"))
        self.ids: dict[str, str] = {}
        self.facts: list[Fact] = []

    def case(self) -> LawCase:
        """Return the case."""
        for kind in ("主体", "任职", "惩戒", "记录", "认定", "解除", "中止", "身份"):
            for entry in self.data.pop(kind, []):
                self.facts += getattr(self, f"_{_METHODS[kind]}")(_Entry(self, entry))
        voided = {str(v) for v in self.data.pop("作废", [])}
        expected = {
            date.fromisoformat(on): {
                who: ({} if told == NONE else dict(told)) for who, told in of.items()
            }
            for on, of in self.data.pop("预期").items()
        }
        self.data.pop("说明", None)
        assert not self.data, (
            f"{self.file} {self.name}: 没有 {', '.join(self.data)} 这些字段"
        )
        return LawCase(
            file=self.file,
            name=self.name,
            facts=self.facts,
            voided=[
                f for f in self.facts if getattr(f, "document_number", "") in voided
            ],
            expected=expected,
            persons=self.ids,
        )

    def id_of(self, name: str) -> str:
        """Return the identifier of a subject that has been introduced."""
        assert name in self.ids, f"{self.file} {self.name}: 主体里没有 {name}"
        return self.ids[name]

    # ---- one kind of fact each ------------------------------------------

    def _subject(self, entry: "_Entry") -> list[Fact]:
        label = entry.text("名称")
        kind = entry.optional("类型")
        if label not in self.ids:
            scoped = "scoped:" if entry.flag("仅知姓名") else ""
            self.ids[label] = f"{'org' if kind else 'per'}:{scoped}{label}"
        fact = Profile(
            subject=self.ids[label],
            name=entry.optional("登记姓名") or label,
            organization_kind=OrganizationKind.parse(kind) if kind else None,
            region=entry.optional("登记地") or "",
            **entry.period(),
        )
        entry.done()
        return [fact]

    def _tie(self, entry: "_Entry") -> list[Fact]:
        fact = Tie(
            person=entry.subject("人"),
            organization=entry.subject("组织"),
            role=Role.parse(entry.text("职务")),
            **entry.period(),
        )
        entry.done()
        return [fact]

    def _sanction(self, entry: "_Entry") -> list[Fact]:
        listed = entry.optional("名单")
        known = self.law.list_named(listed) if listed else None
        assert not listed or known, f"{self.name}: 没有名单 {listed}"
        period = entry.period()
        reason = entry.optional("终止原因")
        fact = Sanction(
            authority=entry.optional("机关") or "某机关",
            document_number=entry.text("文书"),
            subject=entry.subject("对象"),
            list=known.key if known else "",
            measures=tuple(self.measure(m) for m in entry.texts("措施")),
            field=self._field(entry.optional("领域")),
            decided_on=entry.day("决定"),
            listed_on=entry.day("列入"),
            region=entry.optional("机关所在地") or "",
            end_reason=EndReason.parse(reason) if reason else None,
            **entry.act(),
            **period,
        )
        entry.done()
        return [fact]

    def _record(self, entry: "_Entry") -> list[Fact]:
        fact = Record(
            kind=RecordKind.parse(entry.text("种类")),
            authority="某法院",
            document_number=entry.text("文书"),
            subject=entry.subject("对象"),
            category=Category.JUDICIAL,
            field=self._field(entry.optional("领域")),
            decided_on=entry.day("决定"),
            **entry.act(),
            **entry.period(),
        )
        entry.done()
        return [fact]

    def _finding(self, entry: "_Entry") -> list[Fact]:
        fact = Finding(
            person=entry.subject("人"),
            organization=entry.subject("组织") if entry.has("组织") else "",
            about_document=entry.text("关于"),
            document=entry.optional("文书") or "认定书",
            authority="某机关",
            role=Role.parse(entry.text("身份")),
            responsible=entry.flag("负责"),
            **entry.period(),
        )
        entry.done()
        return [fact]

    def _release(self, entry: "_Entry") -> list[Fact]:
        fact = Release(
            person=entry.subject("人"),
            organization=entry.subject("组织") if entry.has("组织") else "",
            about_document=entry.optional("关于") or "",
            document=entry.optional("文书") or "解除决定",
            authority="某机关",
            reason=ReleaseReason.parse(entry.text("原因")),
            **entry.period(),
        )
        entry.done()
        return [fact]

    def _suspension(self, entry: "_Entry") -> list[Fact]:
        fact = Suspension(
            subject=entry.subject("对象"),
            organization=entry.subject("组织") if entry.has("组织") else "",
            about_document=entry.optional("关于") or "",
            document="中止决定",
            authority="某机关",
            **entry.period(),
        )
        entry.done()
        return [fact]

    def _link(self, entry: "_Entry") -> list[Fact]:
        fact = IdentityLink(
            left=entry.subject("甲"),
            right=entry.subject("乙"),
            document="核验记录",
            authority="某机关",
            judgement=Judgement.parse(entry.text("判断")),
        )
        entry.done()
        return [fact]

    # ---- words -----------------------------------------------------------

    def measure(self, word: str) -> str:
        """Return the key of a measure by its Chinese name or key."""
        for key, measure in self.law.measures.items():
            if word in (key, measure.zh):
                return key
        raise AssertionError(f"{self.name}: 没有措施 {word}")

    def _field(self, word: str | None) -> str | None:
        keys = {f.zh: key for key, f in self.law.fields.items()}
        assert word is None or word in keys, f"{self.name}: 没有领域 {word}"
        return keys[word] if word else None


_METHODS = {
    "主体": "subject",
    "任职": "tie",
    "惩戒": "sanction",
    "记录": "record",
    "认定": "finding",
    "解除": "release",
    "中止": "suspension",
    "身份": "link",
}


class _Entry:
    """One fact in its file; every field must be asked for."""

    def __init__(self, reader: _Reader, data: dict[str, Any]) -> None:
        self.reader, self.left = reader, dict(data)

    def has(self, name: str) -> bool:
        return name in self.left

    def optional(self, name: str) -> str | None:
        value = self.left.pop(name, None)
        return None if value is None else str(value)

    def text(self, name: str) -> str:
        assert name in self.left, f"{self.reader.name}: 缺少 {name}"
        return str(self.left.pop(name))

    def texts(self, name: str) -> list[str]:
        return [str(v) for v in self.left.pop(name, [])]

    def flag(self, name: str) -> bool:
        return bool(self.left.pop(name, False))

    def subject(self, name: str) -> str:
        return self.reader.id_of(self.text(name))

    def day(self, name: str) -> date | None:
        value = self.optional(name)
        return date.fromisoformat(value) if value else None

    def _after(self, name: str) -> date | None:
        """Return the day after the last one, which is how facts are kept."""
        last = self.day(name)
        return last + timedelta(days=1) if last else None

    def period(self) -> dict[str, Any]:
        return {"valid_from": self.day("自"), "valid_to": self._after("至")}

    def act(self) -> dict[str, Any]:
        return {"act_from": self.day("行为自"), "act_to": self._after("行为至")}

    def done(self) -> None:
        """Refuse what nobody asked for."""
        assert not self.left, (
            f"{self.reader.name}: 没有 {', '.join(self.left)} 这些字段"
        )


def standing_word(status: EffectStatus | None) -> str:
    """Return a standing in the words of the cases."""
    return status.zh if status else NONE
