"""What follows by law, worked out naively: sets of days over plain fact objects.

Written from the semantics alone, to be compared with the engine. It shares no code
with analytics: no intervals, no columns, no index, no increments. A period is the
set of its days within a horizon that lies well outside everything that happens, so
what still holds on the last day of the horizon holds for ever.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph.law.book import LawBook
from graph.law.model import (
    BearerClause,
    ExceptionOutcome,
    FindingEffectFrom,
    FindingNeed,
    Instrument,
    OrganizationsClause,
    Rule,
    RuleException,
    RuleVersion,
    StateOutcome,
    Subjects,
    TermStart,
    ThresholdUnit,
    TriggerOn,
)
from graph.records import (
    Fact,
    Finding,
    IdentityLink,
    Profile,
    Record,
    Release,
    Sanction,
    Suspension,
    Tie,
)
from graph.vocabulary import (
    Anchor,
    EffectStatus,
    EndedBy,
    EndReason,
    Evidence,
    Judgement,
    JurisdictionBy,
    OrganizationKind,
    Rank,
    RecordKind,
    ReleaseReason,
    Role,
    SubjectKind,
    VersionAt,
)
from tests.journal import key_of

Days = frozenset[int]
EffectKey = tuple[str, str, tuple[str, ...], str]
FAR = 10**7
S = EffectStatus
WEIGHT = [
    S.IN_FORCE,
    S.SUSPENDED,
    S.CONFLICT,
    S.REPORTED,
    S.PENDING_IDENTITY,
    S.PENDING_FINDING,
]
NAMED_BY_AUTHORITY = {Role.DIRECT_SUPERVISOR, Role.DIRECTLY_RESPONSIBLE}
OF_ENDING = {
    None: EndedBy.LIST_EXIT,
    EndReason.EXPIRY: EndedBy.LIST_EXIT,
    EndReason.LIST_EXIT: EndedBy.LIST_EXIT,
    EndReason.REPAIR: EndedBy.COMPANY_REPAIR,
    EndReason.PERFORMANCE: EndedBy.PERFORMANCE,
    EndReason.COURT_RELEASE: EndedBy.COURT_RELEASE,
}
OF_RELEASE = {
    ReleaseReason.PERSON_REPAIR: EndedBy.PERSON_REPAIR,
    ReleaseReason.COURT_RELEASE: EndedBy.COURT_RELEASE,
    ReleaseReason.PERFORMANCE: EndedBy.PERFORMANCE,
}


def number(value: date | None, absent: int) -> int:
    return value.toordinal() if value else absent


@dataclass(frozen=True)
class Event:
    """A trigger."""

    kind: str
    name: object
    subject: str
    lists: frozenset[str]
    measures: frozenset[str]
    fields: frozenset[str] | None
    documents: frozenset[str]
    start: int | None
    stop: int
    reason: EndReason | None
    effective: int | None
    decided: int | None
    listed: int | None
    act: tuple[int, int] | None
    region: str

    def day(self, *order: str) -> int:
        return next(d for d in (getattr(self, name) for name in order) if d is not None)

    @property
    def decision(self) -> int:
        return self.day("decided", "listed", "effective")

    @property
    def listing(self) -> int:
        return self.day("listed", "effective", "decided")

    @property
    def bite(self) -> int:
        return self.day("effective", "decided", "listed")


@dataclass(frozen=True)
class Claim:
    """One bearer under one rule version, on the days of one standing."""

    rule: Rule
    version: RuleVersion
    bearer: str
    days: Days
    status: EffectStatus
    resting: Days

    @property
    def what(self) -> tuple[str, tuple[str, ...]]:
        return self.version.effect.measure, self.version.effect.scope_fields


class Oracle:
    """Works out the standing of every effect on every day of the horizon."""

    def __init__(
        self, facts: list[Fact], law: LawBook, first: date, last: date
    ) -> None:
        self.law = law
        self.first, self.last = first.toordinal(), last.toordinal()
        self.all = frozenset(range(self.first, self.last + 1))
        self.group = self._groups(facts)
        self.facts = facts

    # ---- who is who ------------------------------------------------------

    @staticmethod
    def _groups(facts: list[Fact]) -> dict[str, str]:
        latest: dict[frozenset[str], bool] = {}
        for link in facts:
            if isinstance(link, IdentityLink):
                pair = frozenset((link.left, link.right))
                latest[pair] = link.judgement is Judgement.SAME
        groups: list[set[str]] = []
        for pair, same in latest.items():
            if same:
                meeting = [g for g in groups if g & pair]
                groups = [g for g in groups if not g & pair]
                groups.append(set(pair).union(*meeting))
        return {
            member: min(group, key=lambda name: (":scoped:" in name, name))
            for group in groups
            for member in group
        }

    def who(self, name: str) -> str:
        return self.group.get(name, name)

    def of(self, kind: type) -> Iterator:
        return (fact for fact in self.facts if isinstance(fact, kind))

    # ---- days ------------------------------------------------------------

    def span(self, begins: int, ends: int) -> Days:
        return frozenset(range(max(begins, self.first), min(ends, self.last + 1)))

    def life_of_fact(self, fact: Fact) -> Days:
        return self.span(number(fact.valid_from, -FAR), number(fact.valid_to, FAR))

    # ---- triggers --------------------------------------------------------

    def events(self) -> Iterator[Event]:
        sanctions = list(self.of(Sanction))
        entries = {key_of(r).hex(): r for r in self.of(Record)}
        for s in sanctions:
            documents = {s.document_number}
            based = entries.get(s.record_key or "")
            if based and self.who(based.subject) == self.who(s.subject):
                documents.add(based.document_number)
            imposed = self.law.lists[s.list].measures if s.list else ()
            yield self._event(
                s, "sanction", {s.list} - {""}, {*s.measures, *imposed}, documents
            )
        for key, r in entries.items():
            kinds = (RecordKind.CONVICTION, RecordKind.INSOLVENCY)
            if r.kind not in (*kinds, RecordKind.PERSON_STATE):
                continue
            state = r.kind is RecordKind.PERSON_STATE
            carried = {str(r.outcome or "")} if state else set()
            told = any(
                self.who(s.subject) == self.who(r.subject)
                and (s.document_number == r.document_number or s.record_key == key)
                for s in sanctions
            )
            if not told:
                yield self._event(r, r.kind.value, set(), carried, {r.document_number})

    def _event(self, fact, kind, lists, measures, documents) -> Event:  # type: ignore[no-untyped-def]
        known = [number(d, -FAR) for d in (fact.valid_from, fact.decided_on) if d]
        listed = getattr(fact, "listed_on", None)
        order = [fact.valid_from, listed, fact.decided_on]
        start = next((d.toordinal() for d in order if d), None)
        act = None
        if fact.act_from:
            begins = fact.act_from.toordinal()
            act = (begins, max(begins + 1, number(fact.act_to, begins + 1)))
        del known
        return Event(
            kind=kind,
            name=key_of(fact),
            subject=self.who(fact.subject),
            lists=frozenset(lists),
            measures=frozenset(measures),
            fields=frozenset([fact.field] if fact.field else []),
            documents=frozenset(documents),
            start=start,
            stop=number(fact.valid_to, FAR),
            reason=getattr(fact, "end_reason", None),
            effective=fact.valid_from and fact.valid_from.toordinal(),
            decided=fact.decided_on and fact.decided_on.toordinal(),
            listed=listed and listed.toordinal(),
            act=act,
            region=fact.region,
        )

    def effect_event(self, key: EffectKey, begins: int, ends: int) -> Event:
        bearer, measure, scope, place = key
        return Event(
            kind="effect", name=key, subject=bearer, lists=frozenset(),
            measures=frozenset([measure]), fields=frozenset(scope) or None,
            documents=frozenset(), start=begins, stop=ends, reason=None,
            effective=begins, decided=begins, listed=begins, act=(begins, begins + 1),
            region="" if place == "CN" else place,
        )  # fmt: skip

    def sets_off(self, event: Event, version: RuleVersion) -> bool:
        trigger = version.trigger
        person = event.subject.startswith("per:")
        if trigger.subject is Subjects.PERSON and not person:
            return False
        if trigger.subject is Subjects.ORGANIZATION and person:
            return False
        known = event.fields is not None and bool(trigger.fields)
        if known and not set(trigger.fields) & (event.fields or set()):
            return False
        carried = bool(set(trigger.measures) & event.measures)
        if event.kind == "sanction":
            listed = bool(self.law.lists_of(trigger) & event.lists)
            return trigger.on is not TriggerOn.EFFECT and (carried or listed)
        if event.kind == "effect":
            return trigger.on is TriggerOn.EFFECT and carried
        if event.kind == "person_state":
            return trigger.on is TriggerOn.PERSON_STATE and carried
        return trigger.on.value == event.kind

    # ---- when and where a version applies --------------------------------

    def selects(self, event: Event, version: RuleVersion) -> int | None:
        """Return the day that selects the version; None: each day for itself."""
        if event.kind == "effect" or version.version_at is VersionAt.AS_OF:
            return None
        if version.version_at is VersionAt.LISTING:
            return event.listing
        if version.version_at is VersionAt.VIOLATION and event.act:
            return event.act[0]
        return event.decision

    def applies(
        self, event: Event, rule: Rule, version: RuleVersion, where: str
    ) -> Days:
        here = self.governs(event, rule, version, where)
        if not version.trigger.thresholds:
            return here
        reached = (self.reached(event, key) for key in version.trigger.thresholds)
        return here & frozenset[int]().union(*reached)

    def reached(self, event: Event, key: str) -> Days:
        """Return the days from which on a threshold is reached."""
        threshold, none = self.law.thresholds[key], frozenset[int]()
        limit = int(threshold.value)
        fields = set(threshold.fields)
        if threshold.evidence is Evidence.UNVERIFIED:
            return none
        if fields and event.fields is not None and not fields & event.fields:
            return none
        if threshold.lists and not set(threshold.lists) & event.lists:
            return none
        assert event.start is not None
        if threshold.unit is ThresholdUnit.DAYS:
            return self.span(event.start + limit, event.stop) and self.span(
                event.start + limit, FAR
            )
        own = [r for r in self.of(Record) if self.who(r.subject) == event.subject]
        if threshold.unit is ThresholdUnit.YUAN:
            told = [r for r in own if r.document_number in event.documents]
            enough = any((r.amount_yuan or 0) >= limit for r in told)
        else:
            near = int((threshold.within or "")[1:-1])
            counted = {
                (r.authority, r.document_number)
                for r in own
                if r.kind is RecordKind.PENALTY
                and (not fields or r.field in fields)
                and r.decided_on
                and 0 <= event.decision - r.decided_on.toordinal() < near
            }
            enough = len(counted) >= limit
        return self.all if enough else none

    def governs(
        self, event: Event, rule: Rule, version: RuleVersion, where: str
    ) -> Days:
        force = self.span(
            version.in_force_from.toordinal(), number(version.in_force_to, FAR)
        )
        day = self.selects(event, version)
        if day is not None:
            begins = version.in_force_from.toordinal()
            ends = number(version.in_force_to, FAR)
            force = self.all if begins <= day < ends else frozenset()
        if rule.jurisdiction == "CN":
            return force
        if version.jurisdiction_by is not JurisdictionBy.REGISTRATION:
            here = event.region.startswith(rule.jurisdiction)
            return force if here else frozenset()
        asked = self.all if day is None else [day]
        there = {
            d
            for d in asked
            if self.told(where, d, "region").startswith(rule.jurisdiction)
        }
        if day is not None:
            return force if there else frozenset()
        return force & there

    def told(self, organization: str, day: int, what: str) -> str:
        """Return the kind or region on a day: of the day, the next, or the last."""
        known = []
        for profile in self.of(Profile):
            begins, ends = (
                number(profile.valid_from, -FAR),
                number(profile.valid_to, FAR),
            )
            value = profile.region if what == "region" else profile.organization_kind
            if self.who(profile.subject) == organization and value and begins < ends:
                known.append((begins, ends, str(value)))
        covering = [k for k in known if k[0] <= day < k[1]]
        if covering:
            return max(covering)[2]
        coming = [k for k in known if k[0] > day]
        if coming:
            return min(coming)[2]
        return max(known, key=lambda k: (k[1], k[0], k[2]))[2] if known else ""

    def kind(self, organization: str, day: int) -> OrganizationKind:
        return OrganizationKind(self.told(organization, day, "kind") or "unknown")

    # ---- how long --------------------------------------------------------

    def duration(
        self, event: Event, version: RuleVersion, found: int | None
    ) -> tuple[int, int] | None:
        """Return [from, to); `found` is the day of a positive finding."""
        assert event.start is not None
        term = version.term
        if term.length == "as_trigger":
            return event.start, event.stop
        match term.starts:
            case TermStart.TRIGGER:
                start = event.start
            case TermStart.DECISION | TermStart.ORDER:
                start = event.decision
            case TermStart.LISTING:
                start = event.listing
            case TermStart.REVOCATION:
                start = event.bite
            case TermStart.FINDING:
                if found is None:
                    repaired = OF_ENDING[event.reason] in version.ended_by
                    ends = event.kind == "sanction" and repaired
                    return event.start, event.stop if ends else FAR
                start = event.start if found == -FAR else found
            case TermStart.SENTENCE_COMPLETED:
                if event.stop == FAR:
                    return event.start, FAR
                start = event.stop - 1
            case TermStart.LIQUIDATION_COMPLETED:
                if event.stop == FAR:
                    return None
                start = event.stop - 1
        completed = term.starts in (
            TermStart.SENTENCE_COMPLETED,
            TermStart.LIQUIDATION_COMPLETED,
        )
        end = FAR if term.length == "LIFETIME" else start + int(term.length[1:-1])
        if (
            event.kind == "sanction"
            and not completed
            and OF_ENDING[event.reason] in version.ended_by
        ):
            end = min(end, event.stop)
        if term.starts is TermStart.SENTENCE_COMPLETED:
            start = event.start
        return start, end

    # ---- who -------------------------------------------------------------

    def matters(
        self, kind: type, subject_field: str, about: str, person: str
    ) -> Iterator:
        """Yield facts on a person in matters of an organization or of himself."""
        for fact in self.of(kind):
            of = self.who(getattr(fact, subject_field))
            concerned = self.who(fact.organization) if fact.organization else ""
            if concerned == about or (not concerned and of == about):
                yield of, fact

    def decisive(
        self, event: Event, who: str, role: Role, about: str
    ) -> Finding | None:
        found = [
            f
            for of, f in self.matters(Finding, "person", about, who)
            if of == who and f.about_document in event.documents
        ]
        in_role = [f for f in found if f.role is role]
        return max(
            in_role or found,
            key=lambda f: (
                number(f.valid_from, -FAR), not f.responsible, f.document, f.authority,
                number(f.valid_to, FAR),
            ),
            default=None,
        )  # fmt: skip

    def candidates(
        self, event: Event, version: RuleVersion
    ) -> Iterator[tuple[str, Role, str, Days, Days, bool]]:
        """Yield bearer, role, organization, certain days, doubtful days, need."""
        for clause in version.bearers:
            if isinstance(clause, OrganizationsClause):
                yield from self.offices(event, version, clause)
                continue
            need = clause.finding is FindingNeed.REQUIRED
            person = event.subject.startswith("per:")
            if clause.role is Role.SELF:
                where = "" if person else event.subject
                yield event.subject, Role.SELF, where, self.all, frozenset(), need
                targets = self.law.measures[version.effect.measure].targets
                if not person and SubjectKind.PERSON in targets:
                    yield from self.holders(event, version, clause, himself=True)
            else:
                yield from self.holders(event, version, clause, himself=False)

    def offices(
        self, event: Event, version: RuleVersion, clause: OrganizationsClause
    ) -> Iterator[tuple[str, Role, str, Days, Days, bool]]:
        life = self.duration(event, version, None)
        if life is None:
            return
        limit = self.span(*life)
        for tie in self.of(Tie):
            where = self.who(tie.organization)
            if self.who(tie.person) != event.subject:
                continue
            if tie.role not in clause.organizations_of:
                continue
            kinds = clause.organization_kinds
            bound = {d for d in limit if not kinds or self.kind(where, d) in kinds}
            held = self.life_of_fact(tie) & bound
            none: Days = frozenset()
            if tie.valid_from:
                yield where, tie.role, where, frozenset(held), none, False
            else:
                yield where, tie.role, where, none, frozenset(held), False

    def answering(
        self, clause: BearerClause, organization: str, day: int, *, himself: bool
    ) -> set[Role]:
        rule = self.law.roles[self.kind(organization, day)]
        if himself:
            return set(rule.answering) if rule.party_himself else set()
        if clause.role == "first_answering":
            return set(rule.answering)
        return {Role(clause.role)}

    def anchor_days(self, event: Event, anchor: Anchor) -> list[int] | None:
        match anchor:
            case Anchor.CURRENT:
                return None
            case Anchor.VIOLATION:
                return list(range(*event.act)) if event.act else [event.decision]
            case Anchor.LISTING:
                return [event.listing]
            case Anchor.REVOCATION:
                return [event.bite]
            case _:
                return [event.decision]

    def holders(
        self, event: Event, version: RuleVersion, clause: BearerClause, *, himself: bool
    ) -> Iterator[tuple[str, Role, str, Days, Days, bool]]:
        where = event.subject
        need = clause.finding is FindingNeed.REQUIRED
        anchor = self.anchor_days(event, version.anchor)
        asked = self.all if anchor is None else [anchor[0]]
        roles = {d: self.answering(clause, where, d, himself=himself) for d in asked}
        ties: dict[tuple[str, Role], list[Tie]] = defaultdict(list)
        for tie in self.of(Tie):
            if self.who(tie.organization) == where:
                ties[self.who(tie.person), tie.role].append(tie)
        found = {
            (of, f.role)
            for of, f in self.matters(Finding, "person", where, "")
            if f.responsible and f.about_document in event.documents
        }
        targets = self.law.measures[version.effect.measure].targets
        for who, role in {*ties, *found}:
            if who.startswith("org:") and SubjectKind.ORGANIZATION not in targets:
                continue
            fits = frozenset(d for d in asked if role in roles[d])
            if not fits:
                continue
            held = [] if role in NAMED_BY_AUTHORITY else ties[who, role]
            sure, unsure = self.presence(event, version, clause, held, fits, anchor)
            if sure or unsure:
                yield who, role, where, sure, unsure, need
            elif (who, role) in found:
                whole = self.all if anchor is not None else fits
                yield who, role, where, whole, frozenset(), True

    def presence(
        self,
        event: Event,
        version: RuleVersion,
        clause: BearerClause,
        ties: list[Tie],
        fits: Days,
        anchor: list[int] | None,
    ) -> tuple[Days, Days]:
        """Return the days on which the ties certainly, and perhaps, make one answer."""
        none: Days = frozenset()
        known = frozenset[int]().union(
            *(self.life_of_fact(t) for t in ties if t.valid_from)
        )
        vague = frozenset[int]().union(
            *(self.life_of_fact(t) for t in ties if not t.valid_from)
        )
        if anchor is None:
            life = self.duration(event, version, None)
            if life is None:
                return none, none
            limit = self.span(*life)
            sure, unsure = known & fits & limit, vague & fits & limit
            if clause.sticky:
                sure = frozenset(d for d in limit if sure and d >= min(sure))
                unsure = frozenset(d for d in limit if unsure and d >= min(unsure))
            return sure, unsure
        if known & set(anchor):
            act = set(range(*event.act)) if event.act else None
            if version.act_check and act and not act & (known | vague):
                return none, self.all
            return self.all, none
        return (none, self.all) if vague & set(anchor) else (none, none)

    # ---- what a rule says ------------------------------------------------

    def claims(self, event: Event) -> list[Claim]:
        found: list[Claim] = []
        if event.start is None:
            return found
        judicial = {
            on: {
                m
                for r in self.law.rules.values()
                for v in r.versions
                if v.evidence is not Evidence.UNVERIFIED and v.trigger.on.value == on
                for m in v.trigger.measures
            }
            for on in ("conviction", "insolvency")
        }
        vague = len(judicial.get(event.kind, ())) > 1
        for rule in self.law.rules.values():
            for version in rule.versions:
                if version.evidence is Evidence.UNVERIFIED:
                    continue
                if self.sets_off(event, version):
                    found += self.said(event, rule, version, vague=vague)
        return found

    def said(
        self, event: Event, rule: Rule, version: RuleVersion, *, vague: bool
    ) -> Iterator[Claim]:
        for who, role, where, sure, unsure, need in self.candidates(event, version):
            about = where or who
            finding = self.decisive(event, who, role, about)
            positive = finding is not None and finding.responsible
            day = number(finding.valid_from, -FAR) if finding and positive else None
            life = self.duration(event, version, day)
            if life is None:
                continue
            days = self.span(*life) & self.applies(event, rule, version, where)
            days -= self.freed(event, version, who, about)
            days -= self.dead(who)
            plain = frozenset() if need or vague else sure
            doubtful = (sure | unsure) - plain
            standing = {S.IN_FORCE: plain, S.PENDING_FINDING: doubtful}
            if finding is not None:
                works = self.life_of_fact(finding)
                if version.finding_effect_from is FindingEffectFrom.TRIGGER:
                    works = self.span(-FAR, number(finding.valid_to, FAR))
                standing[S.PENDING_FINDING] = doubtful - works
                if positive:
                    standing[S.IN_FORCE] = plain | (doubtful & works)
            resting = self.resting(event, who, about)
            for status, on in standing.items():
                for kept, final in self.excepted(
                    event, version, role, where, on & days, status
                ):
                    end = S.PENDING_IDENTITY if ":scoped:" in who else final
                    if kept:
                        yield Claim(rule, version, who, kept, end, resting)

    def dead(self, who: str) -> Days:
        """Return the days from a death on, where the book lets it end effects."""
        days: Days = frozenset()
        for record in self.of(Record):
            state = self.law.person_states.get(str(record.outcome or ""))
            if record.kind is not RecordKind.PERSON_STATE or state is None:
                continue
            first = record.valid_from or record.decided_on
            known = state.evidence is not Evidence.UNVERIFIED
            if not first or not known or state.outcome is not StateOutcome.ENDS:
                continue
            lasts = first.toordinal() < number(record.valid_to, FAR)
            own = self.who(record.subject) == who and who.startswith("per:")
            if own and lasts:
                days |= self.span(first.toordinal(), FAR)
        return days

    def freed(self, event: Event, version: RuleVersion, who: str, about: str) -> Days:
        days: Days = frozenset()
        for of, release in self.matters(Release, "person", about, who):
            named = (
                not release.about_document or release.about_document in event.documents
            )
            if of == who and named and OF_RELEASE[release.reason] in version.ended_by:
                days |= self.life_of_fact(release)
        return days

    def resting(self, event: Event, who: str, about: str) -> Days:
        days: Days = frozenset()
        for of, rest in self.matters(Suspension, "subject", about, who):
            named = not rest.about_document or rest.about_document in event.documents
            if of in (who, about) and named:
                days |= self.life_of_fact(rest)
        return days

    def excepted(
        self,
        event: Event,
        version: RuleVersion,
        role: Role,
        where: str,
        days: Days,
        status: EffectStatus,
    ) -> Iterator[tuple[Days, EffectStatus]]:
        anchor = self.anchor_days(event, version.anchor)
        reported, plain = set(), set()
        for d in days:
            kind_day = d if anchor is None else anchor[0]
            kind = self.kind(where, kind_day) if where else None
            hit = [
                e
                for e in version.exceptions
                if self.falls(event, e, role, kind)
                and self.otherwise(event, e.when.rules, where)
            ]
            if not hit:
                plain.add(d)
            elif hit[0].outcome is ExceptionOutcome.REPORTED:
                reported.add(d)
        yield frozenset(plain), status
        yield frozenset(reported), S.REPORTED

    def otherwise(self, event: Event, keys: tuple[str, ...], where: str) -> bool:
        """Return whether one of the rules speaks about the event; none named: yes."""
        return not keys or any(
            version.evidence is not Evidence.UNVERIFIED
            and self.sets_off(event, version)
            and bool(self.applies(event, self.law.rules[key], version, where))
            for key in keys
            if key in self.law.rules
            for version in self.law.rules[key].versions
        )

    def falls(
        self,
        event: Event,
        exception: RuleException,
        role: Role,
        kind: OrganizationKind | None,
    ) -> bool:
        when = exception.when
        return (
            (not when.organization_kinds or kind in when.organization_kinds)
            and (not when.roles or role in when.roles)
            and (not when.lists or bool(set(when.lists) & event.lists))
            and (not when.measures or bool(set(when.measures) & event.measures))
            and (
                not when.fields
                or event.fields is None
                or bool(set(when.fields) & event.fields)
            )
        )

    # ---- rules against each other ----------------------------------------

    def settled(self, claims: list[Claim], *, by_day: bool) -> list[Claim]:
        if by_day:
            cut = [
                Claim(
                    c.rule,
                    c.version,
                    c.bearer,
                    frozenset([d]),
                    c.status,
                    c.resting & {d},
                )
                for c in claims
                for d in c.days
            ]
            groups: dict[object, list[Claim]] = defaultdict(list)
            for c in cut:
                groups[c.rule.topic, c.bearer, *c.days].append(c)
        else:
            groups = defaultdict(list)
            for c in claims:
                groups[c.rule.topic, c.bearer].append(c)
        return [c for group in groups.values() for c in self.compared(group)]

    def compared(self, claims: list[Claim]) -> list[Claim]:
        by_rule: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_rule[claim.rule.key].append(claim)
        says = {key: self.outcome(group) for key, group in by_rule.items()}
        if len({frozenset(said.items()) for said in says.values()}) == 1:
            return claims
        kept = [
            key
            for key in by_rule
            if not any(
                says[other] != says[key]
                and self.goes_first(by_rule[other], by_rule[key])
                for other in by_rule
            )
        ]
        agreed = len({frozenset(says[key].items()) for key in kept}) == 1
        return [
            claim
            if agreed or claim.status is S.PENDING_IDENTITY
            else Claim(
                claim.rule, claim.version, claim.bearer, claim.days, S.CONFLICT,
                claim.resting,
            )
            for key in kept
            for claim in by_rule[key]
        ]  # fmt: skip

    @staticmethod
    def outcome(claims: list[Claim]) -> dict[object, EffectStatus]:
        said: dict[object, EffectStatus] = {}
        for claim in claims:
            for d in claim.days:
                known = said.get((claim.what, d), claim.status)
                said[claim.what, d] = min(known, claim.status, key=WEIGHT.index)
        return said

    def goes_first(self, one: list[Claim], other: list[Claim]) -> bool:
        mine = max((c.version for c in one), key=lambda v: v.in_force_from)
        its = max((c.version for c in other), key=lambda v: v.in_force_from)
        a = self.law.instruments[mine.basis[0].instrument]
        b = self.law.instruments[its.basis[0].instrument]
        special = 0
        if self.narrower(mine, its):
            special = 1
        elif self.narrower(its, mine):
            special = -1
        return first_text(a, b, special)

    def narrower(self, one: RuleVersion, other: RuleVersion) -> bool:
        mine = set(self.law.lists_of(one.trigger)), set(one.trigger.measures)
        its = set(self.law.lists_of(other.trigger)), set(other.trigger.measures)
        f, g = set(one.trigger.fields), set(other.trigger.fields)
        if (mine, f) == (its, g):
            return False
        inside = not g or (f and f <= g)
        return bool(inside) and mine[0] <= its[0] and mine[1] <= its[1]

    # ---- everything together ---------------------------------------------

    def statuses(self) -> dict[EffectKey, dict[int, EffectStatus]]:
        first = [
            claim
            for event in self.events()
            for claim in self.settled(self.claims(event), by_day=False)
        ]
        chained: list[Claim] = []
        working = self.in_force(first)
        while True:
            chained = [
                claim
                for key, days in working.items()
                for begins, ends in self.runs(days)
                for claim in self.settled(
                    self.claims(self.effect_event(key, begins, ends)), by_day=True
                )
            ]
            grown = self.in_force([*first, *chained])
            if grown == working:
                return self.standing([*first, *chained])
            working = grown

    def runs(self, days: Days) -> Iterator[tuple[int, int]]:
        for begins in sorted(d for d in days if d - 1 not in days):
            ends = begins
            while ends in days:
                ends += 1
            yield begins, FAR if ends > self.last else ends

    @staticmethod
    def key(claim: Claim) -> EffectKey:
        return (claim.bearer, *claim.what, claim.rule.jurisdiction)

    def in_force(self, claims: list[Claim]) -> dict[EffectKey, Days]:
        found: dict[EffectKey, Days] = {}
        for claim in claims:
            if claim.status is S.IN_FORCE and claim.days - claim.resting:
                key = self.key(claim)
                found[key] = found.get(key, frozenset()) | (claim.days - claim.resting)
        return found

    def standing(self, claims: list[Claim]) -> dict[EffectKey, dict[int, EffectStatus]]:
        found: dict[EffectKey, dict[int, EffectStatus]] = defaultdict(dict)
        for claim in claims:
            on = found[self.key(claim)]
            for d in claim.days:
                rests = claim.status is S.IN_FORCE and d in claim.resting
                status = S.SUSPENDED if rests else claim.status
                on[d] = min(on.get(d, status), status, key=WEIGHT.index)
        return dict(found)


_HEIGHT = {
    Rank.LAW: 5,
    Rank.ADMINISTRATIVE_REGULATION: 4,
    Rank.PROVINCIAL_REGULATION: 3,
    Rank.DEPARTMENT_RULE: 3,
    Rank.NORMATIVE_DOCUMENT: 2,
    Rank.CITY_DOCUMENT: 1,
}


def first_text(a: Instrument, b: Instrument, special: int) -> bool:
    """Return whether text a goes before text b; `special` is 1 for a, -1 for b."""
    if a.key == b.key:
        return False
    if _HEIGHT[a.rank] != _HEIGHT[b.rank]:
        return _HEIGHT[a.rank] > _HEIGHT[b.rank]
    if a.rank is not b.rank or a.maker != b.maker:
        return False
    if special:
        older = (
            a.in_force_from < b.in_force_from
            if special == 1
            else b.in_force_from < a.in_force_from
        )
        return special == 1 and not older
    return a.in_force_from > b.in_force_from


def horizon(first: date, last: int) -> tuple[date, date]:
    """Return a horizon well outside the days on which anything happens."""
    return first - timedelta(days=12), first + timedelta(days=last + 20)
