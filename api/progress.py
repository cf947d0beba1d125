"""Files to load, and how far the loading is: a bar on a terminal, else a line a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from api.console import Terminal
from loaders.pipeline import Progress as Report


def expand(paths: list[Path]) -> list[Path]:
    """Return the files; a folder stands for the files directly in it, by name."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(p for p in path.iterdir() if p.suffix.lower() in _TABULAR)
        else:
            files.append(path)
    return files


_TABULAR = frozenset({".csv", ".xlsx", ".jsonl"})


@contextmanager
def progress_bars(term: Terminal) -> Iterator[Report]:
    """Show a bar per file on a terminal; a plain line per file otherwise."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=term.err,
        transient=True,
        disable=not term.err.is_terminal,
    )
    tasks: dict[str, TaskID] = {}

    def report(name: str, done: int, total: int | None, rate: float) -> None:
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=total, rate="")
        bars.update(
            tasks[name],
            completed=done,
            total=total,
            rate=f"{rate:,.0f}/s",
        )

    with bars:
        yield report
