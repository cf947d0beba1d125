"""Who sees what: names, hidden facts, and effects whose grounds are withheld."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from api.access import PUBLIC_REGISTRY_ROLES
from graph.vocabulary import Role
from tests.unit.api import city
from tests.unit.api.conftest import World

API = Path(__file__).parents[3] / "api"
URLS = (
    f"/v1/subjects/{city.FOOD}/ties",
    f"/v1/subjects/{city.LI}",
    f"/v1/subjects/{city.LI}?texts=true",
    "/v1/subjects?q=李四光",
    "/v1/subjects?q=李",
    "/v1/effects",
)


def test_a_name_in_the_public_register_is_shown(world: World) -> None:
    item = world.get(f"/v1/subjects/{city.ZHANG}").json()["item"]
    assert item["subject"]["name"] == "张三丰"
    assert item["subject"]["masked"] is False


@pytest.mark.parametrize("url", URLS)
def test_any_other_name_of_a_person_is_masked(world: World, url: str) -> None:
    assert "李四光" not in world.get(url).text


def test_a_key_for_personal_data_sees_names_and_masked_numbers(world: World) -> None:
    item = world.get(f"/v1/subjects/{city.LI}?texts=true", key="personal").json()
    assert item["item"]["subject"]["name"] == "李四光"
    assert item["item"]["id_masked"] == "2307**********1234"
    assert item["item"]["address"] == "林都大街2号"
    plain = world.get(f"/v1/subjects/{city.LI}?texts=true").json()["item"]
    assert plain["id_masked"] is None
    assert plain["address"] is None


def test_a_masked_person_is_not_found_by_name(world: World) -> None:
    assert world.get("/v1/subjects?q=李四").json()["items"] == []
    assert len(world.get("/v1/subjects?q=李四", key="personal").json()["items"]) == 1
    assert len(world.get("/v1/subjects?q=张三").json()["items"]) == 1


def test_only_posts_of_the_register_make_a_name_public() -> None:
    assert Role.FINANCE_HEAD not in PUBLIC_REGISTRY_ROLES
    assert Role.DIRECTLY_RESPONSIBLE not in PUBLIC_REGISTRY_ROLES
    assert Role.SELF not in PUBLIC_REGISTRY_ROLES


@pytest.mark.parametrize(
    "url",
    [
        f"/v1/subjects/{city.SUN}",
        f"/v1/subjects/{city.SUN}/ties",
        f"/v1/effects?bearer={city.SUN}",
    ],
)
def test_a_hidden_subject_is_as_if_it_were_not(world: World, url: str) -> None:
    nobody = url.replace("d" * 32, "e" * 32)
    hidden, absent = world.get(url, key="limited"), world.get(nobody, key="limited")
    assert hidden.status_code == absent.status_code == 404
    assert (
        hidden.json()["detail"].replace("d" * 32, "e" * 32) == (absent.json()["detail"])
    )


def test_hidden_facts_are_not_counted(world: World) -> None:
    url = f"/v1/subjects/{city.FOOD}"
    assert world.get(url, key="limited").json()["item"]["counts"]["records"] == 1
    assert world.get(f"{url}/records", key="limited").json()["total"] == 1
    assert world.get(f"{url}/records").json()["total"] == 2


def test_an_effect_is_never_hidden_but_its_grounds_are_withheld(world: World) -> None:
    url = f"/v1/subjects/{city.ZHAO}/effects"
    items = world.get(url, key="limited").json()["items"]
    open_items = world.get(url).json()["items"]
    assert items
    assert [i["id"] for i in items] == [i["id"] for i in open_items]
    assert all(i["grounds"] == [] for i in items)
    assert {i["withheld"]["zh"] for i in items} == {"依据不予披露"}
    assert all(i["withheld"] is None for i in open_items)


def test_a_bearer_known_by_hidden_facts_only_still_bears(world: World) -> None:
    listed = city.sanction(city.MINE, "伊住建列〔2025〕3号", list="market_supervision")
    world.store.append(city.batch("listed", [listed]))
    world.service.refresh()
    items = world.get(f"/v1/subjects/{city.SUN}/effects", key="limited").json()["items"]
    assert items
    assert {i["bearer"]["name"] for i in items} == {None}
    assert all(i["grounds"] == [] for i in items), "the post is hidden"


@pytest.mark.parametrize("query", [f"organization={city.INN}", "rule=LICENCE-REVOKED-OFFICE-BAN"])  # fmt: skip
def test_a_filter_by_ground_does_not_reveal_hidden_grounds(
    world: World, query: str
) -> None:
    assert world.get(f"/v1/effects?{query}").json()["items"]
    assert world.get(f"/v1/effects?{query}", key="limited").json()["items"] == []


def test_a_withheld_explanation_says_only_that(world: World) -> None:
    items = world.get(f"/v1/subjects/{city.ZHAO}/effects").json()["items"]
    for item in items:
        url = f"/v1/effects/{item['id']}/explanation"
        shown = world.get(url, key="limited").json()["item"]
        assert shown["text"] == "依据不予披露"
        assert shown["partial"] is True
        assert "伊住建吊" in world.get(url).json()["item"]["text"]


def test_names_in_explanations_are_masked_as_everywhere(world: World) -> None:
    key = "personal"
    hidden = city.tie(city.LI, city.FOOD, Role.ACTUAL_CONTROLLER)
    world.store.append(city.batch("controller", [hidden]))
    world.service.refresh()
    effects = world.get(f"/v1/subjects/{city.LI}/effects").json()["items"]
    urls = [f"/v1/effects/{e['id']}/explanation" for e in effects]
    urls.append(f"/v1/sanctions/{world.sanction_key()}/examination")
    assert effects
    for url in urls:
        assert "李四光" in world.get(url, key=key).text
        masked = world.get(url)
        assert "李四光" not in masked.text
        assert "李*光" in masked.text


def test_names_and_masks_are_decided_in_one_file() -> None:
    """Whatever shows a name asks api.access; nothing else reads or masks one."""
    fenced = {"profile_on", "mask_name", "under", "may_name", "PUBLIC_REGISTRY_ROLES"}
    allowed = {"finding.py": {"may_name"}}
    for path in (API / "routes", API / "showing", API / "finding.py"):
        for file in [path] if path.is_file() else path.glob("*.py"):
            tree = ast.walk(ast.parse(file.read_text("utf-8")))
            words = {getattr(n, "attr", getattr(n, "id", "")) for n in tree}
            assert words & fenced <= allowed.get(file.name, set()), file


def test_an_expired_key_opens_nothing(world: World) -> None:
    clock = world.service.clock
    clock.move_to(clock.today() + timedelta(days=366))  # type: ignore[attr-defined]
    answer = world.get("/v1/effects")
    assert answer.status_code == 401
    assert answer.json()["type"].endswith(":key_expired")
