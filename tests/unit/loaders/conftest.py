"""A store in memory and a folder to write files into.

Fixtures are small: the smallest file that shows the behaviour is written inline.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.batch import Batch, Page, Receipt
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.records import Fact, fact_of
from graph.snapshot import Facts
from graph.snapshot.intake import Trial
from graph.vocabulary import FactKind, LoadKind
from loaders.pipeline import LoadReport, load
from loaders.quarantine import Quarantine

LAW = LawBook.load()
KEYS = PersonKeys(bytes(range(32)))
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
A = "91230717MXEXAMP18K"
B = "91230717MXEXAMP26E"
P1 = "230799198001010016"
P2 = "230799197912300124"


class Store:
    """Takes batches as a store would, and remembers them."""

    def __init__(self) -> None:
        self.trial = Trial(Facts(), keep=True)
        self.batches: list[Batch] = []
        self.receipts: list[Batch] = []
        self.fail_at: int | None = None

    @property
    def facts(self) -> Facts:
        return self.trial.facts

    def append(self, batch: Batch) -> Receipt:
        if self.fail_at == len(self.batches):
            self.fail_at = None
            raise ConnectionError("the line went dead")
        kept = self.receipts if batch.kind is LoadKind.RECEIPT else self.batches
        kept.append(batch)
        return self.trial.append(batch)

    def pages(self, since: int, until: int) -> Iterator[Page]:
        return self.trial.pages(since, until)

    def all(self, kind: FactKind) -> list[Any]:
        """Return every fact of a kind that was written, as objects."""
        found: list[Fact] = []
        for batch in self.batches:
            if kind in batch.tables:
                found += [fact_of(kind, r) for r in batch.tables[kind].to_pylist()]
        return found


@dataclass
class Desk:
    """A store, a quarantine and a folder: loads what is written."""

    folder: Path
    store: Store = field(default_factory=Store)

    def __post_init__(self) -> None:
        self.quarantine = Quarantine(self.folder / "quarantine", bytes(32))

    def write(self, name: str, text: str | bytes, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        data = text if isinstance(text, bytes) else text.encode(encoding)
        path.write_bytes(data)
        return path

    def csv(
        self, name: str, headings: Sequence[str], rows: Sequence[Mapping[str, str]]
    ) -> Path:
        lines = [",".join(headings)]
        lines += [",".join(_quoted(row.get(h, "")) for h in headings) for row in rows]
        return self.write(name, "\n".join(lines) + "\n")

    def load(self, *paths: Path, **more: Any) -> LoadReport:
        """Load the files and return the last report."""
        given: dict[str, Any] = {
            "store": self.store,
            "keys": KEYS,
            "law": LAW,
            "quarantine": self.quarantine,
            "recorded_at": NOW,
        }
        return load(paths, **{**given, **more})[-1]


def _quoted(cell: str) -> str:
    plain = not any(c in cell for c in ',"\r\n')
    return cell if plain else '"' + cell.replace('"', '""') + '"'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def posts(desk: Desk) -> Callable[..., Path]:
    """Return a writer of posts files; a row is a mapping over a sound one."""
    headings = (
        "姓名",
        "证件类型",
        "证件号码",
        "任职单位",
        "统一社会信用代码",
        "职务",
        "任职起始日期",
        "任职终止日期",
    )
    sound = {
        "姓名": "林甲",
        "任职单位": "示例公司",
        "统一社会信用代码": A,
        "职务": "监事",
        "任职起始日期": "2020-01-01",
    }

    def write(*rows: Mapping[str, str], name: str = "posts.csv") -> Path:
        return desk.csv(name, headings, [{**sound, **row} for row in rows])

    return write
