"""The facts of one law case, each kind by its Chinese name."""

from decimal import Decimal, InvalidOperation
from typing import Final

from analytics.lawcases.entry import Entry
from graph.errors import Said
from graph.law.book import LawBook
from graph.law.faults import FaultKind
from graph.law.strict_yaml import Path
from graph.records import (
    Branch,
    Fact,
    Finding,
    Holding,
    IdentityLink,
    Link,
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
    OrganizationStatus,
    Outcome,
    RecordKind,
    Relation,
    ReleaseReason,
    Role,
)

KINDS: Final = ("主体", "任职", "惩戒", "记录", "认定", "解除", "中止", "身份", "持股",
    "分支", "关联")  # fmt: skip
_SPELLING: Final = Said("改正拼写", "mend the spelling")


class FactReader:
    """Reads the facts of one case; `ids` gives identifiers by the names of the case."""

    def __init__(self, law: LawBook) -> None:
        self.law = law
        self.ids: dict[str, str] = {}

    def read(self, case: Entry) -> list[Fact]:
        """Return every fact of a case, subjects first."""
        readers = (
            self._subject, self._tie, self._sanction, self._record, self._finding,
            self._release, self._suspension, self._identity, self._holding,
            self._branch, self._relation,
        )  # fmt: skip
        facts: list[Fact] = []
        for name, read in zip(KINDS, readers, strict=True):
            for number, data in enumerate(case.items(name)):
                entry = Entry(case.document, (*case.path, name, number), data)
                facts.append(read(entry))
                entry.done()
        return facts

    def corrections(self, case: Entry) -> list[Fact]:
        """Return the sanctions that an authority told anew, under their old number."""
        facts: list[Fact] = []
        for number, data in enumerate(case.items("更正")):
            entry = Entry(case.document, (*case.path, "更正", number), data)
            facts.append(self._sanction(entry))
            entry.done()
        return facts

    # ---- words and names -------------------------------------------------

    def id_of(self, entry: Entry, name: str, path: Path) -> str:
        """Return the identifier of a subject that has been introduced."""
        if name not in self.ids:
            raise entry.wrong(
                path,
                Said(f"主体里没有“{name}”", f"no subject of the case is named {name}"),
                Said(f"在“主体”里写上 {name}", f"enter {name} among the subjects"),
                FaultKind.DANGLING,
            )
        return self.ids[name]

    def measure(self, entry: Entry, word: str, path: Path) -> str:
        """Return the key of a measure by its Chinese name or key."""
        for key, measure in self.law.measures.items():
            if word in (key, measure.zh):
                return key
        raise entry.wrong(
            path,
            Said(f"没有“{word}”这项措施", f"there is no measure {word}"),
            Said("写 measures.yaml 里的 zh 或者 key", "see zh or key in measures.yaml"),
            FaultKind.DANGLING,
        )

    def standing(self, entry: Entry, word: str, path: Path) -> None:
        """Refuse a word that is not a standing."""
        words = [status.zh for status in EffectStatus] + ["无"]
        if word not in words:
            raise entry.wrong(
                path,
                Said(f"没有“{word}”这种状态", f"there is no standing {word}"),
                Said(f"可用：{'、'.join(words)}", f"known: {', '.join(words)}"),
                FaultKind.UNKNOWN_WORD,
            )

    def _who(self, entry: Entry, name: str) -> str:
        return self.id_of(entry, entry.text(name), (name,))

    def _where(self, entry: Entry) -> str:
        return self._who(entry, "组织") if entry.has("组织") else ""

    def _field(self, entry: Entry) -> str | None:
        word = entry.optional("领域")
        if word is None:
            return None
        for key, known in self.law.fields.items():
            if word in (key, known.zh):
                return key
        raise entry.wrong(
            ("领域",),
            Said(f"没有“{word}”这个领域", f"there is no field {word}"),
            Said("写 fields.yaml 里的 zh 或者 key", "see zh or key in fields.yaml"),
            FaultKind.DANGLING,
        )

    def _list(self, entry: Entry) -> str:
        word = entry.optional("名单")
        if word is None:
            return ""
        known = self.law.list_named(word)
        if known is None:
            raise entry.wrong(
                ("名单",),
                Said(f"没有“{word}”这个名单", f"there is no list {word}"),
                Said("写 lists.yaml 里的名称", "see the names in lists.yaml"),
                FaultKind.DANGLING,
            )
        return known.key

    # ---- one kind of fact each -------------------------------------------

    def _subject(self, entry: Entry) -> Fact:
        label = entry.text("名称")
        kind = entry.word("类型", OrganizationKind)
        if label not in self.ids:
            scoped = "scoped:" if entry.flag("仅知姓名") else ""
            self.ids[label] = f"{'org' if kind else 'per'}:{scoped}{label}"
        return Profile(
            subject=self.ids[label],
            name=entry.optional("登记姓名") or label,
            organization_kind=kind,
            region=entry.optional("登记地") or "",
            status=entry.word("状态", OrganizationStatus),
            **entry.period(),
        )

    def _tie(self, entry: Entry) -> Fact:
        return Tie(
            person=self._who(entry, "人"),
            organization=self._who(entry, "组织"),
            role=entry.needed("职务", Role),
            **entry.period(),
        )

    def _sanction(self, entry: Entry) -> Fact:
        measures = tuple(
            self.measure(entry, str(word), ("措施", number))
            for number, word in enumerate(entry.items("措施"))
        )
        return Sanction(
            authority=entry.optional("机关") or "某机关",
            document_number=entry.text("文书"),
            subject=self._who(entry, "对象"),
            list=self._list(entry),
            measures=measures,
            field=self._field(entry),
            decided_on=entry.day("决定"),
            listed_on=entry.day("列入"),
            region=entry.optional("机关所在地") or "",
            end_reason=entry.word("终止原因", EndReason),
            **entry.act(),
            **entry.period(),
        )

    def _record(self, entry: Entry) -> Fact:
        return Record(
            kind=entry.needed("种类", RecordKind),
            authority="某法院",
            document_number=entry.text("文书"),
            subject=self._who(entry, "对象"),
            category=Category.JUDICIAL,
            field=self._field(entry),
            decided_on=entry.day("决定"),
            amount_yuan=self._number(entry, "金额"),
            outcome=entry.word("状况", Outcome),
            **entry.act(),
            **entry.period(),
        )

    def _finding(self, entry: Entry) -> Fact:
        return Finding(
            person=self._who(entry, "人"),
            organization=self._where(entry),
            about_document=entry.text("关于"),
            document=entry.optional("文书") or "认定书",
            authority="某机关",
            role=entry.needed("身份", Role),
            responsible=entry.flag("负责"),
            fine_yuan=self._number(entry, "罚款"),
            **entry.period(),
        )

    def _release(self, entry: Entry) -> Fact:
        return Release(
            person=self._who(entry, "人"),
            organization=self._where(entry),
            about_document=entry.optional("关于") or "",
            document=entry.optional("文书") or "解除决定",
            authority="某机关",
            reason=entry.needed("原因", ReleaseReason),
            **entry.period(),
        )

    def _suspension(self, entry: Entry) -> Fact:
        return Suspension(
            subject=self._who(entry, "对象"),
            organization=self._where(entry),
            about_document=entry.optional("关于") or "",
            document="中止决定",
            authority="某机关",
            **entry.period(),
        )

    def _identity(self, entry: Entry) -> Fact:
        return IdentityLink(
            left=self._who(entry, "甲"),
            right=self._who(entry, "乙"),
            document="核验记录",
            authority="某机关",
            judgement=entry.needed("判断", Judgement),
        )

    def _holding(self, entry: Entry) -> Fact:
        percent = self._number(entry, "百分比")
        hundredths = int(percent * 100) if percent is not None else None
        return Holding(
            holder=self._who(entry, "股东"),
            organization=self._who(entry, "组织"),
            share_num=hundredths,
            share_den=None if hundredths is None else 10_000,
            **entry.period(),
        )

    def _branch(self, entry: Entry) -> Fact:
        return Branch(
            branch=self._who(entry, "分支"),
            parent=self._who(entry, "上级"),
            **entry.period(),
        )

    def _relation(self, entry: Entry) -> Fact:
        return Link(
            subject=self._who(entry, "甲"),
            other=self._who(entry, "乙"),
            relation=entry.needed("关系", Relation),
            **entry.period(),
        )

    def _number(self, entry: Entry, name: str) -> Decimal | None:
        text = entry.optional(name)
        try:
            return Decimal(text) if text is not None else None
        except InvalidOperation as error:
            raise entry.wrong(
                (name,),
                Said(f"“{text}”不是数", f"{text!r} is not a number"),
                Said(
                    "写成带引号的数，如 '51.00'", "write a quoted number like '51.00'"
                ),
            ) from error
