"""Problems come in the language the caller accepts, Chinese where none is named."""

import re

import pytest

from api.language import language_of
from graph.errors import BadInput, CreditGraphError
from tests.unit.api.conftest import World

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("*", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("en;q=0.5, zh;q=0.9", "zh"),
        ("en, zh", "en"),
        ("fr, en;q=0.3", "en"),
        ("fr, en;q=0", "zh"),
        ("en;q=many", "zh"),
        ("en;q=1.2.3", "zh"),
        ("en;level=1", "zh"),
        ("english", "zh"),
        (";;,q=1,en;", "en"),
    ],
)
def test_the_language_that_is_preferred_among_ours(
    accepted: str | None, language: str
) -> None:
    assert language_of(accepted) == language


@pytest.mark.parametrize(
    ("method", "path", "zh", "en"),
    [
        ("GET", "/nowhere", "GET /nowhere：没有找到。", "GET /nowhere: Not Found"),
        (
            "DELETE",
            "/v1/rules",
            "DELETE /v1/rules：不支持该方法。",
            "Method Not Allowed",
        ),
        ("GET", "/v1/subjects?limit=0&q=a", "请求中有 1 处不合要求。", "1 field(s) of"),
        ("GET", "/v1/rules/NO-SUCH", "法规库中没有规则 NO-SUCH。", "has no rule 'NO-S"),
        ("GET", "/v1/effects?cursor=abc", "游标不属于这个清单。", "is not one of this"),
        (
            "GET",
            "/v1/status",
            "的角色是 reader，此请求须有 operator。",
            "this needs oper",
        ),
        ("GET", "/v1/subjects?token=x", "写在网址中的密钥", "A key in the address"),
        ("GET", "/v1/subjects?q=%00", "网址中含有控制字符。", "control characters."),
    ],
)
def test_a_problem_is_told_in_the_language_that_is_accepted(
    world: World, method: str, path: str, zh: str, en: str
) -> None:
    for accepted, language, told in (("", "zh", zh), ("en-GB,en;q=0.9", "en", en)):
        answer = world.call(method, path, headers={"Accept-Language": accepted})
        said = answer.json()
        assert told in said["detail"]
        assert bool(HAN.search(said["detail"] + said["hint"])) is (language == "zh")
        assert answer.headers["content-language"] == language
        assert answer.headers["vary"] == "Accept-Language"


def test_without_a_key_the_hint_says_where_to_put_one(world: World) -> None:
    assert world.get("/v1/rules", key=None).json()["hint"].startswith("请发送")
    answer = world.get("/v1/rules", key=None, headers={"Accept-Language": "en"})
    assert answer.json()["hint"].startswith("Send `Authorization")


def test_what_is_wrong_inside_is_told_in_general_terms_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise CreditGraphError("内部 /secret。", "Inside /secret.")

    monkeypatch.setattr(world.service, "find_subject", fail)
    path = "/v1/subjects/91230700MA99999999"
    assert world.get(path).json()["detail"] == "服务内部错误。"
    answer = world.get(path, headers={"Accept-Language": "en"})
    assert answer.json()["detail"] == "Internal error."


def test_why_an_import_failed_is_told_in_the_language_of_who_asks(world: World) -> None:
    sent = world.call(
        "POST",
        "/v1/imports",
        key="writer",
        files={"files": ("empty.csv", b"\n", "text/csv")},
        headers={"Idempotency-Key": "in-two-languages"},
    )
    path = sent.headers["location"]
    world.app.state.jobs._worker.submit(int).result()
    told = {
        language: world.get(path, key="writer", headers={"Accept-Language": language})
        for language in ("zh", "en")
    }
    found = {name: a.json()["item"]["problem"]["detail"] for name, a in told.items()}
    assert HAN.search(found["zh"]), found
    assert not HAN.search(found["en"]), found
    assert {a.headers["vary"] for a in told.values()} == {"Accept-Language"}


def test_an_error_is_one_text_in_each_language() -> None:
    error = BadInput("错了。", "It is wrong.", hint_zh="改。", hint_en="Mend it.")
    assert error.text("zh") == "错了。改。"
    assert error.text("en") == str(error) == "It is wrong. Mend it."
    assert str(BadInput("错了。", "It is wrong.")) == "It is wrong."
