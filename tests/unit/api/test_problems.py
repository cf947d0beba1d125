"""One shape for every error, one table of codes, and a document that explains them."""

import re
from pathlib import Path

import httpx
import pytest

from api import errors
from api.errors import MEDIA_TYPE, PROBLEMS, code_of, masked
from graph.errors import CreditGraphError, StoreDamaged
from tests.unit.api import city
from tests.unit.api.conftest import World

DOCUMENT = Path(__file__).parents[3] / "docs/reference/problems.md"


def family(cls: type[CreditGraphError]) -> set[type[CreditGraphError]]:
    return {cls}.union(*(family(sub) for sub in cls.__subclasses__()))


def code(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == MEDIA_TYPE
    return str(answer.json()["type"]).removeprefix(errors.URN)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/nowhere", "not_found"),
        ("/v1/subjects/91230700MA99999999", "not_found"),
        ("/v1/subjects", "invalid_request"),
        ("/v1/subjects?q=", "invalid_request"),
        (f"/v1/subjects?q={'x' * 101}", "invalid_request"),
        ("/v1/effects?limit=0", "invalid_request"),
        ("/v1/effects?limit=501", "invalid_request"),
        ("/v1/effects?limit=99999999999999999999999999", "invalid_request"),
        ("/v1/effects?limit=1e3", "invalid_request"),
        ("/v1/effects?as_of=tomorrow", "invalid_request"),
        ("/v1/effects?as_of=1764028800", "invalid_request"),
        ("/v1/effects?as_of=0001-01-01", "invalid_request"),
        ("/v1/effects?as_of=2026-02-30", "invalid_request"),
        ("/v1/effects?known_at=2026-11-22T00:00:00", "invalid_request"),
        ("/v1/effects?known_at=0001-01-01T00:00:00%2B14:00", "invalid_request"),
        ("/v1/effects?known_at=2026-13-22T00:00:00Z", "invalid_request"),
        ("/v1/effects?status=angry", "invalid_request"),
        ("/v1/effects?cursor=!", "invalid_request"),
        ("/v1/effects?cursor=abc", "bad_input"),
        ("/v1/effects?cursor=WzFd", "bad_input"),
        ("/v1/effects/xyz", "invalid_request"),
        ("/v1/sanctions/xyz", "invalid_request"),
        (f"/v1/sanctions/{'0' * 32}", "not_found"),
        ("/v1/rules/NO-SUCH-RULE", "not_found"),
        ("/v1/rules/lower", "invalid_request"),
        (f"/v1/imports/{'0' * 32}", "not_found"),
        (f"/v1/subjects/{city.FOOD}/records?cursor=WzEsMl0", "bad_input"),
        (f"/v1/subjects/{city.FOOD}/records?cursor=WzEsIngiXQ", "bad_input"),
    ],
)
def test_what_cannot_be_answered_says_why(
    world: World, path: str, expected: str
) -> None:
    assert code(world.get(path)) == expected


