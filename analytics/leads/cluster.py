"""Many companies at one address or telephone, many of them with trouble."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.stats import binom

from analytics.leads.joining import grouped
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.words import Figure, Part
from graph.errors import Said
from graph.vocabulary import FactKind

_LISTED: Final = 50
"""So many companies of a cluster are named; all are counted."""


@pattern(
    "companies",
    "most",
    "chance",
    title=Said("共用地址、电话", "Shared address or telephone"),
    why=Said(
        "空壳企业常集中在同一地址、同一电话。",
        "Shell companies gather at one address or telephone.",
    ),
    is_not=Said(
        "集群注册、市场、写字楼也会共用地址；共用本身不说明问题。",
        "Markets and shared offices share addresses; sharing says nothing by itself.",
    ),
)
def shared_contact_cluster(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """同一地址、电话的企业达到一定数目，其中有不良记录的明显多于平均。

    So many companies at one address or telephone, and clearly more of them than usual
    with adverse records.
    """
    cut, contacts = picture.cut, picture.cut.relations.contacts
    base, texts = cut.base.adverse, cut.snapshot.subjects.texts
    begins = cut.snapshot.numbers(FactKind.CONTACT, "valid_from", contacts.row)
    for at in grouped(contacts.node.astype(np.int64)):
        firms = np.unique(contacts.organization[at])
        if not numbers["companies"] <= len(firms) <= numbers["most"]:
            continue
        bad = int(cut.adverse[firms].sum())
        if float(binom.sf(bad - 1, len(firms), base)) > numbers["chance"]:
            continue
        named = sorted(cut.subjects[f] for f in firms.tolist())[:_LISTED]
        yield Found(
            (
                (texts[int(contacts.node[at[0]])], Part.SHARED),
                *((s, Part.THERE) for s in named),
            ),
            int(begins[at].max()),
            tuple((FactKind.CONTACT, row) for row in sorted(contacts.row[at].tolist())),
            {
                Figure.COMPANIES: len(firms),
                Figure.ADVERSE: bad,
                Figure.EXPECTED: base * len(firms),
            },
            same=(texts[int(contacts.node[at[0]])],),
        )
