"""What a model refuses, said in the words of the file: field, line, what to write."""

import difflib
from collections.abc import Mapping
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from graph.law.faults import Fault, FaultKind
from graph.law.rule import When
from graph.law.strict_yaml import Document, Path
from graph.vocabulary import Term

_SHAPES: Mapping[str, tuple[str, str]] = {
    "string_type": ("应是文字", "加上引号，写成文字"),
    "string_too_short": ("不能为空", "写上内容"),
    "string_pattern_mismatch": (
        "写法不符合格式",
        "格式见 graph/law/README.md 对该字段的说明",
    ),
    "bool_type": ("应是 true 或 false", "写 true 或 false，不加引号"),
    "tuple_type": ("应是列表", "写成 [甲, 乙]；没有内容写 []"),
    "too_short": ("至少要有一项", "补上一项"),
    "date_type": ("应是日期", "写成 2024-07-01 的样子"),
    "date_from_datetime_parsing": ("不是存在的日期", "写成 2024-07-01 的样子"),
    "date_parsing": ("不是存在的日期", "写成 2024-07-01 的样子"),
    "model_type": ("应是一组字段", "每行写一个“字段: 值”"),
    "model_attributes_type": ("应是一组字段", "每行写一个“字段: 值”"),
}


_LONGEST = 60
"""Characters of a refused value that a message repeats."""


def faults_of(
    model: type[BaseModel], document: Document, base: Path, problems: list[ErrorDetails]
) -> list[Fault]:
    """Return every refusal of a model as a fault of the file it was read from."""
    return [
        _fault_of(model, document, base, problem)
        for problem in problems
        # A list with a refused entry is not short, its entry is wrong.
        if not (problem["type"] == "too_short" and problem["input"])
    ]


def _fault_of(
    model: type[BaseModel], document: Document, base: Path, problem: ErrorDetails
) -> Fault:
    path = _real_path(document, base, problem)
    owner, annotation = _resolve(model, path)
    kind, message, mend = _say(problem, path, owner, annotation)
    name = ".".join(str(p) for p in path)
    return Fault(
        document.file, document.line((*base, *path)), name, kind, message, mend
    )


def _real_path(document: Document, base: Path, problem: ErrorDetails) -> Path:
    """Leave out what the validator adds to a path (tags of alternatives)."""
    loc = problem["loc"]
    path: Path = ()
    for part in loc:
        if (*base, *path, part) in document.lines:
            path = (*path, part)
    return (*path, loc[-1]) if problem["type"] == "missing" else path


def _resolve(model: type[BaseModel], path: Path) -> tuple[list[type[BaseModel]], Any]:
    """Return the models that own the last field of a path, and its annotation."""
    owners: list[type[BaseModel]] = [model]
    annotation: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        owners = _models(annotation)
        fields = [o.model_fields[part] for o in owners if part in o.model_fields]
        annotation = fields[0].annotation if fields else None
    return owners, annotation


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in get_args(annotation) for m in _models(part)]


def _words(annotation: Any) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [
            f"{w.zh}({w.value})" if isinstance(w, Term) else str(w.value)
            for w in annotation
        ]
    return [
        word
        for part in get_args(annotation)
        for word in ([part] if isinstance(part, str) else _words(part))
    ]


def _say(
    problem: ErrorDetails, path: Path, owners: list[type[BaseModel]], annotation: Any
) -> tuple[FaultKind, str, str]:
    name = next((p for p in reversed(path) if isinstance(p, str)), "文件内容")
    got = _shortened(problem.get("input"))
    match problem["type"]:
        case "missing":
            mend = f"补写 {name}；没有内容时按 README 写 [] 或 none，不可省略"
            return FaultKind.MISSING_FIELD, f"缺少字段 {name}", mend
        case "extra_forbidden":
            return _unknown_field(name, owners)
        case "enum" | "literal_error":
            known = "、".join(dict.fromkeys(_words(annotation)))
            return FaultKind.UNKNOWN_WORD, f"{name} 没有“{got}”这个词", f"可用：{known}"
    message, mend = _SHAPES.get(problem["type"], (problem["msg"], "参照 README 改写"))
    return FaultKind.BAD_VALUE, f"{name} {message}，写的是“{got}”", mend


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _unknown_field(
    name: str, owners: list[type[BaseModel]]
) -> tuple[FaultKind, str, str]:
    known = [f for owner in owners for f in owner.model_fields]
    allowed = "、".join(known)
    if When in owners:
        mend = (
            "例外的条件只能写 "
            f"{allowed}；不能写“没有某后果时”，否则互为条件的规则得不出唯一结论"
        )
        return FaultKind.ABSENCE, f"例外条件没有 {name} 这个字段", mend
    near = difflib.get_close_matches(name, known, n=1)
    guess = f"是否想写 {near[0]}？" if near else ""
    return FaultKind.UNKNOWN_FIELD, f"没有 {name} 这个字段", f"{guess}可用：{allowed}"
