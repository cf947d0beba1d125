"""Checks the journal in itself, the graph against it, and the effects against both.

It trusts nothing but the bytes of the pages and the chain over them: the expected
state is worked out anew, not taken from memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from graph.errors import Said
from graph.snapshot.asserted import contents_digest
from graph.store import journal, projection
from graph.store.comparing import Comparison
from graph.store.expected import Expected
from graph.store.findings import Finding, Findings
from graph.store.projection import ProjectionState
from graph.store.queries import Row, Run, Stream

__all__ = ["Finding", "VerifyReport", "verify"]

_EMPTY: Final = ""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a verification found.

    Args:
        seq: the last load that was checked.
        chain: digest of the whole history, as recomputed.
        contents: digest of what is asserted, whatever way it came.
        counts: facts of each kind that stand, were superseded, were voided.
        lag: loads by which the projection of effects is behind.
        effects: effects in the graph.
    """

    seq: int
    chain: str
    findings: tuple[Finding, ...]
    counts: dict[str, tuple[int, int, int]]
    lag: int
    effects: int
    contents: str = ""

    @property
    def ok(self) -> bool:
        """Return whether everything is as it should be."""
        return not self.findings


def verify(sweep: Stream, run: Run) -> VerifyReport:
    """Return what in the store is not as it should be, as of its present head."""
    findings = Findings()
    (ledger, *more) = run("head") or [{"seq": 0, "chain": _EMPTY}]
    if more:
        findings.add(
            "journal",
            "ledger",
            Said("有不止一个账本头", "there is more than one ledger"),
        )
    expected = Expected()
    chain = _journal(run, ledger, expected, findings)
    if not findings:
        Comparison(sweep, run, expected, findings).compare()
    stamp = projection.state(run)
    effects = _effects(sweep, stamp, findings)
    return VerifyReport(
        seq=ledger["seq"],
        chain=chain,
        findings=findings.listed(),
        counts=expected.counts(),
        lag=max(0, ledger["seq"] - stamp.load),
        effects=effects,
        contents=contents_digest(expected.facts),
    )


def verify_alone(sweep: Stream, ask: Run, run: Run) -> VerifyReport:
    """Verify while the transaction of `run` holds all writers back."""
    journal.lock(run, "verify")
    return verify(sweep, ask)


def _journal(run: Run, ledger: Row, expected: Expected, findings: Findings) -> str:
    """Return the chain over all loads, reporting each that is not what it was."""
    chain, seq = _EMPTY, 0
    for load, pages in journal.entries(run, 0, ledger["seq"]):
        seq += 1
        if load["seq"] != seq:
            findings.add(
                "journal", str(seq), Said("缺少这次载入", "the load is missing")
            )
            seq = load["seq"]
        broken = _broken(load, pages)
        chain = journal.chained(chain, load, pages)
        if chain != load["chain"]:
            broken.append(
                Said(
                    "校验链接不上：载入信息或者某页被改动过",
                    "the chain does not lead here: its header or a page changed",
                )
            )
            chain = load["chain"]
        for problem in broken:
            findings.add("journal", str(seq), problem)
        if not findings:
            expected.take(journal.load_of(load), list(journal.decoded(pages)))
            expected.pages += len(pages)
    if (seq, chain) != (ledger["seq"], ledger["chain"]):
        findings.add(
            "journal",
            "ledger",
            Said(f"不在第 {seq} 次载入处", f"stands elsewhere than load {seq}"),
        )
    return chain


def _broken(load: Row, pages: Sequence[Row]) -> list[Said]:
    problems: list[Said] = []
    if [page["part"] for page in pages] != list(range(load["pages"])):
        problems.append(
            Said(
                f"应有 {load['pages']} 页，实有 {len(pages)} 页",
                f"{len(pages)} of {load['pages']} pages are there",
            )
        )
    problems.extend(
        Said(
            f"第 {page['part']} 页的内容被改动过",
            f"the bytes of page {page['part']} changed",
        )
        for page in pages
        if sha256(page["data"]).hexdigest() != page["digest"]
    )
    return problems


def _effects(sweep: Stream, stamp: ProjectionState, findings: Findings) -> int:
    """Return how many effects there are, reporting those changed by hand."""
    count, digest = 0, ProjectionState().digest
    for row in sweep("sweep_effects"):
        effect = row["properties"]
        name = str(effect.get("id", "?"))
        count += 1
        own = f"{projection.digest_of(effect):016x}"
        digest = projection.toggled(digest, [own])
        if own != effect.get("digest"):
            findings.add(
                "effect", name, Said("与投影时不同", "differs from what was projected")
            )
        if row["bearers"] != [effect.get("bearer")]:
            findings.add(
                "effect",
                name,
                Said("没有只连到它的承担者", "is not borne by its bearer alone"),
            )
        if sorted(row["rules"]) != sorted(effect.get("rules", [])):
            findings.add(
                "effect", name, Said("没有连到它的规则", "is not under its rules")
            )
        if set(row["causes"]) != set(effect.get("sanctions", [])):
            findings.add(
                "effect",
                name,
                Said("没有连到它的起因", "does not follow from its causes"),
            )
    if (count, digest) != (stamp.count, stamp.digest):
        problem = Said(
            f"图中有 {count} 项，投影了 {stamp.count} 项；或者不是原来那些",
            f"{count} in the graph, {stamp.count} projected; or others than those",
        )
        findings.add("effect", "", problem)
    return count
