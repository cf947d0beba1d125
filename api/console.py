"""What every command shares: language, settings, output and exit codes."""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, is_dataclass
from typing import Any, Final

import orjson
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from api.clock import Clock, SystemClock
from api.service import Service
from api.settings import Settings
from api.wiring import open_service
from graph.errors import (
    BadInput,
    Conflict,
    CreditGraphError,
    NotFound,
    Said,
    StoreError,
    StoreUnavailable,
)

EXIT_CODES: Final[tuple[tuple[type[CreditGraphError], int], ...]] = (
    (BadInput, 2),
    (NotFound, 3),
    (Conflict, 4),
    (StoreUnavailable, 5),
    (StoreError, 6),
    (CreditGraphError, 1),
)
"""Exit code by kind of error, first match; 0 is success, 7 that verify found faults."""

EXIT_FAULTS: Final = 7


@dataclass
class Terminal:
    """One run of the command line."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    out: Console = field(default_factory=lambda: Console(highlight=False, emoji=False))
    err: Console = field(
        default_factory=lambda: Console(stderr=True, highlight=False, emoji=False)
    )

    def say(self, zh: str, en: str) -> str:
        """Return the text in the user's language."""
        return zh if self.settings.language == "zh" else en

    def tell(self, said: Said) -> str:
        """Return what an error says in the user's language."""
        return said.text(self.settings.language)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """Open the service for the length of a command."""
        with open_service(self.settings, self.clock) as service:
            yield service

    def print(self, text: object) -> None:
        """Print to standard output."""
        self.out.print(text, soft_wrap=True)

    def json(self, value: object) -> None:
        """Print a value as JSON, Chinese readable, keys in the given order.

        Dataclasses of answers are written as the API writes them.
        """
        sys.stdout.write(
            json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
        )
        sys.stdout.write("\n")

    def table(self, columns: Mapping[str, str], rows: list[Mapping[str, Any]]) -> None:
        """Print rows as a table; `columns` gives heading by key."""
        table = Table(box=None, header_style="bold", pad_edge=False)
        for heading in columns.values():
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*(_cell(row.get(key)) for key in columns))
        self.out.print(table)


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return orjson.loads(orjson.dumps(value, default=str))
    return str(value)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("[", r"\[")


def terminal(context: typer.Context) -> Terminal:
    """Return the terminal of this run."""
    found = context.find_object(Terminal)
    assert found is not None  # noqa: S101  # the callback of the app sets it
    return found


def read_settings(**changes: Any) -> Settings:
    """Return the settings of the environment with some replaced.

    Raises:
        BadInput: a setting has a value that cannot be.
    """
    try:
        return Settings(**changes)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()
        )
        raise BadInput(
            f"设置有误：{faults}。",
            f"A setting is wrong: {faults}.",
            hint_zh="`creditgraph config` 列出各项设置，说明见 docs/reference/settings.md。",
            hint_en="`creditgraph config` lists the settings; "
            "docs/reference/settings.md explains them.",
        ) from error


def exit_code(error: CreditGraphError) -> int:
    """Return the exit code that belongs to an error."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def free_space(settings: Settings) -> int:
    """Return the free bytes of the disk that the data folder is, or would be, on."""
    folder = settings.data.resolve()
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
