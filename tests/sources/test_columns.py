"""Every column that a source reads comes to something: a fact, a subject, a check."""

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from loaders.expecting import Measured
from loaders.interpret import Parsed
from loaders.registry import sources
from loaders.sampling import outcome
from tests.sources.test_sources import LAW, each_source

SAYS_WHO_MAY_READ = {"department", "region", "sector"}


class Watched(dict[str, pa.Array]):
    """Parsed columns that remember which of them somebody read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> pa.Array:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)


@each_source
def test_no_column_is_read_and_then_forgotten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[Watched] = []
    begin = Parsed.__post_init__

    def watch(parsed: Parsed) -> None:
        begin(parsed)
        parsed.columns = Watched()
        watched.append(parsed.columns)

    def measure(_: Measured, parsed: Parsed) -> None:
        """How well columns are filled is not what they are for."""

    monkeypatch.setattr(Parsed, "__post_init__", watch)
    monkeypatch.setattr(Measured, "take", measure)
    list(outcome(folder, law=LAW))
    read = set[str]().union(*(w.read for w in watched), _named(folder))
    forgotten = {
        rule.to
        for rule in sources()[folder.name].columns.values()
        if not {rule.to, f"{rule.to}_num", rule.as_written} & read
    }
    assert forgotten <= SAYS_WHO_MAY_READ


def _named(folder: Path) -> set[str]:
    """Return the words of what is said about columns: a sample need not meet each."""
    told = (folder / "source.yaml").read_text("utf-8").partition("\nsubjects:")[2]
    hook = folder / "mapping.py"
    return set(
        re.findall(r"\w+", told + (hook.read_text("utf-8") if hook.is_file() else ""))
    )
