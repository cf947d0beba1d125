"""One shape for every explanation: a tree of sentences with the data behind them.

Each sentence stands in Chinese and in English; whatever it says in words also stands
in `data`, where persons and organizations appear by identifier, so that names can be
masked on the way out. A fact carries the file and line that it came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.snapshot import FactSource

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence, what it rests on, and the sentences below it.

    Args:
        kind: what the sentence is about, for example `ground`, `role`, `basis`.
        zh: the sentence in Chinese.
        en: the sentence in English.
        data: the same as JSON values.
        source: file and line of the fact, where the sentence states one.
        children: what the sentence rests on.
    """

    kind: str
    zh: str
    en: str
    data: Mapping[str, Any] = field(default_factory=dict)
    source: FactSource | None = None
    children: tuple["Explanation", ...] = ()

    def text(self, language: str = "zh") -> str:
        """Return the tree in words, one sentence a line, deeper ones indented."""
        return "\n".join(self.lines(language))

    def lines(self, language: str, depth: int = 0) -> Iterator[str]:
        """Yield the lines of `text`."""
        sentence = self.en if language == "en" else self.zh
        yield "  " * depth + sentence + self._origin(language)
        for child in self.children:
            yield from child.lines(language, depth + 1)

    def _origin(self, language: str) -> str:
        source = self.source
        if source is None:
            return ""
        file = source.file or source.dataset
        if language == "en":
            line = f" line {source.line}" if source.line else ""
            return f" [{file}{line}, load {source.load}]"
        line = f" 第{source.line}行" if source.line else ""
        return f"〔{file}{line}，第{source.load}次装载〕"

    def as_dict(self) -> dict[str, Any]:
        """Return the tree as JSON values."""
        return {
            "kind": self.kind,
            "zh": self.zh,
            "en": self.en,
            "data": dict(self.data),
            "source": _source(self.source),
            "children": [child.as_dict() for child in self.children],
        }


def _source(source: FactSource | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "dataset": source.dataset,
        "file": source.file,
        "file_digest": source.file_digest,
        "line": source.line,
        "load": source.load,
        "recorded_at": source.recorded_at.isoformat(),
    }
