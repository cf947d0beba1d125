import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.matching.names import parsed
from analytics.matching.symbols import SYMBOLS, heard, sounds, spelled


@pytest.mark.parametrize(
    ("text", "core", "place", "form"),
    [
        ("伊春市青崖渡食品有限公司", "青崖渡食品", "伊春市", "有限公司"),
        ("黑龍江省伊春市翠雲商貿有限責任公司", "翠云商贸", "黑龙江省伊春市", "有限责任公司"),
        ("伊春市翠云（集团）股份有限公司", "翠云", "伊春市", "股份有限公司"),
        ("铁力市松霖种植专业合作社", "松霖种植", "铁力市", "专业合作社"),
        ("Huawei Technologies Co., Ltd.", "huaweitechnologies", "", "coltd"),
        ("Ｈｕａｗｅｉ", "huawei", "", ""),
        ("张三丰", "张三丰", "", ""),
        ("伊春市", "伊春市", "", ""),
        ("有限公司", "有限公司", "", ""),
        ("", "", "", ""),
        ("《》", "", "", ""),
    ],
)  # fmt: skip
def test_the_parts_of_a_name(text: str, core: str, place: str, form: str) -> None:
    found = parsed(text)
    assert (found.core, found.place, found.form) == (core, place, form)


def test_what_sounds_alike_is_heard_alike() -> None:
    assert heard(spelled("青崖渡")) == heard(spelled("清涯度"))
    assert heard(spelled("龍")) == heard("龙")
    assert heard("青崖") != heard("崖青")
    assert heard("a1") != heard("b1")


def test_every_symbol_is_below_the_limit() -> None:
    assert 0 <= int(sounds().min()) <= int(sounds().max()) < SYMBOLS - 1


@given(st.text())
def test_any_text_has_parts(text: str) -> None:
    found = parsed(text)
    assert len(found.core) <= len(found.full)
    assert parsed(found.full).full == found.full
