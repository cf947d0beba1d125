"""Loads of files that run aside, one after another, while the API answers.

A job is named by its request, so sending the request again finds the job. Jobs live in
memory: after a restart the same request runs anew and finds its rows known.
"""

import logging
import shutil
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from api.errors import IdempotencyReused, Stopping, TooManyJobs
from api.idempotency import RequestName
from api.service import LoadOutcome, Service
from api.spooling import private_folder, remove_left
from graph.errors import CreditGraphError, NotFound
from graph.vocabulary import Term
from loaders.expecting import Acceptance
from loaders.formats import NOTHING_GIVEN, Given

_log = logging.getLogger(__name__)

_KEPT: Final = 500
_WAITING_AT_MOST: Final = 50


class JobState(Term):
    """Where a job stands."""

    WAITING = "waiting", "等候中", "waiting"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "已完成", "done"
    FAILED = "failed", "失败", "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one file is."""

    file: str
    done: int
    total: int | None
    rate: float


@dataclass(slots=True)
class Job:
    """One load of files; its worker writes, readers take what is there."""

    name: RequestName
    owner: str
    """Id of the API key that sent it."""
    folder: Path
    files: tuple[Path, ...]
    source: str | None
    dry_run: bool
    created_at: datetime
    given: Given = NOTHING_GIVEN
    on: date | None = None
    acceptance: Acceptance | None = None
    redrives: str | None = None
    """Digest of the file whose waiting rows are loaded again; `files` are their
    corrections, if any came."""
    state: JobState = JobState.WAITING
    progress: Progress | None = None
    finished_at: datetime | None = None
    outcome: LoadOutcome | None = None
    error: CreditGraphError | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = self.name.owner

    @property
    def is_over(self) -> bool:
        """Return whether nothing will happen to it any more."""
        return self.state in (JobState.DONE, JobState.FAILED)


class Jobs:
    """The jobs of this process; the oldest finished ones are forgotten."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="imports")
        self._stopping = False
        remove_left(service.settings.data)

    def new_folder(self) -> Path:
        """Return an empty folder for the files of one job, readable by us only."""
        return private_folder(self._service.settings.data)

    def find(self, name: RequestName) -> Job | None:
        """Return the job that the same request made before.

        Raises:
            IdempotencyReused: its Idempotency-Key named another request.
        """
        with self._lock:
            job = self._jobs.get(name.owner)
        if job is not None and job.name != name:
            raise IdempotencyReused(
                "该 Idempotency-Key 已用于另一次导入。",
                "The Idempotency-Key was used for another import.",
                hint_zh="新的导入须用新的键；重试须发送同样的文件。",
                hint_en="A new import needs a new key; a retry sends the same files.",
            )
        return job

    def read(self, job_id: str, *, owner: str | None) -> Job:
        """Return a job.

        Args:
            job_id: its id.
            owner: id of the key that asks; None sees every job.

        Raises:
            NotFound: no such job, or another key's.
        """
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None or owner not in (None, job.owner):
            raise NotFound(
                f"没有导入任务 {job_id}。",
                f"There is no import {job_id!r}.",
                hint_zh="服务重启后请再送一次同样的请求：已知的行不会重复。",
                hint_en="After a restart send the same request again: known rows do no "
                "harm.",
            )
        return job

    def start(self, job: Job) -> None:
        """Put a job in the queue.

        Raises:
            TooManyJobs: the queue is full; its files are removed.
        """
        with self._lock:
            waiting = sum(not other.is_over for other in self._jobs.values())
            if waiting >= _WAITING_AT_MOST:
                shutil.rmtree(job.folder, ignore_errors=True)
                raise TooManyJobs(
                    f"已有 {waiting} 个导入任务在等候。",
                    f"{waiting} imports wait already.",
                )
            self._jobs[job.id] = job
            over = [j.id for j in self._jobs.values() if j.is_over]
            for oldest in over[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[oldest]
        self._worker.submit(self._run, job)

    def close(self) -> None:
        """Stop the running job between two batches and drop the waiting ones.

        What a stopped job has loaded stays; sent again, it finds those rows known.
        """
        self._stopping = True
        self._worker.shutdown(wait=True, cancel_futures=True)
        for job in self._jobs.values():
            shutil.rmtree(job.folder, ignore_errors=True)

    def _run(self, job: Job) -> None:
        job.state = JobState.RUNNING
        try:
            job.outcome = self._load(job, job.files)
            job.state = JobState.DONE
        except CreditGraphError as error:
            job.error, job.state = error, JobState.FAILED
        except Exception as error:  # noqa: BLE001  # the queue must go on
            _log.exception("import %s: unforeseen", job.id)
            job.error, job.state = _unforeseen(error), JobState.FAILED
        finally:
            job.finished_at = self._service.clock.now()
            shutil.rmtree(job.folder, ignore_errors=True)

    def _load(self, job: Job, files: Sequence[Path]) -> LoadOutcome:
        def report(name: str, done: int, total: int | None, rate: float) -> None:
            if self._stopping:
                raise Stopping(
                    "文件尚未读完，服务已停止。",
                    "The service was stopped before the file was read to its end.",
                    hint_zh="请再送一次同样的请求：已知的行不会重复。",
                    hint_en="Send the same request again: known rows do no harm.",
                )
            job.progress = Progress(name, done, total, rate)

        if job.redrives:
            corrections = files[0] if files else None
            return self._service.redrive(
                [job.redrives], corrections=corrections, progress=report
            )
        return self._service.load(
            files,
            source=job.source,
            given=job.given,
            dry_run=job.dry_run,
            on=job.on,
            acceptance=job.acceptance,
            progress=report,
        )


def _unforeseen(error: Exception) -> CreditGraphError:
    return CreditGraphError(
        f"载入时发生未预料的错误（{type(error).__name__}）。",
        f"Loading failed unexpectedly ({type(error).__name__}).",
    )
