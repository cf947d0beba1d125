"""Findings of personal responsibility, and people whom a court has let go."""

import numpy as np
import pyarrow as pa

from loaders.synthetic.authorities import COURTS, OFFICE_AUTHORITIES, office_position
from loaders.synthetic.columns import NO_DAY, constant, days, glue, look_up
from loaders.synthetic.draw import Draw
from loaders.synthetic.layout import RESIDENT_CARD, table_of
from loaders.synthetic.listings import RESTRICTION, Listings, listing_numbers
from loaders.synthetic.offices import OFFENCES
from loaders.synthetic.organizations import Organizations
from loaders.synthetic.penalties import Penalties
from loaders.synthetic.people import People, Posts
from loaders.synthetic.punishments import document_numbers


def findings_table(
    draw: Draw, orgs: Organizations, people: People, posts: Posts, given: Penalties
) -> pa.Table:
    """Return findings on the representatives of firms that lost a licence."""
    revoked = np.array(["吊销" in f.kinds for f in OFFENCES])[given.offence]
    known = posts.numbered[: len(orgs)][given.organization]
    rows = np.flatnonzero(revoked & known & draw.chance(len(given), 0.6))
    count, given = len(rows), given.taken(rows)
    organization = given.organization
    organ = office_position(orgs.prefecture[organization], given.office)
    about = document_numbers(given, organ)
    guilty = draw.chance(count, 0.7).astype(np.int64)
    who = people.representative[organization]
    return table_of(
        "findings",
        {
            "姓名": people.names(who),
            "证件类型": constant(RESIDENT_CARD, count),
            "证件号码": people.numbers.take(pa.array(who)),
            "所在单位": orgs.names.take(pa.array(organization)),
            "统一社会信用代码": orgs.codes.take(pa.array(organization)),
            "所涉文书号": about,
            "认定责任身份": constant("法定代表人", count),
            "是否负有责任": look_up(("否", "是"), guilty),
            "认定文书号": glue(about, "认定"),
            "认定机关": look_up([a.name for a in OFFICE_AUTHORITIES], organ),
            "认定日期": days(given.decided),
            "认定内容": look_up(("没有参与违法行为", "对违法行为负有个人责任"), guilty),
        },
    )


def releases_table(
    draw: Draw,
    orgs: Organizations,
    people: People,
    posts: Posts,
    entries: Listings,
    today: int,
) -> pa.Table:
    """Return releases of representatives of firms under a spending order."""
    entry_of = np.full(len(orgs), -1, dtype=np.int64)
    ordered = np.flatnonzero(entries.sort == RESTRICTION)
    entry_of[entries.organization[ordered]] = ordered
    entry = entry_of[posts.organization]
    freed = np.maximum(entries.listed[entry], posts.start) + 200
    held = (posts.end == NO_DAY) | (posts.end >= entries.listed[entry])
    rows = np.flatnonzero(
        (entry >= 0)
        & (posts.role == 0)
        & posts.numbered
        & held
        & (freed <= today)
        & draw.chance(len(posts), 0.7)
    )
    case = listing_numbers(entries).take(pa.array(entry[rows]))
    who, where = posts.person[rows], pa.array(posts.organization[rows])
    court = orgs.prefecture[posts.organization[rows]]
    return table_of(
        "court_releases",
        {
            "姓名": people.names(who),
            "证件类型": constant(RESIDENT_CARD, len(rows)),
            "证件号码": people.numbers.take(pa.array(who)),
            "所在单位": orgs.names.take(where),
            "统一社会信用代码": orgs.codes.take(where),
            "所涉文书号": case,
            "解除原因": constant("法院解除", len(rows)),
            "解除文书号": glue(case, "之二"),
            "解除机关": look_up([c.name for c in COURTS], court),
            "解除日期": days(freed[rows]),
        },
    )
