"""What is wrong in a file of law cases: file, line, field, mend."""

from collections.abc import Sequence

from graph.errors import BadInput, Said
from graph.law.faults import Fault, FaultKind
from graph.law.strict_yaml import Document, Path


class BrokenLawCases(BadInput):
    """Case files have faults; `faults` holds every one that was found."""

    code = "broken_law_cases"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            f"案例文件有 {len(faults)} 处错误：\n{_lines(faults, 'zh')}",
            f"The case files have {len(faults)} fault(s):\n{_lines(faults, 'en')}",
            hint_zh="格式见 tests/law/README.md；没有执行任何案例。",
            hint_en="tests/law/README.md tells the format; no case was tried.",
        )
        self.faults = tuple(faults)


class CaseFault(Exception):
    """One fault, on its way from a field to the file that collects faults."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text("en"))
        self.fault = fault


def fault_at(
    document: Document, path: Path, kind: FaultKind, message: Said, mend: Said
) -> CaseFault:
    """Return a fault at a path of a document."""
    field = ".".join(str(part) for part in path)
    return CaseFault(
        Fault(document.file, document.line(path), field, kind, message, mend)
    )


def _lines(faults: Sequence[Fault], language: str) -> str:
    return "\n".join(f"  {fault.text(language)}" for fault in faults)
