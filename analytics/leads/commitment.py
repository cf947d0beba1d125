"""A commitment broken by one company, another pending of the same person."""

from collections.abc import Iterator

import numpy as np

from analytics.features.peers import HUB
from analytics.features.relations import REPRESENTING, ROLES
from analytics.leads.joining import chosen, grouped, meeting
from analytics.leads.lead import Found
from analytics.leads.pattern import Numbers, Picture, pattern
from analytics.leads.words import Part
from graph.errors import Said
from graph.snapshot import UNKNOWN
from graph.vocabulary import FactKind, Outcome, RecordKind


@pattern(
    "months",
    title=Said("他处违诺", "Commitment broken elsewhere"),
    why=Said(
        "同一人代表的另一家又以承诺换取便利，宜先核实履约能力。",
        "Another company of the same person now asks for trust by a commitment.",
    ),
    is_not=Said(
        "一家违诺不等于另一家也会违诺；不因此拒绝其承诺。",
        "One broken commitment says nothing certain of another; it is no ground to refuse.",
    ),
)
def commitment_broken_elsewhere(picture: Picture, numbers: Numbers) -> Iterator[Found]:
    """同一代表人的一家企业违背承诺，另一家有尚未履行完毕的承诺。

    One company of a representative broke a commitment, another one's is still open.
    """
    cut, records = picture.cut, picture.cut.records
    recent = (records.day > cut.day - 30 * numbers["months"]) & (records.day != UNKNOWN)
    broken = np.flatnonzero(records.broken & recent)
    pending = records.of(RecordKind.COMMITMENT) & ~records.broken
    open_ = np.flatnonzero(pending & ~records.ended_in([Outcome.FULFILLED]))
    first = {int(records.organization[r]): r for r in broken[::-1].tolist()}
    other = {int(records.organization[r]): r for r in open_[::-1].tolist()}
    posts = cut.relations.posts
    posts = chosen(posts, np.isin(posts.word, [ROLES.index(r) for r in REPRESENTING]))
    left = chosen(posts, np.isin(posts.organization, list(first)))
    right = chosen(posts, np.isin(posts.organization, list(other)))
    a, b = meeting(left, right, HUB)
    pairs = left.organization[a].astype(np.int64) * cut.size + right.organization[b]
    texts = cut.snapshot.subjects.texts
    for at in grouped(pairs):
        one, two = int(left.organization[a[at[0]]]), int(right.organization[b[at[0]]])
        if one == two:
            continue
        yield Found(
            (
                (cut.subjects[two], Part.PENDING),
                (cut.subjects[one], Part.BROKEN),
                (texts[left.node[a[at[0]]]], Part.PERSON),
            ),
            int(records.day[first[one]]),
            (
                (FactKind.RECORD, int(records.row[first[one]])),
                (FactKind.RECORD, int(records.row[other[two]])),
                (FactKind.TIE, int(left.row[a[at[0]]])),
                (FactKind.TIE, int(right.row[b[at[0]]])),
            ),
            same=(cut.subjects[two], cut.subjects[one]),
        )
