"""Loads of files as answers show them."""

from typing import Final

from api.access import Sight
from api.errors import PROBLEMS, URN, code_of
from api.jobs import Job, Progress
from api.language import Language
from api.schemas.base import Label
from api.schemas.imports import FileReport, IssueItem, JobItem, ProgressItem
from api.schemas.problem import ProblemAnswer
from api.showing import words
from api.showing.effects import show_changes
from graph.errors import CreditGraphError
from loaders.pipeline import LoadReport

_ISSUES: Final = 100
"""So many issues are listed; `reasons` counts them all."""


def show_job(job: Job, seen: Sight, *, language: Language) -> JobItem:
    """Return a job with what is known of it now; why it failed, in one language."""
    outcome = job.outcome
    return JobItem(
        id=job.id,
        state=words.word(job.state),
        dry_run=job.dry_run,
        source=job.source,
        files=[path.name for path in job.files],
        created_at=job.created_at,
        finished_at=job.finished_at,
        progress=_progress(job.progress),
        reports=[_report(r) for r in outcome.reports] if outcome else [],
        effects=show_changes(outcome.effects, seen) if outcome else None,
        problem=_problem(job.error, job.id, language),
    )


def _progress(found: Progress | None) -> ProgressItem | None:
    if found is None:
        return None
    return ProgressItem(
        file=found.file,
        rows_done=found.done,
        rows_total=found.total,
        rows_per_second=round(found.rate, 1),
    )


def _report(report: LoadReport) -> FileReport:
    return FileReport(
        file=report.file,
        source=report.source,
        read=report.read,
        new=report.new,
        known=report.known,
        quarantined=report.quarantined,
        corrected=report.corrected,
        ended=report.ended,
        withdrawn=report.withdrawn,
        kept=report.kept,
        accepted=report.accepted,
        missed=dict(report.missed),
        reasons=dict(report.reasons),
        issues=[
            IssueItem(
                line=issue.line,
                field=issue.field,
                value=issue.value,
                reason=words.word(issue.reason),
                quarantined=issue.fatal,
                message=Label(zh=issue.message_zh, en=issue.message_en),
                advice=Label(zh=issue.advice_zh, en=issue.advice_en),
            )
            for issue in report.issues[:_ISSUES]
        ],
    )


def _problem(
    error: CreditGraphError | None, job_id: str, language: Language
) -> ProblemAnswer | None:
    if error is None:
        return None
    code = code_of(error)
    kind = PROBLEMS[code]
    return ProblemAnswer(
        type=URN + code,
        title=f"{kind.zh} {kind.en}",
        status=kind.status.value,
        detail=error.message.text(language),
        hint=error.hint.text(language),
        errors=[],
        request_id=job_id,
    )
