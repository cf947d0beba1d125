"""Which of two texts goes first when their provisions differ (立法法 arts. 98-106).

Rank decides first. A special provision goes before a general one, and a later one
before an earlier one, only between texts of one rank and one maker. Everything else
is undecided here: the answer names the organ that decides, never "first wins".
"""

from dataclasses import dataclass

from graph.law.reference import Instrument
from graph.law.words import PrecedenceGround
from graph.vocabulary import Rank

_LEGISLATION = (
    Rank.LAW,
    Rank.ADMINISTRATIVE_REGULATION,
    Rank.PROVINCIAL_REGULATION,
    Rank.DEPARTMENT_RULE,
    Rank.LOCAL_GOVERNMENT_RULE,
)
_LOCAL = (Rank.PROVINCIAL_REGULATION, Rank.SPECIAL_ZONE_REGULATION)
_RULES = (Rank.DEPARTMENT_RULE, Rank.LOCAL_GOVERNMENT_RULE)
_DOCUMENTS = (Rank.NORMATIVE_DOCUMENT, Rank.CITY_DOCUMENT)

_ABOVE: dict[tuple[Rank, Rank], str] = {
    **{(Rank.CONSTITUTION, low): "第九十八条" for low in _LEGISLATION},
    **{(Rank.LAW, low): "第九十九条第一款" for low in _LEGISLATION[1:]},
    **{
        (Rank.ADMINISTRATIVE_REGULATION, low): "第九十九条第二款"
        for low in _LEGISLATION[2:]
    },
    (Rank.CONSTITUTION, Rank.SPECIAL_ZONE_REGULATION): "第九十八条",
    (Rank.PROVINCIAL_REGULATION, Rank.LOCAL_GOVERNMENT_RULE): "第一百条第一款",
    (Rank.SPECIAL_ZONE_REGULATION, Rank.LOCAL_GOVERNMENT_RULE): "第一百条第一款",
    # Not in the articles read: interpretations serve the laws they interpret, and
    # documents that are not legislation give way to legislation.
    (Rank.CONSTITUTION, Rank.JUDICIAL_INTERPRETATION): "",
    (Rank.LAW, Rank.JUDICIAL_INTERPRETATION): "",
    **{
        (high, low): ""
        for high in (
            Rank.CONSTITUTION,
            *_LEGISLATION,
            Rank.SPECIAL_ZONE_REGULATION,
            Rank.JUDICIAL_INTERPRETATION,
        )
        for low in _DOCUMENTS
    },
    (Rank.NORMATIVE_DOCUMENT, Rank.CITY_DOCUMENT): "",
}
"""(higher, lower) and the article of 立法法 that says so. Local regulations and
departmental rules are in neither order (art. 106), nor are judicial interpretations
and anything between regulations and rules. A regulation of a special zone may vary
laws and regulations (art. 101), so none of them is simply above it."""

_NPCSC = "全国人民代表大会常务委员会"
_COUNCIL = "国务院"


@dataclass(frozen=True, slots=True)
class Precedence:
    """The text that goes first, or None; why; and who decides where it is open.

    `article` is of 立法法; empty where the articles read do not say it.
    """

    prevails: Instrument | None
    ground: PrecedenceGround
    article: str = ""
    decided_by: str = ""


def precedence(
    a: Instrument, b: Instrument, *, special: Instrument | None = None
) -> Precedence:
    """Return which of two texts goes first on the same matter.

    Args:
        a: one text.
        b: the other text.
        special: the one of the two whose provision is the special one; None where
            neither is special against the other.
    """
    if a.key == b.key:
        return Precedence(None, PrecedenceGround.SAME_TEXT)
    if not _meet(a, b):
        return Precedence(None, PrecedenceGround.APART)
    for high, low in ((a, b), (b, a)):
        article = _ABOVE.get((high.rank, low.rank))
        if article is not None:
            return Precedence(high, PrecedenceGround.RANK, article)
    if a.rank is b.rank is Rank.LOCAL_GOVERNMENT_RULE:
        for high, low in ((a, b), (b, a)):
            if _lies_within(low, high):
                return Precedence(high, PrecedenceGround.RANK, "第一百条第二款")
    if a.rank is b.rank and a.maker == b.maker:
        return _one_maker(a, b, special)
    return _open(a, b)


def _lies_within(low: Instrument, high: Instrument) -> bool:
    place, around = low.jurisdiction, high.jurisdiction
    return around != "CN" and place != around and place.startswith(around)


def _meet(a: Instrument, b: Instrument) -> bool:
    places = [i.jurisdiction for i in (a, b) if i.jurisdiction != "CN"]
    if len(places) < 2:
        return True
    return places[0].startswith(places[1]) or places[1].startswith(places[0])


def _one_maker(a: Instrument, b: Instrument, special: Instrument | None) -> Precedence:
    if special is not None:
        general = b if special.key == a.key else a
        if special.in_force_from >= general.in_force_from:
            return Precedence(special, PrecedenceGround.SPECIAL, "第一百零三条")
        return _old_special(special)
    if a.in_force_from == b.in_force_from:
        return _open(a, b)
    later = max(a, b, key=lambda text: text.in_force_from)
    return Precedence(later, PrecedenceGround.LATER, "第一百零三条")


def _old_special(special: Instrument) -> Precedence:
    """An older special provision against a newer general one: somebody decides."""
    match special.rank:
        case Rank.LAW:
            article, organ = "第一百零五条第一款", _NPCSC
        case Rank.ADMINISTRATIVE_REGULATION:
            article, organ = "第一百零五条第二款", _COUNCIL
        case _:
            article, organ = "第一百零六条第一款第一项", special.maker
    return Precedence(None, PrecedenceGround.UNDECIDED, article, organ)


def _open(a: Instrument, b: Instrument) -> Precedence:
    ranks = {a.rank, b.rank}
    article, organ = "", ""
    if Rank.DEPARTMENT_RULE in ranks and ranks & set(_LOCAL):
        article, organ = "第一百零六条第一款第二项", _COUNCIL
    elif ranks <= set(_RULES) and Rank.DEPARTMENT_RULE in ranks:
        article, organ = "第一百零六条第一款第三项", _COUNCIL
    elif ranks == {Rank.SPECIAL_ZONE_REGULATION, Rank.LAW}:
        article, organ = "第一百零一条第二款、第一百零六条第二款", _NPCSC
    elif ranks == {Rank.SPECIAL_ZONE_REGULATION, Rank.ADMINISTRATIVE_REGULATION}:
        article = "第一百零一条第二款"
    return Precedence(None, PrecedenceGround.UNDECIDED, article, organ)
