"""Statements of foreign standards as rows: whole files, wrong lines, deep and double."""

import json
from pathlib import Path
from typing import Any

import pytest

from loaders.tabular import open_table

ENTITY = {"entityType": {"type": "registeredEntity"}, "name": "Example Ltd"}


def statement(record: str, kind: str, details: dict[str, Any], **more: Any) -> str:
    """Return a line of BODS 0.4."""
    return json.dumps(
        {
            "statementId": f"s-{record}",
            "recordId": record,
            "recordType": kind,
            "recordStatus": "new",
            "statementDate": "2025-01-31",
            "recordDetails": details,
            "publicationDetails": {"bodsVersion": "0.4", "publisher": {"name": "P"}},
        }
        | more
    )


def relation(*interests: dict[str, Any], **more: Any) -> str:
    ends = {"subject": "e", "interestedParty": "e"}
    return statement("r", "relationship", ends | {"interests": [*interests]}, **more)


def rows(tmp_path: Path, *lines: str) -> tuple[list[dict[str, str]], list[str]]:
    """Return the good rows of a file and the faults of the others."""
    path = tmp_path / "statements.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    file = open_table(path)
    assert file.rows == len(lines)
    (piece,) = file.pieces()
    broken = [b.fault.en for b in piece.broken.values()]
    table = piece.table.to_pylist()
    return [r for i, r in enumerate(table) if i not in piece.broken], broken


def test_a_band_is_kept_as_written_and_an_exact_share_is_one_number(
    tmp_path: Path,
) -> None:
    first = {"startDate": "2020-01-01", "type": "shareholding"}
    good, broken = rows(
        tmp_path,
        statement("e", "entity", ENTITY),
        relation(first | {"share": {"minimum": 25.10, "maximum": 50}}),
        relation(first | {"share": {"exact": 33.3}}),
        relation(first | {"share": {"exclusiveMinimum": 50, "maximum": 75}}),
        relation(first),
    )
    assert broken == []
    bands = [(r["share_least"], r["share_most"], r["held"]) for r in good[1:]]
    assert bands == [
        ("25.1%", "50%", "true"),
        ("33.3%", "", "true"),
        ("50%", "75%", "true"),
        ("", "", "true"),
    ]


def test_a_closed_record_ends_on_the_day_of_its_statement_unless_it_says_otherwise(
    tmp_path: Path,
) -> None:
    held = {"startDate": "2020-01-01", "type": "shareholding"}
    good, _ = rows(
        tmp_path,
        statement("e", "entity", ENTITY),
        relation(held, recordStatus="closed"),
        relation(held | {"endDate": "2024-05-01"}, recordStatus="closed"),
        relation(held),
    )
    assert [r["share_to"] for r in good[1:]] == ["2025-01-31", "2024-05-01", ""]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "is not JSON"),
        ("[1]", "no JSON object"),
        ('{"statementId": 1, "statementId": 2}', "written twice"),
        ('{"a":' * 30 + "1" + "}" * 30, "at most 20 levels"),
        ('{"statementId": "x"}', "lacks recordDetails"),
        (statement("x", "wish", {}), "unknown recordType"),
        (relation({"type": "hope"}), "unknown interest"),
        (
            relation(
                {"type": "shareholding", "startDate": "2020-01-01"},
                {"type": "shareholding", "startDate": "2021-01-01"},
            ),
            "several periods or shares",
        ),
        (
            relation(
                {"type": "shareholding", "startDate": "2020-01-01"},
                {"type": "votingRights", "startDate": "2021-01-01"},
            ),
            "two periods",
        ),
    ],
)
def test_a_wrong_line_is_told_and_holds_nobody_up(
    tmp_path: Path, line: str, fault: str
) -> None:
    good, broken = rows(tmp_path, statement("e", "entity", ENTITY), line)
    assert [r["record_id"] for r in good] == ["e"]
    assert len(broken) == 1
    assert fault in broken[0]


def test_a_relation_may_stand_before_its_subjects(tmp_path: Path) -> None:
    held = {"startDate": "2020-01-01", "type": "shareholding"}
    good, broken = rows(tmp_path, relation(held), statement("e", "entity", ENTITY))
    assert broken == []
    assert good[0]["party_kind"] == "organization"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("25-50", "25%", "50%"),
        ("66.6 %", "66.6%", ""),
        ("10% - 20%", "10%", "20%"),
        ("50-50", "50%", ""),
        ("majority", "majority", ""),
        ("", "", ""),
    ],
)
def test_percentages_of_followthemoney(
    tmp_path: Path, text: str, least: str, most: str
) -> None:
    def entity(identifier: str, schema: str, **properties: str) -> str:
        lists = {k: [v] for k, v in properties.items()}
        return json.dumps({"id": identifier, "schema": schema, "properties": lists})

    good, broken = rows(
        tmp_path,
        entity("a", "Company", name="A"),
        entity("o", "Ownership", owner="a", asset="a", percentage=text),
    )
    assert broken == []
    assert (good[1]["share_least"], good[1]["share_most"]) == (least, most)
