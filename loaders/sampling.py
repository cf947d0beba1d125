"""What a source makes of its sample: the facts, and the rows set aside with reasons.

    python -m loaders.sampling loaders/sources/<key> > loaders/sources/<key>/expected.jsonl

prints what the description yields now. Read it line by line before you commit it: the
contract test compares every source with its expected.jsonl from then on.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.batch import Batch, Page, Receipt
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.schema import SCHEMAS
from graph.snapshot import Facts
from graph.snapshot.intake import Trial
from loaders.issues import Issue
from loaders.pipeline import load
from loaders.reading import read_description

SECRET = b"the secret of samples, no other!"
RECORDED_AT = datetime(2026, 11, 22, 4, tzinfo=UTC)


class _Batches:
    """A trial that keeps what it was given."""

    def __init__(self) -> None:
        self._trial = Trial(Facts())
        self.facts = self._trial.facts
        self.batches: list[Batch] = []

    def append(self, batch: Batch) -> Receipt:
        """Keep the batch and take it in."""
        self.batches.append(batch)
        return self._trial.append(batch)

    def pages(self, since: int, until: int) -> Iterator[Page]:
        """Yield nothing: there was no journal before."""
        return self._trial.pages(since, until)


def sample_of(folder: Path) -> Path:
    """Return the sample of a source: sample.csv, or another format it comes in."""
    (sample,) = folder.glob("sample.*")
    return sample


def outcome(folder: Path, *, law: LawBook) -> Iterator[dict[str, Any]]:
    """Yield the facts and issues of a source's sample, in the order of its lines.

    Args:
        folder: of the source.
        law: resolves lists, measures and fields.
    """
    source = read_description(folder)
    taken = _Batches()
    (report,) = load(
        [sample_of(folder)],
        store=taken,
        keys=PersonKeys(SECRET),
        law=law,
        quarantine=None,
        recorded_at=RECORDED_AT,
        known_sources={source.key: source},
    )
    order = list(SCHEMAS)
    found = [_issue(issue) for issue in report.issues]
    for batch in taken.batches:
        for kind, table in batch.tables.items():
            found += [{"fact": kind.value, **_plain(r)} for r in table.to_pylist()]
    kinds = {kind.value: place for place, kind in enumerate(order)}
    yield from sorted(
        found, key=lambda f: (f["line"], kinds.get(f.get("fact", ""), -1))
    )


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "issue": issue.reason.value,
        "line": issue.line,
        "field": issue.field,
        "quarantined": issue.fatal,
        "message": issue.message_zh,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the row says, without what it does not say."""
    return {k: _json(v) for k, v in row.items() if v is not None}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value


def main() -> None:
    """Print the outcome of the sample in the folder named on the command line."""
    for entry in outcome(Path(sys.argv[1]), law=LawBook.load()):
        sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
