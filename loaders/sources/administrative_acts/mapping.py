"""Which act it was: the catalogue names seven beside permits, penalties, inspections."""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import Category, RecordKind
from loaders.counterparts import check_counterparts, name_authority
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason

_ACTS: Final[Mapping[str, RecordKind]] = {
    kind.zh: kind
    for kind in (
        RecordKind.COERCION,
        RecordKind.CONFIRMATION,
        RecordKind.LEVY,
        RecordKind.GRANT,
        RecordKind.ADJUDICATION,
        RecordKind.COMPENSATION,
        RecordKind.REWARD,
    )
}
_ELSEWHERE: Final[Mapping[str, str]] = {
    "行政许可": "permits",
    "行政处罚": "penalties",
    "行政检查": "inspections",
    "行政监督检查": "inspections",
    "监督检查": "inspections",
}
"""Acts of the catalogue that have a source of their own."""

_OTHER_CATEGORY: Final = Fault(
    Reason.CATEGORY,
    "行政行为属于行政管理信息，不是这一类",
    "belongs to another category than administrative acts do",
    "写“行政管理信息”，或者按该类的数据源报送",
    "write 行政管理信息 (C03), or send the row in the source of its category",
)


def derive(parsed: Parsed) -> None:
    """Add `authority`, `supplier`, `act`, `public`; set other acts aside.

    What an organ grants, pays or awards to a natural person is not published.
    """
    name_authority(parsed)
    check_counterparts(parsed)
    written = parsed.column("act_written").to_pylist()
    acts = [_ACTS.get(_full(text)) for text in written]
    heading = parsed.source.filled_from("act_written")[0]
    for row, (act, text) in enumerate(zip(acts, written, strict=True)):
        if act is None and not parsed.bad[row]:
            parsed.report(row, heading, _not_here(text), value=text)
    parsed.columns["act"] = pa.array(acts, pa.string())
    parsed.columns["public"] = pc.not_equal(parsed.column("subject_kind"), "person")
    other = pc.not_equal(parsed.column("category"), Category.ADMINISTRATIVE.value)
    parsed.report_where(other, "category", _OTHER_CATEGORY)


def _full(text: str | None) -> str:
    """Return the name of an act with 行政 in front, as the catalogue writes it."""
    return f"行政{(text or '').removeprefix('行政')}"


def _not_here(text: str) -> Fault:
    source = _ELSEWHERE.get(_full(text)) or _ELSEWHERE.get(text)
    if source:
        return Fault(
            Reason.CATEGORY,
            f"“{text}”有自己的数据源",
            f"'{text}' has a source of its own",
            f"按数据源 {source} 的表头报送",
            f"send it with the headings of the source {source}",
        )
    return Fault(
        Reason.CATEGORY,
        f"“{text}”不是全国公共信用信息基础目录列明的行政行为，不得记入信用记录",
        f"'{text}' is no act that the national catalogue names; it may not enter a "
        "credit record",
        f"可用：{'、'.join(_ACTS)}",
        f"acts: {', '.join(_ACTS)}",
    )
