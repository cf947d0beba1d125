"""Scenarios: from what somebody wrote to facts, and to what would follow from them.

One way for the API and the command line. Nothing is written, and the writer's lock is
held only while the trial begins.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from analytics.propagation.effects import EffectChange, EffectChanges
from analytics.propagation.engine import compare
from analytics.propagation.reasons import Reason, Size, reasons, sizes
from analytics.propagation.scenario import Ending, Scenario, Supposed, suppose
from api.access import Sight
from api.acts import parse_key
from api.board import View
from api.schemas import simulation as asked
from api.service import Service
from graph.errors import BadInput
from graph.law import strict_yaml
from graph.law.book import LawBook
from graph.law.faults import BrokenLawBook
from graph.law.supposing import Switches
from graph.records import (
    Fact,
    Finding,
    Holding,
    Profile,
    Release,
    Sanction,
    Suspension,
    Tie,
)
from graph.scope import Scope
from graph.snapshot import day_of
from graph.vocabulary import (
    EndReason,
    FactKind,
    OrganizationKind,
    ReleaseReason,
    Role,
)

_TOLD_FAULTS = 10

Find = Callable[[Sight, str], str]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What would follow, beside what follows now.

    Args:
        before: the picture as it is.
        after: the picture as it would be.
    """

    scenario: Scenario
    supposed: Supposed
    before: Sight
    after: Sight
    changes: EffectChanges

    def reasons(self, change: EffectChange) -> tuple[Reason, ...]:
        """Return why an effect would stand otherwise."""
        return reasons(change, self.before.view.derivation, self.supposed.derivation)

    def sizes(self) -> Mapping[str, Mapping[str, Size]]:
        """Return the size of the difference by what the caller may see."""
        before, after = self.before.view.derivation, self.supposed.derivation
        # What is gone can be read in the picture in which it stood only.
        return sizes(
            self.changes,
            before,
            after,
            readable=lambda ground, effect: (
                self.after if effect.id in after.effects else self.before
            ).may_see(ground, effect),
        )

    @property
    def bearers(self) -> int:
        """Return for how many bearers anything changes."""
        changes = self.changes
        every = (*changes.gained, *changes.lost, *changes.changed)
        return len({change.effect.bearer for change in every})


def simulate(
    service: Service, scope: Scope, request: asked.SimulationRequest, *, find: Find
) -> Simulation:
    """Return what would follow if the scenario were so.

    Args:
        service: the store; nothing is written to it.
        scope: what the asker may see.
        request: the scenario.
        find: finds the subject that a text names.

    Raises:
        NotFound: a subject, fact, rule or word that is not there for the reader.
        BadInput: the scenario contradicts itself, or a rule in it has faults.
    """
    board, trial = service.trial()
    on = request.as_of or board.today
    before = Sight(board.view.on(on), scope)
    scenario = Reading(find, before).scenario(request)
    try:
        supposed = suppose(scenario, board.derivation, trial, now=service.clock.now())
    except BrokenLawBook as broken:
        raise _broken(broken) from broken
    return Simulation(
        scenario,
        supposed,
        before,
        Sight(_after(supposed, on), scope),
        compare(
            board.derivation,
            supposed.derivation,
            day_before=day_of(on),
            day_after=day_of(on),
        ),
    )


def _after(supposed: Supposed, on: date) -> View:
    derivation = supposed.derivation
    return View(derivation.snapshot, derivation, supposed.law, on)


def _broken(broken: BrokenLawBook) -> BadInput:
    """Return the faults as an error of whoever wrote the rule."""
    told = {
        language: "\n".join(f.text(language) for f in broken.faults[:_TOLD_FAULTS])
        for language in ("zh", "en")
    }
    return BadInput(
        f"规则有 {len(broken.faults)} 处错误：\n{told['zh']}",
        f"The rules have {len(broken.faults)} fault(s):\n{told['en']}",
        hint_zh="请改正后再试；写法见 graph/law/README.md。",
        hint_en="Mend them and try again; graph/law/README.md shows how.",
    )


