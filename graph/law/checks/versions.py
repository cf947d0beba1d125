"""Fields of one version that contradict each other, whatever the tables say."""

from collections.abc import Iterator

from graph.law.faults import Fault, FaultKind
from graph.law.reading import Item
from graph.law.rule import BearerClause, OrganizationsClause, Rule, RuleVersion
from graph.law.strict_yaml import Path
from graph.law.words import Subjects, TermStart, TriggerOn
from graph.vocabulary import Anchor, EndedBy, Role

_AFTER_THE_ACT = frozenset(
    {Anchor.LISTING, Anchor.DECISION, Anchor.ORDER, Anchor.REVOCATION}
)
_ONLY_FOR = {
    TermStart.SENTENCE_COMPLETED: TriggerOn.CONVICTION,
    TermStart.LIQUIDATION_COMPLETED: TriggerOn.INSOLVENCY,
}

Finding = tuple[Path, str, str]
"""A path inside the version, what is wrong, what to write."""


def check_version(item: Item[Rule], at: Path, version: RuleVersion) -> Iterator[Fault]:
    """Yield what is wrong with one version by itself."""
    for check in (_trigger, _effect_rule, _bearers, _anchor, _term, _exceptions):
        for path, message, mend in check(version):
            yield item.fault((*at, *path), FaultKind.INCONSISTENT, message, mend)


def _trigger(version: RuleVersion) -> Iterator[Finding]:
    trigger = version.trigger
    if not trigger.lists and not trigger.measures:
        yield (
            ("trigger",),
            "没有写名单也没有写措施，等于任何处罚都能触发",
            "在 lists 或者 measures 里写明触发的名单、措施",
        )
    if trigger.on is not TriggerOn.SANCTION and trigger.lists:
        yield ("trigger", "lists"), f"on: {trigger.on} 不能写名单", "lists 写 []"


def _effect_rule(version: RuleVersion) -> Iterator[Finding]:
    if version.trigger.on is not TriggerOn.EFFECT:
        return
    if not version.term.follows_trigger:
        yield (
            ("term", "length"),
            "由后果触发的规则只能与触发的后果同终止，否则互为因果的后果会相互延长",
            "写 as_trigger",
        )
    if version.anchor is not Anchor.CURRENT:
        yield ("anchor",), "由后果触发的规则只看现任职务", "写 current"


def _bearers(version: RuleVersion) -> Iterator[Finding]:
    subject = version.trigger.subject
    for number, bearer in enumerate(version.bearers):
        path: Path = ("bearers", number)
        if isinstance(bearer, OrganizationsClause):
            if subject is not Subjects.PERSON:
                yield (
                    path,
                    "organizations_of 只用于自然人触发的规则",
                    "subject 写 person",
                )
        elif subject is Subjects.PERSON and bearer.role is not Role.SELF:
            yield (
                path,
                "自然人触发的规则，承担者只能是本人或者其任职单位",
                "role 写 self",
            )
        elif bearer.sticky and version.anchor is not Anchor.CURRENT:
            yield (
                (*path, "sticky"),
                "只有看现任职务的规则才谈得上离任后保留",
                "写 false",
            )


def _anchor(version: RuleVersion) -> Iterator[Finding]:
    if version.act_check and version.anchor not in _AFTER_THE_ACT:
        mend = "写 false；锚定行为时或者看现任职务时无须再核对行为时是否任职"
        yield ("act_check",), f"anchor 是 {version.anchor}，不需要 act_check", mend


def _term(version: RuleVersion) -> Iterator[Finding]:
    term = version.term
    own = EndedBy.OWN_TERM in version.ended_by
    if term.follows_trigger and own:
        yield ("ended_by",), "没有自身期限，却写了 own_term", "去掉 own_term"
    if term.follows_trigger and term.starts is not TermStart.TRIGGER:
        yield ("term", "starts"), "与触发同终止的，自触发之日起", "写 trigger"
    if not term.follows_trigger and not own:
        yield ("ended_by",), "有自身期限，却没有写 own_term", "加上 own_term"
    needed = _ONLY_FOR.get(term.starts, version.trigger.on)
    if needed is not version.trigger.on:
        mend = f"改 starts，或者 on 写 {needed}"
        yield ("term", "starts"), f"{term.starts.zh}与触发事实不符", mend


def _exceptions(version: RuleVersion) -> Iterator[Finding]:
    for number, exception in enumerate(version.exceptions):
        if not any(exception.when.model_dump().values()):
            path: Path = ("exceptions", number, "when")
            yield path, "例外没有写任何条件，等于规则不存在", "写明适用的情形"
    if len(set(version.bearers)) < len(version.bearers):
        yield ("bearers",), "同一承担者写了两次", "删去一处"
    roles = [b.role for b in version.bearers if isinstance(b, BearerClause)]
    if len(set(roles)) < len(roles):
        yield ("bearers",), "同一身份写了两次，条件却不同", "合并为一项"
