"""Files to load, and how far the loading is: a bar on a terminal, else a line a file."""

from collections.abc import Callable, Iterator
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
from graph.errors import BadInput
from loaders.formats import SUFFIXES
from loaders.pipeline import Progress as Report
from loaders.synthetic.key import is_key


def expand(paths: list[Path], passed_over: Callable[[Path], None]) -> list[Path]:
    """Return the files that are meant.

    A folder stands for the files directly in it, a name with `*`, `?` or `[` for what
    it matches; both by name. The answers to an invented city, which lie beside its
    files, are nothing to load.

    Args:
        paths: as they were written, or as the shell put them for a pattern.
        passed_over: told what was named and is an answer, no file of a source.

    Raises:
        BadInput: a folder without such files, or a pattern that matches nothing.
    """
    files: list[Path] = []
    for path in paths:
        named = _named(path)
        found = [p for p in named if not is_key(p)]
        for answer in (p for p in named if is_key(p)):
            passed_over(answer)
        if not (found or named):
            raise _nothing_in(path)
        files += found
    if paths and not files:
        raise _nothing_in(paths[0])
    return files


def _named(path: Path) -> list[Path]:
    """Return what a path stands for."""
    if path.is_dir() and not is_key(path):
        return sorted(
            p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and not is_key(p)
        )
    if not path.exists() and set(path.name) & set("*?["):
        found = (p for p in path.parent.glob(path.name) if not p.name.startswith("."))
        return sorted(p for p in found if p.is_file() or is_key(p))
    return [path]


def _nothing_in(path: Path) -> BadInput:
    return BadInput(
        f"{path} 里没有可载入的文件。",
        f"There is no file to load in {path}.",
        hint_zh=f"可载入的文件：{'、'.join(SUFFIXES)}。",
        hint_en=f"Files that can be loaded: {', '.join(SUFFIXES)}.",
    )


def tell_passed_over(term: Terminal) -> Callable[[Path], None]:
    """Return what says on a terminal that the answers to a city are not loaded."""

    def told(path: Path) -> None:
        text = term.say(
            f"{path.name}：虚构城市的答案，不是数据，未载入。",
            f"{path.name}: answers to an invented city, no data; not loaded.",
        )
        term.err.print(text, highlight=False, soft_wrap=True)

    return told


@contextmanager
def progress_bars(term: Terminal) -> Iterator[Report]:
    """Show a bar per file on a terminal; otherwise a plain line when one is read."""
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
    reached: dict[str, str] = {}

    def report(name: str, done: int, total: int | None, rate: float) -> None:
        if bars.disable and name not in reached:
            _print_lines(term, reached)
        reached[name] = f"{name}  {done:,} / {total or done:,}  {rate:,.0f}/s"
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
    if bars.disable:
        _print_lines(term, reached)


@contextmanager
def row_bar(term: Terminal) -> Iterator[Callable[[str, int, int], None]]:
    """Show one bar over the rows of several files; off a terminal a line a file.

    What is yielded is called with the file, the rows done and the rows in all; the
    files come one after the other.
    """
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
    task = bars.add_task("", total=None, rate="")
    reached: dict[str, str] = {}

    def report(name: str, done: int, total: int) -> None:
        speed = bars.tasks[0].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        bars.update(task, description=name, completed=done, total=total, rate=rate)
        if bars.disable and name not in reached:
            _print_lines(term, reached)
        reached[name] = f"{name}  {done:,} / {total:,}"

    with bars:
        yield report
    if bars.disable:
        _print_lines(term, reached)


@contextmanager
def step_bar(term: Terminal) -> Iterator[Callable[[str, int, int], None]]:
    """Show one bar over the steps of a computation; off a terminal nothing.

    What is yielded is called with the step that was done, how many are, and of how many.
    """
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=term.err,
        transient=True,
        disable=not term.err.is_terminal,
    )
    task = bars.add_task("", total=None)
    with bars:
        yield lambda name, done, total: bars.update(
            task, description=name, completed=done, total=total
        )


def _print_lines(term: Terminal, reached: dict[str, str]) -> None:
    """Print the last of the files; the others were printed before it began."""
    if reached:
        term.err.print(list(reached.values())[-1], highlight=False)
