"""Random small law books that the engine must obey.

Whatever a rule may say is said here sooner or later: both kinds of bearers, every
anchor, findings, stickiness, exceptions, texts of different rank, rings of effects.
Only what `law check` refuses is left out. Terms are days, so that they end in sight.
"""

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from graph.law.base import Basis
from graph.law.book import LawBook
from graph.law.model import (
    BearerClause,
    EffectClause,
    ExceptionOutcome,
    Field,
    FindingEffectFrom,
    FindingNeed,
    Instrument,
    ListDefinition,
    ListSubjects,
    Measure,
    MeasureClass,
    OrganizationsClause,
    PersonState,
    Rule,
    RuleException,
    RuleVersion,
    StateOutcome,
    Subjects,
    Term,
    TermStart,
    Threshold,
    ThresholdUnit,
    Trigger,
    TriggerOn,
    When,
)
from graph.vocabulary import (
    Anchor,
    EndedBy,
    Evidence,
    JurisdictionBy,
    OrganizationKind,
    Rank,
    Role,
    SubjectKind,
    VersionAt,
)
from tests.strategies import LAST, day, often

_BASIS = "条文"
_MEASURES = {
    "ma": MeasureClass.A,
    "mb": MeasureClass.A,
    "ja": MeasureClass.JUDICIAL,
    "jb": MeasureClass.JUDICIAL,
    "no_capacity": MeasureClass.JUDICIAL,
    "ea": MeasureClass.A,
    "eb": MeasureClass.A,
    "ec": MeasureClass.A,
}
_INSTRUMENTS = {
    "LAW": (Rank.LAW, "甲", "CN", 0),
    "REGULATION": (Rank.ADMINISTRATIVE_REGULATION, "乙", "CN", 0),
    "LOCAL": (Rank.PROVINCIAL_REGULATION, "丙", "23", 0),
    "RULE": (Rank.DEPARTMENT_RULE, "丁", "CN", 0),
    "OLD": (Rank.NORMATIVE_DOCUMENT, "戊", "CN", 0),
    "NEW": (Rank.NORMATIVE_DOCUMENT, "戊", "CN", 5),
    "CITY": (Rank.CITY_DOCUMENT, "己", "2307", 5),
}


def _instrument(key: str) -> Instrument:
    rank, maker, place, begins = _INSTRUMENTS[key]
    return Instrument(
        key=key, title=key, number="一", issuer=maker, maker=maker, rank=rank,
        jurisdiction=place, in_force_from=day(begins), evidence=Evidence.READ,
        source="随机",
    )  # fmt: skip


def _basis(key: str) -> Basis:
    return Basis(instrument=key, article="一", gist=_BASIS, gist_en=_BASIS)


def _list(key: str, *, severe: bool, measures: tuple[str, ...]) -> ListDefinition:
    return ListDefinition(
        key=key, zh=key, en=key, owner="机关", subjects=ListSubjects.BOTH,
        severe=severe, measures=measures, legal_basis=(_basis("LAW"),), aliases=(),
        evidence=Evidence.READ,
    )  # fmt: skip


def _threshold(  # a threshold has so many sides
    key: str,
    value: str,
    unit: ThresholdUnit,
    *,
    within: str | None = None,
    fields: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
    known: bool = True,
) -> Threshold:
    return Threshold(
        key=key, zh=key, en=key, value=value, unit=unit, within=within, fields=fields,
        lists=lists, basis=(_basis("LAW"),), note="",
        evidence=Evidence.READ if known else Evidence.UNVERIFIED,
    )  # fmt: skip


def _state(key: str, outcome: StateOutcome, *, known: bool = True) -> PersonState:
    return PersonState(
        key=key, zh=key, en=key, outcome=outcome, basis=(_basis("LAW"),), note="",
        evidence=Evidence.READ if known else Evidence.UNVERIFIED,
    )  # fmt: skip


@cache
def _shelves() -> dict[str, list[Any]]:
    """Return the parts of a small book that are always the same, as JSON."""
    both = (SubjectKind.ORGANIZATION, SubjectKind.PERSON)
    measures = [
        Measure(
            key=key, zh=key, en=key, measure_class=of, targets=both,
            needs_statute=False, basis=(),
        )
        for key, of in _MEASURES.items()
    ]  # fmt: skip
    lists = [
        _list("la", severe=True, measures=()),
        _list("lb", severe=True, measures=("mb",)),
        _list("lc", severe=False, measures=()),
    ]
    thresholds = [
        _threshold("ta", "2", ThresholdUnit.TIMES, within="P9D"),
        _threshold("tb", "4", ThresholdUnit.DAYS, lists=("la", "lb")),
        _threshold("tc", "100", ThresholdUnit.YUAN),
        _threshold("td", "1", ThresholdUnit.TIMES, within="P90D", known=False),
        _threshold("te", "1", ThresholdUnit.TIMES, within="P9D", fields=("fa",)),
    ]
    shipped = LawBook.load()
    models: dict[str, Any] = {
        "instruments": [_instrument(key) for key in _INSTRUMENTS],
        "measures": measures,
        "fields": [Field(key=key, zh=key, en=key) for key in ("fa", "fb")],
        "lists": lists,
        "roles": list(shipped.roles.values()),
        "thresholds": thresholds,
        "person_states": [
            _state("deceased", StateOutcome.ENDS),
            _state("minor", StateOutcome.FLAGGED),
            _state("no_capacity", StateOutcome.ENDS, known=False),
        ],
    }
    return {
        name: [m.model_dump(mode="json") for m in ms] for name, ms in models.items()
    }


