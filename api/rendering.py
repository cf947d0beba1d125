"""How results look on a terminal and as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.markup import escape

from analytics.propagation.effects import Effect, EffectChanges
from api.console import Terminal
from api.lookup import profile_on
from api.service import Change, LoadOutcome
from graph.law.book import LawBook
from graph.snapshot import Snapshot, date_of, day_of, last_day_of
from graph.vocabulary import EffectStatus
from loaders.pipeline import LoadReport

_SHOWN = 20


def effect_json(effect: Effect) -> dict[str, Any]:
    """Return the heart of an effect for JSON."""
    return {
        "id": effect.id,
        "bearer": effect.bearer,
        "measure": effect.measure,
        "scope": list(effect.scope),
        "jurisdiction": effect.jurisdiction,
        "rules": sorted({g.rule for g in effect.grounds}),
    }


def changes_json(changes: EffectChanges) -> dict[str, Any]:
    """Return gained, lost and changed effects for JSON."""
    return {
        "gained": [effect_json(c.effect) for c in changes.gained],
        "lost": [effect_json(c.effect) for c in changes.lost],
        "changed": [
            {**effect_json(c.effect), "before": c.before, "after": c.after}
            for c in changes.changed
        ],
    }


def change_json(change: Change) -> dict[str, Any]:
    """Return an act's outcome for JSON."""
    return {
        "load": change.receipt.seq if change.receipt else None,
        "effects": changes_json(change.effects),
        "snapshot": change.snapshot_digest,
        "law": change.law_digest,
    }


def report_json(report: LoadReport) -> dict[str, Any]:
    """Return one file's report for JSON."""
    return {
        "file": report.file,
        "source": report.source,
        "read": report.read,
        "new": report.new,
        "known": report.known,
        "quarantined": report.quarantined,
        "corrected": report.corrected,
        "ended": report.ended,
        "withdrawn": report.withdrawn,
        "kept": report.kept,
        "accepted": report.accepted,
        "missed": dict(report.missed),
        "reasons": dict(report.reasons),
        "issues": [asdict(issue) for issue in report.issues],
    }


def outcome_json(outcome: LoadOutcome) -> dict[str, Any]:
    """Return a load's outcome for JSON."""
    return {
        "files": [report_json(r) for r in outcome.reports],
        "effects": changes_json(outcome.effects),
    }


def print_report(
    term: Terminal, report: LoadReport, *, issues: int = _SHOWN, still: bool = False
) -> None:
    """Print what became of the rows of one file, and its first issues.

    Args:
        term: where to print.
        report: of the file.
        issues: how many of them.
        still: the rows were in quarantine before.
    """
    aside_zh, aside_en = (
        ("仍隔离", "still quarantined") if still else ("隔离", "quarantined")
    )
    term.print(
        term.say(
            f"{report.file}（{report.source}）：读入 {report.read} 行 = "
            f"新增 {report.new} + 已知 {report.known} + {aside_zh} {report.quarantined}",
            f"{report.file} ({report.source}): read {report.read} rows = "
            f"new {report.new} + known {report.known} + "
            f"{aside_en} {report.quarantined}",
        )
    )
    if told := _closed(term, report):
        term.print(told)
    if report.missed:
        figures = term.say("；", "; ").join(
            f"{k} {v}" for k, v in report.missed.items()
        )
        zh, en = f"  已按理由接受：{figures}", f"  accepted with a reason: {figures}"
        term.print(escape(term.say(zh, en)))
    for issue in report.issues[:issues]:
        zh = f"  {issue.told.zh} → {issue.advice_zh}"
        en = f"  {issue.told.en} → {issue.advice_en}"
        term.print(escape(term.say(zh, en)))
    rest = len(report.issues) - issues
    if rest > 0 and issues:
        term.print(term.say(f"  另有 {rest} 处", f"  and {rest} more"))


def _closed(term: Terminal, report: LoadReport) -> str:
    """Return what became of facts that the file changes, takes back or has no more."""
    told = [
        term.say(f"{zh} {n} 条", f"{n} facts {en}")
        for n, zh, en in (
            (report.corrected, "更改", "corrected"),
            (report.ended, "终止", "ended"),
            (report.withdrawn, "撤回", "withdrawn"),
            (
                report.kept,
                "不再出现而因隔离的行可能述及予以保留",
                "not in the file, kept because a quarantined row may speak of them",
            ),
        )
        if n
    ]
    return f"  {term.say('；', '; ').join(told)}" if told else ""


def print_effect_changes(
    term: Terminal,
    changes: EffectChanges,
    *,
    law: LawBook,
    after: Snapshot,
    tried: bool,
) -> None:
    """Print which consequences appear, vanish or change, and for whom.

    Args:
        term: where to print.
        changes: what is different.
        law: names the measures.
        after: the facts afterwards; names the bearers.
        tried: whether nothing was written.
    """
    if not (changes.gained or changes.lost or changes.changed):
        term.print(term.say("后果不变。", "No consequence changes."))
        return
    will = term.say("将" if tried else "已", "would be " if tried else "")
    day = day_of(term.clock.today())
    for title, group in (
        (term.say("产生", "gained"), changes.gained),
        (term.say("消除", "lost"), changes.lost),
        (term.say("变化", "changed"), changes.changed),
    ):
        if not group:
            continue
        term.print(f"[bold]{will}{title}[/bold] {len(group)}")
        for change in group[:_SHOWN]:
            bearer, measure = change.effect.bearer, law.measures[change.effect.measure]
            profile = profile_on(after, bearer, day)
            who = escape(profile.name if profile else bearer)
            what = term.say(measure.zh, measure.en)
            before, now = (_standing(term, s) for s in (change.before, change.after))
            term.print(f"  {change.effect.id} {who} {what}: {before} → {now}")
        if len(group) > _SHOWN:
            term.print(f"  … {len(group) - _SHOWN}")


def _standing(term: Terminal, status: EffectStatus | None) -> str:
    return term.say(status.zh, status.en) if status else "—"


def days(begins: int, ends: int) -> str:
    """Return a half-open period as text: first and last day."""
    first, last = date_of(begins), last_day_of(ends)
    return f"{first or '…'} – {last or '…'}"


def key_values(term: Terminal, values: Mapping[str, object]) -> None:
    """Print pairs, one a line."""
    width = max(map(len, values), default=0)
    for key, value in values.items():
        term.print(f"{key.ljust(width)}  {value}")
