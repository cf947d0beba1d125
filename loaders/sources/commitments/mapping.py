"""Commitments: who promised, where, what became of it, and who may know."""

import re
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.identifiers import CodeFault, check_uscc
from graph.vocabulary import Outcome
from loaders.interpret import Parsed
from loaders.issues import Fault, Reason

_CODE = re.compile(r"(\d{6})(\d{8})\d{6}")
_KEPT = Outcome.FULFILLED.value
_ODD_CODE = Fault(
    Reason.CODE,
    "承诺编码不是“行政区划6位、作出日期8位、流水号6位”，不据以认定行政区划",
    "the code is not region (6), day (8) and serial (6); no region is taken from it",
    "按标准编码",
    "number it as the standard says",
    fatal=False,
)
_OTHER_DAY = Fault(
    Reason.DAY,
    "承诺编码中的日期与承诺作出日期不同",
    "the day within the code is not the day of the commitment",
    "核对编码与日期",
    "compare code and day",
    fatal=False,
)
_UNEXPLAINED = Fault(
    Reason.MISSING,
    "未全部履行的，此项必填",
    "is required unless everything was fulfilled",
    "补填后重新报送",
    "fill it in",
)


def derive(parsed: Parsed) -> None:
    """Add `uscc`, `region`, `public`, `title`, `content` and `told`."""
    parsed.columns["uscc"] = _codes(parsed)
    parsed.columns["region"] = _regions(parsed)
    parsed.columns["public"] = pc.equal(parsed.column("publication"), "open")
    parsed.columns["title"] = pc.binary_join_element_wise(
        parsed.column("type"), parsed.column("reason"), "："
    )
    parsed.columns["content"] = pc.binary_join_element_wise(
        parsed.column("promise"), parsed.column("liability"), "；违诺责任："
    )
    parsed.columns["told"] = _outcomes(parsed)


def _codes(parsed: Parsed) -> pa.Array:
    """Return the unified codes of organizations; a failing one sets its row aside."""
    kinds = parsed.column("subject_kind").to_pylist()
    codes: list[str | None] = []
    for row, word in enumerate(parsed.column("identifier").to_pylist()):
        codes.append(None)
        if kinds[row] != "organization" or not word or parsed.bad[row]:
            continue
        check = check_uscc(word)
        placeholder = check.fault is CodeFault.PLACEHOLDER
        if check.ok:
            codes[row] = check.value
        if not check.ok or check.fault is not CodeFault.OK:
            doubtful = check.ok or placeholder
            fault = Fault(
                Reason.CODE_DOUBTFUL if doubtful else Reason.CODE,
                check.message_zh,
                check.message_en,
                "与登记机关核对后更正",
                "correct it after asking the registrar",
                fatal=not doubtful,
            )
            parsed.report(row, "承诺人代码", fault, value=word)
    return pa.array(codes, pa.string())


def _regions(parsed: Parsed) -> pa.Array:
    """Return the region in which each commitment was received, from its code."""
    made = parsed.column("made_on").to_pylist()
    regions: list[str | None] = []
    for row, code in enumerate(parsed.column("code").to_pylist()):
        found = _CODE.fullmatch(code or "")
        regions.append(found.group(1) if found else None)
        if parsed.bad[row]:
            continue
        if not found:
            parsed.report(row, "承诺编码", _ODD_CODE, value=code or "")
        elif found.group(2) != f"{made[row]:%Y%m%d}":
            parsed.report(row, "承诺编码", _OTHER_DAY, value=code)
    return pa.array(regions, pa.string())


def _outcomes(parsed: Parsed) -> pa.Array:
    """Return what became of each commitment in words; a breach must be explained."""
    names = ("status", "unperformed", "pursued", "judged_by", "judged_on")
    columns = [parsed.column(name).to_pylist() for name in names]
    told = []
    for row, values in enumerate(zip(*columns, strict=True)):
        told.append(_outcome(*values[1:]))
        if values[0] == _KEPT or parsed.bad[row]:
            continue
        for heading, text in zip(
            ("未履行的承诺内容", "违诺责任追究内容"), values[1:3], strict=True
        ):
            if not text:
                parsed.report(row, heading, _UNEXPLAINED, value="")
    return pa.array(told, pa.string())


def _outcome(
    unperformed: str | None,
    pursued: str | None,
    judged_by: str | None,
    judged_on: date | None,
) -> str | None:
    parts: dict[str, Any] = {
        "未履行的承诺内容": unperformed,
        "违诺责任追究": pursued,
        "认定单位": judged_by,
        "认定日期": judged_on,
    }
    return (
        "；".join(f"{name}：{value}" for name, value in parts.items() if value) or None
    )
