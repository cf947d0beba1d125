"""Sanctions: reading, previewing, ending and voiding, once and only once."""

import asyncio
from typing import Any

import httpx
import pytest

from api.idempotency import Answers
from tests.unit.api import city
from tests.unit.api.conftest import World

END = {"document": "伊市监修〔2026〕7号", "authority": "伊春市市场监督管理局"}
REPAIR: dict[str, Any] = {**END, "reason": "repair"}
WRONG: dict[str, Any] = {**END, "reason": "当事人身份错误"}


def act(
    world: World,
    body: dict[str, Any],
    *,
    verb: str = "end",
    again: str | None = "first-request",
    key: str = "writer",
    sanction: str | None = None,
) -> httpx.Response:
    headers = {"Idempotency-Key": again} if again else {}
    target = sanction or world.sanction_key()
    url = f"/v1/sanctions/{target}:{verb}"
    return world.post(url, body, key=key, headers=headers)


def borne(world: World, person: str = city.ZHANG) -> list[str]:
    items = world.get(f"/v1/subjects/{person}/effects").json()["items"]
    return [item["id"] for item in items]


def test_a_sanction_is_read_with_its_content_when_asked_for(world: World) -> None:
    key = world.sanction_key()
    assert world.get(f"/v1/sanctions/{key}").json()["item"]["content"] is None
    item = world.get(f"/v1/sanctions/{key}?texts=true").json()["item"]
    assert item["content"] == "列入严重违法失信名单"
    assert item["measures"] == []


def test_an_examination_says_who_answers_and_who_does_not(world: World) -> None:
    url = f"/v1/sanctions/{world.sanction_key()}/examination"
    item = world.get(url).json()["item"]
    assert item["partial"] is False
    assert "张三丰" in item["text"]
    words = world.get(url + "?lang=en", headers={"Accept": "text/plain"}).text
    assert "everybody considered" in words


def test_a_preview_shows_the_difference_and_writes_nothing(world: World) -> None:
    before, seq = borne(world), world.store.facts.seq
    answer = act(world, REPAIR | {"preview": True}, again=None).json()["item"]
    assert answer["preview"] is True
    assert answer["load"] is None
    assert [c["effect"]["id"] for c in answer["effects"]["lost"]] == sorted(before)
    assert borne(world) == before
    assert world.store.facts.seq == seq


def test_an_end_has_happened_when_the_next_answer_comes(world: World) -> None:
    key = world.sanction_key()
    assert borne(world)
    answer = act(world, REPAIR).json()
    assert answer["item"]["effects"]["lost_total"] == 2
    assert answer["item"]["load"] == answer["meta"]["load"]
    assert borne(world) == []
    item = world.get(f"/v1/sanctions/{key}").json()["item"]
    assert item["in_force"] is False
    assert item["ended"] == {
        "reason": {"value": "repair", "zh": "信用修复", "en": "credit repair"},
        "document": END["document"],
        "authority": END["authority"],
    }
    assert item["period"]["valid_to"] == "2026-11-22"


def test_the_reason_may_be_given_in_chinese_and_the_day_may_be_another(
    world: World,
) -> None:
    answer = act(world, {**END, "reason": "移出名单", "on": "2026-12-01"})
    assert answer.status_code == 200
    assert borne(world)
    assert answer.json()["item"]["effects"]["lost_total"] == 0


def test_a_voided_sanction_was_never_there(world: World) -> None:
    key = world.sanction_key()
    assert act(world, WRONG, verb="void").status_code == 200
    assert world.get(f"/v1/sanctions/{key}").status_code == 404
    assert borne(world) == []


@pytest.mark.parametrize(("verb", "body"), [("end", REPAIR), ("void", WRONG)])
def test_the_same_request_again_gives_the_same_answer_and_does_nothing(
    world: World, verb: str, body: dict[str, Any]
) -> None:
    key = world.sanction_key()
    first = act(world, body, verb=verb, sanction=key)
    seq = world.store.facts.seq
    second = act(world, body, verb=verb, sanction=key)
    assert "idempotent-replay" not in first.headers
    assert second.headers["idempotent-replay"] == "true"
    assert second.content == first.content
    assert world.store.facts.seq == seq


@pytest.mark.parametrize(("verb", "body"), [("end", REPAIR), ("void", WRONG)])
def test_a_retry_after_a_crash_finds_the_act_in_the_journal(
    world: World, verb: str, body: dict[str, Any]
) -> None:
    key = world.sanction_key()
    first = act(world, body, verb=verb, sanction=key)
    seq = world.store.facts.seq
    world.app.state.answers = Answers()  # what a restart leaves
    second = act(world, body, verb=verb, sanction=key)
    assert second.headers["idempotent-replay"] == "true"
    assert second.json()["item"] == first.json()["item"]
    assert world.store.facts.seq == seq


