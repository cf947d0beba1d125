"""Several addresses or numbers in one cell: a fact for each, and each once."""

from graph.vocabulary import FactKind
from loaders.report import LoadReport
from tests.unit.loaders.conftest import A, B, Desk

HEADINGS = ("主体名称", "统一社会信用代码", "经营地址", "联系电话", "网址")


def sent(desk: Desk, *rows: tuple[str, str, str, str, str]) -> LoadReport:
    cells = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    return desk.load(desk.csv("c.csv", HEADINGS, cells))


def test_each_number_of_a_cell_is_a_fact(desk: Desk) -> None:
    sent(desk, ("示例公司", A, "示例路1号", "0458-3610000/13800001234", ""))
    phones = [c for c in desk.store.all(FactKind.CONTACT) if c.kind == "phone"]
    assert sorted(c.text for c in phones) == ["*******0000", "138****1234"]
    assert {c.subject for c in phones} == {f"org:{A}"}


def test_one_number_in_two_spellings_is_one_fact(desk: Desk) -> None:
    report = sent(desk, ("示例公司", A, "", "13800001234；+86 138-0000-1234", ""))
    assert report.reasons == {}
    assert len(desk.store.all(FactKind.CONTACT)) == 1


def test_what_two_subjects_share_is_one_anchor(desk: Desk) -> None:
    one, other = "伊春市示例路1号", "伊春市 示例路１号；伊春市别处2号"
    sent(desk, ("示例公司", A, one, "", ""), ("别的公司", B, other, "", ""))
    anchors = [(c.subject, c.anchor) for c in desk.store.all(FactKind.CONTACT)]
    shared = {anchor for subject, anchor in anchors if subject == f"org:{A}"}
    assert shared < {anchor for subject, anchor in anchors if subject == f"org:{B}"}


def test_a_masked_number_is_left_out_and_told_and_the_rest_stays(desk: Desk) -> None:
    report = sent(desk, ("示例公司", A, "", "138****1234；13800001234", "无"))
    assert (report.quarantined, report.reasons) == (0, {"masked": 1})
    assert len(desk.store.all(FactKind.CONTACT)) == 1


def test_the_same_address_written_otherwise_is_no_contradiction(desk: Desk) -> None:
    rows = [
        ("示例公司", A, a, "", "") for a in ("伊春市示例路1号", "伊春市 示例路１号")
    ]
    report = sent(desk, *rows)
    assert (report.quarantined, report.known) == (0, 1)


def test_a_row_without_any_contact_is_set_aside(desk: Desk) -> None:
    sound = ("别的公司", B, "伊春市示例路1号", "", "")
    assert sent(desk, ("示例公司", A, "", "/", ""), sound).reasons == {"missing": 1}
