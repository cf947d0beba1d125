"""One person who stands for many companies and owns none of them."""

from collections.abc import Iterator

import numpy as np

from analytics.features.relations import ROLES
from analytics.leads.joining import chosen, grouped
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.identity import is_scoped
from graph.vocabulary import FactKind, Role


@pattern(
    "companies",
    "own_share",
    title=Said("挂名代表人", "Nominee representative"),
    why=Said(
        "挂名的代表人掩盖真正的经营者，责任难以落实。",
        "A nominee hides who runs the business, so nobody answers for it.",
    ),
    is_not=Said(
        "集团的职业经理人也代表多家企业；是否挂名须查明。",
        "A manager of a group represents many too; whether he is a nominee must be found out.",
    ),
)
def nominee_representative(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """一人任多家企业的法定代表人，而在其中几乎没有股权。

    One person is legal representative of many companies and holds shares of hardly any.
    """
    cut = picture.cut
    posts = chosen(
        cut.relations.posts,
        cut.relations.posts.word == ROLES.index(Role.LEGAL_REPRESENTATIVE),
    )
    shares, texts = cut.relations.shares, cut.snapshot.subjects.texts
    owned = set(zip(shares.holder.tolist(), shares.held.tolist(), strict=True))
    begins = cut.snapshot.numbers(FactKind.TIE, "valid_from", posts.row)
    for at in grouped(posts.node.astype(np.int64)):
        person = int(posts.node[at[0]])
        firms = sorted(set(posts.organization[at].tolist()))
        if len(firms) < numbers["companies"] or is_scoped(texts[person]):
            continue
        own = sum((person, firm) in owned for firm in firms)
        if own > numbers["own_share"] * len(firms):
            continue
        yield Found(
            (
                (texts[person], Part.REPRESENTATIVE),
                *((cut.subjects[f], Part.FRONT) for f in firms),
            ),
            int(begins[at].max()),
            tuple((FactKind.TIE, row) for row in sorted(posts.row[at].tolist())),
            {Figure.COMPANIES: len(firms), Figure.OWN: own},
            same=(texts[person],),
        )