@pytest.mark.parametrize("restarted", [False, True])
def test_one_idempotency_key_is_for_one_request(world: World, restarted: bool) -> None:
    key = world.sanction_key()
    act(world, REPAIR, sanction=key)
    if restarted:
        world.app.state.answers = Answers()
    answer = act(world, REPAIR | {"document": "另一文号"}, sanction=key)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith(":idempotency_reused")


def test_the_same_request_many_times_at_once_is_carried_out_once(
    world: World,
) -> None:
    url = f"/v1/sanctions/{world.sanction_key()}:end"
    seq = world.store.facts.seq
    headers = {
        "Authorization": f"Bearer {world.keys['writer']}",
        "Idempotency-Key": "at-once-1",
    }

    async def all_at_once() -> list[httpx.Response]:
        sent = (world._send("POST", url, headers, {"json": REPAIR}) for _ in range(8))
        return await asyncio.gather(*sent)

    answers = world.loop.run_until_complete(all_at_once())
    assert {a.status_code for a in answers} == {200}
    assert len({a.content for a in answers}) == 1
    assert sum("idempotent-replay" not in a.headers for a in answers) == 1
    assert world.store.facts.seq == seq + 1


def test_the_idempotency_keys_of_two_callers_do_not_meet(world: World) -> None:
    key = world.sanction_key()
    act(world, REPAIR, sanction=key)
    answer = act(world, REPAIR, sanction=key, key="operator")
    assert answer.status_code == 409


def test_an_act_without_idempotency_key_is_refused(world: World) -> None:
    answer = act(world, REPAIR, again=None)
    assert answer.status_code == 400
    assert answer.json()["type"].endswith(":idempotency_key_missing")


def test_ending_twice_contradicts_the_record(world: World) -> None:
    key = world.sanction_key()
    act(world, REPAIR, sanction=key)
    answer = act(world, REPAIR, again="second-request", sanction=key)
    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":conflict")


def test_an_end_before_the_beginning_is_wrong_input(world: World) -> None:
    answer = act(world, REPAIR | {"on": "2020-01-01"})
    assert answer.status_code == 422
    assert answer.json()["type"].endswith(":bad_input")


@pytest.mark.parametrize(
    "body",
    [
        {**REPAIR, "more": 1},
        {**REPAIR, "document": ""},
        {**REPAIR, "document": "a\u0000b"},
        {**REPAIR, "document": "a\nb"},
        {**REPAIR, "document": "x" * 201},
        {**REPAIR, "reason": "because"},
        {**REPAIR, "on": 1764028800},
        {**REPAIR, "on": "1764028800"},
        {**REPAIR, "on": "2026-02-30"},
        {**REPAIR, "on": "99999-01-01"},
        {"reason": "repair"},
        [],
        "repair",
    ],
)
def test_a_body_that_is_not_as_described_is_refused(world: World, body: Any) -> None:
    answer = act(world, body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_a_lone_surrogate_is_refused_and_not_echoed(world: World) -> None:
    answer = world.call(
        "POST",
        f"/v1/sanctions/{world.sanction_key()}:end",
        key="writer",
        content=b'{"document": "\\ud800", "authority": "a", "reason": "repair"}',
        headers={"Content-Type": "application/json", "Idempotency-Key": "surrogate"},
    )
    assert answer.status_code == 422


def test_who_entered_an_act_stands_in_the_journal(world: World) -> None:
    act(world, REPAIR | {"officer": "窗口3"})
    actor = world.store.facts.loads[-1].note["actor"]
    assert actor.startswith("窗口3 (key ")


def test_a_key_may_not_change_what_it_may_only_read(world: World) -> None:
    key = world.sanction_key()
    foreign = act(world, REPAIR, key="housing_writer", sanction=key)
    assert foreign.status_code == 403
    assert foreign.json()["type"].endswith(":outside_scope")
    preview = REPAIR | {"preview": True}
    again = act(world, preview, key="housing_writer", sanction=key)
    assert again.status_code == 403
    own = act(world, REPAIR, key="limited_writer", sanction=key)
    assert own.status_code == 200


def test_a_key_cannot_tell_a_hidden_sanction_from_none(world: World) -> None:
    hidden = world.sanction_key(city.INN)
    none = "0" * 32
    there = act(world, REPAIR, key="limited_writer", sanction=hidden).json()
    gone = act(world, REPAIR, key="limited_writer", sanction=none).json()
    assert there["status"] == gone["status"] == 404
    assert there["detail"].replace(hidden, none) == gone["detail"]
