"""What a law book can do, branch by branch: what cases have to show of it.

A branch is one condition, role, exception, term or ending of one rule version, or one
entry of the tables of lists and roles.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from graph.law.book import LawBook
from graph.law.model import (
    FIRST_ANSWERING,
    BearerClause,
    ExceptionOutcome,
    FindingNeed,
    OrganizationsClause,
    Rule,
    RuleVersion,
    TriggerOn,
)
from graph.vocabulary import Anchor, EndedBy, Role, Term

LISTS: Final = "lists.yaml"
ROLES: Final = "roles.yaml"
STATES: Final = "person_states.yaml"
RECORDED: Final = (
    TriggerOn.CONVICTION,
    TriggerOn.INSOLVENCY,
    TriggerOn.PERSON_STATE,
)
NAMED_BY_AUTHORITY: Final = (Role.DIRECT_SUPERVISOR, Role.DIRECTLY_RESPONSIBLE)
"""Roles that come from findings only, so nobody holds them before or after a day."""


class BranchKind(Term):
    """Kinds of branches, each with what a case has to show."""

    EFFECT = "effect", "有人承担", "somebody bears it"
    SILENT = "silent", "未核实的，触发了也没有后果", "switched off: nothing follows"
    FIRST_DAY = "first_day", "施行前一天和当天", "the day before and the first day"
    LAST_DAY = "last_day", "失效前一天和当天", "the last day and the day after"
    BEGINS = (
        "begins",
        "后果开始的前一天和当天",
        "the day before it begins, and that day",
    )
    LIST = "list", "由名单触发", "set off by the list"
    MEASURE = "measure", "由措施触发", "set off by the measure"
    FIELD = "field", "在领域内触发", "set off in the field"
    RECORD = "record", "由判决、破产记录触发", "set off by a record"
    REACHED = "reached", "达到门槛", "the threshold is reached"
    BELOW = "below", "差一点没有达到门槛", "just below the threshold: nothing"
    STATE = "state", "该状况前后两侧", "before and after the state"
    ROLE = "role", "以此身份承担", "borne in the role"
    PENDING = "pending", "没有认定，等待", "pending without a finding"
    CLEARED = "cleared", "认定不负责，不承担", "found not responsible: free"
    LEFT_BEFORE = "left_before", "前一天离任，不承担", "left one day before: free"
    CAME_AFTER = "came_after", "后一天上任，不承担", "came one day after: free"
    LEAVES = "leaves", "离任最后一天和次日", "the last day in the post and the next"
    STAYS = "stays", "离任以后仍受限", "still bound after leaving"
    NOT_AT_ACT = "not_at_act", "行为时不在任，等待", "not in office at the act: pending"
    OFFICE = "office", "任此职务的组织承担", "borne where this office is held"
    ENDS = "ends", "因此终止，前一天和当天", "ended by it: the last day and the next"
    TRIGGER_ENDS = "trigger_ends", "随触发终止，前后两侧", "ends with its trigger"
    FOR_LIFE = "for_life", "二十年后仍受限", "still bound after twenty years"
    EXCEPTION = "exception", "例外适用", "the exception applies"
    ELSEWHERE = "elsewhere", "外地的不适用", "elsewhere it does not apply"


class Branch(NamedTuple):
    """One branch; `owner` is a rule version (KEY@day) or the name of a table."""

    owner: str
    kind: BranchKind
    detail: str = ""


def branches_of(law: LawBook) -> Iterator[Branch]:
    """Yield every branch of a book, in its order."""
    for rule in law.rules.values():
        for version in rule.versions:
            owner = rule.version_id(version)
            if version.is_active:
                for kind, detail in _of_version(law, rule, version):
                    yield Branch(owner, kind, detail)
            else:
                yield Branch(owner, BranchKind.SILENT)
    for entry in law.lists.values():
        kind = BranchKind.LIST if entry.sanctions else BranchKind.SILENT
        yield Branch(LISTS, kind, entry.key)
    for state in law.person_states:
        yield Branch(STATES, BranchKind.STATE, state)
    for known in law.roles.values():
        for role in known.answering:
            yield Branch(
                ROLES, BranchKind.ROLE, f"{known.organization_kind.value}:{role.value}"
            )


def _of_version(
    law: LawBook, rule: Rule, version: RuleVersion
) -> Iterator[tuple[BranchKind, str]]:
    yield BranchKind.EFFECT, ""
    yield BranchKind.BEGINS, ""
    yield BranchKind.FIRST_DAY, ""
    if version.in_force_to:
        yield BranchKind.LAST_DAY, ""
    if rule.jurisdiction != "CN":
        yield BranchKind.ELSEWHERE, ""
    yield from _of_trigger(version)
    yield from _of_thresholds(law, version)
    for clause in version.bearers:
        if isinstance(clause, OrganizationsClause):
            yield from _of_offices(clause)
        else:
            yield from _of_bearer(version, clause)
    if version.act_check:
        yield BranchKind.NOT_AT_ACT, ""
    yield from _of_term(version)
    yield from _of_exceptions(version)


def _of_trigger(version: RuleVersion) -> Iterator[tuple[BranchKind, str]]:
    trigger = version.trigger
    for key in trigger.lists:
        yield BranchKind.LIST, key
    for key in trigger.measures:
        yield BranchKind.MEASURE, key
    for key in trigger.fields:
        yield BranchKind.FIELD, key
    if trigger.on in RECORDED:
        yield BranchKind.RECORD, ""


def _of_thresholds(
    law: LawBook, version: RuleVersion
) -> Iterator[tuple[BranchKind, str]]:
    for key in version.trigger.thresholds:
        if law.thresholds[key].is_active:
            yield BranchKind.REACHED, key
            yield BranchKind.BELOW, key
        else:
            yield BranchKind.SILENT, key


def _of_bearer(
    version: RuleVersion, clause: BearerClause
) -> Iterator[tuple[BranchKind, str]]:
    role = str(clause.role)
    yield BranchKind.ROLE, role
    if clause.finding is FindingNeed.REQUIRED:
        yield BranchKind.PENDING, role
        yield BranchKind.CLEARED, role
    if clause.role is Role.SELF or clause.role in NAMED_BY_AUTHORITY:
        return
    if version.anchor is not Anchor.CURRENT:
        yield BranchKind.LEFT_BEFORE, role
        yield BranchKind.CAME_AFTER, role
    else:
        yield BranchKind.STAYS if clause.sticky else BranchKind.LEAVES, role


def _of_offices(clause: OrganizationsClause) -> Iterator[tuple[BranchKind, str]]:
    for role in clause.organizations_of:
        yield BranchKind.OFFICE, role.value
    yield BranchKind.LEAVES, ""


def _of_term(version: RuleVersion) -> Iterator[tuple[BranchKind, str]]:
    for word in version.ended_by:
        if word is EndedBy.OWN_TERM and version.term.is_lifetime:
            yield BranchKind.FOR_LIFE, ""
        elif version.trigger.on is not TriggerOn.EFFECT:
            yield BranchKind.ENDS, word.value
    if version.term.follows_trigger:
        yield BranchKind.TRIGGER_ENDS, ""


def _of_exceptions(version: RuleVersion) -> Iterator[tuple[BranchKind, str]]:
    for number, exception in enumerate(version.exceptions):
        for kind in exception.when.organization_kinds or ("",):
            reported = exception.outcome is ExceptionOutcome.REPORTED
            word = "reported" if reported else "excluded"
            yield BranchKind.EXCEPTION, f"{number}:{kind}:{word}"


def is_first_answering(clause: BearerClause) -> bool:
    """Return whether the role depends on the kind of organization."""
    return clause.role == FIRST_ANSWERING
