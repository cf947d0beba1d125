"""The contract of every source: one folder, whole, known by its own headings.

A new folder in loaders/sources is found here without being named anywhere.
"""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from graph.identifiers import check_resident_id
from graph.law.book import LawBook
from loaders.description import SourceDescription
from loaders.registry import recognise, sources, unknown_headings
from loaders.sampling import RECORDED_AT, outcome, sample_of
from loaders.tabular import open_table

ROOT = Path(str(files("loaders.sources")))
LAW = LawBook.load()
FOLDERS = sorted(
    p for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith("__")
)

each_source = pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)


@each_source
def test_the_folder_is_whole(folder: Path) -> None:
    assert sample_of(folder).is_file()
    assert {"source.yaml", "expected.jsonl"} <= {p.name for p in folder.iterdir()}
    assert folder.name in sources()


@each_source
def test_the_sample_yields_what_is_expected(folder: Path) -> None:
    lines = (folder / "expected.jsonl").read_text("utf-8").splitlines()
    assert list(outcome(folder, law=LAW)) == [json.loads(line) for line in lines]


@each_source
def test_the_sample_shows_a_fact_and_a_row_set_aside(folder: Path) -> None:
    found = list(outcome(folder, law=LAW))
    assert any("fact" in one for one in found)
    assert any(one.get("quarantined") for one in found)


@each_source
def test_the_sample_is_recognised_among_all_sources(folder: Path) -> None:
    file = open_table(sample_of(folder))
    found = recognise(file.headings, file.path.name, sources())
    assert found.key == folder.name
    assert unknown_headings(found, file.headings) == []


@each_source
def test_every_described_heading_is_in_the_sample_or_optional(folder: Path) -> None:
    source = sources()[folder.name]
    there = {source.official(h) for h in open_table(sample_of(folder)).headings}
    required = {h for h, c in source.columns.items() if c.required}
    assert required <= there


@each_source
def test_no_clear_identity_number_is_among_what_is_expected(folder: Path) -> None:
    text = (folder / "expected.jsonl").read_text("utf-8")
    day = RECORDED_AT.date()
    numbers = re.findall(r"(?<![0-9A-Z])\d{17}[\dX](?![0-9A-Z])", text)
    assert [n for n in numbers if check_resident_id(n, as_of=day).ok] == []


@each_source
def test_columns_with_document_numbers_are_declared_sensitive(folder: Path) -> None:
    source = sources()[folder.name]
    numbers = [h for h in source.columns if "证件号码" in h]
    assert [h for h in numbers if not source.columns[h].sensitive] == []


def test_no_two_sources_have_the_same_headings_to_be_known_by() -> None:
    known: dict[frozenset[str], str] = {}
    for source in sources().values():
        assert known.setdefault(frozenset(source.match), source.key) == source.key


def test_external_lists_sanction_nobody() -> None:
    def kinds(source: SourceDescription) -> set[str]:
        return {rule.fact.value for rule in source.emit}

    for key in ("us_dod_list", "cn_countermeasures"):
        source = sources()[key]
        assert kinds(source) == {"profile", "record"}
        (record,) = [r for r in source.emit if r.fact.value == "record"]
        assert record.set["kind"] == "=external_list"


def test_a_name_on_a_penalty_is_no_post() -> None:
    assert {r.fact.value for r in sources()["penalties"].emit} == {
        "profile",
        "record",
        "sanction",
    }
    assert "法定代表人" in sources()["penalties"].ignored
