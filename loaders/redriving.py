"""Rows in quarantine once more: after the law book, a source or a decision changed.

The rows are read with their own lines and as their own file, so that what is taken
now has the provenance it would have had then. What is still bad stays where it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph.errors import NotFound
from graph.identity import PersonKeys
from graph.law.book import LawBook
from loaders.description import SourceDescription
from loaders.issues import Fault, Reason
from loaders.piece import Piece, Row, pieces_of
from loaders.pipeline import Appender, FileLoad
from loaders.quarantine import Quarantine, SetAside
from loaders.registry import sources
from loaders.report import LoadReport
from loaders.tabular import TextFile

_NO_CELLS = Fault(
    Reason.CELLS,
    "这一行没有可用的格，须更正文件后重新报送",
    "has no usable cells; correct the file and send it again",
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Rows in quarantine as the content of a file."""

    headings: tuple[str, ...]
    rows: tuple[SetAside, ...]

    def count(self) -> int:
        return len(self.rows)

    def pieces(self) -> Iterator[Piece]:
        return pieces_of(self.headings, map(self._row, self.rows))

    def _row(self, one: SetAside) -> Row:
        if "" in one.row:
            return Row(one.line, (), _NO_CELLS, one.row[""])
        return Row(one.line, [one.row.get(h, "") for h in self.headings])


def redrive(
    file_digest: str,
    *,
    quarantine: Quarantine,
    store: Appender,
    keys: PersonKeys,
    law: LawBook,
    recorded_at: datetime,
    known_sources: Mapping[str, SourceDescription] | None = None,
) -> LoadReport:
    """Load the rows that a file has in quarantine; what is taken leaves it.

    Args:
        file_digest: SHA-256 of the file, as `Quarantine.files` lists it.
        quarantine: where the rows are.
        store: takes the batches.
        keys: makes the identifiers of persons.
        law: resolves lists, measures and fields.
        recorded_at: the instant of the load, UTC.
        known_sources: described sources, by default those shipped.

    Raises:
        NotFound: the file has no rows in quarantine, or its source is gone.
    """
    rows = tuple(quarantine.rows(file_digest))
    if not rows:
        raise NotFound(
            f"隔离区中没有文件 {file_digest[:12]} 的行。",
            f"No row of {file_digest[:12]} is in quarantine.",
        )
    source = (known_sources or sources()).get(rows[0].source)
    if source is None:
        raise NotFound(
            f"数据源 {rows[0].source} 已不存在。",
            f"There is no source {rows[0].source!r} any more.",
        )
    headings = tuple(dict.fromkeys(h for one in rows for h in one.row if h))
    content = _Waiting(headings, rows)
    name = next((str(i["file"]) for one in rows for i in one.issues), file_digest[:12])
    file = TextFile(
        path=Path(name),
        format="quarantine",
        encoding="",
        headings=headings,
        heading_line=1,
        digest=file_digest,
        rows=len(rows),
        unread=(),
        content=content,
    )
    load = FileLoad(file, source, keys, law, recorded_at)
    report = load.run(store, quarantine, None)
    quarantine.resolve(file_digest, {one.line for one in rows} - load.set_aside)
    return report