def test_a_wrong_method_names_the_right_ones(world: World) -> None:
    answer = world.call("DELETE", "/v1/rules")
    assert code(answer) == "method_not_allowed"
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", ""])
def test_a_body_of_another_kind_is_refused(world: World, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    url = f"/v1/sanctions/{'0' * 32}:end"
    answer = world.call("POST", url, key="writer", content=b"{}", headers=headers)
    assert code(answer) == "unsupported_media_type"


def test_a_body_that_is_too_large_is_refused(world: World) -> None:
    url = f"/v1/sanctions/{'0' * 32}:end"
    answer = world.post(url, {"document": "x" * 70_000}, key="writer")
    assert code(answer) == "too_large"


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b"[" * 5_000, b""],
    ids=["torn", "bytes", "deep", "empty"],
)
def test_a_body_that_is_no_json_is_refused(world: World, body: bytes) -> None:
    answer = world.call(
        "POST",
        f"/v1/sanctions/{'0' * 32}:end",
        key="writer",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    assert code(answer) in {"invalid_request", "bad_request"}


@pytest.mark.parametrize("sign", ["%00", "%0a", "%1B", "%7f", "%C2%85"])
@pytest.mark.parametrize("place", ["/v1/subjects/a{}b", "/v1/subjects?q=a{}b"])
def test_control_characters_are_refused(world: World, place: str, sign: str) -> None:
    answer = world.get(place.format(sign))
    assert answer.status_code == 422
    assert code(answer) == "invalid_request"


@pytest.mark.parametrize(
    "query",
    ["api_key=x", "KEY=x", "q=a&token=x", "access_token=", "q=cg_live_x", "q=%63g_x"],
)
def test_a_key_in_the_address_is_refused(
    world: World, query: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = world.get(f"/v1/subjects?{query}")
    assert answer.status_code == 400
    assert code(answer) == "key_in_query"
    assert "revoke" in caplog.text


def test_every_wrong_field_is_named_with_its_value_masked(world: World) -> None:
    answer = world.get("/v1/subjects?limit=many&as_of=23071719900101")
    found = {e["field"]: e for e in answer.json()["errors"]}
    assert set(found) == {"query.limit", "query.as_of", "query.q"}
    assert found["query.as_of"]["value"] == "23…(14)"
    assert "23071719900101" not in answer.text


def test_a_store_that_is_away_is_unavailable_and_worth_a_retry(world: World) -> None:
    world.store.is_away = True
    answer = world.get(f"/v1/subjects/{city.FOOD}/records?texts=true")
    assert code(answer) == "store_unavailable"
    assert answer.headers["retry-after"] == "5"
    assert world.get(f"/v1/subjects/{city.FOOD}").status_code == 200


def test_nothing_of_the_inside_leaves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("secret place /etc/passwd")

    monkeypatch.setattr(world.service, "find_subject", broken)
    answer = world.get(f"/v1/subjects/{city.FOOD}")
    assert code(answer) == "internal"
    assert "secret" not in answer.text
    damaged = StoreDamaged("/data 的第 7 页残缺。", "page 7 of /data is torn")
    monkeypatch.setattr(
        world.service, "find_subject", lambda *_, **__: (_ for _ in ()).throw(damaged)
    )
    answer = world.get(f"/v1/subjects/{city.FOOD}")
    assert code(answer) == "store_damaged"
    assert "torn" not in answer.text
    assert "残缺" not in answer.text


def test_a_request_id_is_taken_over_when_it_is_one(world: World) -> None:
    given = world.get("/nowhere", headers={"X-Request-Id": "case-2026-0001"})
    assert given.headers["x-request-id"] == given.json()["request_id"]
    assert given.json()["request_id"] == "case-2026-0001"
    odd = world.get("/nowhere", headers={"X-Request-Id": 'a" b'})
    assert re.fullmatch(r"[0-9a-f]{32}", odd.headers["x-request-id"])


def test_every_error_of_the_program_is_told_by_its_own_code_or_its_familys() -> None:
    for kind in family(CreditGraphError):
        told = code_of(kind.__new__(kind))
        assert told in PROBLEMS
        assert told == kind.code or kind.code not in PROBLEMS
    assert code_of(StoreDamaged("坏", "x")) == "store_damaged"


def test_every_code_is_explained_in_the_document_and_no_other() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| (\d{3}) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE
    )
    assert dict(rows) == {c: str(k.status.value) for c, k in PROBLEMS.items()}
    assert len(rows) == len(PROBLEMS)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (True, "True"),
        (10**40, "1" + "0" * 11),
        ("", "…(0)"),
        ("230717199001011234", "23…(18)"),
        ("\x00\x01", "…(2)"),
        ("\ud800x", "?x…(2)"),
        ({"a": 1}, "(dict)"),
    ],
    ids=["none", "truth", "number", "empty", "text", "control", "surrogate", "object"],
)
def test_a_refused_value_is_masked(value: object, shown: str | None) -> None:
    assert masked(value) == shown
