"""The Chinese name counts where there is one; list and announcement name an entry."""

import pyarrow as pa
import pyarrow.compute as pc

from graph.vocabulary import OrganizationKind
from loaders.interpret import Parsed

_NOTES = {"country": "Country", "alias": "Alias", "topics": "Topics", "qid": "Wikidata"}


def derive(parsed: Parsed) -> None:
    """Add `name`, `document`, `content` and `organization_kind`."""
    parsed.columns["name"] = pc.coalesce(
        parsed.column("chinese"), parsed.column("english")
    )
    days = parsed.column("begins").cast("string")
    lists = pc.fill_null(parsed.column("list_name"), "announcement")
    place = pc.coalesce(parsed.column("announcement"), days)
    parsed.columns["document"] = pc.binary_join_element_wise(lists, place, " ")
    parsed.columns["organization_kind"] = pc.if_else(
        pc.equal(parsed.column("subject_kind"), "organization"),
        pa.scalar(OrganizationKind.FOREIGN.value),
        pa.scalar(None, pa.string()),
    )
    parsed.columns["content"] = pa.array(_contents(parsed), pa.string())


def _contents(parsed: Parsed) -> list[str | None]:
    summaries = pc.coalesce(parsed.column("chinese_summary"), parsed.column("summary"))
    columns = {word: parsed.column(name).to_pylist() for name, word in _NOTES.items()}
    found = []
    for summary, *row in zip(summaries.to_pylist(), *columns.values(), strict=True):
        notes = [f"{w}: {text}" for w, text in zip(columns, row, strict=True) if text]
        found.append("; ".join(filter(None, [summary, *notes])) or None)
    return found
