"""A list kept in every mode, and a company with somebody who answers for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from analytics.propagation.engine import derive
from graph.records import Record, Sanction
from graph.snapshot import Snapshot, day_of
from graph.vocabulary import EffectStatus, FactKind
from loaders.description import ColumnRule, SourceDescription
from loaders.registry import sources
from tests.unit.loaders.conftest import LAW, P1, A, Desk

OPERATIONS = {"新增": "add", "变更": "replace", "撤销": "withdraw"}
_HEADINGS = (
    "操作类型", "名单名称", "主体名称", "主体类别", "统一社会信用代码", "决定文书号", "决定机关",
    "列入日期", "列入事由", "届满日期", "移出日期", "移出原因", "行政区划代码",
)  # fmt: skip
_SOUND = {
    "操作类型": "新增",
    "名单名称": "严重违法失信企业名单",
    "主体名称": "示例公司",
    "主体类别": "法人及非法人组织",
    "统一社会信用代码": A,
    "决定文书号": "列〔2024〕1号",
    "决定机关": "某局",
    "列入日期": "2024-07-05",
}


def entry(number: int = 1, **changes: str) -> dict[str, str]:
    """Return a row of the list; entries of one number are one fact."""
    return _SOUND | {"决定文书号": f"列〔2024〕{number}号"} | changes


def entries(numbers: Iterable[int], **changes: str) -> list[dict[str, str]]:
    return [entry(n, **changes) for n in numbers]


def listed(**changes: Any) -> SourceDescription:
    """Return the severe lists kept in another mode."""
    return sources()["severe_lists"].model_copy(update=changes)


def whole(dropped: str = "withdraw", **changes: Any) -> SourceDescription:
    """Return the severe lists as a source whose files are the whole truth."""
    reason = "list_exit" if dropped == "end" else None
    return listed(mode="full", dropped=dropped, drop_reason=reason, **changes)


def feed(**changes: Any) -> SourceDescription:
    """Return the severe lists as a change feed."""
    found = sources()["severe_lists"]
    rule = ColumnRule(to="operation", type="word", required=True, words=OPERATIONS)
    columns = {"操作类型": rule, **found.columns}
    copy = listed(mode="change_feed", operation="operation", columns=columns, **changes)
    copy.__dict__.pop("_official", None)  # worked out from the columns before
    return copy


class Lists(Desk):
    """Loads lists in whatever mode."""

    def send(
        self,
        source: SourceDescription,
        rows: Iterable[Mapping[str, str]],
        *,
        name: str = "list.csv",
        **more: Any,
    ) -> Any:
        """Load a file of a source and return the report."""
        used = [h for h in _HEADINGS if source.operation or h != "操作类型"]
        path = self.csv(name, used, list(rows))
        return self.load(path, known_sources={source.key: source}, **more)

    def company(self) -> None:
        """Register the company and who represents it."""
        headings = [
            "姓名",
            "证件类型",
            "证件号码",
            "任职单位",
            "统一社会信用代码",
            "职务",
            "任职起始日期",
        ]
        cells = ["林甲", "身份证", P1, "示例公司", A, "法定代表人", "2018-01-01"]
        self.load(
            self.csv("posts.csv", headings, [dict(zip(headings, cells, strict=True))])
        )

    @property
    def now(self) -> Snapshot:
        return self.store.facts.snapshot()

    def standing(self) -> dict[str, Sanction]:
        """Return the sanctions that stand, by document."""
        rows = self.now.all_rows(FactKind.SANCTION).tolist()
        facts = [self.now.fact(FactKind.SANCTION, row) for row in rows]
        return {f.document_number: f for f in facts if isinstance(f, Sanction)}

    def recorded(self) -> dict[str, Record]:
        rows = self.now.all_rows(FactKind.RECORD).tolist()
        facts = [self.now.fact(FactKind.RECORD, row) for row in rows]
        return {f.document_number: f for f in facts if isinstance(f, Record)}

    def borne(self, on: str) -> int:
        """Return how many effects are in force on a day."""
        day = day_of(date.fromisoformat(on))
        effects = derive(self.now, LAW).effects.values()
        return sum(e.status_on(day) is EffectStatus.IN_FORCE for e in effects)
