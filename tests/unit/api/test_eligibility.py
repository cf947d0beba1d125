"""Who may have what he applies for: yes, no with the provisions, or to be checked."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.identifiers import check_uscc, resident_check_character
from graph.identity import DocumentKind, scoped_person_id
from graph.records import Fact, Finding, Suspension
from graph.vocabulary import Role
from tests.unit.api import city
from tests.unit.api.conftest import Run, World

NUMBER = "230702199001011234"
"""A resident number, its check character to be set below."""


def resident() -> str:
    return NUMBER[:17] + resident_check_character(NUMBER[:17])


def judged(world: World, key: str = "personal", **body: Any) -> list[dict[str, Any]]:
    query = body.pop("query", "")
    answer = world.post(f"/v1/eligibility:batch{query}", body, key=key)
    assert answer.status_code == 200, answer.text
    item = answer.json()["item"]
    counted = {
        word: sum(a["answer"]["value"] == word for a in item["answers"])
        for word in ("yes", "no", "to_check")
    }
    assert counted == {word: item[word] for word in counted}
    return list(item["answers"])


def one(world: World, subject: str, purpose: str, **more: Any) -> dict[str, Any]:
    (found,) = judged(world, items=[subject], purpose=purpose, **more)
    return found


def told(found: dict[str, Any]) -> tuple[str, set[str]]:
    """Return the answer and every doubt."""
    hits = {d["value"] for hit in found["hits"] for d in hit["doubts"]}
    return found["answer"]["value"], hits | {d["value"] for d in found["doubts"]}


def add(world: World, *facts: Fact) -> None:
    world.store.append(city.batch(f"more{len(facts)}", list(facts)))
    world.service.refresh()


def imposed(subject: str, *measures: str, **more: object) -> Fact:
    return city.sanction(subject, "伊决〔2026〕7号", measures=measures, **more)


def found_responsible(person: str = city.ZHAO, **more: Any) -> Fact:
    values: dict[str, Any] = {"responsible": True, "valid_from": city.D("2025-03-05")}
    return Finding(
        person=person,
        organization=city.INN,
        about_document="伊住建吊〔2025〕2号",
        document="伊住建认〔2025〕2号",
        authority="伊春市住房和城乡建设局",
        role=Role.LEGAL_REPRESENTATIVE,
        **(values | more),
    )


def test_what_awaits_a_finding_is_neither_yes_nor_no(world: World) -> None:
    found = one(world, city.ZHAO, "company_office")
    assert told(found) == ("to_check", {"pending_finding"})
    add(world, found_responsible(responsible=False))
    assert told(one(world, city.ZHAO, "company_office")) == ("yes", set())


def test_a_ban_is_a_no_with_its_effect_and_provisions(world: World) -> None:
    add(world, found_responsible())
    found = one(world, city.ZHAO, "company_office")
    assert told(found) == ("no", set())
    (hit,) = found["hits"]
    assert hit["measure"]["value"] == "office_ban"
    assert hit["rules"][0]["key"] == "LICENCE-REVOKED-OFFICE-BAN"
    assert {b["instrument"] for b in hit["basis"]} == {"COMPANY-LAW-2023"}
    assert hit["last_day"]
    shown = world.get(f"/v1/effects/{hit['effect']}", key="personal").json()["item"]
    assert shown["effect"]["bearer"]["id"] == city.ZHAO


def test_nothing_on_record_is_a_yes_and_says_whether_the_subject_is_known(
    world: World,
) -> None:
    found = one(world, city.LI, "company_office")
    assert (told(found), found["known"]) == (("yes", set()), True)
    nobody = one(world, "91230702MA1B2C3D4X"[:17], "permit")
    assert told(nobody) == ("to_check", {"unreadable"})
    assert nobody["told"]["zh"]
    stranger = one(world, "per:" + "9" * 32, "company_office")
    assert (told(stranger), stranger["known"]) == (("yes", set()), False)


def test_answers_come_in_the_order_asked_with_their_references(world: World) -> None:
    items = [
        {"subject": city.ZHAO, "reference": "受理1号"},
        city.FOOD,
        {"subject": city.LI, "purpose": "honours", "reference": "受理3号"},
    ]
    found = judged(world, items=items, purpose="担任公司董事、监事、高级管理人员")
    assert [(a["place"], a["reference"], a["purpose"]) for a in found] == [
        (1, "受理1号", "company_office"),
        (2, None, "company_office"),
        (3, "受理3号", "honours"),
    ]
    assert told(found[1]) == ("to_check", {"other_kind"})


def test_the_day_asked_about_decides(world: World) -> None:
    before = one(world, city.ZHAO, "company_office", query="?as_of=2025-01-01")
    assert told(before) == ("yes", set())
    unknown = one(
        world,
        city.ZHAO,
        "company_office",
        query="?known_at=2026-11-19T00:00:00%2B08:00",
    )
    assert (told(unknown), unknown["known"]) == (("yes", set()), False)


def test_what_was_imposed_on_himself_counts_until_it_ends(world: World) -> None:
    add(world, imposed(city.MINE, "honours_limit", valid_to=city.D("2026-12-01")))
    found = one(world, city.MINE, "honours")
    assert told(found) == ("no", set())
    (hit,) = found["hits"]
    assert hit["own"]
    assert (hit["effect"], hit["last_day"]) == (None, "2026-11-30")
    assert hit["sanction"] == world.sanction_key(city.MINE)
    later = one(world, city.MINE, "honours", query="?as_of=2026-12-01")
    assert told(later) == ("yes", set())
    assert told(one(world, city.MINE, "financial_support")) == ("yes", set())


def test_what_a_list_brings_by_law_counts_and_the_list_itself(world: World) -> None:
    add(world, city.sanction(city.MINE, "伊人社列〔2026〕7号", list="wage_arrears"))
    assert told(one(world, city.MINE, "financial_support")) == ("no", set())
    found = one(world, city.MINE, "procurement")
    assert told(found) == ("to_check", {"by_provision"})
    assert found["hits"][0]["on_list"]["value"] == "wage_arrears"
    assert told(one(world, city.MINE, "high_consumption")) == ("yes", set())


@pytest.mark.parametrize(
    ("of", "asked", "expected"),
    [
        ("food", "food", ("no", set())),
        ("food", "食品", ("no", set())),
        ("food", "drugs", ("yes", set())),
        ("food", None, ("to_check", {"field_not_given"})),
        (None, "food", ("to_check", {"field_not_known"})),
        ("general", "food", ("to_check", {"field_not_known"})),
    ],
)
def test_a_ban_of_one_field_reaches_that_field(
    world: World, of: str | None, asked: str | None, expected: tuple[str, set[str]]
) -> None:
    add(world, imposed(city.MINE, "market_access_ban", field=of))
    more = {"field": asked} if asked else {}
    assert told(one(world, city.MINE, "permit", **more)) == expected


def test_what_a_court_suspended_is_to_be_checked(world: World) -> None:
    rest: dict[str, Any] = {
        "about_document": "",
        "document": "（2026）黑07行初7号",
        "authority": "伊春市中级人民法院",
        "valid_from": city.D("2026-06-01"),
    }
    add(
        world,
        imposed(city.MINE, "honours_limit"),
        found_responsible(),
        Suspension(subject=city.MINE, organization="", **rest),
        Suspension(subject=city.ZHAO, organization=city.INN, **rest),
    )
    assert told(one(world, city.MINE, "honours")) == ("to_check", {"suspended"})
    before = one(world, city.MINE, "honours", query="?as_of=2026-05-31")
    assert told(before) == ("no", set())
    office = one(world, city.ZHAO, "company_office")
    assert told(office) == ("to_check", {"suspended"})


def test_a_name_tells_nobody_apart(world: World) -> None:
    assert told(one(world, "赵敏君", "company_office")) == ("to_check", {"name_only"})
    scoped = scoped_person_id(city.INN, "legal_representative", "钱一")
    add(
        world,
        city.profile(scoped, "钱一"),
        city.tie(scoped, city.INN, Role.LEGAL_REPRESENTATIVE),
    )
    found = one(world, scoped, "company_office")
    assert told(found) == ("to_check", {"name_only", "pending_identity"})
    assert told(one(world, scoped, "honours")) == ("to_check", {"name_only"})


def test_a_document_number_needs_the_right_and_is_never_repeated(world: World) -> None:
    number = resident()
    person = world.service.keys.person_id(DocumentKind.RESIDENT_ID, number)
    add(world, city.profile(person, "周七"), imposed(person, "honours_limit"))
    found = one(world, number, "honours")
    assert told(found) == ("no", set())
    assert found["subject"] == found["named"]["id"] == person
    closed = one(world, number, "honours", key="reader")
    assert told(closed) == ("to_check", {"number_not_open"})
    assert closed["subject"] is None
    for answer in (found, closed, one(world, number[:17] + "?", "honours")):
        assert number[:17] not in json.dumps(answer)


def test_a_resident_number_that_looks_like_a_company_code_is_a_persons(
    world: World,
) -> None:
    number = "230799195910281530"
    assert check_uscc(number).ok
    person = world.service.keys.person_id(DocumentKind.RESIDENT_ID, number)
    assert one(world, number, "company_office")["subject"] == person
    closed = one(world, number, "company_office", key="reader")
    assert told(closed) == ("to_check", {"number_not_open"})
    assert number not in json.dumps(closed)
    add(world, city.profile(f"org:{number}", "伊春丁有限公司"))
    assert one(world, number, "permit")["subject"] == f"org:{number}"


def test_that_it_bars_is_told_to_a_limited_key_but_not_why(world: World) -> None:
    full = one(world, city.ZHAO, "company_office")
    found = one(world, city.ZHAO, "company_office", key="limited")
    assert told(found) == told(full)
    (hit,) = found["hits"]
    assert hit["withheld"]["en"] == "grounds not disclosed"
    assert hit["rules"] == []
    add(world, imposed(city.MINE, "honours_limit", **city.HIDDEN))
    own = one(world, city.MINE, "honours", key="limited")
    assert own["answer"]["value"] == "no"
    assert (own["hits"][0]["sanction"], bool(own["hits"][0]["withheld"])) == (
        None,
        True,
    )


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"items": [city.ZHAO]}, "用途"),
        ({"items": [city.ZHAO], "purpose": "当皇帝"}, "当皇帝"),
        ({"items": [city.ZHAO], "purpose": "permit", "field": "魔法"}, "魔法"),
    ],
)
def test_a_purpose_or_field_nobody_knows_is_an_error(
    world: World, body: dict[str, Any], says: str
) -> None:
    answer = world.post(
        "/v1/eligibility:batch", body, headers={"Accept-Language": "zh"}
    )
    assert answer.status_code == 422
    assert says in answer.json()["detail"]
    assert answer.json()["hint"]


def test_ten_thousand_are_taken_and_not_one_more(world: World) -> None:
    items = [{"subject": city.FOOD, "reference": "申请" * 40}] * 10_000
    assert len(judged(world, items=items, purpose="permit")) == 10_000
    many = {"items": [city.FOOD] * 10_001, "purpose": "permit"}
    assert world.post("/v1/eligibility:batch", many).status_code == 422
    large = {"items": [city.FOOD], "purpose": "permit", "region": "2" * 5_000_000}
    assert world.post("/v1/eligibility:batch", large).status_code == 413


def test_purposes_are_listed_with_what_bars_from_them(world: World) -> None:
    items = world.get("/v1/purposes").json()["items"]
    assert {p["key"] for p in items} >= {"company_office", "permit", "procurement"}
    office = next(p for p in items if p["key"] == "company_office")
    assert office["bars"][0]["measures"][0]["value"] == "office_ban"
    assert office["bars"][0]["basis"][0]["instrument"] == "COMPANY-LAW-2023"


# ---- on the command line -------------------------------------------------


def test_codes_by_line_are_answered(world: World, run: Run, tmp_path: Path) -> None:
    add(world, found_responsible())
    file = tmp_path / "codes.txt"
    file.write_text(f"# 本月申请\n{city.ZHAO}\n\n{city.LI}\n{resident()}\n", "utf-8")
    done = run("eligible", file, "--purpose", "company_office")
    assert done.exit_code == 0, done.output
    assert "可以 2，不可以 1，须核实 0" in done.output
    assert "第一百七十八条" in done.output
    assert resident() not in done.output
    english = run("eligible", file, "--purpose", "company_office", language="en")
    assert "yes 2, no 1, to_check 0" in english.output


def test_a_request_in_yaml_is_answered_as_by_the_api(
    world: World, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "request.yaml"
    file.write_text(
        f"purpose: permit\nfield: food\nregion: 230717\nitems:\n  - {city.FOOD}\n"
        f"  - {{subject: '{city.ZHAO}', purpose: company_office, reference: 0012}}\n",
        "utf-8",
    )
    shown = json.loads(run("eligible", file, "--json").stdout)
    assert [a["reference"] for a in shown["answers"]] == [None, "0012"]
    assert shown["answers"] == judged(
        world,
        purpose="permit",
        field="food",
        region="230717",
        items=[
            city.FOOD,
            {
                "subject": city.ZHAO,
                "purpose": "company_office",
                "reference": "0012",
            },
        ],
    )


@pytest.mark.parametrize(
    ("name", "content", "says", "code"),
    [
        ("a.yaml", b"items: [a", "YAML", 2),
        ("a.yaml", b"a: &a [x]\nitems: *a", "YAML", 2),
        ("a.yaml", b"items: []\npurpose: permit", "items", 2),
        ("a.txt", b"\xff\xfe", "UTF-8", 2),
        ("a.txt", b"", "items", 2),
        ("a.txt", b"x" * (4 * 2**20 + 1), "MiB", 2),
    ],
    ids=["yaml", "alias", "no-items", "not-utf8", "empty", "too-large"],
)
def test_a_file_that_is_no_request_is_an_error(
    run: Run, tmp_path: Path, name: str, content: bytes, says: str, code: int
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = run("eligible", file, "--purpose", "permit")
    assert done.exit_code == code
    assert says in done.stderr


def test_a_file_that_is_not_there_is_an_error(run: Run, tmp_path: Path) -> None:
    assert run("eligible", tmp_path / "no", "--purpose", "permit").exit_code == 3
