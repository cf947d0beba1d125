"""What can be wrong in a law file, and how it is told: file, line, field, mend.

Faults are collected over the whole book and raised once. Each is told in Chinese, for
the jurist who edits the files, and in English.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import LawDataError, Said
from graph.vocabulary import Term


class FaultKind(Term):
    """Kinds of faults; the value is stable."""

    NOT_YAML = "not_yaml", "不是合法的 YAML", "not valid YAML"
    DUPLICATE_KEY = "duplicate_key", "同一字段写了两次", "a key is written twice"
    UNQUOTED = "unquoted", "必须加引号", "must be quoted"
    FORBIDDEN_YAML = "forbidden_yaml", "不允许的 YAML 写法", "YAML feature not allowed"
    MISSING_FIELD = "missing_field", "缺少字段", "a field is missing"
    UNKNOWN_FIELD = "unknown_field", "没有这个字段", "no such field"
    UNKNOWN_WORD = "unknown_word", "词表中没有这个词", "a word outside its list"
    BAD_VALUE = "bad_value", "值的写法不对", "a value of the wrong shape"
    ABSENCE = "absence", "条件不得检验“没有某后果”", "a condition tests an absence"
    FILE_NAME = "file_name", "文件名与 key 不一致", "file name and key differ"
    REPEATED = "repeated", "重复定义", "defined twice"
    DANGLING = "dangling", "引用的对象不存在", "a reference to nothing"
    NO_BASIS = "no_basis", "缺少法律依据", "no legal basis"
    VERSIONS = "versions", "版本期间不对", "periods of versions are wrong"
    INCONSISTENT = "inconsistent", "字段之间相互矛盾", "fields contradict each other"
    EVIDENCE = "evidence", "证据等级高于所依据的文本", "evidence better than its text"
    INCOMPLETE = "incomplete", "词表没有写全", "a table is not complete"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, where it stands and what to do about it."""

    file: str
    line: int
    field: str
    kind: FaultKind
    message: Said
    mend: Said

    def text(self, language: str) -> str:
        """Return the fault on one line, file and line first."""
        kind = Said(f"{self.kind.zh}：", f"{self.kind.en}: ").text(language)
        field = f" {self.field}" if self.field else ""
        message, mend = self.message.text(language), self.mend.text(language)
        return f"{self.file}:{self.line}{field} {kind}{message} → {mend}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the fault as plain values, for JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "kind": self.kind.value,
            "message_zh": self.message.zh,
            "message_en": self.message.en,
            "mend_zh": self.mend.zh,
            "mend_en": self.mend.en,
        }


class BrokenLawBook(LawDataError):
    """The law book has faults; `faults` holds every one of them."""

    code = "broken_law_book"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            f"法规库有 {len(faults)} 处错误：\n{_lines(faults, 'zh')}",
            f"The law book has {len(faults)} fault(s):\n{_lines(faults, 'en')}",
            hint_zh="请改正所列的文件；什么也没有载入。",
            hint_en="Mend them in the files named; nothing was loaded.",
        )
        self.faults = tuple(faults)


def _lines(faults: Sequence[Fault], language: str) -> str:
    return "\n".join(f"  {fault.text(language)}" for fault in faults)
