"""The book as a whole: loaded or not at all, known by its content, kept by content."""

import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from graph.errors import LawDataError
from graph.law.book import LawBook
from graph.law.model import SEVERE, Subjects, Trigger, TriggerOn
from graph.vocabulary import Evidence, OrganizationKind
from tests.unit.graph.law.conftest import Edit

CAFE = "liability/INTERNET-CAFE-PERMIT-REVOKED-OFFICE-BAN.yaml"
PAYLOAD_V1 = Path(__file__).parent / "data" / "payload_v1.json"
DIGEST_V1 = "f456101fa8700f908e3efea9a4b1a0644b5805c971e13dca0c08456440f5c3a2"


def test_the_digest_is_that_of_the_content(book: LawBook) -> None:
    assert len(book.digest) == 64
    assert LawBook.load().digest == book.digest


def test_comments_order_and_spelling_of_a_file_do_not_change_the_digest(
    book: LawBook, folder: Path, edit: Edit
) -> None:
    edit(CAFE, "topic: ", "# 说明\n\ntopic:   ")
    edit(
        CAFE,
        "anchor: revocation\n    act_check: false",
        "act_check: false\n    anchor: 'revocation'",
    )
    edit("roles.yaml", "also: []", "also:\n    []")

    assert LawBook.load(folder).digest == book.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [("五年内", "5年内"), ("P5Y", "P6Y"), ("evidence: read", "evidence: cited")],
)
def test_every_word_of_the_content_counts(
    book: LawBook, folder: Path, edit: Edit, old: str, new: str
) -> None:
    edit(CAFE, old, new)

    assert LawBook.load(folder).digest != book.digest


def test_the_digest_is_the_same_in_another_process(book: LawBook) -> None:
    code = "from graph.law.book import LawBook; print(LawBook.load().digest)"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[4],
            env={"PYTHONHASHSEED": seed},
        )
        assert done.stdout.strip() == book.digest


def test_a_book_survives_its_payload(book: LawBook) -> None:
    again = LawBook.from_payload(book.to_payload())

    assert again == book
    assert again.digest == book.digest
    assert again.to_payload() == book.to_payload()
    assert dict(again.rules) == dict(book.rules)
    assert dict(again.roles) == dict(book.roles)
    assert hash(again) == hash(book)


def test_books_that_differ_are_not_equal(
    book: LawBook, folder: Path, edit: Edit
) -> None:
    edit(CAFE, "P5Y", "P6Y")

    assert LawBook.load(folder) != book
    assert book != "book"


def test_a_book_written_in_the_first_format_is_still_read() -> None:
    old = LawBook.from_payload(PAYLOAD_V1.read_bytes())

    assert old.digest == DIGEST_V1
    assert [v.version_id for v in old.active_versions()] == [
        "PERSON-DEFAULTER-OFFICE-BAN@2018-10-26",
        "PERSON-DEFAULTER-OFFICE-BAN@2024-07-01",
    ]


@pytest.mark.parametrize(
    "payload",
    [b"", b"\xff", b"[]", b"{}", b'{"format": 99}', b'{"format": 1}'],
    ids=["empty", "not-text", "list", "no-format", "format-99", "no-content"],
)
def test_what_is_not_a_book_is_refused(payload: bytes) -> None:
    with pytest.raises(LawDataError):
        LawBook.from_payload(payload)


def test_a_payload_with_a_field_of_tomorrow_is_refused(book: LawBook) -> None:
    content = json.loads(book.to_payload())
    content["fields"][0]["colour"] = "red"

    with pytest.raises(LawDataError, match="colour"):
        LawBook.from_payload(json.dumps(content).encode())


def test_a_book_is_read_from_a_zip_as_from_a_folder(
    book: LawBook, folder: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "law.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in folder.rglob("*.yaml"):
            packed.write(file, f"law/{file.relative_to(folder).as_posix()}")

    assert LawBook.load(zipfile.Path(archive, "law/")) == book


def test_mappings_of_a_book_cannot_be_changed(book: LawBook) -> None:
    with pytest.raises(TypeError):
        book.rules["X"] = None  # type: ignore[index]


def test_an_unverified_version_is_listed_and_switched_off(
    folder: Path, edit: Edit
) -> None:
    edit(CAFE, "evidence: read", "evidence: unverified")
    book = LawBook.load(folder)
    name = "INTERNET-CAFE-PERMIT-REVOKED-OFFICE-BAN@2022-05-01"

    found = book.version(name)

    assert found is not None
    assert not found.version.is_active
    assert name not in {v.version_id for v in book.active_versions()}


def test_a_version_is_found_by_its_identifier(book: LawBook) -> None:
    found = book.version("LICENCE-REVOKED-OFFICE-BAN@2024-07-01")

    assert found is not None
    assert found.rule.key == "LICENCE-REVOKED-OFFICE-BAN"
    assert found.version.in_force_from == date(2024, 7, 1)
    assert book.version("LICENCE-REVOKED-OFFICE-BAN@2024-07-02") is None


def test_the_word_severe_means_every_severe_list_that_may_sanction(
    book: LawBook,
) -> None:
    trigger = Trigger(
        on=TriggerOn.SANCTION,
        subject=Subjects.ORGANIZATION,
        lists=(SEVERE,),
        measures=(),
        fields=(),
    )

    found = book.lists_of(trigger)

    assert "judgment_defaulter" in found
    assert "internet_information" not in found
    assert all(book.lists[k].evidence is not Evidence.UNVERIFIED for k in found)
    assert found == book.severe_lists


def test_a_list_that_may_not_sanction_never_sets_a_rule_off(book: LawBook) -> None:
    trigger = Trigger(
        on=TriggerOn.SANCTION,
        subject=Subjects.ANY,
        lists=("wage_arrears", "conscription", "internet_information"),
        measures=(),
        fields=(),
    )

    assert book.lists_of(trigger) == {"wage_arrears"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("失信被执行人", "judgment_defaulter"),
        ("拖欠农民工工资黑名单", "wage_arrears"),
        ("work_safety", "work_safety"),
    ],
)
def test_a_list_is_known_by_key_name_and_alias(
    book: LawBook, name: str, key: str
) -> None:
    found = book.list_named(name)

    assert found is not None
    assert found.key == key


def test_an_unknown_list_has_no_definition(book: LawBook) -> None:
    assert book.list_named("红名单") is None


def test_the_text_on_which_a_version_rests_is_the_first_of_its_bases(
    book: LawBook,
) -> None:
    version = book.rules["CONSUMPTION-RESTRICTION"].versions[1]

    assert book.leading_text(version).key == "SPC-2015-17"


def test_roles_are_found_by_kind(book: LawBook) -> None:
    partnership = book.roles[OrganizationKind.PARTNERSHIP]

    assert [r.zh for r in partnership.answering] == ["执行事务合伙人", "委派代表"]
    assert book.roles[OrganizationKind.SOLE_TRADER].party_himself
