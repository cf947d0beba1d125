import random
from collections.abc import Sequence
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.matching.names import parsed
from analytics.matching.scoring import FEATURES, MATCH, Candidate, scored, value
from analytics.matching.searching import Hit, Matcher, query_of
from graph.records import IdentityLink, Profile
from graph.scope import Scope
from graph.snapshot import Snapshot, day_of
from graph.vocabulary import Judgement
from tests.journal import Journal
from tests.misspelling import WAYS

DAY = day_of(date(2026, 11, 22))
_FIRST = "青翠桦松枫楸蓝荷芷兰栎椴碧萱杉柏蕙柳樟榆"
_SECOND = "崖云露海江泊岚霞溪沁泓润洛漪渟霖雪星川源"
_THIRD = "渡原谷嘉瑞宁和峦鸣翔恒远屿舟帆麓祺安棣禾"
_TRADES = ("食品", "商贸", "木业", "建筑工程", "旅行社", "医药", "信息科技")
_FORMS = ("有限公司", "有限责任公司", "股份有限公司")
PLACES = ("伊春市", "铁力市", "嘉荫县", "鹤岗市")


@cache
def names() -> list[str]:
    """Two thousand names of firms, no two alike."""
    dice = random.Random(11)
    found: dict[str, None] = {}
    while len(found) < 2_000:
        core = dice.choice(_FIRST) + dice.choice(_SECOND) + dice.choice(_THIRD)
        place, trade, form = map(dice.choice, (PLACES, _TRADES, _FORMS))
        found[f"{place}{core}{trade}{form}"] = None
    return list(found)


def profile(number: int, name: str, **more: object) -> Profile:
    return Profile(subject=f"org:{number:018}", name=name, **more)  # type: ignore[arg-type]


@cache
def city() -> Snapshot:
    return Journal(*(profile(n, name) for n, name in enumerate(names()))).now()


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


def found(
    matcher: Matcher, text: str, snapshot: Snapshot | None = None, **more: str
) -> list[Hit]:
    return matcher.find(snapshot or city(), query_of(text, **more), text=text, day=DAY)


def called(hits: Sequence[Hit]) -> list[str]:
    return [hit.name for hit in hits]


@pytest.mark.parametrize("way", WAYS)
def test_a_misspelt_name_is_among_the_first_ten(matcher: Matcher, way: str) -> None:
    dice = random.Random(5)
    asked = names()[::10]
    lost = [n for n in asked if n not in called(found(matcher, WAYS[way](n, dice)))]
    assert len(lost) <= len(asked) * 0.02, lost[:3]


@given(st.sampled_from(range(2_000)))
def test_a_name_as_it_is_written_comes_first_and_is_a_match(number: int) -> None:
    name = names()[number]
    first = found(_MATCHER, name)[0]
    assert (first.name, first.score.value, first.score.verdict) == (name, 1.0, "match")


_MATCHER = Matcher()


def test_the_shares_add_up_to_the_score(matcher: Matcher) -> None:
    dice = random.Random(3)
    for name in names()[:50]:
        query = query_of(WAYS["substituted"](name, dice), region="2307")
        other = Candidate(parsed(names()[7]), "91", "230717")
        score = scored(query, other)
        assert score.value == pytest.approx(sum(part.share for part in score.parts))
        assert score.value == pytest.approx(value(query, other))
        assert 0 <= score.value <= 1
        assert [p.feature for p in score.parts] == [
            f for f in FEATURES if f in {p.feature for p in score.parts}
        ]
    assert MATCH < 1


def test_what_the_query_does_not_say_does_not_count() -> None:
    here = Candidate(parsed("伊春市青崖渡食品有限公司"), "91230717MXP1MEKM21", "230717")
    assert scored(query_of("青崖渡食品"), here).value == 1.0
    with_region = scored(query_of("青崖渡食品", region="11"), here)
    assert with_region.value < 1
    assert {p.feature.key for p in with_region.parts} == {
        "core", "sound", "full", "region",
    }  # fmt: skip


def test_a_code_and_a_part_of_one(matcher: Matcher) -> None:
    assert found(matcher, "000000000000001234")[0].subject == "org:000000000000001234"
    part = found(matcher, "001999")
    assert [hit.subject for hit in part] == ["org:000000000000001999"]
    assert found(matcher, "123") == []


def test_a_former_name_is_found_and_said_to_be_one(matcher: Matcher) -> None:
    journal = Journal(
        profile(1, "伊春市旧河木业有限公司", valid_to=date(2020, 1, 1)),
        profile(1, "伊春市新海物流有限公司", valid_from=date(2020, 1, 1)),
    )
    (hit,) = found(Matcher(), "旧河木业", journal.now())
    assert (hit.name, hit.former) == ("伊春市旧河木业有限公司", True)
    (now,) = found(Matcher(), "新海物流", journal.now())
    assert not now.former


def test_names_loaded_later_are_found_at_once() -> None:
    journal, matcher = Journal(profile(1, "伊春市甲乙丙丁商店")), Matcher()
    assert called(found(matcher, "甲乙丙丁", journal.now())) == ["伊春市甲乙丙丁商店"]
    journal.add(profile(2, "铁力市戊己庚辛商店"))
    assert called(found(matcher, "戊己庚辛", journal.now())) == ["铁力市戊己庚辛商店"]
    assert found(matcher, "戊己庚辛", journal.now().pinned(1)) == []


def test_a_hidden_name_is_never_found() -> None:
    journal = Journal(
        profile(1, "伊春市明月客栈", public=False, department="housing"),
        profile(2, "伊春市明月酒楼"),
    )
    seen = journal.now().under(Scope(departments=frozenset({"market"})))
    matcher = Matcher()
    assert len(found(matcher, "明月", journal.now())) == 2
    assert called(found(matcher, "明月客栈", seen)) == ["伊春市明月酒楼"]
    assert found(matcher, "000000000000000001", seen) == []


def test_linked_identifiers_are_one_hit() -> None:
    link = IdentityLink(
        left=f"org:{1:018}", right=f"org:{2:018}", judgement=Judgement.SAME,
        document="1", authority="x",
    )  # fmt: skip
    journal = Journal(profile(1, "明月客栈"), profile(2, "明月客栈"), link)
    assert len(found(Matcher(), "明月客栈", journal.now())) == 1


def test_where_a_whole_name_sounds_the_same_others_are_left_out_on_request(
    matcher: Matcher,
) -> None:
    name = names()[3]
    hits = matcher.find(city(), query_of(name), text=name, day=DAY, others=False)
    assert called(hits) == [name]
    other = WAYS["substituted"](name, random.Random(1))
    more = matcher.find(city(), query_of(other), text=other, day=DAY, others=False)
    assert more == found(matcher, other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "。",
        "\u0000",
        "🙂🙂",
        "有限公司",
        "a" * 10_000,
        "(((",
        chr(0xD800) + "甲",
    ],
    ids=ascii,
)
def test_any_text_may_be_asked_for(matcher: Matcher, text: str) -> None:
    assert all(0 <= hit.score.value <= 1 for hit in found(matcher, text))


@given(st.text(max_size=30))
def test_any_query_has_an_answer(text: str) -> None:
    hits = found(_MATCHER, text)
    scores = [hit.score.value for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.subject for hit in hits}) == len(hits)
