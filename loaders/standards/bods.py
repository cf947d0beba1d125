"""Beneficial Ownership Data Standard 0.4: statements about entities, persons, relations.

https://standard.openownership.org/en/0.4.0/ (record and interest types, share, status).
A statement about a relationship becomes one row: shares and votes as bands, whatever
gives control, and whatever else is held, each with its own period. The end date of an
interest is the first day on which it is no longer held; a closed record without one
ends on the day of its statement.
"""

from typing import Final

from graph.errors import Said
from loaders.issues import Fault, Reason
from loaders.standards.standard import (
    Cells,
    Standard,
    Statement,
    Survey,
    inner,
    objects,
    texts,
)

_VERSIONS: Final = ("0.4",)
_ENTITY: Final = ("name", "form", "jurisdiction", "founded", "dissolved", "uscc")
_ADDRESSES: Final = {"registered": "registered_address", "business": "business_address"}
_ROLES: Final = {
    "seniorManagingOfficial": "senior_manager",
    "boardMember": "director",
    "boardChair": "director",
}
_CONTROL: Final = frozenset(
    {
        "appointmentOfBoard",
        "otherInfluenceOrControl",
        "controlViaCompanyRulesOrArticles",
        "controlByLegalFramework",
    }
)
_OTHER: Final = frozenset(
    {
        "settlor",
        "trustee",
        "protector",
        "beneficiaryOfLegalArrangement",
        "rightsToSurplusAssetsOnDissolution",
        "rightsToProfitOrIncome",
        "rightsGrantedByContract",
        "conditionalRightsGrantedByContract",
        "enjoymentAndUseOfAssets",
        "rightToProfitOrIncomeFromAssets",
        "nominee",
        "nominator",
        "unknownInterest",
        "unpublishedInterest",
    }
)
_GROUPS: Final = (
    ("share", frozenset({"shareholding"})),
    ("votes", frozenset({"votingRights"})),
    ("control", _CONTROL),
    ("post", frozenset(_ROLES)),
    ("other", _OTHER),
)
_KEYS: Final = {
    "entity": frozenset(
        {
            "isComponent",
            "entityType",
            "name",
            "incorporatedInJurisdiction",
            "jurisdiction",
            "addresses",
            "identifiers",
            "foundingDate",
            "dissolutionDate",
        }
    ),
    # What is known of a person besides the names is not collected.
    "person": frozenset(
        {
            "isComponent",
            "personType",
            "names",
            "nationalities",
            "birthDate",
            "taxResidencies",
            "placeOfBirth",
            "addresses",
            "identifiers",
            "politicalExposure",
        }
    ),
    "relationship": frozenset(
        {"isComponent", "subject", "interestedParty", "interests", "componentRecords"}
    ),
}
_PERIODS: Final = tuple(f"{g}_{end}" for g, _ in _GROUPS for end in ("from", "to"))
HEADINGS: Final = (
    "statement_id",
    "record_id",
    "record_type",
    "record_status",
    "statement_date",
    "publisher",
    "standard",
    *_ENTITY,
    *_ADDRESSES.values(),
    "subject",
    "party",
    "party_kind",
    "owner",
    "owner_from",
    "owner_to",
    "share_least",
    "share_most",
    "votes_least",
    "votes_most",
    "held",
    "direct",
    "control",
    "post",
    "other",
    *_PERIODS,
    "unread",
)
_ADVICE: Final = Said("由发布者更正后重报", "have the publisher correct it")


def _subject(statement: Statement) -> tuple[str, str] | None:
    kind = {"person": "person", "entity": "organization"}
    found = kind.get(str(statement.get("recordType")))
    return (str(statement.get("recordId")), found) if found else None


def _row(statement: Statement, survey: Survey) -> Cells | Fault:
    kind = str(statement["recordType"])
    details = inner(statement, "recordDetails")
    version = str(inner(statement, "publicationDetails").get("bodsVersion", ""))
    if not version.startswith(_VERSIONS):
        return _fault(f"BODS 版本 {version} 不是 0.4", f"is of BODS {version}, not 0.4")
    if kind not in _KEYS:
        return _fault(f"没有记录类别 {kind}", f"has the unknown recordType {kind!r}")
    publisher = inner(inner(statement, "publicationDetails"), "publisher")
    cells = {
        "statement_id": str(statement.get("statementId", "")),
        "record_id": str(statement.get("recordId", "")),
        "record_type": kind,
        "record_status": str(statement.get("recordStatus", "")),
        "statement_date": str(statement.get("statementDate", ""))[:10],
        "publisher": str(publisher.get("name", "")),
        "standard": "bods",
        "unread": "; ".join(sorted(details.keys() - _KEYS[kind])),
    }
    if kind == "relationship":
        more = _relationship(details, cells, survey)
        return more if isinstance(more, Fault) else cells | more
    return cells | (_entity(details) if kind == "entity" else _person(details))


