"""Fields of one version that contradict each other, whatever the tables say."""

from collections.abc import Iterator

from graph.errors import Said
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

Finding = tuple[Path, Said, Said]
"""A path inside the version, what is wrong, what to write."""


def check_version(item: Item[Rule], at: Path, version: RuleVersion) -> Iterator[Fault]:
    """Yield what is wrong with one version by itself."""
    for check in (
        _trigger,
        _thresholds,
        _effect_rule,
        _bearers,
        _anchor,
        _term,
        _exceptions,
    ):
        for path, message, mend in check(version):
            yield item.fault((*at, *path), FaultKind.INCONSISTENT, message, mend)


def _trigger(version: RuleVersion) -> Iterator[Finding]:
    trigger = version.trigger
    if not trigger.lists and not trigger.measures:
        yield (
            ("trigger",),
            Said(
                "没有写名单也没有写措施，等于任何处罚都能触发",
                "neither a list nor a measure is written, so any penalty would set the "
                "rule off",
            ),
            Said(
                "在 lists 或者 measures 里写明触发的名单、措施",
                "name the lists or measures that set it off in lists or measures",
            ),
        )
    if trigger.on is not TriggerOn.SANCTION and trigger.lists:
        yield (
            ("trigger", "lists"),
            Said(f"on: {trigger.on} 不能写名单", f"on: {trigger.on} takes no list"),
            Said("lists 写 []", "write [] in lists"),
        )


def _thresholds(version: RuleVersion) -> Iterator[Finding]:
    trigger = version.trigger
    if trigger.thresholds and trigger.on is not TriggerOn.SANCTION:
        yield (
            ("trigger", "thresholds"),
            Said(
                f"on: {trigger.on} 不能写门槛", f"on: {trigger.on} takes no threshold"
            ),
            Said("thresholds 写 [] 或者删去", "write [] in thresholds, or remove it"),
        )


def _effect_rule(version: RuleVersion) -> Iterator[Finding]:
    if version.trigger.on is not TriggerOn.EFFECT:
        return
    if not version.term.follows_trigger:
        yield (
            ("term", "length"),
            Said(
                "由后果触发的规则只能与触发的后果同终止，否则互为因果的后果会相互延长",
                "a rule set off by an effect can only end with that effect; else "
                "effects that cause each other would prolong each other",
            ),
            Said("写 as_trigger", "write as_trigger"),
        )
    if version.anchor is not Anchor.CURRENT:
        yield (
            ("anchor",),
            Said(
                "由后果触发的规则只看现任职务",
                "a rule set off by an effect looks at present posts only",
            ),
            Said("写 current", "write current"),
        )


def _bearers(version: RuleVersion) -> Iterator[Finding]:
    subject = version.trigger.subject
    for number, bearer in enumerate(version.bearers):
        path: Path = ("bearers", number)
        if isinstance(bearer, OrganizationsClause):
            if subject is not Subjects.PERSON:
                yield (
                    path,
                    Said(
                        "organizations_of 只用于自然人触发的规则",
                        "organizations_of is for rules that a person sets off",
                    ),
                    Said("subject 写 person", "write person in subject"),
                )
        elif subject is Subjects.PERSON and bearer.role is not Role.SELF:
            yield (
                path,
                Said(
                    "自然人触发的规则，承担者只能是本人或者其任职单位",
                    "where a person sets the rule off, only the person or the "
                    "organizations of their posts can bear it",
                ),
                Said("role 写 self", "write self in role"),
            )
        elif bearer.sticky and version.anchor is not Anchor.CURRENT:
            yield (
                (*path, "sticky"),
                Said(
                    "只有看现任职务的规则才谈得上离任后保留",
                    "only a rule that looks at present posts can go on after somebody "
                    "has left",
                ),
                Said("写 false", "write false"),
            )


def _anchor(version: RuleVersion) -> Iterator[Finding]:
    if version.act_check and version.anchor not in _AFTER_THE_ACT:
        mend = Said(
            "写 false；锚定行为时或者看现任职务时无须再核对行为时是否任职",
            "write false: anchored at the act, or looking at present posts, it need "
            "not check the post held at the act",
        )
        yield (
            ("act_check",),
            Said(
                f"anchor 是 {version.anchor}，不需要 act_check",
                f"anchor is {version.anchor}, which needs no act_check",
            ),
            mend,
        )


def _term(version: RuleVersion) -> Iterator[Finding]:
    term = version.term
    own = EndedBy.OWN_TERM in version.ended_by
    if term.follows_trigger and own:
        yield (
            ("ended_by",),
            Said(
                "没有自身期限，却写了 own_term",
                "own_term is written, but there is no term of its own",
            ),
            Said("去掉 own_term", "remove own_term"),
        )
    if term.follows_trigger and term.starts is not TermStart.TRIGGER:
        yield (
            ("term", "starts"),
            Said(
                "与触发同终止的，自触发之日起",
                "what ends with its trigger starts with it",
            ),
            Said("写 trigger", "write trigger"),
        )
    if not term.follows_trigger and not own:
        yield (
            ("ended_by",),
            Said(
                "有自身期限，却没有写 own_term",
                "there is a term of its own, but own_term is not written",
            ),
            Said("加上 own_term", "add own_term"),
        )
    needed = _ONLY_FOR.get(term.starts, version.trigger.on)
    if needed is not version.trigger.on:
        mend = Said(
            f"改 starts，或者 on 写 {needed}", f"change starts, or write {needed} in on"
        )
        yield (
            ("term", "starts"),
            Said(
                f"{term.starts.zh}与触发事实不符",
                f"the start ({term.starts.en}) does not fit the fact that sets the "
                "rule off",
            ),
            mend,
        )


def _exceptions(version: RuleVersion) -> Iterator[Finding]:
    for number, exception in enumerate(version.exceptions):
        if not any(exception.when.model_dump().values()):
            path: Path = ("exceptions", number, "when")
            yield (
                path,
                Said(
                    "例外没有写任何条件，等于规则不存在",
                    "the exception has no condition, so the rule would never apply",
                ),
                Said("写明适用的情形", "write when it applies"),
            )
    if len(set(version.bearers)) < len(version.bearers):
        yield (
            ("bearers",),
            Said("同一承担者写了两次", "one bearer is written twice"),
            Said("删去一处", "remove one of them"),
        )
    roles = [b.role for b in version.bearers if isinstance(b, BearerClause)]
    if len(set(roles)) < len(roles):
        yield (
            ("bearers",),
            Said(
                "同一身份写了两次，条件却不同",
                "one role is written twice with different conditions",
            ),
            Said("合并为一项", "make them one entry"),
        )
