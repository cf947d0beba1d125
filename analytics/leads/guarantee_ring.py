"""Rings of guarantees with an exposed member."""

from collections.abc import Iterator

from analytics.features.reading import term_codes
from analytics.features.relations import RELATIONS
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.rings import rings
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.vocabulary import FactKind, Relation


@pattern(
    "members",
    title=Said("担保圈", "Guarantee ring"),
    why=Said(
        "一家违约，担保沿圈传导，各成员可能一并陷入困境。",
        "When one fails, guarantees pass it around to every member.",
    ),
    is_not=Said(
        "互相担保本身合法；成员未必知道圈的存在。",
        "Guarantees are lawful; members need not know of the ring.",
    ),
)
def guarantee_ring(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """互相担保成圈，且有成员被惩戒或者有严重记录。

    Guarantees that form a ring with a member under sanction or with serious records.
    """
    cut, kind = picture.cut, FactKind.LINK
    rows = cut.current(kind)
    word = term_codes(cut.snapshot, kind, "relation", rows, RELATIONS)
    rows = rows[word == RELATIONS.index(Relation.GUARANTEES)]
    near = cut.places(cut.snapshot.numbers(kind, "subject", rows))
    far = cut.places(cut.snapshot.numbers(kind, "other", rows))
    for members, inside in rings(cut, near, far, int(numbers["members"])):
        exposed = [m for m in members if cut.serious[m]]
        if not exposed:
            continue
        chosen = rows[inside]
        yield Found(
            tuple(
                (cut.subjects[m], Part.EXPOSED if m in exposed else Part.MEMBER)
                for m in sorted(
                    members, key=lambda m: (m not in exposed, cut.subjects[m])
                )
            ),
            int(cut.snapshot.numbers(kind, "valid_from", chosen).max()),
            tuple((kind, row) for row in chosen.tolist()),
            {Figure.MEMBERS: len(members), Figure.EXPOSED: len(exposed)},
        )
