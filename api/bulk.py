"""A new Neo4j store from files, by the importer of the server: `creditgraph bulk`."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.clock import Clock
from api.entries import day_batch, law_batch
from api.settings import Settings
from api.wiring import deployment_secret, open_quarantine
from graph.errors import BadInput, StoreError
from graph.identity import PersonKeys
from graph.law.book import LawBook
from graph.store.bulk.collecting import Collector
from graph.store.bulk.importing import Imported, write_files
from loaders.pipeline import LoadReport, Progress, load


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of the rows, and what was written for the importer."""

    reports: tuple[LoadReport, ...]
    written: Imported


def bulk(
    paths: Sequence[Path],
    out: Path,
    *,
    settings: Settings,
    clock: Clock,
    source: str | None = None,
    progress: Progress | None = None,
) -> BulkOutcome:
    """Write the files of a new store: journal and graph of everything in `paths`.

    Raises:
        BadInput: a file is refused; then nothing is left in `out`.
    """
    keys, law = PersonKeys(deployment_secret(settings)), LawBook.load()
    quarantine, now = open_quarantine(settings), clock.now()
    reports: list[LoadReport] = []

    def bring(store: Collector) -> None:
        store.append(law_batch(law, 0, now))
        store.append(day_batch(clock.today().isoformat(), now))
        reports.extend(
            load(
                paths,
                store=store,
                keys=keys,
                law=law,
                quarantine=quarantine,
                recorded_at=now,
                source=source,
                progress=progress,
            )
        )

    written = write_files(
        out,
        bring,
        key_check=keys.check_value(),
        purpose=settings.purpose,
        created_at=now,
    )
    return BulkOutcome(tuple(reports), written)


def import_command(home: Path | None, database: str, written: Imported) -> list[str]:
    """Return the command that imports the files.

    Raises:
        BadInput: there is no Neo4j in `home`.
    """
    tool = Path("neo4j-admin") if home is None else home / "bin" / "neo4j-admin"
    if home is not None and not tool.is_file():
        raise BadInput(
            f"{home} 中没有 bin/neo4j-admin。",
            f"There is no bin/neo4j-admin in {home}.",
            hint_zh="--neo4j-home 写 Neo4j 的安装目录。",
            hint_en="Name the folder where Neo4j is installed with --neo4j-home.",
        )
    return [str(tool), "database", "import", "full", database, *written.arguments]


def run_import(command: Sequence[str]) -> None:
    """Run the importer; the database must be stopped.

    Raises:
        StoreError: it failed; what it said is told.
    """
    if shutil.which(command[0]) is None:
        raise BadInput(
            f"没有找到 {command[0]}。",
            f"{command[0]} was not found.",
            hint_zh="请用 --neo4j-home 指明 Neo4j 的安装目录。",
            hint_en="Name the folder of Neo4j with --neo4j-home.",
        )
    done = subprocess.run(list(command), capture_output=True, text=True, check=False)  # noqa: S603  # the user's own Neo4j
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-500:]
        raise StoreError(
            f"neo4j-admin 没有导入成功：{said}",
            f"neo4j-admin did not import: {said}",
            hint_zh="请停止数据库后再试；文件仍在，命令见 import.sh。",
            hint_en="Stop the database and try again; the files are there, the command "
            "is in import.sh.",
        )
