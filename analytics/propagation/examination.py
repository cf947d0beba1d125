"""Everybody who was considered for one sanction: who answers, who waits, who does not.

Names are compared only to say that they join nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.explanation import Explanation
from analytics.propagation.anchors import Dates
from analytics.propagation.cases import Case, Verdict
from analytics.propagation.effects import STRENGTH, Ground
from analytics.propagation.evaluation import grounds_of
from analytics.propagation.provisions import provisions_of
from analytics.propagation.reading import Found, Held, Reader
from analytics.propagation.statements import Narrator
from analytics.propagation.telling import exception_nodes, ground_node
from analytics.propagation.triggers import Cause, Causes
from analytics.propagation.wording import ANCHORS, REASONS, Wording, day_text, iso
from graph.errors import NotFound
from graph.identity import is_person
from graph.law.book import LawBook
from graph.law.model import RuleException
from graph.snapshot import Snapshot
from graph.snapshot.columns import TextColumn
from graph.vocabulary import Anchor, FactKind, ReleaseReason

_NAMESAKES = 20
"""More persons of one name than this say nothing more."""


@dataclass
class Examination:
    """The examination of one sanction or record on a day."""

    key: str
    snapshot: Snapshot
    law: LawBook
    day: int

    def __post_init__(self) -> None:
        self.narrator = Narrator(self.snapshot, self.law, self.day)
        self.reader = Reader(self.snapshot)
        self.provisions = provisions_of(self.law)
        self.cause = self._found()

    def _found(self) -> Cause:
        raw, causes = bytes.fromhex(self.key), Causes(self.snapshot, self.law)
        cause = causes.at(FactKind.SANCTION, raw) or causes.at(FactKind.RECORD, raw)
        if cause is None:
            raise NotFound(
                f"没有键为 {self.key}、可能产生后果的惩戒。",
                f"No sanction that may have effects has the key {self.key}.",
            )
        return cause

    def tree(self) -> Explanation:
        """Return the sanction and, below it, everybody who was considered."""
        notes: list[Verdict] = []
        grounds = grounds_of(self.cause, self.reader, self.provisions, notes)
        verdicts = _distinct(notes, grounds)
        known = {g.bearer for g in grounds} | {v.bearer for v in verdicts}
        ties = self.reader.ties.of(self.cause.subject)
        root = self.narrator.cause(self.cause)
        return Explanation(
            kind="examination",
            zh=f"{root.zh}：逐人说明",
            en=f"{root.en}: everybody considered",
            data=root.data,
            source=root.source,
            children=(
                *(self._answer(ground) for ground in sorted(grounds, key=_strength)),
                *(self._verdict(verdict) for verdict in verdicts),
                *self._others(known),
                *self._namesakes(known | {tie.person for tie in ties}),
                *self._no_rule(),
            ),
        )

    def _no_rule(self) -> Iterator[Explanation]:
        if not self.provisions.matching(self.cause):
            yield Explanation(
                "no_rule",
                "没有任何施行中的规则由它触发",
                "no active rule is set off by it",
            )

    def _answer(self, ground: Ground) -> Explanation:
        provision = self.provisions.named(ground.rule, ground.version)
        case = Case(Dates(self.cause), provision, self.provisions, self.reader)
        return ground_node(ground, case, self.narrator, self.day, None)

    def _verdict(self, verdict: Verdict) -> Explanation:
        reason, rule, data = self._reason(verdict), verdict.version, _data(verdict)
        if not verdict.bearer:
            zh, en = f"{rule}：{reason.zh}", f"{rule}: {reason.en}"
            return Explanation("rule_not_applied", zh, en, data)
        exceptions = [v for _, v in verdict.values if isinstance(v, RuleException)]
        who = self.narrator.person(verdict.bearer)
        return Explanation(
            kind="excluded",
            zh=f"{who.zh}不承担：{reason.zh}（{rule}）",
            en=f"{who.en} does not answer: {reason.en} ({rule})",
            data=data,
            children=tuple(
                node for e in exceptions for node in exception_nodes(e, self.narrator)
            ),
        )

    def _reason(self, verdict: Verdict) -> Wording:
        """Return the sentence for a verdict with its days and names filled in."""
        zh, en = dict[str, str](), dict[str, str]()
        role = verdict.role
        zh["role"], en["role"] = (role.zh, role.en) if role else ("", "")
        for name, value in verdict.values:
            if isinstance(value, Anchor):
                zh[name], en[name] = ANCHORS[value]
            elif isinstance(value, ReleaseReason):
                zh[name], en[name] = value.zh, value.en
            elif isinstance(value, Found):
                both = {"authority": value.authority, "document": value.document}
                zh, en = zh | both, en | both
            elif isinstance(value, RuleException):
                zh["gist"], en["gist"] = value.basis[0].gist, value.basis[0].gist_en
            elif isinstance(value, int) and name != "days":
                zh[name], en[name] = day_text(value)
            else:
                zh[name] = en[name] = str(value)
        return REASONS[verdict.reason].fill(zh, en)

    def _others(self, known: set[str]) -> Iterator[Explanation]:
        """Yield who holds another post in the organization, which no rule names."""
        ties = self.reader.ties.of(self.cause.subject)
        for tie in sorted(ties, key=lambda t: (t.person, t.role, t.valid_from)):
            if tie.person not in known:
                text = REASONS["role_not_named"].fill(
                    {"role": tie.role.zh}, {"role": tie.role.en}
                )
                yield self._apart(tie.person, text, "role_not_named", tie)

    def _namesakes(self, persons: set[str]) -> Iterator[Explanation]:
        """Yield other persons of the same name as somebody considered."""
        names = {self.narrator.name(p): p for p in sorted(persons) if is_person(p)}
        column = self.snapshot.tables[FactKind.PROFILE].columns["name"]
        assert isinstance(column, TextColumn)  # noqa: S101  # the schema says so
        alike = pc.is_in(
            column.array(column.size), pa.array(sorted(names), pa.string())
        )
        rows = np.flatnonzero(alike.to_numpy())
        found = set()
        for row in self.snapshot.standing(FactKind.PROFILE, rows).tolist():
            subject = self.snapshot.text(FactKind.PROFILE, row, "subject")
            found.add(self.snapshot.identities.canonical(subject))
        for other in sorted(found - persons)[:_NAMESAKES]:
            yield self._apart(other, REASONS["namesake"], "namesake", None)

    def _apart(
        self, person: str, text: Wording, reason: str, tie: Held | None
    ) -> Explanation:
        who = self.narrator.person(person)
        return Explanation(
            kind="excluded",
            zh=f"{who.zh}不承担：{text.zh}",
            en=f"{who.en} does not answer: {text.en}",
            data={
                "bearer": person,
                "reason": reason,
                "role": tie.role if tie else None,
            },
            source=self.snapshot.source(FactKind.TIE, tie.row) if tie else None,
        )


def about(tree: Explanation, person: str, snapshot: Snapshot) -> Explanation:
    """Return an examination with only what it says of one person.

    Somebody who was not even considered is told so: he held no post there that the
    facts know of, and no authority named him.
    """
    same = {*snapshot.identities.members(person), person}
    kept = tuple(c for c in tree.children if c.data.get("bearer") in same)
    if not kept:
        kept = (
            Explanation(
                "not_considered",
                "此人不在考虑之列：没有见到他在该单位任职，也没有机关认定他负有责任",
                "he was not considered: no post of his in the organization is known, "
                "and no authority named him",
                data={"bearer": person, "reason": "not_considered"},
            ),
        )
    return replace(tree, children=kept)


def _distinct(notes: list[Verdict], grounds: Sequence[Ground]) -> list[Verdict]:
    """Return each verdict once, none on somebody who answers in the same role."""
    answering = {
        (f"{g.rule}@{g.version.isoformat()}", g.bearer, g.role) for g in grounds
    }
    return [v for v in dict.fromkeys(notes) if (v[0], v[1], v[2]) not in answering]


def _strength(ground: Ground) -> tuple[int, str, int, str]:
    place = STRENGTH.index(ground.status)
    return place, ground.bearer, ground.valid_from, ground.rule


def _data(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as JSON values."""
    data: dict[str, object] = {
        "rule": verdict.version,
        "bearer": verdict.bearer or None,
        "role": verdict.role,
        "reason": verdict.reason,
    }
    for name, value in verdict.values:
        if isinstance(value, Found):
            data["finding"] = value.document
        elif isinstance(value, int) and name != "days":
            data[name] = iso(value)
        elif not isinstance(value, RuleException):
            data[name] = value
    return data
