"""Files into a store: good rows are never held up by bad ones, and nothing is lost.

All files are opened, recognised, judged by their first rows and compared with what is
expected of them before anything of the first is written; a file that is wrong as a
whole is refused as a whole. Then each file is written in batches, named after its
digest, so that a retry repeats nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from graph.errors import BadInput
from graph.identity import PersonKeys
from graph.law.book import LawBook
from loaders.description import SourceDescription
from loaders.expecting import Acceptance
from loaders.formats import NOTHING_GIVEN, Given
from loaders.headings import KnownHeadings
from loaders.judging import FileLoad
from loaders.quarantine import Quarantine
from loaders.registry import recognise, sources
from loaders.report import LoadReport, receipts
from loaders.tabular import open_table
from loaders.writing import Appender, Progress, Writing

__all__ = ["Appender", "LoadReport", "Progress", "load"]


def load(
    paths: Iterable[Path],
    *,
    store: Appender,
    keys: PersonKeys,
    law: LawBook,
    quarantine: Quarantine | None,
    recorded_at: datetime,
    source: str | None = None,
    given: Given = NOTHING_GIVEN,
    progress: Progress | None = None,
    known_sources: Mapping[str, SourceDescription] | None = None,
    refuse_above: float = 0.5,
    on: date | None = None,
    acceptance: Acceptance | None = None,
) -> list[LoadReport]:
    """Load files in the given order and return a report for each.

    Args:
        paths: CSV, XLSX, JSON, JSON Lines or Parquet files.
        store: takes the batches; a `Trial` where nothing may be written.
        keys: makes the identifiers of persons.
        law: resolves lists, measures and fields.
        quarantine: keeps the rows set aside; None when nothing may be written.
        recorded_at: the instant of the load, UTC.
        source: key of the source; else found by the headings.
        given: what the sender says about format, encoding and delimiter.
        progress: told after each piece.
        known_sources: the sources to choose from, by default those shipped.
        refuse_above: share of bad rows above which a file is refused whole.
        on: the day of which the files speak, by default that of the load; what a
            whole file does not have any more ends on it.
        acceptance: lets files be taken that miss what is expected of them.

    Raises:
        BadInput: a file cannot be read, fits no source, or too many rows are bad;
            then nothing of any of the files was written.
        ExpectationMissed: a file shrinks or degrades, and nobody accepts it.
    """
    known = known_sources or sources()
    headings = KnownHeadings([s for s in known.values() if source in {None, s.key}])
    loads = []
    for path in paths:
        file = open_table(path, given, headings)
        found = recognise(file.headings, path.name, known, source)
        loads.append(
            FileLoad(file, found, keys, law, recorded_at, on=on, acceptance=acceptance)
        )
    _refuse_two_truths(loads)
    before = receipts(store.facts.loads)
    for one in loads:
        one.judge(refuse_above)
        one.compare(before, store.facts)
    return [Writing(one, store, quarantine).run(progress) for one in loads]


def _refuse_two_truths(loads: Sequence[FileLoad]) -> None:
    """Refuse two files of which each is the whole truth of one source.

    Raises:
        BadInput: naming both.
    """
    first: dict[str, str] = {}
    for one in loads:
        if one.source.mode != "full" or one.source.replaces_within:
            continue
        name, key = one.file.path.name, one.source.key
        if key in first:
            raise BadInput(
                f"{first[key]} 和 {name} 都是数据源 {key} 的全量文件，后一个会顶掉前一个。",
                f"{first[key]} and {name} are each the whole truth of {key}: the "
                "second would replace the first.",
                hint_zh="请按先后分次载入；若是一份全量分成的几个文件，请先合并。什么也没有写入。",
                hint_en="Load them one by one in their order, or join them if they are "
                "parts of one. Nothing was written.",
            )
        first[key] = name
