"""Entries on lists: by whose law they sanction, and how they end."""

import json
from typing import Any

import pytest

from graph.errors import BadInput
from graph.law.book import LawBook
from graph.vocabulary import FactKind
from tests.unit.loaders.conftest import LAW, A, Desk

SOUND = {
    "失信被执行人姓名/名称": "示例公司",
    "身份证号码/组织机构代码": A,
    "案号": "（2024）黑0702执示1号",
    "执行法院": "某法院",
    "失信被执行人行为具体情形": "违反财产报告制度",
    "发布时间": "2024-03-01",
}
EXIT = ("退出日期", "退出原因", "屏蔽日期", "撤销日期", "失信期限届满日期")


def sent(desk: Desk, name: str = "d.csv", **cells: str) -> Any:
    """Load one row beside a sound one and return report and sanction, if any."""
    other = {**SOUND, "案号": "（2024）黑0702执示2号"}
    path = desk.csv(name, [*SOUND, *EXIT], [{**SOUND, **cells}, other])
    report = desk.load(path)
    found = [
        s for s in desk.store.all(FactKind.SANCTION) if "示1号" in s.document_number
    ]
    return report, found[-1] if found else None


def test_an_entry_sanctions_by_the_list_of_the_book(desk: Desk) -> None:
    _, sanction = sent(desk)
    assert (sanction.list, sanction.measures) == ("judgment_defaulter", ())
    assert (sanction.valid_to, sanction.end_reason) == (None, None)


def test_a_list_whose_basis_is_unverified_sanctions_nobody(desk: Desk) -> None:
    content = json.loads(LAW.to_payload())
    for one in content["lists"]:
        one["evidence"] = "unverified"
    doubted = LawBook.from_payload(json.dumps(content).encode())
    path = desk.csv("d.csv", list(SOUND), [SOUND])
    with pytest.raises(BadInput, match="the basis of the list '失信被执行人' is unver"):
        desk.load(path, law=doubted)


@pytest.mark.parametrize(
    ("cells", "ends", "reason"),
    [
        (
            {"退出日期": "2024-06-01", "退出原因": "履行完毕"},
            "2024-06-01",
            "performance",
        ),
        ({"屏蔽日期": "2024-06-01"}, "2024-06-01", "court_release"),
        ({"撤销日期": "2024-06-01"}, "2024-06-01", "court_release"),
        ({"失信期限届满日期": "2026-02-28"}, "2026-03-01", "expiry"),
        (
            {"失信期限届满日期": "2026-02-28", "屏蔽日期": "2024-06-01"},
            "2024-06-01",
            "court_release",
        ),
    ],
)
def test_how_an_entry_ends(
    desk: Desk, cells: dict[str, str], ends: str, reason: str
) -> None:
    _, sanction = sent(desk, **cells)
    assert (str(sanction.valid_to), sanction.end_reason) == (ends, reason)


def test_the_same_row_with_an_exit_is_a_new_version_of_the_same_fact(
    desk: Desk,
) -> None:
    sent(desk)
    report, sanction = sent(desk, "e.csv", 退出日期="2024-06-01", 退出原因="履行完毕")
    assert (report.new, report.known) == (1, 1)
    assert str(sanction.valid_to) == "2024-06-01"


@pytest.mark.parametrize(
    "cells", [{"退出日期": "2024-06-01"}, {"退出原因": "履行完毕"}]
)
def test_half_an_exit_is_set_aside(desk: Desk, cells: dict[str, str]) -> None:
    report, sanction = sent(desk, **cells)
    assert (report.quarantined, sanction) == (1, None)
    assert report.reasons == {"missing": 1}


def test_an_annulled_entry_ends_and_says_that_it_should_be_voided(desk: Desk) -> None:
    report, sanction = sent(desk, 撤销日期="2024-06-01")
    assert sanction.valid_to is not None
    assert report.reasons == {"voided": 1}
    assert report.quarantined == 0
