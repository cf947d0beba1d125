"""The table of precedence: rank first, then one maker, else nobody here decides."""

from datetime import date
from itertools import product

import pytest

from graph.law.model import Instrument, PrecedenceGround
from graph.law.precedence import precedence
from graph.vocabulary import Evidence, Rank

G = PrecedenceGround


def text(
    rank: Rank, maker: str = "甲", year: int = 2020, place: str = "CN", key: str = ""
) -> Instrument:
    return Instrument(
        key=key or f"{rank.name.replace('_', '-')}-{year}",
        title="某规定",
        number="一号",
        issuer=maker,
        maker=maker,
        rank=rank,
        jurisdiction=place,
        in_force_from=date(year, 1, 1),
        evidence=Evidence.READ,
        source="test",
    )


RANKED = [
    (Rank.CONSTITUTION, Rank.LAW, "第九十八条"),
    (Rank.CONSTITUTION, Rank.DEPARTMENT_RULE, "第九十八条"),
    (Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, "第九十九条第一款"),
    (Rank.LAW, Rank.PROVINCIAL_REGULATION, "第九十九条第一款"),
    (Rank.LAW, Rank.DEPARTMENT_RULE, "第九十九条第一款"),
    (Rank.LAW, Rank.JUDICIAL_INTERPRETATION, ""),
    (Rank.ADMINISTRATIVE_REGULATION, Rank.PROVINCIAL_REGULATION, "第九十九条第二款"),
    (Rank.ADMINISTRATIVE_REGULATION, Rank.DEPARTMENT_RULE, "第九十九条第二款"),
    (Rank.PROVINCIAL_REGULATION, Rank.NORMATIVE_DOCUMENT, ""),
    (Rank.DEPARTMENT_RULE, Rank.NORMATIVE_DOCUMENT, ""),
    (Rank.JUDICIAL_INTERPRETATION, Rank.NORMATIVE_DOCUMENT, ""),
    (Rank.NORMATIVE_DOCUMENT, Rank.CITY_DOCUMENT, ""),
    (Rank.CONSTITUTION, Rank.SPECIAL_ZONE_REGULATION, "第九十八条"),
    (Rank.LAW, Rank.LOCAL_GOVERNMENT_RULE, "第九十九条第一款"),
    (Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_GOVERNMENT_RULE, "第九十九条第二款"),
    (Rank.PROVINCIAL_REGULATION, Rank.LOCAL_GOVERNMENT_RULE, "第一百条第一款"),
    (Rank.SPECIAL_ZONE_REGULATION, Rank.LOCAL_GOVERNMENT_RULE, "第一百条第一款"),
    (Rank.SPECIAL_ZONE_REGULATION, Rank.NORMATIVE_DOCUMENT, ""),
    (Rank.LOCAL_GOVERNMENT_RULE, Rank.CITY_DOCUMENT, ""),
    (Rank.DEPARTMENT_RULE, Rank.CITY_DOCUMENT, ""),
]


@pytest.mark.parametrize(("high", "low", "article"), RANKED)
def test_the_higher_rank_goes_first_even_when_older_and_general(
    high: Rank, low: Rank, article: str
) -> None:
    above, below = text(high, year=2000), text(low, year=2024)

    for a, b in ((above, below), (below, above)):
        found = precedence(a, b, special=below)
        assert (found.prevails, found.ground) == (above, G.RANK)
        assert found.article == article


UNRANKED = [
    (Rank.SPECIAL_ZONE_REGULATION, Rank.LAW, "全国人民代表大会常务委员会"),
    (Rank.SPECIAL_ZONE_REGULATION, Rank.ADMINISTRATIVE_REGULATION, ""),
    (Rank.SPECIAL_ZONE_REGULATION, Rank.DEPARTMENT_RULE, "国务院"),
    (Rank.SPECIAL_ZONE_REGULATION, Rank.PROVINCIAL_REGULATION, ""),
    (Rank.DEPARTMENT_RULE, Rank.LOCAL_GOVERNMENT_RULE, "国务院"),
    (Rank.PROVINCIAL_REGULATION, Rank.DEPARTMENT_RULE, "国务院"),
    (Rank.JUDICIAL_INTERPRETATION, Rank.ADMINISTRATIVE_REGULATION, ""),
    (Rank.JUDICIAL_INTERPRETATION, Rank.PROVINCIAL_REGULATION, ""),
    (Rank.JUDICIAL_INTERPRETATION, Rank.DEPARTMENT_RULE, ""),
]