class Reading:
    """Turns what was written into facts.

    Args:
        find: finds subjects.
        seen: what the writer of the scenario may see.
    """

    def __init__(self, find: Find, seen: Sight) -> None:
        self.find, self.seen = find, seen
        self.law: LawBook = seen.view.law
        self.new: dict[str, str] = {}

    def scenario(self, request: asked.SimulationRequest) -> Scenario:
        """Return the scenario."""
        arrivals = [self._arrival(new) for new in request.new]
        change = request.law or asked.LawChange()
        places = change.jurisdictions
        return Scenario(
            adds=(*arrivals, *map(self._fact, request.add)),
            ends=tuple(map(self._ending, request.end)),
            voids=tuple(map(self._known, request.void)),
            switches=Switches(
                frozenset(change.off),
                frozenset(change.on),
                None if places is None else frozenset(places),
            ),
            rules=_named(change.rules),
        )

    def _arrival(self, new: asked.NewSubject) -> Fact:
        person = new.kind == "person"
        self.new[new.id] = f"{'per' if person else 'org'}:supposed:{new.id[4:]}"
        kind = None if person else OrganizationKind.parse(new.organization_kind)
        return Profile(
            subject=self.new[new.id],
            name=new.name or new.id[4:],
            organization_kind=kind,
            region=new.region,
        )

    def _subject(self, text: str) -> str:
        if not text.startswith("new:"):
            return self.find(self.seen, text)
        if text not in self.new:
            raise BadInput(
                f"{text} 没有在 new 中声明。",
                f"{text} is not declared in `new`.",
                hint_zh='例如 "new": [{"id": "new:甲公司"}]。',
                hint_en='For example "new": [{"id": "new:A"}].',
            )
        return self.new[text]

    def _any(self, text: str | None) -> str:
        return self._subject(text) if text else ""

    def _fact(self, fact: Any) -> Fact:
        period = {"valid_from": fact.valid_from, "valid_to": fact.valid_to}
        match fact:
            case asked.AddSanction():
                return self._sanction(fact, period)
            case asked.AddPost():
                return Tie(
                    person=self._subject(fact.person),
                    organization=self._subject(fact.organization),
                    role=Role.parse(fact.role),
                    **period,
                )
            case asked.AddHolding():
                share = Fraction(fact.share) if fact.share else None
                return Holding(
                    holder=self._subject(fact.holder),
                    organization=self._subject(fact.organization),
                    share_num=share.numerator if share else None,
                    share_den=share.denominator if share else None,
                    **period,
                )
            case asked.AddFinding():
                return Finding(
                    person=self._subject(fact.person),
                    organization=self._any(fact.organization),
                    about_document=fact.about_document,
                    document="假设的认定",
                    authority="假设的机关",
                    role=Role.parse(fact.role),
                    responsible=fact.responsible,
                    **period,
                )
            case asked.AddRelease():
                return Release(
                    person=self._subject(fact.person),
                    organization=self._any(fact.organization),
                    about_document=fact.about_document or "",
                    document="假设的解除",
                    authority="假设的机关",
                    reason=ReleaseReason.parse(fact.reason),
                    **period,
                )
        assert isinstance(fact, asked.AddSuspension)  # noqa: S101  # the last kind
        return Suspension(
            subject=self._subject(fact.subject),
            organization=self._any(fact.organization),
            about_document=fact.about_document or "",
            document="假设的中止",
            authority="假设的机关",
            **period,
        )

    def _sanction(self, fact: asked.AddSanction, period: dict[str, Any]) -> Fact:
        listed = self.law.list_named(fact.list) if fact.list else None
        if fact.list and listed is None:
            raise _no_word("名单", "list", fact.list)
        if listed is None and not fact.measures:
            raise BadInput(
                "惩戒须有名单（list）或者措施（measures）。",
                "A sanction needs a list or measures.",
            )
        return Sanction(
            authority=fact.authority,
            document_number=fact.document,
            subject=self._subject(fact.subject),
            list=listed.key if listed else "",
            measures=tuple(
                self._word("措施", "measure", m, self.law.measures)
                for m in fact.measures
            ),
            field=(
                self._word("领域", "field", fact.field, self.law.fields)
                if fact.field
                else None
            ),
            region=fact.region,
            sector=fact.sector,
            decided_on=fact.decided_on,
            listed_on=fact.listed_on,
            act_from=fact.act_from,
            act_to=fact.act_to,
            **period,
        )

    def _word(self, zh: str, en: str, text: str, shelf: Mapping[str, Any]) -> str:
        """Return the key of a word by its key or Chinese name."""
        for key, entry in shelf.items():
            if text in (key, entry.zh):
                return key
        raise _no_word(zh, en, text)

    def _known(self, fact: asked.VoidFact) -> tuple[FactKind, bytes]:
        kind, key = FactKind(fact.fact), parse_key(fact.key)
        self.seen.row(kind, key)  # what the reader may not see is not there for him
        return kind, key

    def _ending(self, fact: asked.EndFact) -> Ending:
        kind, key = self._known(fact)
        on = fact.on or self.seen.view.as_of
        return Ending(kind, key, on, EndReason.parse(fact.reason))


def _no_word(zh: str, en: str, text: str) -> BadInput:
    return BadInput(
        f"法规库中没有{zh}“{text}”。",
        f"The law book has no {en} {text!r}.",
        hint_zh="名单、措施见 /v1/lists、/v1/measures。",
        hint_en="/v1/lists and /v1/measures name them.",
    )


def _named(texts: list[str]) -> dict[str, str]:
    """Return the rules by the file name they have to have: their key."""
    rules: dict[str, str] = {}
    for number, text in enumerate(texts, 1):
        data = strict_yaml.read(f"{number}", text).data
        key = data.get("key") if isinstance(data, dict) else None
        rules[f"{key or f'rule-{number}'}.yaml"] = text
    return rules