def book_of(rules: list[Rule]) -> LawBook:
    """Return a small book with these rules."""
    dumped = [rule.model_dump(mode="json") for rule in rules]
    content = {"format": 1, **_shelves(), "rules": dumped}
    return LawBook.from_payload(json.dumps(content, sort_keys=True).encode())


_fields = often((), (), ("fa", "fb"), ("fb",))
_thresholds = often((), (), ("ta",), ("te", "td"), ("tb", "tc"), ("td",))
_effect_words = often("ea", "eb", "ec")
_KINDS_OF_TRIGGER = often(
    TriggerOn.SANCTION,
    TriggerOn.EFFECT,
    TriggerOn.CONVICTION,
    TriggerOn.PERSON_STATE,
    TriggerOn.INSOLVENCY,
)


@st.composite
def triggers(draw: st.DrawFn, kinds: st.SearchStrategy[TriggerOn]) -> Trigger:
    on = draw(kinds)
    order = [Subjects.ORGANIZATION, Subjects.PERSON, Subjects.ANY]
    if on in (TriggerOn.EFFECT, TriggerOn.CONVICTION, TriggerOn.PERSON_STATE):
        order = [Subjects.PERSON, Subjects.ORGANIZATION, Subjects.ANY]
    subject = draw(often(*order))
    lists: tuple[str, ...] = ()
    if on is TriggerOn.SANCTION:
        lists = draw(often(("severe",), (), ("la",), ("lb", "lc")))
        words = draw(often(("ma",), ("ma", "mb"), ("mb",)))
        measures = words if not lists or draw(st.booleans()) else ()
    elif on is TriggerOn.EFFECT:
        measures = draw(often(("ea", "eb"), ("ea", "eb", "ec"), ("eb",)))
    elif on is TriggerOn.PERSON_STATE:
        measures = ("no_capacity",)
    else:
        measures = draw(st.sampled_from((("ja",), ("jb",), ("ja", "jb"))))
    named = draw(_thresholds) if on is TriggerOn.SANCTION else ()
    return Trigger(
        on=on, subject=subject, lists=lists, measures=measures, fields=draw(_fields),
        thresholds=named,
    )  # fmt: skip


