"""Facts and provisions as single sentences of an explanation.

Only what the snapshot's reader may see is told; what he may not see is said to be
withheld, never left out in silence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analytics.explanation import Explanation
from analytics.propagation.anchors import Dated
from analytics.propagation.provisions import Provision
from analytics.propagation.reading import Entry, Found, Freed, Held, Rested
from analytics.propagation.states import begun
from analytics.propagation.thresholds import Count
from analytics.propagation.triggers import Cause
from analytics.propagation.wording import (
    FLAGS,
    Wording,
    day_text,
    iso,
    period_text,
)
from graph.identity import is_scoped
from graph.law.book import LawBook
from graph.law.model import Basis
from graph.snapshot import Snapshot
from graph.vocabulary import Evidence, FactKind, Outcome, RecordKind


@dataclass(frozen=True)
class Narrator:
    """Says facts in words, by the names that stand in the snapshot on a day."""

    snapshot: Snapshot
    law: LawBook
    day: int

    def name(self, subject: str) -> str:
        """Return the subject's name on the day, its latest else; else its id."""
        snapshot = self.snapshot
        named = [
            (
                begins <= self.day < snapshot.day(FactKind.PROFILE, row, "valid_to"),
                begins,
                snapshot.text(FactKind.PROFILE, row, "name"),
            )
            for row in snapshot.rows(FactKind.PROFILE, "subject", subject)
            for begins in [snapshot.day(FactKind.PROFILE, row, "valid_from")]
        ]
        return max(named)[2] if named else subject

    def person(self, subject: str) -> Wording:
        """Return the name; with a mark where only the name is known."""
        name = self.name(subject)
        if is_scoped(subject):
            return Wording(f"{name}（仅知姓名）", f"{name} (known by name only)")
        return Wording(name, name)

    def list_name(self, key: str) -> Wording:
        """Return a list's name."""
        known = self.law.lists.get(key)
        return Wording(known.zh, known.en) if known else Wording(key, key)

    def measures(self, keys: Iterable[str]) -> Wording:
        """Return measures in words."""
        known = [self.law.measures.get(key) or key for key in sorted(keys)]
        return Wording(
            "、".join(m if isinstance(m, str) else m.zh for m in known),
            ", ".join(m if isinstance(m, str) else m.en for m in known),
        )

    def scope(self, keys: tuple[str, ...]) -> Wording:
        """Return regulated fields in words; none means all."""
        if not keys:
            return Wording("", "")
        fields = [self.law.fields[key] for key in keys]
        zh, en = "、".join(f.zh for f in fields), ", ".join(f.en for f in fields)
        return Wording(f"（{zh}）", f" ({en})")

    # ---- facts -----------------------------------------------------------

    def cause(self, cause: Cause) -> Explanation:
        """Return the sanction, conviction or insolvency in one sentence."""
        kind = FactKind.SANCTION if cause.kind == "sanction" else FactKind.RECORD
        row = cause.row
        text = self._cause_text(cause, kind)
        return Explanation(
            kind="cause",
            zh=text.zh,
            en=text.en,
            data={
                "key": cause.key,
                "fact": kind.value,
                "subject": cause.subject,
                "document": self.snapshot.text(kind, row, "document_number"),
                "authority": self._authority(kind, row),
                "list": cause.listed or None,
                "measures": sorted(cause.measures),
                "decided_on": iso(cause.decided_on),
                "listed_on": iso(cause.listed_on),
                "act_from": iso(cause.act_from),
                "act_to": iso(cause.act_to),
                "valid_from": iso(cause.begins),
                "valid_to": iso(cause.ends),
                "end_reason": cause.end_reason,
            },
            source=self.snapshot.source(kind, row),
        )

    def _cause_text(self, cause: Cause, kind: FactKind) -> Wording:
        name = self.name(cause.subject)
        document = self.snapshot.text(kind, cause.row, "document_number")
        authority = self._authority(kind, cause.row)
        when = period_text(cause.begins, cause.ends)
        if cause.kind != "sanction":
            what = Wording(RecordKind(cause.kind).zh, RecordKind(cause.kind).en)
        elif cause.listed:
            listed = self.list_name(cause.listed)
            what = Wording(f"列入{listed.zh}", f"put on the list of {listed.en}")
        else:
            what = self.measures(cause.measures)
        reason = cause.end_reason
        ended = (
            Wording(f"（{reason.zh}）", f" ({reason.en})")
            if reason
            else Wording("", "")
        )
        return Wording(
            f"{authority}对{name}：{what.zh}，文书 {document}，{when.zh}{ended.zh}",
            f"{authority} on {name}: {what.en}, document {document}, "
            f"{when.en}{ended.en}",
        )

    def _authority(self, kind: FactKind, row: int) -> str:
        name = self.snapshot.text(kind, row, "authority_name")
        return name or self.snapshot.text(kind, row, "authority")

    def tie(self, tie: Held, anchor: Dated | None, anchor_word: Wording) -> Explanation:
        """Return a role and how its period lies to the anchor."""
        who, where = self.person(tie.person), self.name(tie.organization)
        when = period_text(tie.valid_from, tie.valid_to)
        zh = f"{who.zh}任{where}{tie.role.zh}，{when.zh}"
        en = f"{who.en} was {tie.role.en} of {where} {when.en}"
        if anchor is not None:
            days = period_text(*anchor.period)
            single = anchor.period[1] == anchor.period[0] + 1
            on = day_text(anchor.period[0]) if single else days
            zh += f"；以{anchor_word.zh}（{on.zh}）为准"
            en += f"; what counts is {anchor_word.en} ({on.en})"
        return Explanation(
            kind="role",
            zh=zh,
            en=en,
            data={
                "person": tie.person,
                "organization": tie.organization,
                "role": tie.role,
                "valid_from": iso(tie.valid_from),
                "valid_to": iso(tie.valid_to),
                "anchor_from": iso(anchor.period[0]) if anchor else None,
                "anchor_to": iso(anchor.period[1]) if anchor else None,
            },
            source=self.snapshot.source(FactKind.TIE, tie.row),
        )

    def finding(self, finding: Found) -> Explanation:
        """Return a finding of responsibility."""
        who, when = self.person(finding.person), day_text(finding.valid_from)
        yes = finding.responsible
        return Explanation(
            kind="finding",
            zh=f"{finding.authority}于{when.zh}认定{who.zh}"
            f"{'负有责任' if yes else '不负责任'}（{finding.role.zh}，"
            f"文书 {finding.document}）",
            en=f"{finding.authority} found {who.en} "
            f"{'responsible' if yes else 'not responsible'} on {when.en} "
            f"({finding.role.en}, document {finding.document})",
            data={
                "person": finding.person,
                "responsible": finding.responsible,
                "role": finding.role,
                "document": finding.document,
                "authority": finding.authority,
                "valid_from": iso(finding.valid_from),
            },
            source=self.snapshot.source(FactKind.FINDING, finding.row),
        )

    def release(self, release: Freed) -> Explanation:
        """Return the release of one person."""
        who = self.person(release.person)
        when = period_text(release.valid_from, release.valid_to)
        document = self.snapshot.text(FactKind.RELEASE, release.row, "document")
        return Explanation(
            kind="release",
            zh=f"{who.zh}获解除（{release.reason.zh}），{when.zh}，文书 {document}",
            en=f"{who.en} is released ({release.reason.en}) {when.en}, "
            f"document {document}",
            data={
                "person": release.person,
                "reason": release.reason,
                "document": document,
                "valid_from": iso(release.valid_from),
                "valid_to": iso(release.valid_to),
            },
            source=self.snapshot.source(FactKind.RELEASE, release.row),
        )

    def state(self, entry: Entry) -> Explanation:
        """Return what was found about a person's life or capacity."""
        word, who = Outcome(entry.outcome), self.person(entry.subject)
        when = period_text(begun(entry), entry.valid_to)
        return Explanation(
            kind="person_state",
            zh=f"{who.zh}：{word.zh}，{when.zh}，文书 {entry.document_number}",
            en=f"{who.en}: {word.en}, {when.en}, document {entry.document_number}",
            data={"person": entry.subject, "state": word, "from": iso(begun(entry))},
            source=self.snapshot.source(FactKind.RECORD, entry.row),
            children=tuple(self.basis(b) for b in self._state_basis(word)),
        )

    def _state_basis(self, word: Outcome) -> tuple[Basis, ...]:
        known = self.law.person_states.get(word.value)
        return known.basis if known else ()

    def suspension(self, rest: Rested) -> Explanation:
        """Return a suspension."""
        when = period_text(rest.valid_from, rest.valid_to)
        document = self.snapshot.text(FactKind.SUSPENSION, rest.row, "document")
        return Explanation(
            kind="suspension",
            zh=f"中止：{when.zh}，文书 {document}；期限照常计算",
            en=f"suspended {when.en}, document {document}; the term runs on",
            data={
                "subject": rest.subject,
                "document": document,
                "valid_from": iso(rest.valid_from),
                "valid_to": iso(rest.valid_to),
            },
            source=self.snapshot.source(FactKind.SUSPENSION, rest.row),
        )

    # ---- law -------------------------------------------------------------

    def threshold(self, count: Count) -> Explanation:
        """Return a threshold that is reached: how much there is, and of what."""
        limit, unit = count.threshold, count.threshold.unit
        numbers = [
            self.snapshot.text(FactKind.RECORD, row, "document_number")
            for row in count.rows
        ]
        documents = "、".join(numbers)
        value = f"{count.value.normalize():f}"
        zh = f"门槛：{limit.zh}，达到 {value} {unit.zh}，标准 {limit.limit}"
        en = f"threshold: {limit.en}, {value} {unit.en}, of {limit.limit}"
        return Explanation(
            kind="threshold",
            zh=zh + (f"（文书 {documents}）" if documents else ""),
            en=en + (f" (documents {', '.join(numbers)})" if documents else ""),
            data={
                "threshold": limit.key,
                "value": value,
                "limit": limit.limit,
                "unit": unit,
                "from": iso(count.day),
                "documents": numbers,
            },
            children=tuple(self.basis(basis) for basis in limit.basis),
        )

    def provision(self, provision: Provision) -> Explanation:
        """Return the rule version with its articles, doubts and evidence."""
        rule, version = self.law.rules[provision.rule], provision.version
        when = period_text(*provision.force)
        mark = version.evidence
        cited = mark is Evidence.CITED
        return Explanation(
            kind="rule",
            zh=f"规则：{rule.title}（{provision.version_id}，{when.zh}施行"
            f"{'，条文为转引' if cited else ''}）",
            en=f"rule: {rule.title_en} ({provision.version_id}, in force {when.en}"
            f"{', text cited from a secondary source' if cited else ''})",
            data={
                "rule": provision.rule,
                "version": version.in_force_from.isoformat(),
                "jurisdiction": provision.jurisdiction,
                "evidence": mark,
                "checked_on": version.checked_on and version.checked_on.isoformat(),
            },
            children=(
                *(self.basis(basis) for basis in version.basis),
                *self._bounds(version.effect.measure),
                *(self._doubt(text) for text in version.doubts),
            ),
        )

    def basis(self, basis: Basis) -> Explanation:
        """Return one article with its gist."""
        text = self.law.instruments[basis.instrument]
        return Explanation(
            kind="basis",
            zh=f"依据：《{text.title}》（{text.number}）{basis.article}：{basis.gist}",
            en=f"basis: {text.title} ({text.number}) {basis.article}: {basis.gist_en}",
            data={"instrument": basis.instrument, "article": basis.article},
        )

    def _bounds(self, key: str) -> Iterator[Explanation]:
        """Yield what keeps a measure relevant and proportionate, where recorded."""
        measure = self.law.measures[key]
        if measure.relevance:
            zh = f"关联：{measure.relevance}；比例：{measure.proportionality}"
            en = f"relevance: {measure.relevance_en}; proportionality: "
            yield Explanation("bounds", zh, en + measure.proportionality_en)

    @staticmethod
    def _doubt(text: str) -> Explanation:
        return Explanation("doubt", f"存疑：{text}", f"doubt: {text}")


def flag(name: str) -> Explanation:
    """Return what is not certain, in one sentence."""
    key, _, rule = name.partition(":")
    text = FLAGS[key].fill({"rule": rule}, {"rule": rule})
    return Explanation(
        "flag", f"注意：{text.zh}", f"note: {text.en}", data={"flag": name}
    )


def withheld() -> Explanation:
    """Return the sentence that stands for what the reader may not see."""
    return Explanation("withheld", "依据不予披露", "grounds not disclosed")