@pytest.mark.parametrize(("one", "other", "organ"), UNRANKED)
def test_ranks_without_an_order_are_left_to_the_organ_named_by_law(
    one: Rank, other: Rank, organ: str
) -> None:
    found = precedence(text(one, year=2000), text(other, year=2024))

    assert (found.prevails, found.ground) == (None, G.UNDECIDED)
    assert found.decided_by == organ


def test_the_rule_of_the_province_goes_before_that_of_its_city_only() -> None:
    rank = Rank.LOCAL_GOVERNMENT_RULE
    province = text(rank, "省", 2000, "23")
    city = text(rank, "市", 2024, "2307", key="CITY")
    for a, b in ((province, city), (city, province)):
        found = precedence(a, b, special=city)
        assert (found.prevails, found.article) == (province, "第一百条第二款")
    other = text(rank, "市", 2024, "1404", key="OTHER")
    assert precedence(province, other).ground is G.APART
    twin = text(rank, "另一机关", 2024, "23", key="TWIN")
    assert precedence(province, twin).prevails is None


def test_of_one_maker_the_later_goes_first() -> None:
    old, new = text(Rank.LAW, year=2018), text(Rank.LAW, year=2024)

    for a, b in ((old, new), (new, old)):
        found = precedence(a, b)
        assert (found.prevails, found.ground) == (new, G.LATER)


def test_of_one_maker_the_special_goes_first_when_it_is_not_the_older() -> None:
    special = text(Rank.LAW, year=2024)
    for general in (
        text(Rank.LAW, year=2018),
        text(Rank.LAW, year=2024, key="OF-THAT-DAY"),
    ):
        found = precedence(general, special, special=special)

        assert (found.prevails, found.ground) == (special, G.SPECIAL)
        assert found.article == "第一百零三条"


@pytest.mark.parametrize(
    ("rank", "organ"),
    [
        (Rank.LAW, "全国人民代表大会常务委员会"),
        (Rank.ADMINISTRATIVE_REGULATION, "国务院"),
        (Rank.DEPARTMENT_RULE, "甲"),
        (Rank.PROVINCIAL_REGULATION, "甲"),
    ],
)
def test_an_older_special_against_a_newer_general_provision_is_undecided(
    rank: Rank, organ: str
) -> None:
    special, general = text(rank, year=2018), text(rank, year=2024)

    found = precedence(special, general, special=special)

    assert (found.prevails, found.ground) == (None, G.UNDECIDED)
    assert found.decided_by == organ


@pytest.mark.parametrize("rank", list(Rank))
def test_of_two_makers_neither_later_nor_special_decides(rank: Rank) -> None:
    one, other = text(rank, "甲", 2018), text(rank, "乙", 2024)

    for special in (None, one, other):
        found = precedence(one, other, special=special)
        assert (found.prevails, found.ground) == (None, G.UNDECIDED)


def test_of_one_maker_and_one_day_nothing_decides() -> None:
    one = text(Rank.DEPARTMENT_RULE, key="ONE")
    other = text(Rank.DEPARTMENT_RULE, key="OTHER")

    found = precedence(one, other)

    assert (found.prevails, found.ground) == (None, G.UNDECIDED)


def test_a_text_has_no_precedence_over_itself() -> None:
    assert precedence(text(Rank.LAW), text(Rank.LAW)).ground is G.SAME_TEXT


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("23", "37", True),
        ("2307", "1404", True),
        ("23", "2307", False),
        ("CN", "37", False),
    ],
)
def test_texts_of_two_places_never_meet(one: str, other: str, apart: bool) -> None:
    found = precedence(
        text(Rank.PROVINCIAL_REGULATION, place=one),
        text(Rank.CITY_DOCUMENT, place=other),
    )

    assert (found.ground is G.APART) == apart


def test_the_answer_does_not_depend_on_the_order_of_the_question() -> None:
    texts = [
        text(rank, maker, year, key=f"{rank.name.replace('_', '-')}-{i}")
        for i, (rank, maker, year) in enumerate(
            product(Rank, ("甲", "乙"), (2018, 2024))
        )
    ]
    for a, b in product(texts, texts):
        for special in (None, a, b):
            assert precedence(a, b, special=special) == precedence(
                b, a, special=special
            )


def test_precedence_by_rank_is_never_circular() -> None:
    texts = [text(rank) for rank in Rank]
    above = {
        (found.prevails.rank, b.rank if found.prevails is a else a.rank)
        for a, b in product(texts, texts)
        if (found := precedence(a, b)).prevails is not None
    }
    for high, low in above:
        for also_high, lower in above:
            if also_high is low:
                assert (lower, high) not in above
