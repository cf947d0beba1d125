"""Two versions or two books compared field by field."""

from pathlib import Path

from graph.law.book import ActiveVersion, LawBook
from graph.law.diff import between_books, between_versions
from tests.unit.graph.law.conftest import Edit

RULE = "LICENCE-REVOKED-OFFICE-BAN"


def version(book: LawBook, name: str) -> ActiveVersion:
    found = book.version(name)
    assert found is not None
    return found


def test_a_version_does_not_differ_from_itself(book: LawBook) -> None:
    one = version(book, f"{RULE}@2024-07-01")
    assert between_versions(one, one) == ()
    assert between_books(book, book) == ()


def test_two_versions_differ_in_the_fields_that_the_new_law_changed(
    book: LawBook,
) -> None:
    old, new = (version(book, f"{RULE}@{d}") for d in ("2018-10-26", "2024-07-01"))
    found = {".".join(d.path): d for d in between_versions(old, new)}
    assert found["trigger.measures"].before == ("business_licence_revoked",)
    assert found["trigger.measures"].after == ("business_licence_revoked", "closure")
    assert found["in_force_to"].after is None
    assert "anchor" not in found
    told = found["basis.1.article"].text("zh")
    assert "依据 1 条款" in told
    assert "第一百七十八条" in told
    assert found["in_force_to"].text("en") == "in_force_to: 2024-07-01 → (none)"


def test_a_bearer_that_came_is_told_whole(book: LawBook) -> None:
    rule = "CONSUMPTION-RESTRICTION"
    old, new = (version(book, f"{rule}@{d}") for d in ("2010-10-01", "2015-07-22"))
    found = {d.path: d for d in between_versions(old, new)}
    came = found["bearers", "4"]
    assert came.before is None
    assert "实际控制人(actual_controller)" in came.text("zh")
    assert came.as_dict()["after"] == {
        "role": "actual_controller", "finding": "required", "sticky": False,
    }  # fmt: skip


def test_rules_of_two_titles_differ_in_their_heads(book: LawBook) -> None:
    found = between_versions(
        version(book, "SEVERE-LIST-PERSON-RECORD-CN@2019-07-17"),
        version(book, "SEVERE-LIST-PERSON-RECORD-YICHUN@2023-08-18"),
    )
    changed = {d.path: (d.before, d.after) for d in found}
    assert changed["jurisdiction",] == ("CN", "2307")


def test_books_differ_by_shelf_key_version_and_field(
    book: LawBook, folder: Path, edit: Edit
) -> None:
    rule = f"liability/{RULE}.yaml"
    edit(rule, "length: P3Y", "length: P4Y")
    edit("measures.yaml", "zh: 记入个人信用记录", "zh: 记入信用记录")
    (folder / "liability" / "PESTICIDE-PERMIT-REVOKED-OCCUPATION-BAN.yaml").unlink()
    found = between_books(book, LawBook.load(folder))
    assert [".".join(d.path) for d in found] == [
        "measures.personal_record.zh",
        f"rules.{RULE}.@2018-10-26.term.length",
        "rules.PESTICIDE-PERMIT-REVOKED-OCCUPATION-BAN",
    ]
    assert (found[1].before, found[1].after) == ("P3Y", "P4Y")
    assert found[2].after is None
    assert found[2].as_dict()["before"].startswith("农药")


def test_a_version_that_came_is_told(book: LawBook, folder: Path, edit: Edit) -> None:
    edit(
        f"liability/{RULE}.yaml",
        "in_force_from: 2018-10-26",
        "in_force_from: 2019-01-01",
    )
    paths = [".".join(d.path) for d in between_books(book, LawBook.load(folder))]
    assert paths == [f"rules.{RULE}.@2018-10-26", f"rules.{RULE}.@2019-01-01"]
