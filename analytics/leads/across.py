"""A person sanctioned in one sector opens in another."""

from collections.abc import Iterator

import numpy as np

from analytics.features.peers import HUB
from analytics.features.relations import REPRESENTING, ROLES
from analytics.leads.joining import chosen, grouped, meeting
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.trouble import KINDS, trouble
from analytics.leads.words import Part
from graph.errors import Said
from graph.snapshot import UNKNOWN
from graph.vocabulary import FactKind


@pattern(
    "months",
    title=Said("跨行业再任", "Opens in another sector"),
    why=Said(
        "一个行业的监管部门看不到另一行业的惩戒。",
        "The authority of one sector does not see the sanction in another.",
    ),
    is_not=Said(
        "在另一行业任职本身合法，除非受到禁入。",
        "Working in another sector is lawful unless a ban says otherwise.",
    ),
)
def sanctioned_opens_elsewhere(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """企业被惩戒后不久，其代表人到另一行业新任代表人。

    Soon after a company was sanctioned, its representative takes that office in a
    company of another sector.
    """
    cut, events = picture.cut, trouble(picture.cut)
    posts = cut.relations.all_posts(cut.begun(FactKind.TIE))
    posts = chosen(posts, np.isin(posts.word, [ROLES.index(r) for r in REPRESENTING]))
    begins = cut.snapshot.numbers(FactKind.TIE, "valid_from", posts.row).astype(
        np.int64
    )
    ends = cut.snapshot.numbers(FactKind.TIE, "valid_to", posts.row).astype(np.int64)
    first = np.full(cut.size, -1, np.int64)
    order = np.argsort(events.day, kind="stable")
    first[events.organization[order[::-1]]] = order[::-1]
    event = first[posts.organization]
    day = (
        np.where(event >= 0, events.day[event], UNKNOWN)
        if len(events.day)
        else begins * 0
    )
    held = (event >= 0) & (begins <= day) & (ends > day - 365)
    left = chosen(posts, held)
    a, b = meeting(left, posts, HUB)
    one, two = left.organization[a], posts.organization[b]
    since, sector = day[held][a], cut.described.sector
    fits = (begins[b] > since) & (begins[b] <= since + 30 * numbers["months"])
    fits &= (sector[one] != sector[two]) & (sector[one] >= 0) & (sector[two] >= 0)
    a, b, one, two = a[fits], b[fits], one[fits], two[fits]
    texts = cut.snapshot.subjects.texts
    for at in grouped(one.astype(np.int64) * cut.size + two):
        p, q = int(a[at[0]]), int(b[at[0]])
        cause = int(first[one[at[0]]])
        yield Found(
            (
                (cut.subjects[two[at[0]]], Part.NEW),
                (cut.subjects[one[at[0]]], Part.SANCTIONED),
                (texts[left.node[p]], Part.PERSON),
            ),
            int(begins[q]),
            (
                (KINDS[int(events.kind[cause])], int(events.row[cause])),
                (FactKind.TIE, int(left.row[p])),
                (FactKind.TIE, int(posts.row[q])),
            ),
            same=(cut.subjects[two[at[0]]], cut.subjects[one[at[0]]]),
        )