def _entity(details: Statement) -> Cells:
    where = inner(details, "jurisdiction") or inner(
        details, "incorporatedInJurisdiction"
    )
    cells = {
        "name": str(details.get("name") or ""),
        "form": str(inner(details, "entityType").get("details") or ""),
        "jurisdiction": str(where.get("code") or ""),
        "founded": str(details.get("foundingDate") or ""),
        "dissolved": str(details.get("dissolutionDate") or ""),
        "uscc": next(
            (
                str(found.get("id"))
                for found in objects(details.get("identifiers"))
                if str(found.get("scheme", "")).startswith("CN-")
                and len(str(found.get("id", ""))) == 18  # a USCC
            ),
            "",
        ),
    }
    for address in objects(details.get("addresses")):
        heading = _ADDRESSES.get(str(address.get("type")))
        if heading:
            country = inner(address, "country").get("code")
            cells[heading] = ", ".join(
                texts([address.get("address"), address.get("postCode"), country])
            )
    return cells


def _person(details: Statement) -> Cells:
    names = objects(details.get("names"))
    legal = [n for n in names if n.get("type") in ("legal", "individual")]
    return {"name": next((str(n.get("fullName")) for n in (*legal, *names)), "")}


def _relationship(details: Statement, cells: Cells, survey: Survey) -> Cells | Fault:
    subject, party = details.get("subject"), details.get("interestedParty")
    for end, zh in ((subject, "subject"), (party, "interestedParty")):
        if not isinstance(end, str):
            reason = str(end.get("reason")) if isinstance(end, dict) else "—"
            return Fault(
                Reason.NO_SUBJECT,
                f"没有写明 {zh}（{reason}）",
                f"does not name its {zh} ({reason})",
                *_ADVICE,
            )
        if end not in survey:
            return Fault(
                Reason.NO_SUBJECT,
                f"文件中没有关于 {end} 的陈述",
                f"names {end}, about which the file says nothing",
                "连同有关主体的陈述一并报送",
                "send the statements about its subjects with it",
            )
    found = {"subject": str(subject), "party": str(party)}
    found["party_kind"] = survey[str(party)]
    interests = _interests(objects(details.get("interests")), cells)
    return interests if isinstance(interests, Fault) else found | interests


def _interests(interests: list[Statement], cells: Cells) -> Cells | Fault:
    """Return the cells of what is held, by group; one period to a group."""
    found: Cells = {}
    for interest in interests:
        kind = str(interest.get("type"))
        group = next((g for g, kinds in _GROUPS if kind in kinds), None)
        if group is None:
            return _fault(f"没有权益类别 {kind}", f"has the unknown interest {kind!r}")
        period = _period(interest, cells)
        told = found.get(f"{group}_from"), found.get(f"{group}_to")
        if group in found and (group in {"share", "votes"} or told != period):
            return _fault(
                f"同一权益 {kind} 有几段期间或几个比例",
                f"states {kind} for several periods or shares",
            )
        found[f"{group}_from"], found[f"{group}_to"] = period
        word = _ROLES.get(kind, kind)
        what = f"{word}: {interest.get('details') or ''}".rstrip(": ")
        found[group] = "; ".join(texts([found.get(group), what]))
        if group in {"share", "votes"}:
            found |= _band(group, inner(interest, "share"))
            found["direct"] = _direct(interest, found.get("direct"))
        if interest.get("beneficialOwnershipOrControl") is True:
            found |= {"owner": "true", "owner_from": period[0], "owner_to": period[1]}
    return _held(found)


def _held(found: Cells) -> Cells | Fault:
    """Return the cells with shares and votes as one holding, which has one period."""
    both = [g for g in ("share", "votes") if g in found]
    periods = {(found[f"{g}_from"], found[f"{g}_to"]) for g in both}
    if len(periods) > 1:
        return _fault(
            "股权与表决权的期间不同", "states shares and votes for two periods"
        )
    for begins, ends in periods:
        found |= {"held": "true", "share_from": begins, "share_to": ends}
    for group in ("share", "votes"):
        found.pop(group, None)
    if "post" in found:
        found["post"] = found["post"].split(":")[0].split(";")[0]
    return found


def _period(interest: Statement, cells: Cells) -> tuple[str, str]:
    ends = str(interest.get("endDate") or "")[:10]
    if not ends and cells["record_status"] == "closed":
        ends = cells["statement_date"]
    return str(interest.get("startDate") or "")[:10], ends


def _band(group: str, share: Statement) -> Cells:
    exact = share.get("exact")
    least, most = (
        (exact, exact)
        if exact is not None
        else (share.get("minimum"), share.get("maximum"))
    )
    if least is None and share.get("exclusiveMinimum") is not None:
        least = share["exclusiveMinimum"]
    if most is None and share.get("exclusiveMaximum") is not None:
        most = share["exclusiveMaximum"]
    if least is not None and least == most:
        most = None
    cells = {f"{group}_least": least, f"{group}_most": most}
    return {k: f"{v}%" for k, v in cells.items() if v is not None}


def _direct(interest: Statement, before: str | None) -> str:
    word = {"direct": "true", "indirect": "false"}.get(
        str(interest.get("directOrIndirect")), ""
    )
    return "false" if "false" in (word, before) else word


def _fault(zh: str, en: str) -> Fault:
    return Fault(Reason.WORD, zh, en, *_ADVICE)


STANDARD: Final = Standard(
    name="BODS 0.4",
    marks=frozenset({"statementId", "recordId", "recordType", "recordDetails"}),
    headings=HEADINGS,
    subject=_subject,
    row=_row,
)
