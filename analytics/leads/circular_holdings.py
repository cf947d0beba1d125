"""Rings of holdings."""

from collections.abc import Iterator

from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.rings import rings
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.vocabulary import FactKind


@pattern(
    "members",
    title=Said("循环持股", "Circular holdings"),
    why=Said(
        "资本在圈内循环，实缴资本虚增，实际控制人难以查明。",
        "Capital that only circulates is counted twice and hides who controls.",
    ),
    is_not=Said(
        "交叉持股不一定违法，须看是否虚假出资。",
        "Cross-holdings are not unlawful by themselves.",
    ),
)
def circular_holdings(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """互相持股成圈。

    Holdings that form a ring.
    """
    cut, kind = picture.cut, FactKind.HOLDING
    shares = cut.relations.shares
    inside = shares.holding >= 0
    rows = shares.row[inside]
    for members, at in rings(
        cut, shares.holding[inside], shares.held[inside], int(numbers["members"])
    ):
        chosen = rows[at]
        yield Found(
            tuple((cut.subjects[m], Part.MEMBER) for m in sorted(members)),
            int(cut.snapshot.numbers(kind, "valid_from", chosen).max()),
            tuple((kind, row) for row in chosen.tolist()),
            {Figure.MEMBERS: len(members)},
        )
