"""The law book over HTTP."""

from tests.unit.api.conftest import LAW, World


def test_every_rule_list_and_measure_is_listed(world: World) -> None:
    assert {r["key"] for r in world.get("/v1/rules").json()["items"]} == set(LAW.rules)
    assert {r["key"] for r in world.get("/v1/lists").json()["items"]} == set(LAW.lists)
    found = world.get("/v1/measures").json()
    assert {r["key"] for r in found["items"]} == set(LAW.measures)
    assert found["total"] == len(LAW.measures)


def test_a_rule_shows_every_version_with_its_articles(world: World) -> None:
    item = world.get("/v1/rules/PERSON-DEFAULTER-OFFICE-BAN").json()["item"]
    versions = LAW.rules["PERSON-DEFAULTER-OFFICE-BAN"].versions
    assert [v["in_force_from"] for v in item["versions"]] == [
        v.in_force_from.isoformat() for v in versions
    ]
    assert all(v["basis"][0]["title"] for v in item["versions"])
    assert item["versions"][0]["definition"]["trigger"]["lists"] == [
        "judgment_defaulter"
    ]


def test_a_rule_shows_the_version_of_a_day(world: World) -> None:
    url = "/v1/rules/PERSON-DEFAULTER-OFFICE-BAN?at="
    assert len(world.get(url + "2025-01-01").json()["item"]["versions"]) == 1
    assert world.get(url + "1900-01-01").json()["item"]["versions"] == []


def test_rules_of_a_day_leave_out_those_not_in_force(world: World) -> None:
    found = world.get("/v1/rules?at=2000-01-01").json()
    assert found["items"] == []
    assert found["total"] == 0
