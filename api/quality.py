"""Data quality as one table: measures over the facts, and what became of the files."""

from collections import defaultdict

from analytics.quality.measures import Measure, measured, worst_first
from api.service import Service
from graph.law.calendar import WorkingCalendar
from graph.scope import Scope
from loaders.issues import Reason
from loaders.report import FileReceipt

_OF_FILES = (
    (Reason.CODE, "wrong_codes", "错码（校验不通过）", "codes that fail their check"),
    (Reason.CODE_DOUBTFUL, "doubtful_codes", "代码存疑或为占位符", "doubtful codes"),
    (Reason.DAY, "impossible_days", "日期不可能", "impossible days"),
    (Reason.MISSING, "missing", "必填项为空", "required values that are empty"),
)


def quality(service: Service, scope: Scope) -> list[Measure]:
    """Return every measure over the facts the scope may see, and over the files.

    Files are told to readers without limits only: their rows have no department yet.
    """
    view = service.view()
    snapshot = view.snapshot.under(scope)
    found = measured(snapshot, WorkingCalendar.published(), view.as_of)
    if scope.sees_all:
        found += of_files(service.receipts())
    return worst_first(found)


def of_files(receipts: list[FileReceipt]) -> list[Measure]:
    """Return, by source and month, the issues of each reason over the rows read.

    A file that was sent again counts once, as it was read last.
    """
    groups: dict[str, dict[str, FileReceipt]] = defaultdict(dict)
    for receipt in receipts:
        month = f"{receipt.source} {receipt.recorded_at:%Y-%m}"
        groups[month][receipt.digest] = receipt
    found = []
    for group, files in sorted(groups.items()):
        read = sum(r.read for r in files.values())
        for reason, key, zh, en in _OF_FILES:
            told = {r.file: r.reasons.get(reason.value, 0) for r in files.values()}
            worst = tuple(sorted(filter(told.get, told), key=lambda f: -told[f]))
            found.append(
                Measure(key, zh, en, group, sum(told.values()), read, worst[:5])
            )
        aside = sum(r.quarantined for r in files.values())
        found.append(
            Measure("quarantined", "隔离的行", "rows set aside", group, aside, read, ())
        )
    return found
