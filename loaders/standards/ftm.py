"""FollowTheMoney: entities with a schema and properties of several values each.

https://followthemoney.tech/explorer/schemata/ (names of schemata and properties). What
the schema calls a thing is a subject; what connects two things is a relation with a
period; a sanction is an entry on a list without a basis in the law book.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from graph.vocabulary import Relation, Role
from loaders.issues import Fault, Reason
from loaders.standards.standard import Cells, Standard, Statement, Survey, inner, texts

_PERSONS: Final = frozenset({"Person"})
_ORGANIZATIONS: Final = frozenset(
    {"LegalEntity", "Organization", "Company", "PublicBody"}
)


class _Ends(NamedTuple):
    """The properties that name the two ends, and the relation unless it is a share."""

    first: str
    second: str
    relation: Relation | None = None


_RELATIONS: Final[Mapping[str, _Ends]] = {
    "Ownership": _Ends("owner", "asset"),
    "Directorship": _Ends("director", "organization", Relation.RELATED),
    "Employment": _Ends("employee", "employer", Relation.RELATED),
    "Membership": _Ends("member", "organization", Relation.MEMBER_OF),
    "Family": _Ends("person", "relative", Relation.FAMILY),
    "Associate": _Ends("person", "associate", Relation.RELATED),
    "Representation": _Ends("agent", "client", Relation.AGENT_OF),
    "Succession": _Ends("successor", "predecessor", Relation.SUCCEEDS),
    "Debt": _Ends("creditor", "debtor", Relation.LENDS_TO),
    "UnknownLink": _Ends("subject", "object", Relation.RELATED),
}
# Who represents a company by law is for its register to say, not for open data.
_POSTS: Final = (
    (re.compile(r"supervis|监事", re.IGNORECASE), Role.SUPERVISOR),
    (re.compile(r"director|board|chair|董事", re.IGNORECASE), Role.DIRECTOR),
    (
        re.compile(r"manager|officer|secretary|president|ceo|cfo|经理", re.IGNORECASE),
        Role.SENIOR_MANAGER,
    ),
)
_SINGLE: Final = {
    "name": "name",
    "country": "country",
    "jurisdiction": "country",
    "registrationNumber": "registration",
    "uscCode": "uscc",
    "incorporationDate": "founded",
    "dissolutionDate": "dissolved",
    "legalForm": "form",
    "address": "address",
    "phone": "phone",
    "email": "email",
    "website": "website",
}
_PERIOD: Final = {"startDate": "begins", "endDate": "ends"}
_SANCTION: Final = {
    "authority": "authority",
    "program": "program",
    "authorityId": "list_number",
    "listingDate": "listed_on",
    "reason": "reason",
    "sourceUrl": "url",
}
# Read together with others, or said by the schema itself.
_READ: Final = frozenset({"percentage", "role", "status", "relationship", "alias"})
_NOT_COLLECTED: Final = frozenset(
    {"birthDate", "birthPlace", "nationality", "gender", "idNumber", "passportNumber"}
)
_PERCENTAGE: Final = re.compile(
    r"(\d+(?:\.\d+)?)\s*%?(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*%?)?"
)
HEADINGS: Final = (
    "id",
    "schema",
    "kind",
    "standard",
    *dict.fromkeys(_SINGLE.values()),
    "first",
    "first_kind",
    "second",
    "second_kind",
    "held",
    "share_least",
    "share_most",
    "post",
    "relation",
    "role",
    *_PERIOD.values(),
    "entity",
    "entity_kind",
    *_SANCTION.values(),
    "unread",
)


def _subject(statement: Statement) -> tuple[str, str] | None:
    kind = _kind(str(statement.get("schema")))
    return (str(statement.get("id")), kind) if kind else None


def _kind(schema: str) -> str:
    if schema in _PERSONS:
        return "person"
    return "organization" if schema in _ORGANIZATIONS else ""


def _row(statement: Statement, survey: Survey) -> Cells | Fault:
    schema, properties = str(statement["schema"]), inner(statement, "properties")
    cells = {"id": str(statement["id"]), "schema": schema, "standard": "ftm"}
    known = _READ | _NOT_COLLECTED
    if _kind(schema):
        names = _SINGLE
        cells["kind"] = _kind(schema)
    elif schema in _RELATIONS:
        ends = _relation(schema, properties, survey)
        if isinstance(ends, Fault):
            return ends
        cells |= ends
        names, known = _PERIOD, known | set(_RELATIONS[schema][:2])
    elif schema == "Sanction":
        entity = _end(properties, "entity", survey)
        if isinstance(entity, Fault):
            return entity
        cells |= {"entity": entity, "entity_kind": survey[entity]}
        names, known = _SANCTION | _PERIOD, known | {"entity"}
    else:
        return Fault(
            Reason.WORD,
            f"不采用 {schema} 类的实体",
            f"is a {schema}, which is not taken",
            "需要时请提出",
            "ask for it if it is needed",
        )
    for key, heading in names.items():
        cells.setdefault(heading, next(iter(texts(properties.get(key))), ""))
    unread = properties.keys() - names.keys() - known
    return cells | {"unread": "; ".join(sorted(unread))}


def _relation(schema: str, properties: Statement, survey: Survey) -> Cells | Fault:
    ends = _RELATIONS[schema]
    first, second = (_end(properties, end, survey) for end in ends[:2])
    if isinstance(first, Fault):
        return first
    if isinstance(second, Fault):
        return second
    role = "; ".join(texts(properties.get("role")) + texts(properties.get("status")))
    cells = {"first": first, "first_kind": survey[first], "second": second}
    cells["second_kind"] = survey[second]
    cells["role"] = role or "; ".join(texts(properties.get("relationship")))
    if ends.relation is None:
        return cells | _share(properties)
    post = next((r.value for word, r in _POSTS if word.search(role)), "")
    if post and schema in {"Directorship", "Employment"} and survey[first] == "person":
        return cells | {"post": post}
    return cells | {"relation": ends.relation.value}


def _share(properties: Statement) -> Cells:
    text = next(iter(texts(properties.get("percentage"))), "")
    found = _PERCENTAGE.fullmatch(text)
    if not found:
        # What is no percentage goes on as it is and is told where it is read.
        return {"held": "true", "share_least": text}
    least, most = found.groups()
    cells = {"held": "true", "share_least": f"{least}%"}
    return cells | {"share_most": f"{most}%"} if most and most != least else cells


def _end(properties: Statement, name: str, survey: Survey) -> str | Fault:
    named = texts(properties.get(name))
    if len(named) != 1 or named[0] not in survey:
        which = "、".join(named) or "—"
        return Fault(
            Reason.NO_SUBJECT,
            f"{name} 应指文件中的一个主体（{which}）",
            f"must name one subject of the file as {name} ({which})",
            "连同有关主体一并报送，每行一个",
            "send the entities it connects with it, one of each",
        )
    return named[0]


STANDARD: Final = Standard(
    name="FollowTheMoney",
    marks=frozenset({"id", "schema", "properties"}),
    headings=HEADINGS,
    subject=_subject,
    row=_row,
)
