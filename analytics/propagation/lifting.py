"""A counterfactual told: what would lift an effect, as a tree like any other."""

from collections.abc import Iterable

from analytics.explanation import Explanation
from analytics.propagation.counterfactual import Counterfactual, Lifting
from analytics.propagation.reading import Reader
from analytics.propagation.statements import Narrator
from analytics.propagation.supposing import Fact, Supposed
from analytics.propagation.triggers import Causes
from analytics.propagation.wording import Wording, day_text, iso
from graph.law.book import LawBook
from graph.snapshot import OPEN, Snapshot
from graph.vocabulary import EndReason, FactKind

_VOIDED = Wording("如果自始不存在", "had it never been")
_ENDED = Wording("如果当日终止", "if it ended on that day")


def tell(found: Counterfactual, snapshot: Snapshot, law: LawBook) -> Explanation:
    """Return what would lift an effect as a tree of sentences.

    Args:
        found: for a reader who may see every ground of the effect.
        snapshot: the facts, limited to what the reader may see.
        law: the book under which it was derived.
    """
    return _Telling(found, snapshot, law).tree()


def _joined(sets: Iterable[Lifting]) -> Iterable[Lifting]:
    """Return sets of one fact that ends for several reasons as one set each."""
    alone: dict[Fact, list[Lifting]] = {}
    others: list[Lifting] = []
    for one in sets:
        if len(one.changes) == 1:
            alone.setdefault(one.changes[0].fact, []).append(one)
        else:
            others.append(one)
    for alike in alone.values():
        changes = tuple(change for one in alike for change in one.changes)
        yield Lifting(changes, alike[0].leaves)
    yield from others


class _Telling:
    def __init__(self, found: Counterfactual, snapshot: Snapshot, law: LawBook) -> None:
        self._found, self._snapshot, self._law = found, snapshot, law
        self._narrator = Narrator(snapshot, law, found.day)
        self._reader, self._causes = Reader(snapshot), Causes(snapshot, law)

    def tree(self) -> Explanation:
        found, effect = self._found, self._found.effect
        who, what = (
            self._narrator.person(effect.bearer),
            self._narrator.measures([effect.measure]),
        )
        on, status = day_text(found.day), found.status
        cut = Wording("（已截断，还有其他组合）", " (cut: there are other sets)")
        more = Wording("", "") if found.complete else cut
        return Explanation(
            kind="counterfactual",
            zh=f"{who.zh}：{what.zh}，{on.zh}{status.zh}；有下列之一即不再如此{more.zh}",
            en=f"{who.en}: {what.en}, {status.en} on {on.en}; it would not be so if any "
            f"of the following{more.en}",
            data={
                "effect": effect.id,
                "bearer": effect.bearer,
                "day": iso(found.day),
                "status": status,
                "by_itself": iso(found.by_itself),
                "complete": found.complete,
            },
            children=(
                self._by_itself(),
                *(self._set(one, _ENDED) for one in _joined(found.ending)),
                *(self._released(one.zh, one.en, one.value) for one in found.releases),
                *(self._set(one, _VOIDED) for one in found.voiding),
            ),
        )

    def _by_itself(self) -> Explanation:
        ends = self._found.by_itself
        if ends == OPEN:
            return Explanation("by_itself", "不会自行终止", "it does not end by itself")
        day = day_text(ends)
        return Explanation(
            "by_itself",
            f"什么也不发生，{day.zh}起终止",
            f"if nothing happens it ends on {day.en}",
            data={"day": iso(ends)},
        )

    def _released(self, zh: str, en: str, value: str) -> Explanation:
        return Explanation(
            "release",
            f"对其本人准予：{zh}",
            f"granted to the bearer: {en}",
            data={"reason": value},
        )

    def _set(self, lifting: Lifting, how: Wording) -> Explanation:
        left = lifting.leaves
        then = (
            Wording(f"，转为{left.zh}", f"; then {left.en}")
            if left
            else Wording("", "")
        )
        facts = tuple(dict.fromkeys(change.fact for change in lifting.changes))
        count = len(facts)
        both = Wording("下列各项同时", f"all {count} of these together: ")
        together = both if count > 1 else Wording("", "")
        return Explanation(
            kind="lifting",
            zh=f"{how.zh}：{together.zh}{self._reasons(lifting.changes).zh}{then.zh}",
            en=f"{how.en}: {together.en}{self._reasons(lifting.changes).en}{then.en}",
            data={
                "how": "voided" if how is _VOIDED else "ended",
                "leaves": left,
                "facts": [self._named(change) for change in lifting.changes],
            },
            children=tuple(self._fact(fact) for fact in facts),
        )

    def _reasons(self, changes: Iterable[Supposed]) -> Wording:
        known: list[EndReason] = [c.reason for c in changes if c.reason]
        reasons = dict.fromkeys(known)
        kinds = dict.fromkeys(c.fact[0] for c in changes)
        zh, en = "、".join(k.zh for k in kinds), ", ".join(k.en for k in kinds)
        if not reasons:
            return Wording(zh, en)
        zh += f"（{'、'.join(r.zh for r in reasons)}）"
        return Wording(zh, f"{en} ({', '.join(r.en for r in reasons)})")

    def _named(self, change: Supposed) -> dict[str, object]:
        kind, row = change.fact
        key = self._snapshot.key(kind, row).hex()
        return {"fact": kind.value, "key": key, "reason": change.reason}

    def _fact(self, fact: Fact) -> Explanation:
        kind, row = fact
        if kind in (FactKind.SANCTION, FactKind.RECORD):
            cause = self._causes.at(kind, self._snapshot.key(kind, row))
            if cause is not None:
                return self._narrator.cause(cause)
        if kind is FactKind.TIE:
            organization = self._text(fact, "organization")
            ties = self._reader.ties.of(self._canonical(organization))
            held = next(t for t in ties if t.row == row)
            return self._narrator.tie(held, None, Wording("", ""))
        if kind is FactKind.FINDING:
            about = self._text(fact, "organization") or self._text(fact, "person")
            findings = self._reader.findings.of(self._canonical(about))
            return self._narrator.finding(next(f for f in findings if f.row == row))
        return self._plain(fact)

    def _plain(self, fact: Fact) -> Explanation:
        """Return a fact of a kind that has no sentence of its own."""
        kind, row = fact
        document = "document" if kind is FactKind.IDENTITY_LINK else "document_number"
        number = self._text(fact, document)
        return Explanation(
            kind="fact",
            zh=f"{kind.zh}，文书 {number}",
            en=f"{kind.en}, document {number}",
            data={"fact": kind.value, "key": self._snapshot.key(kind, row).hex()},
            source=self._snapshot.source(kind, row),
        )

    def _text(self, fact: Fact, column: str) -> str:
        return self._snapshot.text(*fact, column)

    def _canonical(self, subject: str) -> str:
        return self._snapshot.identities.canonical(subject)
