"""What a model refuses, said in the words of the file: field, line, what to write."""

import difflib
from collections.abc import Mapping
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from graph.errors import Said
from graph.law.faults import Fault, FaultKind
from graph.law.rule import When
from graph.law.strict_yaml import Document, Path
from graph.vocabulary import Term

_DAY = Said("写成 2024-07-01 的样子", "write it as 2024-07-01")
_NO_DAY = Said("不是存在的日期", "is no day of the calendar")
_FIELDS = (
    Said("应是一组字段", "should be a group of fields"),
    Said("每行写一个“字段: 值”", "write one 'field: value' a line"),
)
_SHAPES: Mapping[str, tuple[Said, Said]] = {
    "string_type": (
        Said("应是文字", "should be text"),
        Said("加上引号，写成文字", "write it as text, in quotes"),
    ),
    "string_too_short": (
        Said("不能为空", "must not be empty"),
        Said("写上内容", "write something"),
    ),
    "string_pattern_mismatch": (
        Said("写法不符合格式", "does not have its form"),
        Said(
            "格式见 graph/law/README.md 对该字段的说明",
            "see what graph/law/README.md says of the field",
        ),
    ),
    "bool_type": (
        Said("应是 true 或 false", "should be true or false"),
        Said("写 true 或 false，不加引号", "write true or false, without quotes"),
    ),
    "tuple_type": (
        Said("应是列表", "should be a list"),
        Said("写成 [甲, 乙]；没有内容写 []", "write [a, b], or [] for nothing"),
    ),
    "too_short": (Said("至少要有一项", "needs an entry"), Said("补上一项", "add one")),
    "date_type": (Said("应是日期", "should be a day"), _DAY),
    "date_from_datetime_parsing": (_NO_DAY, _DAY),
    "date_parsing": (_NO_DAY, _DAY),
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
}


_REWRITE = Said("参照 README 改写", "write it as the README says")
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
) -> tuple[FaultKind, Said, Said]:
    field = next((p for p in reversed(path) if isinstance(p, str)), None)
    name = Said(field or "文件内容", field or "the file")
    got = _shortened(problem.get("input"))
    match problem["type"]:
        case "missing":
            mend = Said(
                f"补写 {name.zh}；没有内容时按 README 写 [] 或 none，不可省略",
                f"write {name.en}; where there is nothing, [] or none as the README "
                "says, it must not be left out",
            )
            message = Said(f"缺少字段 {name.zh}", f"the field {name.en} is missing")
            return FaultKind.MISSING_FIELD, message, mend
        case "extra_forbidden":
            return _unknown_field(name.zh, owners)
        case "enum" | "literal_error":
            known = list(dict.fromkeys(_words(annotation)))
            message = Said(
                f"{name.zh} 没有“{got}”这个词", f"{name.en} has no word '{got}'"
            )
            return FaultKind.UNKNOWN_WORD, message, _listed(known)
    quoted = Said(problem["msg"], problem["msg"])
    shape, mend = _SHAPES.get(problem["type"], (quoted, _REWRITE))
    message = Said(
        f"{name.zh} {shape.zh}，写的是“{got}”", f"{name.en} {shape.en}; it is '{got}'"
    )
    return FaultKind.BAD_VALUE, message, mend


def _listed(known: list[str]) -> Said:
    return Said(f"可用：{'、'.join(known)}", f"known: {', '.join(known)}")


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _unknown_field(
    name: str, owners: list[type[BaseModel]]
) -> tuple[FaultKind, Said, Said]:
    known = [f for owner in owners for f in owner.model_fields]
    if When in owners:
        mend = Said(
            f"例外的条件只能写 {'、'.join(known)}；"
            "不能写“没有某后果时”，否则互为条件的规则得不出唯一结论",
            f"a condition takes {', '.join(known)} only; not the absence of an effect, "
            "because rules that are each other's condition have no single outcome",
        )
        message = Said(
            f"例外条件没有 {name} 这个字段", f"a condition has no field {name}"
        )
        return FaultKind.ABSENCE, message, mend
    near = difflib.get_close_matches(name, known, n=1)
    listed = _listed(known)
    if near:
        listed = Said(
            f"是否想写 {near[0]}？{listed.zh}", f"did you mean {near[0]}? {listed.en}"
        )
    message = Said(f"没有 {name} 这个字段", f"there is no field {name}")
    return FaultKind.UNKNOWN_FIELD, message, listed
