"""A store with the invented city: always fresh, never somebody's real store."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from api.clock import FixedClock
from api.console import Terminal
from api.progress import expand, progress_bars, tell_passed_over
from api.service import Service
from api.settings import Settings
from api.wiring import open_service
from graph.errors import NotFound, StoreMismatch
from loaders.pipeline import LoadReport

REFERENCE_DAY: Final = date(2026, 11, 22)
"""The day of the story: the city was made around it."""

_MARKER: Final = "this-is-a-demo-store"
_FOLDER: Final = Path(".demo")


def city_folder() -> Path:
    """Return where the city's files lie: in the checkout.

    Raises:
        NotFound: the program runs elsewhere.
    """
    folder = Path("examples/city")
    if not folder.is_dir():
        raise NotFound(
            "这里没有 examples/city 文件夹。",
            "The folder examples/city is not here.",
            hint_zh="请在项目的代码目录中运行演示。",
            hint_en="Run the demo in a checkout of the project.",
        )
    return folder


def demo_terminal(term: Terminal) -> Terminal:
    """Return a terminal whose settings and clock are the demo's."""
    values = {name: getattr(term.settings, name) for name in Settings.model_fields}
    settings = Settings.model_construct(**values | {"data": _FOLDER, "purpose": "demo"})
    return replace(term, settings=settings, clock=FixedClock.on(REFERENCE_DAY))


def start_over(term: Terminal) -> None:
    """Empty the demo's data folder.

    Raises:
        StoreMismatch: the folder holds something that is not marked as a demo.
    """
    folder = term.settings.data
    marker = folder / _MARKER
    if folder.exists() and any(folder.iterdir()):
        if not marker.exists():
            raise StoreMismatch(
                f"{folder} 中有内容，又没有演示标记。",
                f"{folder} holds something that is not marked as a demo.",
                hint_zh="请移走这些内容；演示只删除自己建立的文件。",
                hint_en="Move it away; the demo deletes only what it made.",
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def city_service(
    term: Terminal, *, fresh: bool
) -> Iterator[tuple[Service, tuple[LoadReport, ...]]]:
    """Open a store with the city in it; yield the service and what was loaded now.

    Args:
        term: the demo's terminal (`demo_terminal`).
        fresh: empty the store first; otherwise a city that is there stays.

    Raises:
        StoreMismatch: the store or the folder holds something not marked as a demo.
    """
    marker = term.settings.data / _MARKER
    there = marker.exists() and not fresh and not term.settings.neo4j_uri
    if not there:
        start_over(term)
    with open_service(term.settings, term.clock, start_over=not there) as service:
        reports: tuple[LoadReport, ...] = ()
        if not there:
            marker.touch()
            with progress_bars(term) as report:
                files = expand([city_folder()], tell_passed_over(term))
                reports = service.load(files, progress=report).reports
        yield service, reports
