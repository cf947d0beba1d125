"""Rows in quarantine once more: after the law book, a source or a decision changed.

The rows are read with their own lines and as their own file, so that what is taken
now has the provenance it would have had then. What is still bad stays where it is, and
waits for what is wrong with it now. A row that somebody corrected is read as a row of
the file in which it came back: what it says now stands there, and nowhere else.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from graph.errors import BadInput, NotFound
from graph.identity import PersonKeys
from graph.law.book import LawBook
from loaders.correcting import Edited, headings_of, read_rows, said
from loaders.description import SourceDescription
from loaders.issues import Fault, Reason
from loaders.judging import FileLoad
from loaders.masking import Masking
from loaders.piece import Piece, Row, pieces_of
from loaders.quarantine import Quarantine, SetAside, nothing_waits
from loaders.registry import recognise, sources
from loaders.report import LoadReport
from loaders.tabular import TextFile
from loaders.writing import Appender, Progress, Writing

_NO_CELLS: Final = Fault(
    Reason.CELLS,
    "这一行没有可用的格，须更正文件后重新报送",
    "has no usable cells; correct the file and send it again",
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows as the content of a file."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def pieces(self) -> Iterator[Piece]:
        return pieces_of(self.headings, iter(self.rows))


def _as_it_was(one: SetAside, headings: Sequence[str]) -> Row:
    if "" not in one.row:
        return Row(one.line, [one.row.get(h, "") for h in headings])
    for issue in one.issues:
        if issue["reason"] == Reason.CELLS:
            fault = Fault(
                Reason.CELLS,
                said(issue, "message", "zh"),
                said(issue, "message", "en"),
                said(issue, "advice", "zh"),
                said(issue, "advice", "en"),
            )
            return Row(one.line, (), fault, one.row[""])
    return Row(one.line, (), _NO_CELLS, one.row[""])


@dataclass(frozen=True)
class Redriving:
    """Drives rows of one quarantine into one store.

    Args:
        quarantine: where the rows are.
        store: takes the batches.
        keys: makes the identifiers of persons.
        law: resolves lists, measures and fields.
        recorded_at: the instant of the load, UTC.
        known_sources: described sources, by default those shipped.
        progress: told after each piece.
    """

    quarantine: Quarantine
    store: Appender
    keys: PersonKeys
    law: LawBook
    recorded_at: datetime
    known_sources: Mapping[str, SourceDescription] | None = None
    progress: Progress | None = None

    def drive(self, file_digest: str, corrections: Path | None) -> list[LoadReport]:
        """Load the rows as they are, or as they come back corrected."""
        if corrections is None:
            return [self.again(file_digest)]
        return self.corrected(file_digest, corrections)

    def again(self, file_digest: str) -> LoadReport:
        """Load the rows that a file has in quarantine; what is taken leaves it.

        Args:
            file_digest: SHA-256 of the file, as `Quarantine.files` lists it.

        Raises:
            NotFound: the file has no rows in quarantine, or its source is gone.
        """
        rows = self._waiting(file_digest)
        return self._drive(rows, self._source(rows))

    def corrected(self, file_digest: str, path: Path) -> list[LoadReport]:
        """Load the rows that came back in a file; what is taken leaves the quarantine.

        Rows that were edited are loaded as rows of that file, the others as they are.
        Rows that were taken before are passed over, and those that did not come back
        wait on.

        Args:
            file_digest: SHA-256 of the file the rows were set aside from.
            path: the file in which they come back.

        Raises:
            NotFound: the file has no rows in quarantine, or its source is gone.
            BadInput: what came back cannot be read, or is not of that file.
        """
        rows = {one.line: one for one in self._waiting(file_digest)}
        source = self._source(tuple(rows.values()))
        maskings = [Masking(source, hide_names=law) for law in (None, self.law)]
        file, back = read_rows(path, rows, maskings)
        _refuse_strangers(
            file, back, rows.keys() | self.quarantine.resolved(file_digest)
        )
        there = [one for one in back if one.was in rows]
        edited = [one for one in there if one.cells is not None]
        reports = []
        if edited:
            reports.append(self._drive_edited(file, file_digest, edited, source))
        same = tuple(rows[one.was] for one in there if one.cells is None)
        if same:
            reports.append(self._drive(same, source))
        return reports

    def _waiting(self, file_digest: str) -> tuple[SetAside, ...]:
        rows = tuple(self.quarantine.rows(file_digest))
        if not rows:
            raise nothing_waits(file_digest[:12])
        return rows

    def _source(self, rows: Sequence[SetAside]) -> SourceDescription:
        source = (self.known_sources or sources()).get(rows[0].source)
        if source is None:
            raise NotFound(
                f"数据源 {rows[0].source} 已不存在。",
                f"There is no source {rows[0].source!r} any more.",
            )
        return source

    def _drive(
        self, rows: tuple[SetAside, ...], source: SourceDescription
    ) -> LoadReport:
        digest, headings = rows[0].file_digest, headings_of(rows)
        name = next((one.file for one in rows if one.file), digest[:12])
        content = _Rows(headings, tuple(_as_it_was(one, headings) for one in rows))
        load = self._load(Path(name), digest, content, source)
        writing = Writing(load, self.store, self.quarantine)
        report = writing.run(self.progress)
        taken = {one.line for one in rows} - writing.set_aside
        self.quarantine.resolve(digest, taken, at=self.recorded_at)
        return report

    def _drive_edited(
        self,
        file: TextFile,
        was: str,
        edited: Sequence[Edited],
        source: SourceDescription,
    ) -> LoadReport:
        whole = [one.cells or {} for one in edited]
        headings = tuple(dict.fromkeys(h for cells in whole for h in cells))
        recognise(headings, file.path.name, {source.key: source}, source.key)
        rows = tuple(
            Row(one.line, [cells.get(h, "") for h in headings])
            for one, cells in zip(edited, whole, strict=True)
        )
        load = self._load(file.path, file.digest, _Rows(headings, rows), source)
        # What is still bad waits on as it was: the corrected file is with its writer.
        writing = Writing(load, self.store, None)
        report = writing.run(self.progress)
        taken = {one.was for one in edited if one.line not in writing.set_aside}
        self.quarantine.resolve(
            was, taken, at=self.recorded_at, corrected_in=file.digest
        )
        return report

    def _load(
        self, path: Path, digest: str, content: _Rows, source: SourceDescription
    ) -> FileLoad:
        file = TextFile(
            path=path,
            format="quarantine",
            encoding="",
            headings=content.headings,
            heading_line=1,
            digest=digest,
            rows=len(content.rows),
            told=(),
            content=content,
        )
        return FileLoad(
            file, source, self.keys, self.law, self.recorded_at, redriven=True
        )


def _refuse_strangers(file: TextFile, back: Sequence[Edited], known: Set[int]) -> None:
    """Refuse rows that were never set aside from the file.

    Raises:
        BadInput: naming the first of them.
    """
    for one in back:
        if one.was not in known:
            raise BadInput(
                f"{file.path.name} 第 {one.line} 行：第 {one.was} 行从未被隔离。",
                f"{file.path.name}, line {one.line}: the row {one.was} was never in "
                "quarantine.",
                hint_zh="请核对这是不是该文件的导出；什么也没有写入。",
                hint_en="Is it the export of this very file? Nothing was written.",
            )