@st.composite
def bearers(draw: st.DrawFn, trigger: Trigger, anchor: Anchor) -> tuple[Any, ...]:
    needs = often(FindingNeed.NONE, FindingNeed.REQUIRED)
    oneself = BearerClause(role=Role.SELF, finding=draw(needs), sticky=False)
    kinds = draw(st.sampled_from(((), (OrganizationKind.COMPANY,))))
    offices = OrganizationsClause(
        organizations_of=(Role.LEGAL_REPRESENTATIVE, Role.ACTUAL_CONTROLLER),
        organization_kinds=kinds,
    )
    if trigger.subject is Subjects.PERSON:
        return draw(often((offices,), (oneself,), (oneself, offices)))
    if trigger.subject is Subjects.ANY:
        return (oneself,)
    roles = draw(
        st.lists(
            often(
                "first_answering",
                Role.ACTUAL_CONTROLLER,
                Role.LEGAL_REPRESENTATIVE,
                Role.SELF,
                Role.DIRECTLY_RESPONSIBLE,
                Role.OPERATOR,
            ),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    return tuple(
        BearerClause(
            role=role,
            finding=draw(needs),
            sticky=anchor is Anchor.CURRENT and role is not Role.SELF
            and draw(st.booleans()),
        )
        for role in roles
    )  # fmt: skip


@st.composite
def terms(draw: st.DrawFn, on: TriggerOn) -> Term:
    length = draw(
        st.sampled_from(("as_trigger", "as_trigger", "P5D", "P12D", "LIFETIME"))
    )
    if on is TriggerOn.EFFECT or length == "as_trigger":
        return Term(length="as_trigger", starts=TermStart.TRIGGER)
    starts = [
        TermStart.TRIGGER,
        TermStart.DECISION,
        TermStart.LISTING,
        TermStart.REVOCATION,
        TermStart.FINDING,
    ]
    if on is TriggerOn.CONVICTION:
        starts += [TermStart.SENTENCE_COMPLETED] * 3
    if on is TriggerOn.INSOLVENCY:
        starts += [TermStart.LIQUIDATION_COMPLETED] * 3
    return Term(length=length, starts=draw(st.sampled_from(starts)))


@st.composite
def exceptions(draw: st.DrawFn) -> RuleException:
    when = draw(
        st.sampled_from(
            (
                When(organization_kinds=(OrganizationKind.COMPANY,)),
                When(organization_kinds=(OrganizationKind.ORGAN,), lists=("la",)),
                When(fields=("fb",)),
                When(measures=("mb",)),
                When(roles=(Role.LEGAL_REPRESENTATIVE, Role.SELF)),
            )
        )
    )
    return RuleException(
        when=when,
        outcome=draw(st.sampled_from(ExceptionOutcome)),
        doubtful=draw(st.booleans()),
        basis=(_basis("LAW"),),
        note="",
    )


_AFTER = (Anchor.LISTING, Anchor.DECISION, Anchor.ORDER, Anchor.REVOCATION)


@st.composite
def rule_versions(draw: st.DrawFn, trigger: Trigger) -> RuleVersion:
    effect = trigger.on is TriggerOn.EFFECT
    anchor = Anchor.CURRENT if effect else draw(st.sampled_from(Anchor))
    ended_by = draw(st.sets(st.sampled_from(EndedBy), min_size=1, max_size=3))
    return RuleVersion(
        in_force_from=day(-10),
        trigger=trigger,
        bearers=draw(bearers(trigger, anchor)),
        anchor=anchor,
        act_check=anchor in _AFTER and draw(st.booleans()),
        effect=EffectClause(
            measure=draw(_effect_words),
            scope_fields=draw(st.sampled_from(((), ("fa",)))),
            scope_zh=_BASIS,
            scope_en=_BASIS,
        ),
        term=draw(terms(trigger.on)),
        ended_by=tuple(sorted(ended_by)),
        version_at=draw(often(*reversed(VersionAt))),
        jurisdiction_by=draw(st.sampled_from(JurisdictionBy)),
        finding_effect_from=draw(st.sampled_from(FindingEffectFrom)),
        exceptions=tuple(draw(st.lists(exceptions(), max_size=2))),
        evidence=draw(often(Evidence.READ, Evidence.CITED, Evidence.UNVERIFIED)),
        basis=(_basis(draw(st.sampled_from(tuple(_INSTRUMENTS)))),),
    )


@st.composite
def rules(draw: st.DrawFn, number: int, trigger: Trigger) -> Rule:
    first = draw(rule_versions(trigger))
    versions = [first]
    if draw(st.booleans()):
        change = draw(st.integers(10, LAST).map(day))
        later = draw(st.one_of(st.just(trigger), triggers(_KINDS_OF_TRIGGER)))
        second = draw(rule_versions(later))
        versions = [
            first.model_copy(update={"in_force_to": change}),
            second.model_copy(update={"in_force_from": change}),
        ]
    return Rule(
        key=f"R{number}",
        title=_BASIS,
        title_en=_BASIS,
        topic=draw(often("ta", "tb")),
        jurisdiction=draw(often("CN", "CN", "23", "1404")),
        versions=tuple(versions),
    )


@st.composite
def law_books(draw: st.DrawFn) -> LawBook:
    """Return a small book of two to four rules."""
    # The first rule is on sanctions, the second on effects; a third often competes.
    one = draw(triggers(st.just(TriggerOn.SANCTION)))
    two = draw(triggers(st.just(TriggerOn.EFFECT)))
    more = draw(st.lists(often(one, two, None), max_size=2))
    wanted = [one, two, *(t or draw(triggers(_KINDS_OF_TRIGGER)) for t in more)]
    named = draw(st.booleans())
    if named:
        wanted.append(one)
    drawn = [draw(rules(n, trigger)) for n, trigger in enumerate(wanted)]
    if named:  # else few rules could be named by an exception
        drawn = [_decided_on_a_day(rule) for rule in drawn]
    return book_of([draw(yielding(rule, drawn)) for rule in drawn])


@st.composite
def yielding(draw: st.DrawFn, rule: Rule, among: list[Rule]) -> Rule:
    """Return the rule, sometimes giving way where another one provides otherwise."""
    others = tuple(r.key for r in among if r.key != rule.key and not _is_open(r))
    if _is_by_effect(rule) or not others or draw(st.booleans()):
        return rule
    exception = RuleException(
        when=When(rules=draw(st.sampled_from(((others[0],), others)))),
        outcome=draw(st.sampled_from(ExceptionOutcome)),
        doubtful=draw(st.booleans()),
        basis=(_basis("LAW"),),
        note="",
    )
    versions = tuple(
        v.model_copy(update={"exceptions": (exception, *v.exceptions)})
        for v in rule.versions
    )
    return rule.model_copy(update={"versions": versions})


def _decided_on_a_day(rule: Rule) -> Rule:
    """Return the rule with a day that selects its version, where an act sets it off."""
    if _is_by_effect(rule):
        return rule
    versions = tuple(
        v.model_copy(update={"version_at": VersionAt.LISTING})
        if v.version_at is VersionAt.AS_OF
        else v
        for v in rule.versions
    )
    return rule.model_copy(update={"versions": versions})


def _is_by_effect(rule: Rule) -> bool:
    return any(v.trigger.on is TriggerOn.EFFECT for v in rule.versions)


def _is_open(rule: Rule) -> bool:
    as_of = any(v.version_at is VersionAt.AS_OF for v in rule.versions)
    return as_of or _is_by_effect(rule)
